"""The cutouts behind the pictures of a campaign, for people to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.model.cutting import Verdict
from assetgen.model.made import Made
from assetgen.model.outcome import ShownCutout
from assetgen.model.product import Reject
from assetgen.production.materials.stored_cutouts import judged, kept_cutout
from assetgen.production.workshop import Workshop

_WORST_FIRST = (Verdict.MODEL, Verdict.CHECK, Verdict.GOOD)


def shown_cutouts(shop: Workshop, rejects: Iterable[Reject]) -> list[ShownCutout]:
    """Every cutout once, under the product it belongs to; those that a person should look at come first."""
    names = dict(
        sorted(_names(shop.ledger.everything(), shop.ledger.orphans()), key=lambda item: item[1][0], reverse=True)
    )
    names |= {reject.cutout: (1, reject.sku or "", reject.sku or "") for reject in rejects if reject.cutout}
    stored = ((key, sku, title, kept_cutout(key, shop.store)) for key, (_, sku, title) in names.items())
    shown = (ShownCutout(key, sku, title, judged(kept.record)) for key, sku, title, kept in stored if kept)
    return sorted(shown, key=lambda cutout: (_WORST_FIRST.index(cutout.judged.verdict), cutout.sku, cutout.key))


def _names(files: Iterable[Made], orphans: frozenset[str]) -> Iterator[tuple[str, tuple[int, str, str]]]:
    """Cutouts by key, each with the number of products in a picture it is on, and that picture's sku and title."""
    for made in files:
        keys = [key for key in made.inputs["cutout"].split(", ") if key != "none"]
        if made.id not in orphans:
            yield from ((key, (len(keys), made.sku, made.title)) for key in keys)
