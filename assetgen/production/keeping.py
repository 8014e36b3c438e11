"""What a workspace keeps between runs."""

from __future__ import annotations

from pathlib import Path

from assetgen.ledger import Ledger
from assetgen.production.cutouts import CUTOUTS, PREVIEWS, SHADOWS
from assetgen.production.plates import PLATES
from assetgen.production.survey import THUMBS
from assetgen.production.workshop import HOME
from assetgen.store import Store


def kept(workspace: Path) -> dict[str, tuple[int, int]]:
    """For each kind, the number of files and their bytes."""
    return Store(workspace / HOME / "store").kinds()


def tidy(workspace: Path, *, plates: bool) -> tuple[int, int]:
    """Removes what no finished file of any campaign was made from; the number of files and bytes that went."""
    home = workspace / HOME
    ledger, store = Ledger(home / "ledger.sqlite", ""), Store(home / "store")
    try:
        used = ledger.in_use()
    finally:
        ledger.close()
    gone = [store.prune(kind, used.cutouts) for kind in (CUTOUTS, SHADOWS, PREVIEWS)]
    gone.append(store.prune(THUMBS, used.digests))
    if plates:
        gone.append(store.prune(PLATES, used.plates))
    return sum(count for count, _ in gone), sum(size for _, size in gone)
