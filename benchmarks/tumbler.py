"""Glass drawn as it is: what passes through it and what it reflects, so that it is known over any backdrop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutters.plain_backdrop import Plain
from assetgen.model.arrays import Floats
from assetgen.model.cutting import Handling
from benchmarks.photos import SIDE, Pixels, decoded, levels
from benchmarks.wares import Pen

PLATES = {"black": (0.0, 0.0, 0.0), "grey": (0.21, 0.21, 0.21), "wood": (0.3, 0.17, 0.08), "white": (0.9, 0.9, 0.9)}
PAPERS = {"on white": 0.92, "on grey": 0.4}


@dataclass(frozen=True)
class Glass:
    """In linear light, a photo over the backdrop B shows passed * B + shine."""

    passed: Floats
    shine: Floats
    cover: Floats

    def over(self, plate: tuple[float, float, float]) -> Floats:
        """Levels, 0 to 255."""
        light = self.passed * np.array(plate, np.float32) + self.shine
        return 255 * levels(np.clip(cv2.GaussianBlur(light.astype(np.float32), (0, 0), 0.7), 0, 1))


def tumbler(side: int = SIDE, *, label: bool) -> Glass:
    """Thick-bottomed, rims darker than walls, with two windows mirrored in it; a jar has a label and a lid."""
    pen = Pen(side)
    cover = pen.turned([(0.25, 0.2), (0.55, 0.19), (0.84, 0.165)], pitch=0.12)
    solid = cover > 0.5
    wide = np.maximum(solid.sum(axis=1), 1)[:, None]
    across = np.abs((np.arange(side)[None] - solid.argmax(axis=1)[:, None] + 0.5) / wide * 2 - 1)
    wall = np.exp((np.minimum(across, 1) - 1) / 0.05)
    bottom = np.clip((np.arange(side)[:, None] / side - 0.78) / 0.03, 0, 1) * 0.25
    rim = pen.disc(0.5, 0.25, 0.2, 0.024) - pen.disc(0.5, 0.25, 0.192, 0.019)
    dim = np.clip(1 - (0.05 + 0.6 * wall + bottom + 0.45 * rim), 0.1, 1)[..., None]
    passed = 1 - cover[..., None] * (1 - dim * np.array([0.97, 1.0, 0.985], np.float32))
    panes = pen.shape([(0.36, 0.35), (0.4, 0.35), (0.4, 0.6), (0.37, 0.6)]) + pen.shape(
        [(0.62, 0.35), (0.63, 0.35), (0.62, 0.6), (0.61, 0.6)]
    )
    shine = (cover * (0.004 + 0.06 * wall) + 0.5 * panes + 0.12 * rim)[..., None] * np.ones(3, np.float32)
    if label:
        parts = [
            (pen.shape([(0.2, 0.5), (0.8, 0.5), (0.8, 0.72), (0.2, 0.72)]) * cover, (0.05, 0.1, 0.08)),
            (pen.turned([(0.2, 0.2), (0.27, 0.205)]), (0.35, 0.2, 0.1)),
        ]
        for part, colour in parts:
            shade = 0.6 + 0.4 * (1 - across * across)
            passed = passed * (1 - part[..., None])
            shine = shine * (1 - part[..., None]) + (part * shade)[..., None] * np.array(colour, np.float32)
            cover = np.maximum(cover, part)
    return Glass(np.asarray(passed, np.float32), np.asarray(shine, np.float32), cover)


def errors(handling: Handling, side: int = SIDE) -> Iterator[tuple[str, dict[str, float]]]:
    """For each drawn photo, how far its cutout on each plate is from the truth: mean levels within the outline."""
    for label in (False, True):
        glass = tumbler(side, label=label)
        for paper, bright in PAPERS.items():
            photo = shot(glass.over((bright, bright, bright)))
            rgba = Plain().cut(photo, handling).rgba.astype(np.float32)
            yield (
                f"{'jar' if label else 'tumbler'} {paper}",
                {name: _off(rgba, glass, plate) for name, plate in PLATES.items()},
            )


def shot(exact: Floats) -> Pixels:
    grain = np.random.default_rng(5).normal(0, 0.8, exact.shape)
    _, jpeg = cv2.imencode(
        ".jpg", np.clip(np.rint(exact + grain), 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 92]
    )
    return decoded(np.asarray(jpeg, np.uint8))


def _off(rgba: Floats, glass: Glass, plate: tuple[float, float, float]) -> float:
    flat = 255 * levels(np.array(plate, np.float32))
    share = rgba[..., 3:] / 255
    pasted = rgba[..., :3] * share + flat * (1 - share)
    return float(np.abs(pasted - glass.over(plate))[glass.cover > 0.5].mean())
