"""Pictures from layers: what `compose` draws on a canvas, and everything that it is made of."""

__all__ = [
    "COMPOSING",
    "colour",
    "compose",
    "contact_sheet",
    "crop",
    "edit_frame",
    "geometry",
    "guides",
    "label_drawing",
    "neutral_plate",
    "standing_product",
    "vector",
]

COMPOSING = 5
"""Part of every picture's key: raised when what is composed of the same inputs looks otherwise, and only then.
tests/test_recipe.py sees when that is, and says what to do.

5: type counts as large from 48 px on, the buttons of banners are as large as their headlines bear, and what hangs below
a line may leave the safe area.
"""
