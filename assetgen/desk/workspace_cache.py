"""What a workspace keeps between runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assetgen.config.fetching import is_address
from assetgen.desk.payment_table import read_payments
from assetgen.disk import check_way, refusals_explained, replace_if_changed
from assetgen.errors import InputError, Problem
from assetgen.ledger import Expense, Ledger, only_run
from assetgen.ledger.payments import COLUMNS
from assetgen.model.brief import HOME
from assetgen.photos.photo_store import PHOTOS
from assetgen.production.finishing.finished_files import THUMBS
from assetgen.production.materials.stored_cutouts import CUTOUTS, PREVIEWS, SHADOWS
from assetgen.production.materials.stored_plates import PLATES
from assetgen.store import Store
from assetgen.web.address import key


def kept(workspace: Path) -> dict[str, tuple[int, int]]:
    """The number of files of each kind, and their bytes."""
    check_way(workspace / HOME / "store")
    return Store(workspace / HOME / "store").kinds()


def tidy(
    workspace: Path, *, plates: bool, wait: float = 0, say: Callable[[str], None] = lambda _: None
) -> tuple[int, int]:
    """Removes what no finished file of any campaign was made from; the number of files and bytes that went.

    wait: seconds to wait for a run that is at work there, of which `say` hears. Raises SetupError if it goes on.
    """
    store = Store(workspace / HOME / "store")
    with only_run(workspace / HOME, wait=wait, say=say):
        with _ledger(workspace) as ledger:
            used = ledger.in_use()
        gone = [store.prune(kind, used.cutouts) for kind in (CUTOUTS, SHADOWS, PREVIEWS)]
        gone.append(store.prune(THUMBS, used.digests))
        gone.append(store.prune(PHOTOS, {key(name.strip()) for name in used.photos if is_address(name.strip())}))
        if plates:
            gone.append(store.prune(PLATES, used.plates))
    return sum(count for count, _ in gone), sum(size for _, size in gone)


def expenses(workspace: Path, column: str, month: str | None) -> list[Expense]:
    """What was spent in a workspace, summed up by `campaign`, `model`, `provider` or `day`; `month` as 2026-11."""
    if month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise InputError(Problem(f"`{month}` is no month", hint="write year and month, as in 2026-12"))
    if not _begun(workspace):
        return []
    with _ledger(workspace) as ledger:
        return list(ledger.payments.report(column, month=month))


def export_payments(workspace: Path, file: Path) -> int:
    """Writes all payments of a workspace as a table; how many.

    Lines only ever come below, so that version control shows what is new.
    """
    rows = []
    if _begun(workspace):
        with _ledger(workspace) as ledger:
            rows = list(ledger.payments.everything())
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    replace_if_changed(file, [text.getvalue()])
    return len(rows)


def restore_payments(
    workspace: Path, file: Path, *, wait: float = 0, say: Callable[[str], None] = lambda _: None
) -> int:
    """Takes payments back from such a table, each once; how many were missing.

    Raises InputError for another file or a row that is no payment, SetupError while a run is at work.
    """
    rows = read_payments(file)
    with only_run(workspace / HOME, wait=wait, say=say), _ledger(workspace, keeping=True) as ledger:
        return ledger.payments.restore(rows)


def _begun(workspace: Path) -> bool:
    """Whether anything was ever written down there; who only looks begins nothing."""
    file = workspace / HOME / "ledger.sqlite"
    check_way(file)
    with refusals_explained(file, "read"):
        return file.exists()


@contextmanager
def _ledger(workspace: Path, *, keeping: bool = False) -> Iterator[Ledger]:
    """The ledger of all campaigns. keeping: it is written to."""
    ledger = Ledger(workspace / HOME / "ledger.sqlite", "", keeping=keeping)
    try:
        yield ledger
    finally:
        ledger.close()
