"""What people say of cutouts now, against what was said when files were made: nothing goes out against their word."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import zip_longest

from assetgen.catalog import Catalog, read_catalog
from assetgen.errors import InputError
from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.model.cutting import Treatment, Word
from assetgen.model.product import Product
from assetgen.planning.cutout_words import COLUMN, notes, still_stands
from assetgen.planning.treatments import Treatments
from assetgen.prompts import Templates


def words_taken_back(brief: Brief, ledger: Ledger) -> Mapping[str, str]:
    """The files that went by a word which is taken back now, or that a person says no to, by their ids, with the sku.

    Of products without a row that can be used nothing is known now: what a run made of them stays right.
    """
    catalog = read_catalog(brief)
    noted = {sku for _, skus, made_from in ledger.shown() if notes(made_from) for sku in skus}
    if not noted and not brief.cutout_words and COLUMN not in catalog.columns:
        return {}  # and no row need be read
    now = dict(_treatments(brief, catalog, {*noted, *brief.cutout_words}))
    taken = {}
    for asset, skus, made_from in ledger.shown() if now else ():
        said = zip_longest(skus, notes(made_from)[: len(skus)], fillvalue=Word.NONE.value)
        if sku := next((sku for sku, note in said if sku in now and not still_stands(note, now[sku])), None):
            taken[asset] = sku
    return taken


def _treatments(brief: Brief, catalog: Catalog, skus: Container[str]) -> Iterator[tuple[str, Treatment]]:
    """The treatments of these products, and of those whose rows say something of their cutouts."""
    treatments = Treatments(brief, Templates(brief.prompts, brief.campaign.value.products.decimal_sign))
    for row in catalog:
        if isinstance(row, Product) and (row.sku in skus or row.fields.get(COLUMN)):
            try:
                yield row.sku, treatments.of(row)
            except InputError:
                continue
