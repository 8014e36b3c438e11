"""The quality check: what is wrong with a cutout, whatever made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.cutout.edge_colours import nearest_known
from assetgen.cutout.masks import sides_reached
from assetgen.cutout.visible_flaws import foot_roughness, specks_told
from assetgen.model.arrays import HALF, WITH_ALPHA, Pixels, Region
from assetgen.model.cutting import NOTES, Cutout, Verdict
from assetgen.model.finding import Finding, Level

SIDE = 1000
"""Pixels of the long side, at most, to which a cutout is thinned out before it is looked at."""

LONG_SIDE = 1000
"""Pixels of product below which large placements look soft; marketplaces zoom from here on."""

_OPAQUE = 255
"""The alpha of a pixel that is all product."""

_NEARLY_OPAQUE = 245
"""The alpha from which a pixel counts as solid."""

_NEARLY_CLEAR = 10
"""The alpha up to which a pixel counts as clear."""

_EMPTY = 0.003
"""The share of the photo below which hardly anything was cut out."""

_FULL = 0.96
"""The share of the photo above which hardly anything was left out."""

_SPECK = 0.005
"""The share of the product below which a part is a loose speck."""

_SPECKS = 3
"""Loose specks that nobody minds."""

_PART = 0.01
"""The share of the product from which a part is one of several."""

_HOLE = (2e-5, 0.003)
"""Shares of the product between which an opening is a small hole; a smaller one is not seen."""

_HOLES = 6
"""Small holes that nobody minds."""

_RAGGED = 0.0025
"""The share of its height by which the line of a product's foot may stray from a smooth curve."""

_RIM = 1.5
"""Pixels: the product's outermost row."""

_SOFT_EDGE = 3.0
"""Pixels of a soft edge's width at least."""

_SOFT_EDGE_SHARE = 0.006
"""The same as a share of the longer side; the larger of the two holds."""

_INSIDE = 0.02
"""The share of the photo's shorter side from the outline at which the inside begins."""

_SEE_THROUGH = 0.01
"""The share of the product from which half transparent pixels inside it are no accident."""

_SMALL = 0.1
"""The share of the photo that the product's box fills at least."""

_LOOSE = 0.4
"""The share of the outline that may follow no edge of the photo."""

_SAME = 4
"""Levels by which the two sides of the outline differ at least where it follows an edge."""

_BOTH_SIDES = 9
"""Pixels of the square in which the colours of the two sides are compared."""

_FRINGE = 0.3
"""The share of the backdrop's colour that may be left along the edge."""

_HALF_COVERED = (64, 230)
"""The alphas between which a pixel shows what colour is left along the edge."""

_FEWEST_HALF_COVERED = 50
"""Such pixels below which an edge tells nothing about its colours."""

_FAR = 40
"""Levels by which product and backdrop differ at least beside such a pixel, for it to tell anything."""

_FEWEST_FAR = 30
"""Such pixels below which the edge tells nothing."""

_FEWEST_OF_OUTLINE = 0.1
"""The same as a share of the outline: that of a box runs between pixels, and hardly any is half covered."""


@dataclass(frozen=True)
class Given:
    """The answers that a person has given already, so that they are not asked again.

    Nothing is asked about a file that is cut out already but its size and whether all of the product is on it.
    """

    outline: bool = False
    """The outline is theirs."""

    glass: bool = False
    """One sees through the product."""
    keep_holes: bool = False
    """Its holes are closed as far as they can be by saying so."""


def judge_cutout(photo: Pixels, cutout: Cutout, given: Given) -> Cutout:
    """The cutout with what the quality check finds, the sides where it is cropped, and what follows for the verdict.

    One that is not to be used anyway needs no more words.
    """
    if cutout.verdict is Verdict.REFUSED:
        return cutout
    look = _Sampled(photo, cutout, given)
    findings = tuple(look.findings())
    return replace(cutout, findings=findings, cropped=look.cropped, verdict=_verdict(cutout.verdict, findings))


def _verdict(before: Verdict, findings: Sequence[Finding]) -> Verdict:
    if any(finding.level is Level.ERROR for finding in findings):
        return Verdict.REFUSED
    return Verdict.CHECK if any(finding.rule not in NOTES for finding in findings) else before


