"""Pictures from layers: what `compose` draws on a canvas, and everything that it is made of."""

__all__ = [
    "COMPOSING",
    "colour",
    "colour_codes",
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

COMPOSING = 6
"""Part of every picture's key: raised when what is composed of the same inputs looks otherwise, and only then.
tests/test_recipe.py sees when that is, and says what to do.

6: logos and photos with transparency or a palette keep the colours of their profile; prices keep their order in
sentences that run from right to left.
"""
