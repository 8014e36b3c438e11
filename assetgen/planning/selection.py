"""Selections, as `--select` takes them: which assets of a campaign are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from assetgen.errors import InputError, Problem, did_you_mean
from assetgen.model.asset import Planned, State
from assetgen.model.brief import Brief
from assetgen.model.product import Product
from assetgen.planning.planner import EVERYWHERE, PACKSHOT

FIELDS = ("sku", "channel", "locale", "scene", "audience", "state")

STATES = tuple(state.value.replace(" ", "-") for state in State if state is not State.ORPHAN)
"""The words for states, as they are typed."""

_FEW = 20
"""The most words that a hint lists."""

_MANY = 20_000
"""The most skus that are looked through for one that was meant."""


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

    @property
    def skus(self) -> tuple[str, ...]:
        """The patterns for skus."""
        return tuple(pattern for field, patterns in self.terms if field == "sku" for pattern in patterns)


_OTHER_NAMES = {"product": "sku", "id": "sku", "lang": "locale", "language": "locale", "format": "channel"}
"""What people call a field of a selection."""


class SkusWanted:
    """Watches which patterns for skus match a row, so that one with a slip of the pen is told."""

    def __init__(self, selected: Selection) -> None:
        self._unseen = dict.fromkeys(selected.skus)
        self._known: dict[str, None] = {}

    def see(self, skus: Iterable[str]) -> None:
        for sku in skus if self._unseen else ():
            self._unseen = {each: None for each in self._unseen if not fnmatchcase(sku, each)}
            if len(self._known) < _MANY:
                self._known[sku] = None

    def check(self) -> None:
        """Raises InputError once all rows were seen and a pattern has matched none."""
        otherwise = "look at `where` in the campaign, or leave out `--limit`"
        problems = [
            Problem(f"`sku:{each}` selects nothing: no row that takes part has that sku", hint=hint)
            for each in self._unseen
            for hint in [_two_terms(each) or did_you_mean(each, self._known, otherwise=otherwise)]
        ]
        if problems:
            raise InputError(*problems)


def _two_terms(pattern: str) -> str | None:
    """A hint for two terms that were written as one."""
    first, *others = pattern.split()
    if others and all(other.partition(":")[0] in FIELDS for other in others):
        return "give each term its own `--select`: " + " ".join(f"-s {term}" for term in (f"sku:{first}", *others))
    return None


def selection(terms: Sequence[str], brief: Brief) -> Selection:
    """Reads terms such as `sku:MUG-*` or `channel:instagram-*,web-hero`.

    Raises InputError for words that nothing in the campaign is called by; of skus only the table can tell.
    """
    found = Selection(tuple(_term(term) for term in terms))
    if problems := list(_unknown(found, brief)):
        raise InputError(*problems)
    return found


def _unknown(selected: Selection, brief: Brief) -> Iterator[Problem]:
    known = _known(brief)
    for field, patterns in selected.terms:
        words = known.get(field)
        for pattern in patterns if words is not None else ():
            if not any(fnmatchcase(word, pattern) for word in words or ()):
                yield Problem(f"`{field}:{pattern}` selects nothing", hint=_hint(field, pattern, words or ()))


def _hint(field: str, pattern: str, words: Sequence[str]) -> str:
    if not words:
        return f"the campaign has no {field}s: leave it out"
    if pattern.startswith(("!", "-", "^")):
        left = ",".join(word for word in words if not fnmatchcase(word, pattern[1:]))
        return f"there is no word for `all but`: name what is to be taken, `{field}:{left}`"
    more = ", …" if len(words) > _FEW else ""
    listed = ", ".join(words[:_FEW])
    return did_you_mean(pattern, words) or f"{field}s of this campaign are {listed}{more}"


def _known(brief: Brief) -> Mapping[str, Sequence[str]]:
    """The words of each field whose words a campaign lists."""
    return {
        "channel": [channel.id for channel in brief.channels],
        "locale": [*brief.locales, EVERYWHERE],
        "scene": [*brief.scenes, PACKSHOT],
        "audience": [audience.name for audience in brief.campaign.value.audiences],
        "state": STATES,
    }


def _term(text: str) -> tuple[str, tuple[str, ...]]:
    field, colon, patterns = text.partition(":")
    if not colon or not patterns:
        equal = re.match(r"(\w+)=+(.+)", text)
        written = f"{equal[1]}:{equal[2]}" if equal else f"sku:{text}" if text and not colon else "sku:MUG-*"
        hint = f"write field:pattern, as in `{written}`"
        raise InputError(Problem(f"`{text}` selects nothing", hint=hint))
    if field not in FIELDS:
        meant = _OTHER_NAMES.get(field.casefold(), field)
        near = did_you_mean(meant, FIELDS, otherwise=f"fields are {', '.join(FIELDS)}")
        raise InputError(Problem(f"assets have no field `{field}` to select by", hint=near))
    return field, tuple(p.replace("_", "-") if field == "state" else p for p in patterns.split(","))
