"""`report.html`: a campaign as a contact sheet, for people; one file that needs no network and no script."""

from __future__ import annotations

import base64
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from jinja2 import Template
from markupsafe import Markup, escape
from pydantic import TypeAdapter

from assetgen import pricing
from assetgen.delivery.html import environment
from assetgen.disk import replace_if_changed
from assetgen.errors import Problem
from assetgen.model.brief import Brief
from assetgen.model.finding import KeptBack, Level
from assetgen.model.made import Made
from assetgen.model.outcome import Delivered, Failure, Held, ShownCutout
from assetgen.model.product import Reject
from assetgen.model.request import Price
from assetgen.planning.planner import EVERYWHERE

EMBEDDED = 600
"""The most thumbnails on a page, about 15 MB of them; the other files are listed as links."""

CUTOUTS = 300
"""The most cutouts on a page, about 3 MB of them, those that want a look first."""

_WIDE = 1.5
"""The ratio of width to height from which a picture is as wide as the page lets it be, and less high than others."""

_JOINED = "\N{NO-BREAK SPACE}"
_ORPHANED = Problem(
    "no row, scene or channel asks for these files any more", hint="`assetgen run --prune` removes them"
)
_UNTOLD = "`assetgen check` says which word lets them out"


class _Named(NamedTuple):
    """What a problem is about: a file if it has a path, else the name of a row or of a file that could not be made."""

    name: str
    path: str | None = None


_Concern = Mapping[Problem, Sequence[_Named]]
"""The problems of one kind, each with all that it is about."""


@dataclass(frozen=True)
class _Plate:
    """What the page needs from the record of a plate; seconds of the provider's work."""

    cost: Price | None = None
    seconds: float = 0


_PLATE = TypeAdapter(_Plate)


@dataclass(frozen=True)
class _Language:
    """What the page, which is in English, calls a locale: `Arabic (Egypt), right to left`."""

    name: str
    rtl: bool = False

    def __str__(self) -> str:
        return f"{self.name}, right to left" if self.rtl else self.name


def write_report(  # noqa: PLR0917 - what the manifest takes, and where pictures come from
    path: Path,
    brief: Brief,
    delivered: Iterable[Delivered],
    rejects: Sequence[Reject],
    failures: Sequence[Failure],
    thumbnail: Callable[[Made], bytes | None],
    *,
    held: Sequence[Held] = (),
    cutouts: Sequence[ShownCutout] = (),
    preview: Callable[[str], bytes | None] = lambda _: None,
) -> bool:
    """Thumbnails are WebP or JPEG, about 360 px on the long side. Whether the page was written: it tells no time.

    `cutouts` come in the order in which they are shown; `preview` finds the picture of one by its key.
    """
    current: list[Made] = []
    orphans: list[Made] = []
    plates: dict[str, _Plate] = {}
    for item in delivered:
        (orphans if item.orphan else current).append(item.made)
        if item.made.origin != "none" and not item.orphan:
            plates[item.made.inputs["plate"]] = _PLATE.validate_python(item.plate or {})
    channels = _channels(current, brief)
    products = _products(current, list(channels))
    page = _template().generate(
        campaign=brief.campaign.value.name,
        brand=brief.brand.value.name,
        facts=_facts(current, plates.values()),
        doubted={each.problem: preview(each.cutout) for each in held[:CUTOUTS]},
        concerns=dict(_concerns(current, orphans, held, rejects, failures)),
        channels=channels,
        locales={locale: _language(locale) for locale in sorted({m.locale for m in current})},
        scenes={scene: scene for scene in sorted({m.scene for m in current})},
        products=products,
        pictures=_pictures(products, thumbnail),
        files=len(current),
        cutouts=_by_verdict(cutouts[:CUTOUTS], preview),
        cutout_count=len(cutouts),
        more_cutouts=max(0, len(cutouts) - CUTOUTS),
        wide=_WIDE,
    )
    return replace_if_changed(path, page)


def _channels(made: Iterable[Made], brief: Brief) -> Mapping[str, str]:
    """The names of the channels that have files, by id, in the campaign's order."""
    named = {channel.id: channel.name for channel in brief.channels}
    used = {one.channel for one in made}
    return {i: name for i, name in named.items() if i in used} | {i: i for i in sorted(used - named.keys())}


def _products(made: Iterable[Made], channels: Sequence[str]) -> Mapping[str, Sequence[Made]]:
    """The files of each product by channel; wide ones come last, so that pictures in a row are about as high."""
    products: dict[str, list[Made]] = defaultdict(list)
    for one in sorted(made, key=lambda m: (m.sku, max(m.width / m.height, _WIDE), channels.index(m.channel), m.id)):
        products[one.sku].append(one)
    return products


