"""Selections, as `--select` takes them: which assets of a campaign are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from assetgen.errors import InputError, Problem, did_you_mean
from assetgen.model.asset import Planned
from assetgen.model.product import Product

FIELDS = ("sku", "channel", "locale", "scene", "audience", "state")


@dataclass(frozen=True)
class Selection:
    """Terms that must all hold; one holds when one of its patterns matches, as in `sku:MUG-*,OIL-*`.

    A picture of several products has the sku of each of them too: what shows a product is found by it.
    """

    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __contains__(self, planned: Planned) -> bool:
        asset = planned.asset
        values = {
            "sku": asset.product.skus,
            "channel": (asset.channel.id,),
            "locale": (asset.locale,),
            "scene": (asset.scene,),
            "audience": (asset.audience or "",),
            "state": (planned.state.value.replace(" ", "-"),),
        }
        return all(
            any(fnmatchcase(value, pattern) for value in values[field] for pattern in patterns)
            for field, patterns in self.terms
        )

    def may_show(self, product: Product) -> bool:
        """Whether a picture of this product may be meant."""
        wanted = (patterns for field, patterns in self.terms if field == "sku")
        return all(any(fnmatchcase(sku, pattern) for sku in product.skus for pattern in each) for each in wanted)


def selection(terms: Sequence[str]) -> Selection:
    """Reads terms such as `sku:MUG-*` or `channel:instagram-*,web-hero`. Raises InputError."""
    return Selection(tuple(_term(term) for term in terms))


def _term(text: str) -> tuple[str, tuple[str, ...]]:
    field, colon, patterns = text.partition(":")
    if not colon or not patterns:
        raise InputError(Problem(f"`{text}` selects nothing", hint="write field:pattern, as in `sku:MUG-*`"))
    if field not in FIELDS:
        hint = did_you_mean(field, FIELDS, otherwise=f"fields are {', '.join(FIELDS)}")
        raise InputError(Problem(f"assets have no field `{field}` to select by", hint=hint))
    return field, tuple(p.replace("_", "-") if field == "state" else p for p in patterns.split(","))
