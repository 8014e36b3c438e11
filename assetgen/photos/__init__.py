"""Photos behind addresses: asked for ahead, each once, and kept."""

__all__ = ["fetching_ahead", "photo_files", "photo_store"]
