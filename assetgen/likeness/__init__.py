"""How far a product that a provider redrew is still the product of its photo."""

__all__ = ["likeness"]
