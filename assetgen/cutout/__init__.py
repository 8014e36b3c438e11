"""The cutout of a photo: the backdrop is found, the edge drawn, and its colours told apart. Arrays in, arrays out."""

__all__ = [
    "alpha_shadow_lifted",
    "backdrop",
    "cutout_preview",
    "cutout_quality",
    "edge_colours",
    "evidence",
    "glass",
    "hair",
    "masks",
    "matting",
    "openings",
    "outline",
    "outline_refining",
    "photo_care",
    "photo_shadow",
    "shadow_passes",
    "sighting",
    "tracing",
    "witnesses",
]