def _pictures(products: Mapping[str, Sequence[Made]], thumbnail: Callable[[Made], bytes | None]) -> Mapping[str, bytes]:
    """Thumbnails by asset id: first of what needs a look, then the first of every product, the second, and so on."""
    places = [(place, one) for files in products.values() for place, one in enumerate(files)]
    places.sort(key=lambda item: (not _needs_a_look(item[1]), item[0]))
    found = ((one.id, picture) for _, one in places if (picture := thumbnail(one)))
    return dict(islice(found, EMBEDDED))


def _by_verdict(
    cutouts: Iterable[ShownCutout], preview: Callable[[str], bytes | None]
) -> Mapping[str, Sequence[tuple[ShownCutout, bytes | None]]]:
    """Each with its picture, in the order in which they come."""
    groups: dict[str, list[tuple[ShownCutout, bytes | None]]] = defaultdict(list)
    for cutout in cutouts:
        groups[cutout.standing].append((cutout, preview(cutout.key)))
    return groups


def _facts(made: Sequence[Made], plates: Iterable[_Plate]) -> Mapping[str, str]:
    """The campaign in numbers."""
    plates = list(plates)
    counts = {
        "Files": len(made),
        "Products": len({sku for m in made for sku in m.products or (m.sku,)}),
        "Channels": len({m.channel for m in made}),
        "Locales": len({m.locale for m in made} - {EVERYWHERE}),
        "Plates": len(plates),
    }
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "Price": str(pricing.bill(plate.cost for plate in plates)),
        "Work": _duration(sum(m.seconds for m in made) + sum(plate.seconds for plate in plates)),
    }


def _concerns(
    made: Sequence[Made],
    orphans: Sequence[Made],
    held: Sequence[Held],
    rejects: Sequence[Reject],
    failures: Sequence[Failure],
) -> Iterator[tuple[str, _Concern]]:
    """All that needs attention: first what only a person can settle, then the worst."""
    yield "Waiting for your word", _together(_waiting(made, held))
    yield "Could not be made", _together((f.problem, _Named(f.id)) for f in failures)
    yield "Rows set aside", _together((r.problem, _Named(r.sku or "no sku")) for r in rejects)
    for title, level in (("Rejected", Level.ERROR), ("Warnings", Level.WARNING)):
        found = ((one, finding) for one in made for finding in one.findings if finding.level == level)
        yield title, _together((Problem(finding.message), _Named(one.id, one.path)) for one, finding in found)
    yield "Orphans", _together((_ORPHANED, _Named(one.id, one.path)) for one in orphans)


def _waiting(made: Iterable[Made], held: Iterable[Held]) -> Iterator[tuple[Problem, _Named]]:
    """The files that are held, under their products; of what the run was not about, under their doubts."""
    told: dict[str, list[Problem]] = defaultdict(list)
    for each in held:
        for path in each.files:
            told[path].append(each.problem)
    for one in made:
        if one.kept_back is KeptBack.HELD:
            problems = told[one.path] or [Problem(one.against[0].message, hint=_UNTOLD)]
            yield from ((problem, _Named(one.id, one.path)) for problem in problems)


def _together(pairs: Iterable[tuple[Problem, _Named]]) -> _Concern:
    concern: dict[Problem, list[_Named]] = defaultdict(list)
    for problem, subject in pairs:
        concern[problem].append(subject)
    return concern


@cache
def _template() -> Template:
    pages = environment()
    pages.filters |= {"code": _code, "kilobytes": _kilobytes, "marks": _marks, "pixels": _pixels, "uri": _uri}
    pages.tests["needing_a_look"] = _needs_a_look
    return pages.get_template("report.html.j2")


def _needs_a_look(made: Made) -> bool:
    return any(finding.level is not Level.NOT_CHECKED for finding in made.findings)


def _marks(made: Made) -> Iterator[tuple[Level, str]]:
    """How many findings of each level, the worst first: `2 errors`, `1 not checked`."""
    counts = Counter(finding.level for finding in made.findings)
    for level in Level:
        if count := counts[level]:
            plural = "s" if count > 1 and level in {Level.ERROR, Level.WARNING} else ""
            yield level, f"{count} {level}{plural}"


def _language(locale: str) -> _Language:
    if locale == EVERYWHERE:
        return _Language("all locales")
    known = Locale.parse(locale, sep="-")
    return _Language(known.get_display_name("en") or locale, rtl=known.text_direction == "rtl")


def _code(text: str) -> Markup:
    """Messages put `backticks` around what somebody typed."""
    return Markup(re.sub("`(.+?)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just here


def _pixels(made: Made) -> str:
    return f"{made.width} × {made.height} px".replace(" ", _JOINED)


def _kilobytes(size: int) -> str:
    return f"{max(1, round(size / 1000)):,}{_JOINED}kB"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def _uri(picture: bytes) -> str:
    kind = "webp" if picture.startswith(b"RIFF") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
