"""Where published files go: a folder, or an object store."""

from assetgen.publishing.places import target
from assetgen.publishing.target import Target

__all__ = ["Target", "target", "uploading"]
