"""Which kind of place an address names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from assetgen.errors import InputError, Location, Problem
from assetgen.publishing.folder import FolderTarget
from assetgen.publishing.target import Target

STORES = ("s3", "gs", "az")


def target(address: str, root: Path, place: Location) -> Target:
    """A folder, relative to `root`, or `s3://bucket/prefix`, `gs://…` and `az://…`. Raises InputError at `place`."""
    scheme = urlsplit(address).scheme
    if scheme in STORES:
        from assetgen.publishing.objects import ObjectStoreTarget

        return ObjectStoreTarget(address)
    if "://" in address:
        hint = "a folder, or an address that begins with " + ", ".join(f"{store}://" for store in STORES)
        raise InputError(Problem(f"files cannot be published to `{scheme}://`", place, hint))
    return FolderTarget(root / address)
