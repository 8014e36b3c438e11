"""Pixels to files: the best quality that a channel's weight allows, or none if that would be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assetgen.errors import InputError, Problem
from assetgen.files.codecs import (
    AVIF,
    EXACT_WEBP,
    HALVED_JPEG,
    JPEG,
    PALETTE,
    PNG,
    QUICK_JPEG,
    QUICK_WEBP,
    WEBP,
    Chroma,
    Way,
)
from assetgen.files.decode import opened
from assetgen.files.fidelity import fidelity
from assetgen.files.tags import Tags, srgb
from assetgen.model.arrays import WITH_ALPHA, Pixels

FLOOR = 0.93
"""The least fidelity: below, letters get dotted edges, grain melts and pale walls turn pink or green."""

_MOST = 6
"""Encodings of one picture, over all formats. Weights are foreseen well enough for three as a rule."""

_FULL = 0.92
"""The share of the weight from which a file is not made again for the rest."""

_AIM = 0.96
"""The share of the weight that is aimed at."""

_SURE = 0.92
"""The share of the weight that a last try aims at."""

_BEST = 100
"""The quality of the largest file."""

_USUAL = 92
"""The quality, 0 to 100, of a file that need not be light."""

_JUST_GOOD = 70
"""The quality, 0 to 100, that tells what a picture weighs where it is just good enough."""

_FLATTEST = 0.1
"""The slope of weight over coarseness, both logarithms, that is reckoned with at least."""

_BAND = 32
"""Rows of a band of a picture: whole blocks, whatever the format."""

_MANY = 16
"""Bands below which a picture is low, and read again as a whole."""

_STRIDE = 5
"""One band in so many of a higher one is read again."""

_LIGHT = 100_000
"""The bytes below which kilobytes are said with a decimal."""

_UNSCALED = 50
"""The quality at which libjpeg takes its tables as they are."""


@dataclass(frozen=True)
class _FormatWays:
    """The ways of writing a format."""

    quick: Way
    """The way for files that may be heavy."""

    exact: Way
    """The way when that is not enough."""

    light: tuple[Way, ...]
    """The ways where each byte counts, best first."""


_FORMATS = {  # that we write; where one is too heavy, the others follow in this order
    "webp": _FormatWays(QUICK_WEBP, EXACT_WEBP, (WEBP,)),
    "avif": _FormatWays(AVIF, AVIF, (AVIF,)),
    "png": _FormatWays(PNG, PNG, (PALETTE,)),
    "jpg": _FormatWays(QUICK_JPEG, QUICK_JPEG, (JPEG, HALVED_JPEG)),
}


class TooHeavy(InputError):
    """No allowed format gets down to the channel's weight at a fidelity that we accept."""


@dataclass(frozen=True)
class FileLimits:
    """What a channel allows: formats in its order, weight in bytes.

    reserve: bytes that are added to the file later, and count.
    """

    formats: tuple[str, ...]
    max_bytes: int | None = None
    min_bytes: int = 0
    dpi: int = 72
    reserve: int = 0

    @property
    def room(self) -> int | None:
        """The bytes that are left for the picture; None where it may have any weight."""
        return None if self.max_bytes is None else self.max_bytes - self.reserve

    def allow(self, data: bytes) -> bool:
        return self.room is None or len(data) <= self.room


@dataclass(frozen=True)
class Encoded:
    """A finished file; `attempts` says how often it was encoded to find the quality.

    quality: 1 to 100, 100 for a PNG that loses nothing; score: the fidelity, to three digits. A picture too plain to
    reach `min_bytes` stays lighter than that: files are never padded.
    """

    data: bytes
    format: str
    quality: int
    chroma: Chroma
    score: float
    attempts: int

    @property
    def extension(self) -> str:
        return f".{self.format}"


def encode(pixels: Pixels, limits: FileLimits, xmp: bytes) -> Encoded:
    """Embeds the sRGB profile, `xmp` and nothing else; the same input gives the same bytes. Raises TooHeavy."""
    search = _Search(pixels, limits, Tags(xmp, limits.dpi))
    found = search.found()
    if not found:
        raise TooHeavy(search.problem())
    way = found.way
    return Encoded(found.data, way.format, found.quality, way.chroma, found.score, len(search.tried))


@dataclass(frozen=True, eq=False)
class _Try:
    pixels: Pixels
    way: Way
    quality: int
    data: bytes

    @cached_property
    def score(self) -> float:
        before, data = self.pixels, self.data
        if self.way is QUICK_JPEG:
            # Reading all of a large file again takes as long as writing it did. JPEG writes a part as in the whole.
            before = _sample(before)
            data = self.way.write(before, self.quality, Tags(b"", 72))
        with opened(data) as image:
            after = np.asarray(image.convert("RGBA" if before.shape[2] == WITH_ALPHA else "RGB"))
        return round(fidelity(before, after), 3)

    @property
    def good(self) -> bool:
        return self.score >= FLOOR


