"""Rules on how sharp a picture is: what was enlarged, and what encoding took away."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.arrays import Pixels
from assetgen.model.finding import Level

_SOFT = 1.25
"""The scale above which what is enlarged looks soft."""

_UNSEEN = 1.05
"""The scale up to which enlarging is not seen."""

_LOSS = 0.4
"""The share of its detail that encoding may take from a picture."""


def _upscaled(subject: Subject) -> Iterator[Fault]:
    photos = [layer.scale for layer in subject.composed.placed if layer.scale]
    plate = subject.composed.plate_scale
    if photos:
        yield from _enlarged(subject, "the product photo", max(photos), shows_product=True)
    if plate:
        cure = ", as `provider: {name: studio, megapixels: 4}` makes it"
        yield from _enlarged(subject, "the background", plate, shows_product=not photos, cure=cure)


def _enlarged(subject: Subject, what: str, scale: float, *, shows_product: bool, cure: str = "") -> Iterator[Fault]:
    merchant_center = shows_product and subject.row.ai_metadata == "required-keep-iptc"
    if scale > (_UNSEEN if merchant_center else _SOFT):
        level = None if merchant_center else Level.WARNING
        yield Fault(f"{what} is enlarged {scale:.1f} times and looks soft: use a larger one{cure}", level)


def _sharp(subject: Subject) -> Iterator[Fault]:
    composed = subject.composed.pixels
    if composed.shape[:2] != subject.pixels.shape[:2]:
        return
    before = _detail(cv2.cvtColor(composed, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False))
    after = _detail(subject.grey)
    if before and after < (1 - _LOSS) * before:
        yield Fault(f"encoding took {1 - after / before:.0%} of its detail: allow more bytes, or use a calmer picture")


def _detail(grey: Pixels) -> float:
    """The variance of the Laplacian, the usual measure of sharpness."""
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    return float(deviation.item()) ** 2


RULES = (
    Rule(
        "upscaled",
        "photo and background are enlarged 1.25 times at most; in Merchant Center a product is not, as an error",
        Level.ERROR,
        Basis.PLATFORM,
        _upscaled,
    ),
    Rule("sharp", "encoding takes less than 40 % of the detail", Level.WARNING, Basis.OURS, _sharp),
)