class _Sampled:
    """A cutout thinned out to every so many pixels, which keeps the colours along its edge what they are."""

    def __init__(self, photo: Pixels, cutout: Cutout, given: Given) -> None:
        rgba = cutout.rgba
        self._step = step = max(1, -(-max(rgba.shape[:2]) // SIDE))
        self._photo = photo[::step, ::step, :3].astype(np.float32)
        self._rgba = rgba[::step, ::step]
        self._alpha = self._rgba[..., 3]
        self._product: Region = self._alpha > HALF
        self._given = given
        self._agreed = cutout.agreed
        self._own_alpha = photo.shape[2] == WITH_ALPHA and bool((photo[..., 3] <= HALF).any())
        self._depth = _depth(self._product)
        self._cut_close = self._own_alpha and all(
            side.any() for side in (photo[0, :, 3], photo[-1, :, 3], photo[:, 0, 3], photo[:, -1, 3])
        )
        _, _, *self._size = cv2.boundingRect((rgba[..., 3] > HALF).astype(np.uint8))
        self._share = self._size[0] * self._size[1] / rgba[..., 3].size
        self._loose = specks_told(rgba[..., 3]) if self._own_alpha else ""
        self.cropped = self._cropped()

    def findings(self) -> Iterator[Finding]:
        share = float(self._product.mean())
        if share < _EMPTY:
            yield Finding("empty", Level.ERROR, "hardly anything was cut out")
        elif share > _FULL and not self._own_alpha:
            yield Finding("full", Level.ERROR, "nearly the whole photo was kept")
        else:
            yield from (Finding(rule, Level.WARNING, message) for rule, message in self._warnings())

    def _warnings(self) -> Iterator[tuple[str, str]]:
        if self.cropped:
            sides = ", ".join(side for side in ("top", "right", "bottom", "left") if side in self.cropped)
            yield "cropped", f"the product reaches out of the photo: {sides}"
        if self._loose:
            yield "crumbs", self._loose
        if not self._own_alpha:
            yield from self._about_the_cut()
        yield from self._about_the_photo()

    def _about_the_cut(self) -> Iterator[tuple[str, str]]:
        yield from self._parts()
        yield from self._edge()
        if not self._given.glass:
            yield from self._inside()
        if foot_roughness(self._product) > _RAGGED:
            yield "ragged-foot", "the line on which the product stands is ragged"
        if (loose := _loose(self._photo, self._product)) > _LOOSE:
            yield "off-edge", f"{loose:.0%} of the outline follows no edge of the photo"
        if not self._agreed and (left := _fringe(self._rgba, self._photo)) > _FRINGE:
            yield "fringe", f"{left:.0%} of the backdrop's colour is left along the edge"

    def _cropped(self) -> frozenset[str]:
        """Of a file that is cut out already, and cut close on all sides, if only to its shadow, nothing is missing."""
        return frozenset() if self._cut_close else sides_reached(self._product)

    def _parts(self) -> Iterator[tuple[str, str]]:
        """Whoever draws an outline by hand means its parts and its openings."""
        areas = _areas(self._product) / self._product.sum()
        if (specks := int((areas < _SPECK).sum())) > _SPECKS:
            yield "crumbs", f"{specks} loose specks lie around the product"
        if self._given.outline or self._agreed:
            return
        if (parts := int((areas > _PART).sum())) > 1:
            yield "parts", f"the product falls into {parts} parts: is something between them missing?"
        openings = _areas(_enclosed(~self._product)) / self._product.sum()
        if (small := int(((openings > _HOLE[0]) & (openings < _HOLE[1])).sum())) > _HOLES:
            closing = "" if self._given.keep_holes else ": `keep_holes` closes them if they are not meant"
            yield "holes", f"{small} small holes are in the product{closing}"

    def _edge(self) -> Iterator[tuple[str, str]]:
        outline = ((self._depth > 0) & (self._depth < _RIM)).sum()
        partial = (self._alpha > _NEARLY_CLEAR) & (self._alpha < _NEARLY_OPAQUE) & (np.abs(self._depth) < self._deep)
        width = float(partial.sum() / max(1, outline))
        if width > max(_SOFT_EDGE, _SOFT_EDGE_SHARE * max(self._alpha.shape)):
            yield "soft-edge", f"the edge is soft: it is {self._step * width:.0f} pixels wide"

    def _inside(self) -> Iterator[tuple[str, str]]:
        partial = (self._alpha > HALF) & (self._alpha < _NEARLY_OPAQUE) & (self._depth > self._deep)
        share = float(partial.sum() / self._product.sum())
        if share > _SEE_THROUGH:
            yield "see-through", f"{share:.0%} of the product is half transparent: say `glass` if it should be"

    def _about_the_photo(self) -> Iterator[tuple[str, str]]:
        if self._share < _SMALL:
            yield "small", f"the product takes up only {self._share:.0%} of the photo: go closer"
        if (side := max(self._size)) < LONG_SIDE:
            yield (
                "low-resolution",
                f"the product is {side} pixels long in the photo: large placements want {LONG_SIDE} or more",
            )

    @property
    def _deep(self) -> float:
        """Pixels from the outline at which the inside begins."""
        return _INSIDE * int(min(self._alpha.shape))


def _depth(mask: Region) -> npt.NDArray[np.float32]:
    """The distance in pixels to the outline, H x W, positive inside; beyond the frame the product goes on."""
    inside, outside = (
        cv2.distanceTransform(np.pad(m, 1, mode="edge").astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
        for m in (mask, ~mask)
    )
    return np.where(mask, inside, -outside).astype(np.float32)


def _areas(mask: Region) -> npt.NDArray[np.int32]:
    """The pixels of each part of a mask."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    return stats[1:, cv2.CC_STAT_AREA].astype(np.int32)


def _enclosed(empty: Region) -> Region:
    """The parts of an empty area that do not reach the frame."""
    framed = np.pad(empty, 1, constant_values=True).astype(np.uint8)
    _, labels = cv2.connectedComponents(framed, connectivity=4)
    return np.asarray(empty & (labels != labels[0, 0])[1:-1, 1:-1])


def _loose(photo: npt.NDArray[np.float32], product: Region) -> float:
    """The share of the outline with about the same colour on both sides of it."""
    inside, outside = (_mean_of(photo, side) for side in (_shrunk(product, 1), _shrunk(~product, 1)))
    rim = product & ~_shrunk(product, 1)
    rim[[0, -1], :] = rim[:, [0, -1]] = False
    step = np.abs(inside - outside).max(axis=2)[rim]
    same: float = np.mean(step < _SAME) if step.size else 0.0
    return same


def _mean_of(photo: npt.NDArray[np.float32], where: Region) -> npt.NDArray[np.float32]:
    """The mean colour, H x W x 3 in levels, of the part of each pixel's neighbourhood that counts."""
    weights = where.astype(np.float32)
    total = cv2.blur(photo * weights[..., None], (_BOTH_SIDES, _BOTH_SIDES))
    return np.asarray(total / np.maximum(cv2.blur(weights, (_BOTH_SIDES, _BOTH_SIDES)), 1e-3)[..., None], np.float32)


def _shrunk(mask: Region, pixels: int) -> Region:
    return cv2.erode(mask.astype(np.uint8), np.ones((2 * pixels + 1,) * 2, np.uint8)) > 0


def _fringe(rgba: Pixels, photo: npt.NDArray[np.float32]) -> float:
    """The share of the backdrop's colour that half-covered pixels have, in the median: 0 is the product's own."""
    alpha = rgba[..., 3]
    full, clear = _shrunk(alpha == _OPAQUE, 1), alpha == 0
    least, most = _HALF_COVERED
    edge = (alpha > least) & (alpha < most)
    if edge.sum() < _FEWEST_HALF_COVERED or not full.any() or not clear.any():
        return 0.0
    own = photo[nearest_known(full, edge)]
    way = photo[nearest_known(clear, edge)] - own
    length = (way * way).sum(axis=1)
    far = length > _FAR**2
    outline = (alpha > HALF) & ~_shrunk(alpha > HALF, 1)
    if far.sum() < max(_FEWEST_FAR, _FEWEST_OF_OUTLINE * outline.sum()):
        return 0.0
    gone = ((rgba[edge][:, :3] - own) * way).sum(axis=1)[far] / length[far]
    left: float = np.median(gone)
    return left
