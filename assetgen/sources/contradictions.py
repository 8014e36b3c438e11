"""What the lines of a channel say against one another, and what cannot be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import gcd

from assetgen.checks.strictness import strictness_problems
from assetgen.config.channel import Channel
from assetgen.errors import Location, Problem
from assetgen.model.brief import Marks

_NEVER_MORE = (
    ("min_bytes", "max_bytes"),
    ("min_product_fill", "max_product_fill"),
    ("min_width", "max_side"),
    ("min_height", "max_side"),
)
_ROUNDED = 0.01
"""The share by which a ratio may be off, for people write few digits: 1:1.41 for a sheet of A4."""


def contradictions(channel: Channel, marks: Marks, *place: str | int) -> Iterator[Problem]:
    """The problems of a row, each where the first of the lines concerned is written in the file, else at the row."""
    for less, more in _NEVER_MORE:
        low, high = getattr(channel, less), getattr(channel, more)
        if low is not None and high is not None and low > high:
            message = f"`{less}` is {low}, which is more than `{more}`, {high}"
            yield Problem(message, _first(marks, place, less, more), f"change one of them; {_other(channel)}")
    for name, message, hint in strictness_problems(channel.checks):
        yield Problem(message, marks.key(*place, "checks", name), hint)
    yield from _ratio(channel, marks, place)
    yield from _nothing_free(channel, marks, place)
    for n, box in enumerate(channel.keep_out):
        for start, end, sides in (("x0", "x1", "left and right"), ("y0", "y1", "upper and lower")):
            if getattr(box, start) >= getattr(box, end):
                message = f"`{start}` is {getattr(box, start):g}, but must be less than `{end}`, {getattr(box, end):g}"
                hint = f"they are the {sides} edge of the box"
                yield Problem(message, marks.at(*place, "keep_out", n, start), hint)


def _other(channel: Channel) -> str:
    return f"`assetgen channels show {channel.id}` has what is not given here"


def _ratio(channel: Channel, marks: Marks, place: tuple[str | int, ...]) -> Iterator[Problem]:
    written = re.fullmatch(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)", channel.aspect)
    where = _first(marks, place, "aspect", "width", "height")
    hint = f'{channel.width} x {channel.height} is "{_in_words(channel.width, channel.height)}"'
    if written is None or not float(written[1]) * float(written[2]):
        yield Problem(f"`aspect` cannot be `{channel.aspect}`", where, hint)
    elif abs(channel.width / channel.height * float(written[2]) / float(written[1]) - 1) > _ROUNDED:
        message = f"`aspect` is {channel.aspect}, but the size is {channel.width} x {channel.height}"
        yield Problem(message, where, hint)


def _in_words(width: int, height: int) -> str:
    """A ratio in whole numbers where these are small."""
    across, down = width // gcd(width, height), height // gcd(width, height)
    return f"{across}:{down}" if max(across, down) <= 20 else f"{width / height:.2f}:1"  # noqa: PLR2004 - 16:9 is


def _nothing_free(channel: Channel, marks: Marks, place: tuple[str | int, ...]) -> Iterator[Problem]:
    area = channel.safe_area
    for one, two in (("top", "bottom"), ("left", "right")):
        if getattr(area, one) + getattr(area, two) >= 1:
            message = f"`{one}` and `{two}` together leave nothing free"
            hint = "they are shares of the frame, such as 0.14"
            yield Problem(message, _first(marks, (*place, "safe_area"), one, two), hint)


def _first(marks: Marks, place: tuple[str | int, ...], *fields: str) -> Location:
    written = ((*place, field) for field in fields)
    return next((marks.places[path] for path in written if path in marks.places), marks.at(*place))
