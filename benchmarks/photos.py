"""Packshots drawn with their exact cutouts, from a studio whose paper, lamps, floor and camera differ each time.

`python -m benchmarks.photos FOLDER` writes them all. A third is `held_out`: numbers are never tuned on those.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.arrays import Floats
from benchmarks.light import Lamp, floor_light, lit
from benchmarks.shelf import STANDING
from benchmarks.tray import LYING
from benchmarks.wares import Draw, Pen

Pixels = npt.NDArray[np.uint8]

SIDE = 1200
_TIMES = 3

_PAPERS = (
    (0.9, 0.9, 0.9), (0.88, 0.87, 0.84), (0.62, 0.62, 0.63), (0.45, 0.45, 0.46), (0.28, 0.28, 0.28),
    (0.85, 0.62, 0.6), (0.55, 0.68, 0.8), (0.62, 0.72, 0.55), (0.85, 0.72, 0.4), (0.6, 0.2, 0.12),
)  # fmt: skip
"""Shares of light given back: white, off-white, greys, pastels, and a deep red."""


@dataclass(frozen=True)
class Photo:
    """A photo, its exact cutout (straight colours and alpha), and the share of its level that the floor keeps."""

    name: str
    rgb: Pixels
    truth: Pixels
    shadow: Pixels

    @property
    def held_out(self) -> bool:
        return held_out(self.name)


@dataclass(frozen=True)
class _Camera:
    gain: Floats
    blur: float
    noise: float
    quality: int

    def develop(self, light: Floats) -> Floats:
        """Levels from 0 to 255, burnt out above."""
        return 255 * levels(np.clip(self._seen(light), 0, 1))

    def _seen(self, light: Floats) -> Floats:
        return light * self.gain

    def shoot(self, light: Floats, random: np.random.Generator) -> Pixels:
        levels = self.develop(light)
        grain = random.normal(0, 1, levels.shape) * self.noise * (0.5 + levels / 255)
        exact = np.clip(np.rint(levels + grain), 0, 255).astype(np.uint8)
        _, jpeg = cv2.imencode(".jpg", exact[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, self.quality])
        return np.ascontiguousarray(decoded(jpeg)[..., ::-1])


def decoded(jpeg: Pixels) -> Pixels:
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8)


def names() -> Iterator[str]:
    return (f"{draw.__name__}-{n}" for draw in STANDING + LYING for n in range(1, _TIMES + 1))


def held_out(name: str) -> bool:
    return zlib.crc32(name.encode()) % 3 == 0


def take(name: str, side: int = SIDE) -> Photo:
    """The same photo for the same name, every time."""
    draw = next(draw for draw in STANDING + LYING if draw.__name__ == name.rpartition("-")[0])
    random = np.random.default_rng(zlib.crc32(name.encode()))
    return _photo(name, draw, side, random)


def _photo(name: str, draw: Draw, side: int, random: np.random.Generator) -> Photo:
    ware = draw(Pen(side), random)
    lamp = Lamp(
        (random.uniform(-0.8, 0.8), random.uniform(0.5, 1), random.uniform(-0.1, 0.9)),
        random.choice([0.05, 0.25, 0.5]),
        random.uniform(0.3, 0.7),
    )
    colour = np.array(_PAPERS[random.choice(len(_PAPERS), p=(0.25, 0.15, *[0.075] * 8))], np.float32)
    paper = colour * _falloff(side, random)[..., None]
    kept = floor_light(ware, lamp, random)
    light, cover = lit(ware, lamp, paper, random)
    floor: Floats = paper * kept[..., None] + _bounce(light, kept)
    if not ware.lift and random.random() < 0.25:
        floor = _glossy(floor, light, cover, max(piece.base for piece in ware.pieces), random.uniform(0.08, 0.3))
    camera = _camera(colour, random)
    blur = camera.blur * side / SIDE
    scene: Floats = floor * (1 - cover[..., None]) + light
    scene, light, cover, kept = (cv2.GaussianBlur(a, (0, 0), blur) for a in (scene, light, cover, kept))
    own = camera.develop(light / np.maximum(cover, 1e-4)[..., None])
    truth = np.rint(np.dstack([own, 255 * cover])).astype(np.uint8)
    return Photo(name, camera.shoot(scene, random), truth, np.rint(255 * levels(kept)).astype(np.uint8))


def _camera(paper: Floats, random: np.random.Generator) -> _Camera:
    """White paper is burnt out as often as not; grey and coloured paper is exposed as it is."""
    burnt = paper.min() > 0.8 and random.random() < 0.5
    exposure = random.uniform(1.15, 1.35) if burnt else random.uniform(0.7, 1.08)
    balance = 1 + random.normal(0, 0.03, 3) * (0 if burnt else 1)
    quality, noise = int(random.integers(60, 98)), random.choice([0, 0.7, 1.5, 3])
    return _Camera((exposure * balance).astype(np.float32), random.uniform(0.4, 1.5), noise, quality)


def _falloff(side: int, random: np.random.Generator) -> Floats:
    """A lamp nearer to one side, and corners that a lens leaves darker."""
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j].astype(np.float32)
    across, down = random.normal(0, 0.04), random.normal(-0.02, 0.05)
    vignette = random.choice([0, 0.04, 0.12])
    return np.asarray((1 + across * x + down * y) * (1 - vignette * (x * x + y * y)), np.float32)


def _bounce(light: Floats, kept: Floats) -> Floats:
    """Light that the product throws into its own shadow, in its colour."""
    near = cv2.GaussianBlur(cv2.resize(light, (300, 300), interpolation=cv2.INTER_AREA), (0, 0), 12)
    return np.asarray(0.08 * cv2.resize(near, kept.shape) * (1.3 - kept[..., None]))


def _glossy(floor: Floats, light: Floats, cover: Floats, base: float, strength: float) -> Floats:
    """The product upside down below its own lower edge, dimmer with depth."""
    side = len(cover)
    seen = cover > 0.5
    lowest = np.where(seen.any(axis=0), side - seen[::-1].argmax(axis=0), 0).astype(np.float32)
    near = lowest > (base - 0.08) * side
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    source = np.where(near, 2 * lowest - rows, -1e6).astype(np.float32)
    image, there = (cv2.remap(a, columns, source, cv2.INTER_LINEAR) for a in (light, cover))
    fade = (strength * np.exp(-np.maximum(rows - lowest, 0) / (0.12 * side)))[..., None]
    soft = cv2.GaussianBlur(np.dstack([image, there]), (0, 0), 0.0025 * side)
    return np.asarray(floor * (1 - fade * soft[..., 3:]) + fade * soft[..., :3])


def levels(light: Floats) -> Floats:
    """sRGB."""
    low = light <= 0.0031308
    return np.where(low, 12.92 * light, 1.055 * np.power(np.maximum(light, 1e-6), 1 / 2.4) - 0.055)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in names():
        photo = take(name)
        for kind, pixels in (("photo", photo.rgb), ("truth", photo.truth), ("shadow", photo.shadow)):
            shown = (
                cv2.cvtColor(pixels, {3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}[pixels.shape[2]])
                if pixels.ndim == 3
                else pixels
            )
            cv2.imwrite(str(folder / f"{name}.{kind}.png"), shown)


if __name__ == "__main__":
    main()
