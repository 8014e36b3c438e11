"""Rules on where words and logo are on a picture, and how much of it they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.canvas import PlacedLayer
from assetgen.model.finding import Level
from assetgen.picture.geometry import Rect

_MUCH = 0.20
"""The share of the frame under words above which they hide what it shows."""

_TOO_MUCH = 0.35
"""The share that is an error in an ad."""

_GRID = 400
"""The cells on a side of the grid on which areas are added up."""

_PIXEL = 1
"""The pixels that rounding may put outside."""

_BEYOND = 0.6
"""The way that accents and what hangs below the line may leave the safe area, in heights of capitals."""


def _safe_area(subject: Subject) -> Iterator[Fault]:
    area, row = subject.row.safe_area, subject.row
    for layer in subject.overlays:
        width, height = subject.frame.width, subject.frame.height
        left, top, right, bottom = layer.box
        beyond = _BEYOND * layer.glyph if layer.ground is None else 0
        over = {
            "left": area.left * width - left,
            "top": area.top * height - top - beyond,
            "right": right - (1 - area.right) * width,
            "bottom": bottom - (1 - area.bottom) * height - beyond,
        }
        side, pixels = max(over.items(), key=lambda item: item[1])
        if pixels > _PIXEL:
            level = None if row.kind == "ad" else Level.WARNING
            yield Fault(f"{_named(layer)} leaves the safe area of {row.name} at the {side}", level)


def _keep_out(subject: Subject) -> Iterator[Fault]:
    row = subject.row
    for taken in row.keep_out:
        for layer in subject.overlays:
            left, top, right, bottom = layer.box
            across = left < taken.x1 * subject.frame.width and right > taken.x0 * subject.frame.width
            down = top < taken.y1 * subject.frame.height and bottom > taken.y0 * subject.frame.height
            if across and down:
                yield Fault(f"the {layer.layer} lies where {row.name} puts its {taken.why}")


def _text_cover(subject: Subject) -> Iterator[Fault]:
    row = subject.row
    words = _covered(subject, subject.words)
    if words > _MUCH:
        level = None if words > _TOO_MUCH and row.kind == "ad" else Level.WARNING
        yield Fault(f"words take {words:.0%} of the picture, more than {_MUCH:.0%} hide what it shows", level)
    logos = _covered(subject, subject.layers("logo"))
    if row.max_logo_cover is not None and logos > row.max_logo_cover:
        message = f"the logo takes {logos:.0%} of the picture, {row.name} allows {row.max_logo_cover:.0%}"
        yield Fault(message, Level.WARNING)


def _covered(subject: Subject, layers: Iterable[PlacedLayer]) -> float:
    """The share of the frame under the layers' boxes; what lies under two of them counts once."""
    cells = np.zeros((_GRID, _GRID), bool)
    across, down = _GRID / subject.frame.width, _GRID / subject.frame.height
    for layer in layers:
        box = Rect(*layer.box).within(subject.frame)
        rows, columns = (
            (round(box.top * down), round(box.bottom * down)),
            (round(box.left * across), round(box.right * across)),
        )
        cells[slice(*rows), slice(*columns)] = True
    return float(cells.mean())


def _named(layer: PlacedLayer) -> str:
    return f"the {layer.layer} `{layer.text}`" if layer.text else f"the {layer.layer}"


RULES = (
    Rule(
        "safe-area",
        "words and logo keep inside the channel's safe area; a warning where it is no ad",
        Level.ERROR,
        Basis.PLATFORM,
        _safe_area,
    ),
    Rule("keep-out", "words and logo miss what the platform covers", Level.ERROR, Basis.PLATFORM, _keep_out),
    Rule(
        "text-cover",
        "words take 20 % of the picture at most, more than 35 % of an ad is an error; so do logos where Google says so",
        Level.ERROR,
        Basis.PLATFORM,
        _text_cover,
    ),
)
