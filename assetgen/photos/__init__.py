"""Photos behind addresses: asked for politely, and from the open internet alone."""

from assetgen.photos.address import host_of, key, shown
from assetgen.photos.unfetched import Unfetched

__all__ = ["Unfetched", "host_of", "key", "shown"]
