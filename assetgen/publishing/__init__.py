"""Where published files go: a folder or an object store. Each kind of place is an entry point of `assetgen.targets`."""

from assetgen.publishing.places import check_scheme, find_target

__all__ = ["check_scheme", "find_target", "uploading", "words_since"]
