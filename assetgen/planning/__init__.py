"""Assets with their keys, from a brief and its products; everything here is pure."""

__all__ = [
    "asset_names",
    "campaign_problems",
    "compare",
    "cutout_words",
    "feed_pictures",
    "heights",
    "ideas",
    "members",
    "planner",
    "plate_keys",
    "pseudo",
    "rehearsal",
    "scene_words",
    "selection",
    "supplement_problems",
    "table_slips",
    "treatments",
]
