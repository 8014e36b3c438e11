"""Where published files go: a folder, or an object store."""

from assetgen.publishing.target import Target, target

__all__ = ["Target", "target"]
