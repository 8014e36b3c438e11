"""From a brief and a product to assets with their keys; everything here is pure."""

__all__ = [
    "asset_names",
    "campaign_problems",
    "compare",
    "feed_pictures",
    "heights",
    "ideas",
    "members",
    "placement",
    "planner",
    "plate_keys",
    "pseudo",
    "selection",
    "supplement_problems",
]
