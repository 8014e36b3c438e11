"""What speaks against a cutout that colour and the model made together, in a marketer's words.

A confidence estimates the share of photos with such a doubt that come out right all the same;
`python -m benchmarks.cutouts pasted` prints the share that did.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop
from assetgen.cutout.evidence import NOISE_MARGIN
from assetgen.cutout.masks import dilate, distance, erode
from assetgen.cutout.openings import groove_share, lookalike_share
from assetgen.cutout.sighting import Sighting
from assetgen.cutout.witnesses import Agreement
from assetgen.cutters.doubts import Doubt
from assetgen.cutters.hard_shadow import hard_shadow_likeness
from assetgen.model.arrays import Floats, Region

_NOTHING = 0.003
"""The share of the photo below which there is no product."""

_EVERYTHING = 0.9
"""The share of the photo above which there is hardly any backdrop."""

_OPEN = 0.022
"""The share of the product that may have the backdrop's colour while the model is sure of it."""

_APART = 0.12
"""The share of it in which the two may differ."""

_CLOSED = 0.004
"""The share of it that may be openings with a shadow behind them."""

_SHADE = (-0.3, -0.03)
"""Light, noise apart, between which a place beside the product lies in shade, or is a pale part of it."""

_TINTED = 0.012
"""Hue, noise apart, above which that shade is no mere shadow."""

_ABOVE = 31
"""Pixels above the product in which no shadow of its own should lie."""

_HUE_BLUR = 5
"""Pixels of the square over which hue is taken: JPEG keeps colour at half the size."""

_RIM_BLUR = 2
"""Pixels beside the outline that a lens blurs."""

_CRUMB = 1
"""Pixels taken off what is looked at, so that grain is none of it."""

_SHADED_ABOVE = 0.003
"""The share of the product that one such place may have."""

_PALE = 0.015
"""The share of it that only colour may see, pale as a shadow."""

_SHADY = 0.005
"""The share of it that only the model may see, where a shadow goes on past it."""

_CAST = 0.42
"""How like the product's own outline, shifted, an even shade at its rim may be."""

_DROPPED = 0.05
"""The share of it that may have been a shadow."""

_ALL_RESTORED = 0.6
"""The share of it that only the model may see."""

_RESTORED = 0.1
"""The same where edges lie beside what is left."""

_RIM = 1.5
"""Pixels: the product's outermost row."""

_SHARP = 0.02
"""Light per pixel of a sharp line."""

_BESIDE = 6
"""Pixels from the product from which such a line is not its own."""

_LINES = 0.2
"""Pixels of such lines beside the product for each of its outline that may be there."""

_FEW_LINES = 0.1
"""The same where the model restored much."""

_FAINT = 0.006
"""Light per pixel of a faint line."""

_FAINT_GRAIN = 1.5
"""The same in multiples of the noise; the larger of the two holds."""

_FAINT_BESIDE = 4
"""Pixels from the product, and from what the model sees, from which such a line is not its own."""

_MODEL_BAND = 8
"""Pixels around what the model sees that may still be product."""

_SUSPECTED = 0.04
"""The share of product from which the model suspects some."""

_FAINT_LINES = 0.1
"""Pixels of faint lines, where it does, for each of the outline that may be there."""

_COMBED = 0.11
"""The share of the product that may be narrow gaps."""

_UNDECIDED = 0.1
"""The share of it that the model may be undecided about."""

_LOOKS_APART = 0.04
"""The difference of its two looks, where nothing but the model tells product from backdrop."""

_FAR_APART = 0.3
"""The same from which it does not know what the product is."""


def find_differences(
    backdrop: Backdrop, edges: Floats, agreement: Agreement, sighting: Sighting, *, holes_kept: bool
) -> tuple[Doubt, ...]:
    """The doubts about a product on a plain backdrop, the gravest first.

    holes_kept: a person has said that it has no openings.
    """
    doubts = [*_about_the_whole(agreement.product), *_about_the_rest(backdrop, edges, agreement, sighting)]
    if agreement.product.any() and not holes_kept:
        doubts += _about_openings(backdrop, edges, agreement)
    return tuple(sorted(doubts, key=lambda doubt: doubt.confidence))


def find_confusion(sighting: Sighting) -> tuple[Doubt, ...]:
    """The doubts about a product that only a model tells from its backdrop, the gravest first."""
    doubts = [*_about_the_whole(sighting.product)]
    if sighting.apart > _FAR_APART:
        doubts.append(Doubt("a model alone says what the product is, and it is not sure", 0.1))
    elif sighting.apart > _LOOKS_APART or sighting.undecided > _LOOKS_APART:
        doubts.append(Doubt("a model alone says where the product ends, and it is not sure", 0.5))
    return tuple(sorted(doubts, key=lambda doubt: doubt.confidence))


