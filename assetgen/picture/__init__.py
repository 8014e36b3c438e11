"""From layers to pixels: what `compose` draws on a canvas, and everything that it is made of."""

__all__ = [
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
