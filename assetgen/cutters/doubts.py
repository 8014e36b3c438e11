"""What speaks against a cutout, in a marketer's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.masks import dilate
from assetgen.cutout.openings import groove_share, lookalike_share
from assetgen.model.arrays import Floats, Region


@dataclass(frozen=True)
class Doubt:
    """A reason, and the confidence (0 to 1) that is left with it."""

    reason: str
    confidence: float


def find_doubts(backdrop: Backdrop, edges: Floats, product: Region) -> tuple[Doubt, ...]:
    """The doubts about a product found in a photo, the gravest first."""
    doubts = [*_about_the_photo(backdrop, product)]
    if product.any():
        doubts += [*_about_the_outline(backdrop, edges, product), *_about_the_inside(backdrop, edges, product)]
    return tuple(sorted(doubts, key=lambda doubt: doubt.confidence))


def _about_the_photo(backdrop: Backdrop, product: Region) -> Iterator[Doubt]:
    good_sides = sum(share > 0.9 for share in backdrop.sides)
    if backdrop.fit < 0.7 or good_sides < 2:
        yield Doubt(f"the frame edge is not one smooth colour: {_percent(backdrop.fit)} of it fits", 0.1)
    if backdrop.noise > 0.04:
        yield Doubt("the backdrop is textured", 0.2)
    if product.mean() < 0.003:
        yield Doubt("no product stands out from the backdrop", 0.0)
    if product.mean() > 0.9:
        yield Doubt("hardly any backdrop shows around the product", 0.1)


def _about_the_outline(backdrop: Backdrop, edges: Floats, product: Region) -> Iterator[Doubt]:
    depth = cv2.distanceTransform(product.astype(np.uint8), cv2.DIST_L2, 3)
    rim = (depth > 0) & (depth < 1.5)
    just_inside = (depth > 2) & (depth < 4)
    pale = float((backdrop.off[just_inside] < 0.04 + 3 * backdrop.noise).mean()) if just_inside.any() else 1.0
    if pale > 0.1:
        yield Doubt(f"{_percent(pale)} of the outline is as bright as the backdrop", 0.95 - 1.5 * pale)
    left_out = float((edges > 0.02)[~dilate(product, 6)].sum() / max(int(rim.sum()), 1))
    if left_out > 0.18:
        yield Doubt(
            "sharp lines beside the product were left out: glass, a cable, or another thing?",
            max(0.4, 0.75 - 0.3 * left_out),
        )
    near_edge = cv2.dilate(edges, np.ones((7, 7), np.uint8)) > max(0.003, backdrop.noise)
    loose = float((~near_edge[rim]).mean())
    if loose > 0.1:
        yield Doubt(f"{_percent(loose)} of the outline follows no clear edge", 0.9 - 1.5 * loose)


def _about_the_inside(backdrop: Backdrop, edges: Floats, product: Region) -> Iterator[Doubt]:
    alike = (backdrop.off < 0.03 + backdrop.noise) & (backdrop.hue < 0.012 + backdrop.noise)
    clear = float(alike[product].mean())
    if clear > 0.05:
        yield Doubt(
            f"{_percent(clear)} of the product looks like the backdrop behind it: glass, or white on white", 0.7 - clear
        )
    if (closed := lookalike_share(product, backdrop, edges)) > 0.004:
        yield Doubt(f"{_percent(closed)} of the product may be openings with a shadow behind them", 0.7)
    if (grooves := groove_share(product, backdrop)) > 0.08:
        yield Doubt(f"{_percent(grooves)} of the product may be narrow gaps that one looks through", 0.6)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
