"""The cutouts behind the pictures of a campaign, for people to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from assetgen.model.cutting import Word
from assetgen.model.made import Made
from assetgen.model.outcome import ShownCutout
from assetgen.model.product import Reject
from assetgen.planning.cutout_words import notes
from assetgen.production.materials.stored_cutouts import judged, kept_cutout
from assetgen.production.workshop import Workshop

_WORST_FIRST = ("refused", "check", "approved", "good")


class _Shown(NamedTuple):
    """Where a cutout is shown: among how many products, in whose picture, and whether a person says it is right."""

    products: int
    sku: str
    title: str
    approved: bool = False


def shown_cutouts(shop: Workshop, rejects: Iterable[Reject]) -> list[ShownCutout]:
    """Every cutout once, under the product it belongs to; those that a person should look at come first."""
    names = dict(
        sorted(_names(shop.ledger.everything(), shop.ledger.orphans()), key=lambda item: item[1].products, reverse=True)
    )
    names |= {reject.cutout: _Shown(1, reject.sku or "", reject.sku or "") for reject in rejects if reject.cutout}
    stored = ((key, where, kept_cutout(key, shop.store)) for key, where in names.items())
    shown = (
        ShownCutout(key, where.sku, where.title, judged(kept.record), where.approved)
        for key, where, kept in stored
        if kept
    )
    return sorted(shown, key=lambda cutout: (_WORST_FIRST.index(cutout.standing), cutout.sku, cutout.key))


def _names(files: Iterable[Made], orphans: frozenset[str]) -> Iterator[tuple[str, _Shown]]:
    """Cutouts by key, each with a picture that it is on."""
    for made in files:
        keys = [key for key in made.inputs["cutout"].split(", ") if key != "none"]
        if made.id not in orphans:
            for key, note in zip_longest(keys, notes(made.inputs)[: len(keys)], fillvalue=""):
                yield key, _Shown(len(keys), made.sku, made.title, note.startswith(Word.RIGHT))
