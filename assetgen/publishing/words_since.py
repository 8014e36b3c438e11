"""What people say of cutouts now, against what was said when files were made: nothing goes out against their word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest

from assetgen.catalog import read_catalog
from assetgen.errors import InputError
from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.model.cutting import Treatment, Word
from assetgen.model.product import Product
from assetgen.planning.cutout_words import COLUMN, notes, still_stands, word_against
from assetgen.planning.treatments import Treatments
from assetgen.prompts import Templates


@dataclass
class WordsSince:
    """What people have taken back since files were made.

    denied: the skus of products that they say no to, with a row or without. taken: the files, by their ids, of such
    products, each with one of their skus. waiting: those whose word is gone, until a run has looked whether they need
    one. stale: files in whose place a last good one must not stay, since what was said of that is gone as well.
    """

    denied: frozenset[str] = frozenset()
    taken: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)

    def refuses(self, asset: str) -> str | None:
        """The sku for which the file of an asset must not be shown, if there is one."""
        return self.taken.get(asset) or self.waiting.get(asset)


def words_since(brief: Brief, ledger: Ledger) -> WordsSince:
    """What people say now, where it matters for files that were made.

    Of products without a row that can be used no more than a no is known now: what a run made of them stays right.
    """
    noted = {sku for shown in ledger.shown() if shown.made_from or shown.stale for sku in shown.skus}
    now = _Now(brief, noted)
    since = WordsSince(frozenset(now.denied))
    for shown in ledger.shown() if now.denied or now.treatments else ():
        denied = now.denied & {shown.sku, *shown.skus}
        if denied:
            since.taken[shown.id] = min(denied)
        elif sku := now.gone(zip_longest(shown.skus, notes(shown.made_from)[: len(shown.skus)], fillvalue=Word.NONE)):
            since.waiting[shown.id] = sku
        if denied or now.gone((sku, note) for sku, (_, note) in shown.stale.items()):
            since.stale.add(shown.id)
    return since


class _Now:
    """What people say now: to which products no, and how those are treated of which something was noted."""

    def __init__(self, brief: Brief, noted: set[str]) -> None:
        rules = Treatments(brief, Templates(brief.prompts, brief.campaign.value.products.decimal_sign))
        self.denied = {sku for sku in brief.cutout_words if word_against(rules.words(sku))}
        self.treatments: dict[str, Treatment] = {}
        catalog = read_catalog(brief)
        for row in catalog if noted or COLUMN in catalog.columns else ():
            if isinstance(row, Product) and (row.sku in noted or row.fields.get(COLUMN)):
                self._hear(row, rules)

    def _hear(self, row: Product, rules: Treatments) -> None:
        if word_against(rules.words(row.sku, row.fields.get(COLUMN, ""))):
            self.denied.add(row.sku)
        with suppress(InputError):  # a run sets this row aside, and says why
            self.treatments[row.sku] = rules.of(row)

    def gone(self, noted: Iterator[tuple[str, str]]) -> str | None:
        """The first of these skus of which something else is said now than was noted, so that it may not go out."""
        heard = ((sku, note, self.treatments.get(sku)) for sku, note in noted)
        return next((sku for sku, note, now in heard if now and not still_stands(note, now)), None)
