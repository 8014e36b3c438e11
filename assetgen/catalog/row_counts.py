"""How many rows of a table are what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assetgen.catalog.catalogue import Catalog
from assetgen.catalog.format import Account
from assetgen.catalog.seen_names import Seen
from assetgen.errors import Problem
from assetgen.model.product import Reject, Row

FEW = 20


class RowCounts:
    """Counts what a table holds while it is read, so that every row is accounted for.

    notes: the first FEW of what was left out of rows.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.account = Account()
        self.counts: Counter[str] = Counter()
        self.notes: list[Problem] = []
        self._catalog = catalog

    def __iter__(self) -> Iterator[Row]:
        with Seen() as parents:
            for row in self._catalog.read(self.account):
                self._count(row, parents)
                yield row

    def _count(self, row: Row, parents: Seen) -> None:
        if isinstance(row, Reject):
            self.counts["set_aside"] += 1
            return
        self.counts["products"] += 1
        self.counts["left_out"] += bool(row.notes)
        self.notes += row.notes if len(self.notes) < FEW else ()
        self.counts["variants"] += bool(row.parent and row.options)
        self.counts["parents"] += bool(row.parent) and parents.note(row.parent or "", row.location)
        self.counts["photos"] += len(row.photos)
        self.counts["without_photo"] += not row.photos
        self.counts["priced"] += bool(row.fields.get("price"))

    @property
    def summary(self) -> dict[str, int]:
        """The counts by name.

        `rows` are all: products, rows of photos and of parents alone, products that are not on sale, rows of other
        things, and those set aside. `left_out` are products of whose rows something was left out, such as a sale price
        that is none.
        """
        names = ("products", "variants", "parents", "photos", "without_photo", "set_aside", "left_out")
        account = self.account
        rows = {
            "photo_rows": account.photo_rows,
            "parent_rows": account.parents,
            "off_sale": account.off_sale,
            "other_rows": account.other_rows,
        }
        counts = {name: self.counts[name] for name in names}
        return {"rows": counts["products"] + counts["set_aside"] + sum(rows.values()), **counts, **rows}
