from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""H x W x 3 (RGB) or H x W x 4 (RGBA, straight alpha), sRGB, 8 bit."""


class Verdict(StrEnum):
    """How far a cutout can be trusted: use it, let a person look, or ask for a model or a mask."""

    GOOD = "good"
    CHECK = "check"
    MODEL = "needs-model"


@dataclass(frozen=True)
class Cutout:
    """A product without its backdrop, at the photo's size; `confidence` runs from 0 to 1, `reasons` say why."""

    rgba: Pixels
    verdict: Verdict
    confidence: float
    reasons: tuple[str, ...] = ()
