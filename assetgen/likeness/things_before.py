"""What lies before a product in a picture, and what of the product is missing there.

Colours are CIE Lab; lengths are shares of the product's longer side, tuned on `python -m benchmarks.likeness`.
"""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.likeness.product_pair import ALIEN, HALF_COVERED, ProductPair
from assetgen.model.arrays import Floats, Region

_COVERED = 0.2
"""The share of a product before which other things may lie, their edges counted: 15 % of it and a seam."""

_MANY = 12
"""Parts, the largest ones, of another colour that are looked at."""

_PART = 0.003
"""The share of the product of such a part at least."""

_RING = 0.05
"""How far around the product, a share of length, things are looked for that lie before it."""

_CLEAR = 0.05
"""The alpha, 0 to 1, below which a pixel of that ring is no product."""

_NEAR = 0.045
"""How far around a part, a share of length, it may go on."""

_SEAM = 0.03
"""How far around a part, a share of length, its edge reaches, which is left out of the detail."""

_FEWEST_BESIDE = 5
"""Pixels beside a part below which it doesn't go on there."""

_GOES_ON = 16
"""The difference of colour below which a part and what is beside it are one thing."""

_SEEN_TOO = 12
"""The difference of colour below which a part and backdrop elsewhere are one thing."""

_SEEN_OFTEN = 0.12
"""The share of the backdrop elsewhere that has the part's colour at least, if it is backdrop."""


def find_things_before(pair: ProductPair, far: Floats) -> tuple[Region, float]:
    """The places where something lies before the product, such as a hand, and the share of it that is missing.

    Both go on past the outline. What is there instead of a missing part is seen elsewhere around the product too.
    What does not go on past the outline is neither: the product itself has another colour there.
    """
    alien = cv2.morphologyEx(((far > ALIEN) & pair.core).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(alien)
    areas, area = stats[:, cv2.CC_STAT_AREA], max(int(pair.core.sum()), 1)
    largest = [n for n in sorted(range(1, count), key=lambda n: -areas[n])[:_MANY] if areas[n] > _PART * area]
    around = cv2.dilate((pair.alpha > HALF_COVERED).astype(np.uint8), pair.square(_RING))
    ring = (pair.alpha < _CLEAR) & (around > 0)
    cover, missing = np.zeros_like(pair.core), 0
    for part in (labels == n for n in largest):
        near = cv2.dilate(part.astype(np.uint8), pair.square(_NEAR)) > 0
        colour = np.median(pair.seen[part], axis=0)
        if not _goes_on(pair.seen[ring & near], colour):
            continue
        if _seen_among(pair.seen[ring & ~near], colour):
            missing += int(part.sum())
        elif cover.sum() + part.sum() < _COVERED * area:
            cover |= cv2.dilate(part.astype(np.uint8), pair.square(_SEAM)) > 0
    return cover, missing / area


def _goes_on(beside: Floats, colour: Floats) -> bool:
    """Whether what lies beside a part (N x 3) has its colour."""
    return len(beside) >= _FEWEST_BESIDE and float(np.linalg.norm(np.median(beside, axis=0) - colour)) < _GOES_ON


def _seen_among(elsewhere: Floats, colour: Floats) -> bool:
    """Whether the backdrop elsewhere (N x 3) often has this colour."""
    alike = np.linalg.norm(elsewhere - colour, axis=1) < _SEEN_TOO
    return len(elsewhere) > 0 and float(alike.mean()) > _SEEN_OFTEN
