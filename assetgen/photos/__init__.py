"""Photos behind addresses: asked for politely, and from the open internet alone."""

from assetgen.photos.address import key
from assetgen.photos.unfetched import Unfetched

__all__ = ["Unfetched", "fetching_ahead", "key", "photo_files", "photo_store"]
