"""The likeness of a product that a provider redrew to the product of its photo."""

__all__ = ["likeness"]
