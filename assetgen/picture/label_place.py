"""The label of a picture, set and put where it covers nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, PlacedLayer
from assetgen.picture.free_corner import free_spot, taken_mask
from assetgen.picture.geometry import Rect, live_area, whole_canvas
from assetgen.picture.label_drawing import draw_label, set_label
from assetgen.picture.standing_product import StandingProduct

_AIR = 0.4
"""Room between a label and what it must not cover, in its type sizes."""

_EDGE = 0.3
"""Room between a label and the canvas's edge, at least, in its type sizes."""


@dataclass(frozen=True)
class Scenery:
    """The things on a canvas that a label must miss. shown: what lets the plate be seen; panels: what covers it."""

    placed: Sequence[PlacedLayer]
    standings: Sequence[StandingProduct]
    shown: Sequence[Rect]
    panels: Sequence[Rect]


def add_label(
    pixels: Pixels, label: Label, canvas: Canvas, look: BrandLook, scenery: Scenery
) -> tuple[PlacedLayer, float]:
    """The label as it was drawn, and the share of its place that words, logo or product had taken before.

    It stands in a corner of the picture, rather than on a panel beside it or across the edge between them; else in one
    of the live area, or beyond the brand's margin, but never outside the safe area. Raises InputError.
    """
    live = live_area(canvas)
    settings = set_label(label, canvas, look, live)
    air, edge = (round(share * settings[0].size) for share in (_AIR, _EDGE))
    # A mat and a plate may both bound what is seen: the label belongs where all of them leave the picture bare.
    picture = reduce(Rect.within, (area.grown(-air - 1) for area in scenery.shown), live)
    safe = live_area(replace(canvas, margin=0)).within(whole_canvas(canvas).grown(-edge))
    full = taken_mask(canvas, scenery.placed, scenery.standings, [*scenery.shown, *scenery.panels])
    sizes = [(each.width, each.height) for each in settings]
    spot = free_spot(sizes, (picture, live, safe), full, air=air, mirrored=canvas.mirrored)
    return draw_label(pixels, settings[spot.number], spot.place, live, look), spot.covered
