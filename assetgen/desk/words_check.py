"""Whether the words of a campaign find room, before anything is made: of many texts the longest are tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assetgen.config.channel import Channel
from assetgen.errors import Location, Problem
from assetgen.fingerprint import Json
from assetgen.model.asset import Asset, Origin
from assetgen.model.brief import Brief
from assetgen.model.canvas import Canvas
from assetgen.picture.type.lettering import SetLine, sizes
from assetgen.picture.type.text_fit import breadth, fit, longest_word
from assetgen.production.canvases import about_words, brand_look, canvas_of, too_long
from assetgen.production.plan_stream import ProductPlan

FEW = 3
"""The number of texts of a layer that are set: those that are likely to be the longest."""

SMALL = 0.6
"""Words below this share of their largest size are worth a look: a long text makes them too quiet."""


@dataclass(frozen=True)
class Fit:
    """How the words of one layer come out on one channel in one language.

    size: of the type, in px; shrink: that size as a share of the largest that the layer allows. All three are None
    where the words do not fit; `problem` then says so. Where they fit, it says that they are small.
    """

    text: str
    locale: str
    channel: Channel
    layer: str
    origin: Origin
    size: float | None = None
    shrink: float | None = None
    lines: int | None = None
    problem: Problem | None = None

    @property
    def fits(self) -> bool:
        return self.size is not None

    def as_json(self) -> dict[str, Json]:
        return {
            "locale": self.locale,
            "layout": str(self.origin.layout),
            "shape": self.channel.shape.value,
            "channel": self.channel.id,
            "layer": self.layer,
            "place": str((*self.origin.copy, self.origin.layout)[0]),
            "text": self.text,
            "size": self.size,
            "shrink": self.shrink,
            "lines": self.lines,
            "problem": self.problem.message if self.problem else None,
        }


class Fittings:
    """Looks at a plan while it streams by, and keeps of each page the few tellings whose words may be the longest."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._look = brand_look(brief)
        self._pages: dict[tuple[str, tuple[Origin, ...]], _LongestWords] = {}

    def look_at(self, item: ProductPlan) -> None:
        seen: dict[int, _LongestWords] = {}
        for planned in item.planned:
            asset = planned.asset
            if id(asset.layers) not in seen:  # channels of one shape share them
                page = self._pages.setdefault((asset.locale, asset.origins), _LongestWords())
                page.offer(asset)
                seen[id(asset.layers)] = page
            seen[id(asset.layers)].channels[asset.channel] = None

    def found(self) -> tuple[Fit, ...]:
        """What comes out smallest of each layer on each channel, and all that does not fit."""
        fits: dict[tuple[str, Location, str, str], Fit] = {}
        for each in self._all():
            key = (each.channel.id, each.origin.layout, each.locale, "" if each.fits else each.text)
            fits[key] = min(fits.get(key, each), each, key=lambda known: (known.shrink or 0, -breadth(known.text)))
        locales = self._brief.campaign.value.locales
        return tuple(sorted(fits.values(), key=lambda each: (locales.index(each.locale), each.origin.layout)))

    def _all(self) -> Iterator[Fit]:
        # One canvas after the other: words that several pages share stay set.
        for channel in self._brief.channels:
            for page in self._pages.values():
                for asset in page.longest if channel in page.channels else ():
                    yield from self._fitted(replace(asset, channel=channel))

    def _fitted(self, asset: Asset) -> Iterator[Fit]:
        canvas = canvas_of(asset, self._brief.brand.value)
        fitting = fit(canvas, asset.layers, self._look)
        for error in fitting.overfull:
            yield replace(_unset(asset, error.position), problem=too_long(asset, error))
        for position, line in fitting.lines.items():
            yield _set(asset, position, line, canvas)


class _LongestWords:
    """The same layers in one language, with other words for each product.

    The longest texts are kept layer by layer, by their length and by their longest word, and by the length of all words
    together, because those that follow each other share their room.
    """

    def __init__(self) -> None:
        self.channels: dict[Channel, None] = {}
        self._kept: dict[tuple[int, str], dict[str, tuple[float, Asset]]] = {}

    def offer(self, asset: Asset) -> None:
        texts = [(n, " ".join(layer.said)) for n, layer in enumerate(asset.layers) if layer.said]
        for n, text in texts:
            self._offer((n, "length"), text, breadth(text), asset)
            self._offer((n, "word"), text, longest_word(text), asset)
        self._offer((len(asset.layers), "all"), str(texts), sum(breadth(text) for _, text in texts), asset)

    def _offer(self, ranking: tuple[int, str], text: str, length: float, asset: Asset) -> None:
        kept = self._kept.setdefault(ranking, {})
        if len(kept) < FEW:
            kept[text] = (length, asset)
        elif text not in kept:
            shortest = min(kept, key=lambda known: kept[known][0])
            if length > kept[shortest][0]:
                del kept[shortest]
                kept[text] = (length, asset)

    @property
    def longest(self) -> Sequence[Asset]:
        return tuple({asset.layers: asset for kept in self._kept.values() for _, asset in kept.values()}.values())


def _unset(asset: Asset, position: int) -> Fit:
    layer, origin = asset.layers[position], asset.origins[position]
    return Fit(" ".join(layer.said), asset.locale, asset.channel, layer.layer, origin)


def _set(asset: Asset, position: int, line: SetLine, canvas: Canvas) -> Fit:
    size, largest = line.words.size, sizes(line.layer, canvas)[1]
    shrink = round(size / largest, 3)
    problem = None
    if shrink < SMALL:
        text = " ".join(line.layer.said)
        on = f"on {canvas.width} x {canvas.height}, {asset.locale}"
        message = f"{on}: `{text}` comes out at {size:g} px, {shrink:.0%} of the largest size of its layer"
        problem = about_words(asset, position, message, "shorten the text, or give its layer more room")
    return replace(_unset(asset, position), size=size, shrink=shrink, lines=line.words.lines, problem=problem)