class _Search:
    def __init__(self, pixels: Pixels, limits: FileLimits, tags: Tags) -> None:
        self._pixels = pixels
        self._limits = limits
        self._tags = tags
        self._formats = [_FORMATS[name] for name in _by_preference(limits.formats)]
        self._light = [way for known in self._formats for way in known.light]
        self.tried: list[_Try] = []

    def found(self) -> _Try | None:
        first = self._try(self._formats[0].quick, self._formats[0].quick.most)
        if self._limits.allow(first.data):
            richest = self._richer(first)
            if richest.good:
                return richest
        ways = [way for way in self._light if self._foreseen(way, [], _AIM) >= way.least]
        for way, spared in [*zip(ways, reversed(range(len(ways))), strict=True), *((way, 0) for way in ways)]:
            best = self._best(way, spared)
            if best and best.good:
                return best
        return self._last_chance()

    def _last_chance(self) -> _Try | None:
        """Seldom one; what is left is used to see what the picture weighs where it is just good enough."""
        for way in sorted(self._light, key=lambda way: way.weight)[: _MOST - len(self.tried)]:
            last = self._try(way, max(way.least, _JUST_GOOD))
            if last.good:
                return last if self._limits.allow(last.data) else None
        return None

    def _try(self, way: Way, quality: int) -> _Try:
        self.tried.append(_Try(self._pixels, way, quality, way.write(self._pixels, quality, self._tags)))
        return self.tried[-1]

    def _richer(self, first: _Try) -> _Try:
        if first.quality == _BEST or (first.good and len(first.data) >= self._limits.min_bytes):
            return first
        richest = self._try(self._formats[0].exact, _BEST)
        return richest if self._limits.allow(richest.data) else first

    def _best(self, way: Way, spared: int) -> _Try | None:
        """The best that is light enough; `spared` are the encodings that the ways after this one may need."""
        for left in range(_MOST - len(self.tried) - spared, 0, -1):
            known = [tried for tried in self.tried if tried.way is way]
            light, heavy = ([t for t in known if self._limits.allow(t.data) is fits] for fits in (True, False))
            least = max((t.quality + 1 for t in light), default=way.least)
            most = min((t.quality - 1 for t in heavy), default=way.most)
            quality = self._foreseen(way, known, share=_AIM if left > 1 else _SURE)
            hopeless = not light and (quality < way.least or not all(tried.good for tried in heavy))
            if least > most or hopeless or any(map(self._full, light)):
                break
            self._try(way, min(max(quality, least), most))
        fit = [tried for tried in self.tried if tried.way is way and self._limits.allow(tried.data)]
        return max(fit, key=lambda tried: tried.score, default=None)

    def _full(self, tried: _Try) -> bool:
        nearly = FLOOR - 0.01 < tried.score < FLOOR  # the rest of the weight may be what is missing
        return len(tried.data) > (_AIM if nearly else _FULL) * (self._limits.room or math.inf)

    def _foreseen(self, way: Way, known: list[_Try], share: float) -> int:
        """The quality at which a file should take that share of the weight.

        Weight goes with a power of the factor that libjpeg multiplies its steps by: jpeg_quality_scaling in jcparam.c.
        """
        aim = self._log(share * (self._limits.room or 0))
        points = sorted(
            ((_coarseness(t.quality), self._log(len(t.data))) for t in known), key=lambda p: abs(p[1] - aim)
        )
        if not points:
            first = self.tried[0]
            points = [(_coarseness(_USUAL), self._log(len(first.data)) + math.log(way.weight / first.way.weight))]
        (coarse, weight), *others = points
        slope = (weight - others[0][1]) / (others[0][0] - coarse) if others else way.slope
        return _quality(coarse + (weight - aim) / max(slope, _FLATTEST))

    def _log(self, weight: float) -> float:
        """The logarithm of what the pixels weigh, in bytes."""
        return math.log(max(weight - len(self._tags.xmp) - len(srgb()), 1))

    def problem(self) -> Problem:
        limit, reserve = self._limits.max_bytes or 0, self._limits.reserve
        found = min(filter(None, map(self._just_good, self._formats)), default=0) + reserve
        what = "the picture and its credentials weigh" if reserve else "the picture weighs"
        weight = f"about {_kilobytes(found)}" if found > 1.05 * limit else f"more than {_kilobytes(limit)}"
        return Problem(
            f"{what} {weight} at the lowest quality we accept, and the channel takes {_kilobytes(limit)}",
            hint="use a calmer plate or a scrim: smooth backgrounds weigh little",
        )

    def _just_good(self, known: _FormatWays) -> float | None:
        """Weight at the floor, read off between what was tried."""
        points = sorted((t.score, math.log(len(t.data))) for t in self.tried if t.way in (known.quick, *known.light))
        if not points or points[-1][0] < FLOOR:
            return None
        scores, weights = zip(*points, strict=True)
        return math.exp(np.interp(FLOOR, scores, weights))


def _by_preference(formats: tuple[str, ...]) -> list[str]:
    """JPEG is taken everywhere; WebP and AVIF lead only where the channel puts them first."""
    if not formats & _FORMATS.keys():
        raise InputError(Problem(f"we cannot write {' or '.join(formats)}", hint=f"we write {', '.join(_FORMATS)}"))
    lead = formats[0] if formats[0] in {"webp", "avif"} else "jpg" if "jpg" in formats else "png"
    return sorted(formats & _FORMATS.keys(), key=lambda name: (name != lead, list(_FORMATS).index(name)))


def _kilobytes(weight: float) -> str:
    return f"{weight / 1000:.{int(weight < _LIGHT)}f} kB"


def _sample(pixels: Pixels) -> Pixels:
    """Some bands of a picture (H x W x channels), one under the other; of a low picture everything."""
    count = pixels.shape[0] // _BAND
    if count < _MANY:
        return pixels
    return np.concatenate(pixels[: count * _BAND].reshape(count, _BAND, *pixels.shape[1:])[::_STRIDE])


def _coarseness(quality: int) -> float:
    """The logarithm of the percent to which a quality scales libjpeg's tables (`jpeg_quality_scaling`)."""
    return math.log(max(200 - 2 * quality, 1) if quality >= _UNSCALED else 5000 / quality)


def _quality(coarseness: float) -> int:
    factor = math.exp(coarseness)
    return int(100 - factor / 2 if factor <= 2 * _UNSCALED else 5000 / factor)
