"""The words on each line, and their size: the setting that a typographer would mind least.

Costs are counted in doublings of the type size, so that 1 is worth setting words half as large.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_LINES = 1.8
"""The cost of more lines: 0.26 for the second and less for each that follows."""

_THIN = 0.3
"""The cost of a line of several that has hardly any words: four words on three lines are a list."""

_BROAD = 4.5
"""The width, in type sizes, from which a line has words enough."""

_RAGGED = 0.5
"""The cost of a line that is empty, beside the longest."""

_LONELY = 1.0
"""The cost of a short word, or a single Chinese sign, alone on the last line."""

_SHORT = 0.5
"""The share of the longest line below which a last line is short."""

_MEASURES = 24
"""Line lengths that are tried."""


@dataclass(frozen=True)
class Part:
    """A piece of text measured, in type sizes: see `pango.Row` and `breaks.Piece`.

    last: the advance when a line ends here; rise, fall: how far the ink goes above and below the baseline.
    """

    advance: float
    last: float
    lead: float
    trail: float
    rise: float
    fall: float
    cost: float
    must: bool


@dataclass(frozen=True)
class Room:
    """What words are fitted into; in px, `spacing` from baseline to baseline in type sizes.

    shrinks: to its words, as a disc does, which is best when they are as high as they are wide.
    """

    width: int
    height: int
    smallest: float
    largest: float
    spacing: float
    shrinks: bool = False

    def size(self, width: float, height: float) -> float:
        """The largest type for words that take so much, in type sizes."""
        return min(self.largest, self.width / width, self.height / height)


@dataclass(frozen=True)
class LineBreaking:
    """`ends` are the numbers of the parts before which lines end."""

    ends: tuple[int, ...]
    size: float
    cost: float


def settings(parts: Sequence[Part], room: Room) -> list[LineBreaking]:
    """The ways to set the words within the room's sizes, the best first; when none is, the one that nearly fits."""
    line = _PossibleLines(parts)
    found = {ends: _setting(line, ends, cost, room) for ends, cost in _candidates(line, room)}
    fitting = [setting for setting in found.values() if setting.size >= room.smallest]
    nearest = max(found.values(), key=lambda setting: setting.size)
    return sorted(fitting, key=lambda setting: setting.cost) or [nearest]


def _candidates(line: _PossibleLines, room: Room) -> Iterator[tuple[tuple[int, ...], float]]:
    """The best lines for each length that a line may have, which are no longer."""
    least = max(line.width(n, n + 1) for n in range(line.count))
    most_lines = room.height / room.smallest / room.spacing + 1
    least = max(least, line.width(0, line.count) / most_lines)
    lengths = sorted({least, *(width for width in line.widths() if least < width <= room.width / room.smallest)})
    step = -(-len(lengths) // _MEASURES)
    for length in {*lengths[::step], lengths[-1]}:
        yield line.broken(length)


def _setting(line: _PossibleLines, ends: tuple[int, ...], cost: float, room: Room) -> LineBreaking:
    width = max(line.width(start, end) for start, end in pairwise((0, *ends)))
    first, last = line.parts[: ends[0]], line.parts[ends[-2] if len(ends) > 1 else 0 :]
    height = max(part.rise for part in first) + room.spacing * (len(ends) - 1) + max(part.fall for part in last)
    size = room.size(width, height)
    if room.shrinks:
        cost += math.log2(size * max(width / room.width, height / room.height))
    else:
        cost += _LINES * (len(ends) - 1) / (len(ends) + 5)
    return LineBreaking(ends, size, cost + math.log2(room.largest / size))


class _PossibleLines:
    """All lines that the parts can make."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts, self.count = parts, len(parts)
        self._places = [0.0, *accumulate(part.advance for part in parts)]

    def width(self, start: int, end: int) -> float:
        """The width of the ink of the parts from `start` to before `end`, in type sizes."""
        first, last = self.parts[start], self.parts[end - 1]
        return max(1e-3, self._places[end - 1] - self._places[start] + last.last - first.lead - last.trail)

    def widths(self) -> Iterator[float]:
        for start in range(self.count):
            for end in range(start + 1, self.count + 1):
                yield self.width(start, end)
                if self.parts[end - 1].must:
                    break

    def broken(self, length: float) -> tuple[tuple[int, ...], float]:
        """The ends of the best lines of at most this length, and their cost."""
        best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
        for end in range(1, self.count + 1):
            ways = []
            for start in range(end - 1, -1, -1):
                if (start < end - 1 and self.parts[start].must) or self.width(start, end) > length:
                    break
                cost, ends = best[start]
                ways.append((cost + self._cost(start, end, length), (*ends, end)))
            best.append(min(ways))
        cost, ends = best[-1]
        return ends, cost

    def _cost(self, start: int, end: int, length: float) -> float:
        width, last = self.width(start, end), self.parts[end - 1]
        cost = _RAGGED * (1 - width / length) ** 2 + last.cost
        if end - start < self.count:
            cost += _THIN * max(0.0, 1 - width / _BROAD)
        follows = start > 0 and not self.parts[start - 1].must
        is_lonely = last.must and follows and (end - start == 1) and width < max(_SHORT * length, 1.1)
        return cost + _LONELY * is_lonely
