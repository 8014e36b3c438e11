from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""H x W x 3 (RGB) or H x W x 4 (RGBA, straight alpha), sRGB, 8 bit."""

Mask = npt.NDArray[np.uint8]
"""H x W, 0 to 255."""


class Verdict(StrEnum):
    """How far a cutout can be trusted: use it, let a person look, or ask for a model or a mask."""

    GOOD = "good"
    CHECK = "check"
    MODEL = "needs-model"


class Method(StrEnum):
    """Who cuts out: whatever serves the photo, the method for plain backdrops, or a model."""

    AUTO = "auto"
    PLAIN = "plain"
    REMBG = "rembg"


@dataclass(frozen=True)
class Handling:
    """How to cut a photo out, where the photo alone does not tell.

    model: which of rembg's; keep_holes: what looks like backdrop within the outline is product; glass: one sees
    through the product.
    """

    method: Method = Method.AUTO
    model: str | None = None
    keep_holes: bool = False
    glass: bool = False


AS_SEEN = Handling()


@dataclass(frozen=True)
class Cutout:
    """A product without its backdrop, at the photo's size; `confidence` runs from 0 to 1, `reasons` say why.

    shadow: H x W, the share of its light that the floor keeps beside the product, 255 is all of it; None where the
    photo shows none.
    """

    rgba: Pixels
    verdict: Verdict
    confidence: float
    reasons: tuple[str, ...] = ()
    shadow: Mask | None = None
