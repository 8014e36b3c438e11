"""How a product stands in the light of its plate: stage, footprint, shadow, reflection."""

__all__ = ["footprint", "grounding", "photo_shadow_fit", "stage_finding", "surface"]