def _about_the_whole(product: Region) -> Iterator[Doubt]:
    if product.mean() < _NOTHING:
        yield Doubt("no product stands out from the backdrop", 0.0)
    if product.mean() > _EVERYTHING:
        yield Doubt("hardly any backdrop shows around the product", 0.1)


def _about_openings(backdrop: Backdrop, edges: Floats, agreement: Agreement) -> Iterator[Doubt]:
    if agreement.open > _OPEN:
        yield Doubt(
            f"{_percent(min(agreement.open, 1))} of the product has the backdrop's very colour: is it open there?",
            0.4,
        )
    if (closed := lookalike_share(agreement.product, backdrop, edges, thin_rim=True)) > _CLOSED:
        yield Doubt(f"{_percent(closed)} of the product may be openings with a shadow behind them", 0.4)
    if (grooves := groove_share(agreement.product, backdrop)) > _COMBED:
        yield Doubt(f"{_percent(grooves)} of the product may be narrow gaps that one looks through", 0.3)


def _about_the_rest(backdrop: Backdrop, edges: Floats, agreement: Agreement, sighting: Sighting) -> Iterator[Doubt]:
    product, restored = agreement.product, agreement.restored
    depth = distance(product)
    outline = max(int(((depth > 0) & (depth < _RIM)).sum()), 1)
    sharp = float((edges > _SHARP)[~dilate(product, _BESIDE)].sum() / outline)
    faint = (edges > max(_FAINT, _FAINT_GRAIN * backdrop.noise)) & dilate(sighting.most > _SUSPECTED, _FAINT_BESIDE)
    around = dilate(product | dilate(sighting.product, _MODEL_BAND), _FAINT_BESIDE)
    faint_lines = float(faint[~around].sum() / outline)
    if restored > _ALL_RESTORED:
        yield Doubt("the product hardly differs from the backdrop", 0.5)
    if faint_lines > _FAINT_LINES or (restored > _RESTORED and sharp > _FEW_LINES):
        yield Doubt("a part as pale as the backdrop may be missing: edges beside the product were left out", 0.3)
    elif sharp > _LINES:
        yield Doubt("sharp lines beside the product were left out: glass, a cable, or another thing?", 0.5)
    if _shaded_above(agreement.product, backdrop) > _SHADED_ABOVE:
        yield Doubt("a pale part at its upper edge may be missing: it may have been taken for a shadow", 0.3)
    if agreement.unseen > _PALE or agreement.shady > _SHADY:
        yield Doubt("a shadow or a mirror image beside the product may have been taken for a part of it", 0.5)
    if hard_shadow_likeness(agreement.product, backdrop, edges) > _CAST:
        yield Doubt("a hard shadow beside the product may have been taken for a part of it", 0.3)
    if agreement.dropped > _DROPPED:
        yield Doubt("a part of the product may have been taken for its shadow", 0.3)
    if agreement.apart > _APART:
        yield Doubt(f"it is not clear whether {_percent(min(agreement.apart, 1))} of the product is part of it", 0.7)
    if sighting.undecided > _UNDECIDED:
        yield Doubt(f"the model is undecided about {_percent(sighting.undecided)} of the product", 0.5)


def _shaded_above(product: Region, backdrop: Backdrop) -> float:
    """The largest place in shade that lies on the product, as its share: shadows lie below, and have no colour."""
    column, one = np.ones((_ABOVE, 1), np.uint8), product.astype(np.uint8)
    above, below = (cv2.dilate(one, column, anchor=(0, end)) > 0 for end in (0, _ABOVE - 1))
    darkest, brightest = _SHADE
    shade = (backdrop.shade > darkest) & (backdrop.shade < brightest - NOISE_MARGIN * backdrop.noise)
    tinted = cv2.blur(backdrop.hue, (_HUE_BLUR, _HUE_BLUR)) > _TINTED + NOISE_MARGIN * backdrop.noise
    place = erode(shade & tinted & above & ~below & ~dilate(product, _RIM_BLUR), _CRUMB).astype(np.uint8)
    areas = cv2.connectedComponentsWithStats(place)[2][1:, cv2.CC_STAT_AREA]
    return float(areas.max(initial=0) / max(int(product.sum()), 1))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
