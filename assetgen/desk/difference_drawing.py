"""What changed between two runs, told from their manifests and shown from the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assetgen.delivery.difference_page import write_page
from assetgen.delivery.manifest_difference import Change
from assetgen.model.brief import HOME
from assetgen.production.finishing.finished_files import THUMBS
from assetgen.store import Store


def draw(page: Path, manifest: Path, changes: Sequence[Change]) -> None:
    """Draws before and after, as far as the store of the manifest's workspace still has their thumbnails."""
    around = manifest.resolve().parents
    home = next((folder / HOME for folder in around if (folder / HOME).is_dir()), manifest.parent / HOME)
    store = Store(home / "store")
    write_page(page, manifest.resolve().parent.name, changes, lambda digest: store.read(THUMBS, digest))
