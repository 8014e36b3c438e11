"""From a photo to its cutout: the backdrop found, the edge drawn, and its colours told apart. Arrays in, arrays out."""

__all__ = [
    "backdrop",
    "cutout_preview",
    "cutout_quality",
    "edge_colours",
    "glass",
    "masks",
    "matting",
    "outline",
    "photo_shadow",
    "tracing",
]
