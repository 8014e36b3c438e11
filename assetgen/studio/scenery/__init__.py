"""What stands and hangs around the product: props, landscapes, rooms, occasions."""

__all__ = ["easel", "inventory", "kit", "sprig", "views"]
