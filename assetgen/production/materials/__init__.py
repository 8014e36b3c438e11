"""What pictures are made of, as values: cutouts, plates, where to stand on them, and what goes to a provider along.

All that is kept of it lies in the store; whoever composes and finishes never looks there.
"""

__all__ = [
    "attachments",
    "cutout_orders",
    "doubtful_cutouts",
    "picture_materials",
    "stored_cutouts",
    "stored_plates",
]
