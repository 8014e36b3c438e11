"""A product made small, to lay it on a picture and look at both alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats, Pixels

Move = Floats
"""A matrix, 2 x 3, from pixels of one picture to pixels of another; whole numbers are the middles of pixels."""

Levels = list[Pixels]
"""A picture, its half, its quarter, and so on."""

KEPT = 384
"""Pixels on the longer side of the product that is worked with."""

_MARGIN = 0.12
"""The room that is looked at around the product, as a share of its longer side."""

_FAINT = 7.0
"""The step of colour, in CIE Lab, that counts half as much as the strongest possible one: to be seen is enough."""

_OUTLINE = 20.0
"""The step of colour that is expected along the outline, before whatever lies behind."""

_LEAST_MARGIN = 3
"""Pixels of that room at least."""

_INNER = 0.7
"""The alpha, 0 to 1, above which a product is solid."""

_PRODUCT = 0.3
"""The alpha, 0 to 1, above which a pixel is product when what is near it is looked at."""

_SEEN = 13
"""The alpha, 0 to 255, from which something is seen of a pixel."""

_BEYOND = 0.06
"""Sigma, in longer sides, of the blur that carries colours on past the outline."""

_WIDTHS = (0.5, 2)
"""The ratios of width between which a template is stretched."""

_HARDLY_ANY = 1e-4
"""The weight of the mean colour, which holds where no product is near."""

_EDGE_BLUR = 0.8
"""Sigma in pixels of the blur of edges, which need not meet to the pixel."""

_SMALLEST_LEVEL = 32
"""Pixels of the shorter side up to which a picture is not halved."""

_COLOUR = 3
"""Dimensions of an array that holds colours."""


@dataclass(frozen=True)
class Template:
    """A cutout on a small canvas with a margin."""

    colours: Floats
    """H x W x 3, sRGB, 0 to 1, carried on past the outline."""

    alpha: Floats
    """H x W, 0 to 1, how much of each pixel is product."""

    to_product: Move
    """The way from pixels of the canvas to those of the cutout."""

    @cached_property
    def lines(self) -> Floats:
        """The edges of the product, H x W, 0 to 1, its outline among them."""
        return edges(self.colours, self.alpha)

    @cached_property
    def chroma(self) -> Floats:
        """The colours of the product, H x W x 2, as a and b of CIE Lab."""
        return np.ascontiguousarray(lab(self.colours)[..., 1:])

    @cached_property
    def inner(self) -> Floats:
        """A map, H x W, of 1 where the product is solid; of thin things, which are solid nowhere, the alpha."""
        solid = (self.alpha > _INNER).astype(np.float32)
        return solid if solid.any() else self.alpha

    def near(self, reach: int) -> npt.NDArray[np.uint8]:
        """A map, H x W, of 1 on the product and so many pixels around it."""
        side = 2 * reach + 1
        return cv2.dilate((self.alpha > _PRODUCT).astype(np.uint8), np.ones((side, side), np.uint8)).astype(np.uint8)


def trimmed(product: Pixels) -> Pixels:
    """The cutout (RGBA) without what is clear around it, no larger than it needs to be for comparing."""
    left, top, width, height = cv2.boundingRect(cv2.inRange(product[..., 3], np.array(_SEEN), np.array(255)))
    part = product[top : top + height, left : left + width]
    scale = KEPT / max(width, height, 1)
    if scale >= 1:
        return part
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    alpha = cv2.merge([np.ascontiguousarray(part[..., 3])] * 3)
    premultiplied = cv2.multiply(np.ascontiguousarray(part[..., :3]), alpha, scale=1 / 255)
    small, share = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (premultiplied, alpha))
    return np.dstack([cv2.divide(small, share, scale=255), share[..., 0]]).astype(np.uint8)


def template(product: Pixels, longer: float, shape: float = 1.0) -> Template:
    """The trimmed product with so many pixels on its longer side; `shape` stretches its width."""
    high, wide = product.shape[:2]
    scale = longer / max(high, wide)
    size = max(round(wide * scale * shape), 2), max(round(high * scale), 2)
    premultiplied = product.astype(np.float32) / 255
    premultiplied[..., :3] *= premultiplied[..., 3:]
    small = cv2.resize(premultiplied, size, interpolation=cv2.INTER_AREA)
    margin = max(round(_MARGIN * longer), _LEAST_MARGIN)
    small = cv2.copyMakeBorder(small, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0).astype(np.float32)
    colours, alpha = np.asarray(small[..., :3], np.float32), np.asarray(small[..., 3], np.float32)
    back = np.array([wide / size[0], high / size[1]], np.float32)
    shift = (0.5 - margin) * back - 0.5
    to_product = np.array([[back[0], 0, shift[0]], [0, back[1], shift[1]]], np.float32)
    beyond = (1 - alpha[..., None]) * _spread(colours, alpha, _BEYOND * longer)
    return Template(np.asarray(colours + beyond, np.float32), alpha, to_product)


def fitted(product: Pixels, longer: float, move: Move) -> Template:
    """The template in the proportions that the product has where it was found."""
    return template(product, longer, float(np.clip(move[0, 0] / move[1, 1], *_WIDTHS)))


def _spread(premultiplied: Floats, alpha: Floats, sigma: float) -> Floats:
    """The colours near by, H x W x 3, for where there are none; smooth, so that no edges come of it."""
    mean = np.array(cv2.mean(premultiplied)[:3], np.float32) / max(float(alpha.mean()), _HARDLY_ANY)
    colours = _smoothed(premultiplied, sigma) + _HARDLY_ANY * mean
    return np.asarray(colours / (_smoothed(alpha, sigma) + _HARDLY_ANY)[..., None], np.float32)


def _smoothed(values: Floats, sigma: float) -> Floats:
    """The values under a wide blur, worked out on fewer points."""
    step = max(round(sigma / 2), 1)
    size = values.shape[1], values.shape[0]
    small = cv2.resize(values, (-(-size[0] // step), -(-size[1] // step)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / step)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.float32)


def lab(colours: Floats) -> Floats:
    """Colours (sRGB, 0 to 1) in CIE Lab: L from 0 to 100."""
    return np.asarray(cv2.cvtColor(np.clip(colours, 0, 1), cv2.COLOR_RGB2LAB), np.float32)


def steps(values: Floats) -> Floats:
    """How much a value (H x W) or a colour (H x W x 3) changes from one pixel to the next, H x W."""
    across, down = (cv2.Sobel(values, cv2.CV_32F, x, 1 - x, ksize=3) for x in (1, 0))
    squares = across * across + down * down
    return np.asarray(np.sqrt(squares.sum(axis=2) if values.ndim == _COLOUR else squares) / 4, np.float32)


def edges(colours: Floats, alpha: Floats | None = None) -> Floats:
    """How plainly the colour changes at each point, H x W, 0 to 1; an outline counts as seen whatever lies behind."""
    change = steps(lab(colours))
    if alpha is not None:
        change = np.maximum(change, _OUTLINE * steps(alpha))
    return np.asarray(cv2.GaussianBlur(change / (change + _FAINT), (0, 0), _EDGE_BLUR), np.float32)


def levels_of(picture: Pixels) -> Levels:
    """The picture (H x W x 3), its half, its quarter, and so on."""
    levels = [picture]
    while min(levels[-1].shape[:2]) > _SMALLEST_LEVEL:
        high, wide = levels[-1].shape[:2]
        even = levels[-1][: high // 2 * 2, : wide // 2 * 2]
        half = cv2.resize(even, (wide // 2, high // 2), interpolation=cv2.INTER_AREA)
        levels.append(half.astype(np.uint8, copy=False))
    return levels


def seen_on(small: Template, levels: Levels, move: Move) -> Floats:
    """The picture as it is seen on the template's canvas, 0 to 1."""
    to_picture = joined(move, small.to_product)
    halvings = round(float(np.log2(max(magnification(to_picture), 1))))
    level = min(halvings, len(levels) - 1)
    to_picture[:, 2] = (to_picture[:, 2] + 0.5) / 2**level - 0.5
    to_picture[:, :2] = to_picture[:, :2] / 2**level
    size, flags = small.alpha.shape[::-1], cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(levels[level], to_picture, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved / np.float32(255), np.float32)


def joined(after: cv2.typing.MatLike, first: cv2.typing.MatLike) -> Move:
    """The move that makes one move after another."""
    return np.asarray(after @ np.vstack([first, [0, 0, 1]]), np.float32)


def magnification(move: Move) -> float:
    """How many pixels of the second picture one of the first is long."""
    return float(np.sqrt(abs(np.linalg.det(move[:, :2]))))
