"""What people write in files: campaigns, brands, layouts, channels.

Each model is the format of a file, and refuses what it does not know.
"""

__all__ = [
    "brand",
    "budget",
    "campaign",
    "channel",
    "cutout_rule",
    "disclosure",
    "feed",
    "fetching",
    "layer",
    "layer_fields",
    "layout",
    "mode",
    "product_table",
    "publishing",
    "scale",
    "scene",
    "shape",
    "skus",
    "strict",
    "weights",
    "written_days",
]
