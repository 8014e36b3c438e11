"""Addresses: asked politely, within a time and a size, and from the open internet alone."""

from assetgen.web.unfetched import Unfetched

__all__ = ["Unfetched", "address", "downloader", "network", "refusals"]
