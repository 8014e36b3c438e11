"""Pictures against what they were when their recipe was last raised.

Machines add up in another order, and so pictures differ between them by a level or two in some pixels. What is kept of
a picture are means over cells of CELL x CELL pixels: with OpenCV 5.0 without IPP or AVX2, numpy 2.4 without AVX2 and
libvips 8.18 without vectors they differed by 0.4 at most, while a thin line that moves by a pixel changes its cells by
several levels.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assetgen.model.arrays import Floats, Pixels

RENEWED_BY = "python -m pytest tests/test_recipe.py --renew"

CELL = 16
"""Pixels."""

LEVELS = 0.75
"""What means of 0 to 255 differ by, at least, in a picture that changed."""

WEIGHT = 0.01
"""The share of its bytes that the weight of a file differs by, at least, when it is encoded otherwise."""

_STEPS = 8
"""To a level, in what is kept."""


@dataclass(frozen=True)
class Seen:
    """A picture, decoded. said: what has to stay to the letter; weight: of a file, in bytes."""

    pixels: Pixels
    said: str = ""
    weight: int = 0

    def kept(self) -> dict[str, Any]:
        """What is written down of it."""
        facts = {"size": [*self.pixels.shape], "said": self.said, "weight": self.weight, "cells": _packed(self.cells())}
        return {name: value for name, value in facts.items() if value}

    def cells(self) -> Floats:
        """Means of each channel, of transparent ones by how much is seen of them, and of how much neighbours differ."""
        pixels = self.pixels.astype(np.float32)
        if self.pixels.ndim == 2:
            pixels = pixels[..., None]
        if pixels.shape[2] == 4:
            pixels[..., :3] *= pixels[..., 3:] / 255
        detail = np.abs(np.diff(pixels, axis=0, append=pixels[-1:])) + np.abs(
            np.diff(pixels, axis=1, append=pixels[:, -1:])
        )
        parts = np.dstack([pixels, detail.mean(axis=2)])
        height, width, channels = parts.shape
        parts = np.pad(parts, ((0, -height % CELL), (0, -width % CELL), (0, 0)), mode="edge")
        means: Floats = parts.reshape(-(-height // CELL), CELL, -(-width // CELL), CELL, channels).mean(axis=(1, 3))
        return means

    def change(self, kept: Mapping[str, Any]) -> str | None:
        """How it differs from what was written down, in words; None where it does not."""
        if [*self.pixels.shape] != kept["size"]:
            return f"has another size: {kept['size']} became {[*self.pixels.shape]}"
        if self.said != kept.get("said", ""):
            return f"was `{kept.get('said', '')}` and is `{self.said}`"
        cells = self.cells()
        away = np.abs(cells - _unpacked(kept["cells"]).reshape(cells.shape)).max(axis=2)
        if away.max() > LEVELS:
            row, column = np.unravel_index(np.argmax(away), away.shape)
            share = float((away > LEVELS).mean())
            return f"differs in {share:.0%} of it, by {away.max():.1f} of 255 at {column * CELL}, {row * CELL} px"
        if abs(self.weight - kept.get("weight", 0)) > WEIGHT * self.weight:
            return f"weighed {kept.get('weight', 0)} bytes and weighs {self.weight}"
        return None


@dataclass(frozen=True)
class Pinned:
    """The pictures of a recipe, and the file that keeps them. place: where the number stands, for people to find."""

    number: int
    place: str
    file: Path

    def wrong(self, seen: Mapping[str, Seen], *, renew: bool) -> str | None:
        """What is to be done, or None. With `renew` the pictures are written down, unless one changed by itself."""
        old = self._read()
        changes = list(_changes(seen, old["pictures"]))
        if self.number < old["recipe"]:
            return f"{self.place} is {self.number} and was {old['recipe']}: a recipe is never lowered"
        if changes and self.number == old["recipe"]:
            return "\n".join(
                [
                    f"recipe {self.number} gives other pictures than it did, and keys would not tell:",
                    *(f"  {change}" for change in changes),
                    f"If that is meant, raise {self.place} to {self.number + 1}, and run {RENEWED_BY}",
                ]
            )
        if renew:
            self._write(seen)
        elif self.number != old["recipe"] or seen.keys() != old["pictures"].keys():
            return f"{self.file.name} is of recipe {old['recipe']}, or of other pictures: run {RENEWED_BY}"
        return None

    def _read(self) -> dict[str, Any]:
        if not self.file.exists():
            return {"recipe": 0, "pictures": {}}
        kept: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        return kept

    def _write(self, seen: Mapping[str, Seen]) -> None:
        pictures = {name: picture.kept() for name, picture in seen.items()}
        text = json.dumps({"recipe": self.number, "pictures": pictures}, ensure_ascii=False, indent=1)
        self.file.write_text(f"{text}\n", encoding="utf-8")


def _changes(seen: Mapping[str, Seen], kept: Mapping[str, Any]) -> Iterator[str]:
    for name, picture in seen.items():
        if name in kept and (change := picture.change(kept[name])):
            yield f"“{name}” {change}"


def _packed(cells: Floats) -> str:
    steps = np.rint(cells * _STEPS).astype("<u2")
    return base64.b85encode(zlib.compress(steps.tobytes(), 9)).decode()


def _unpacked(text: str) -> Floats:
    steps = np.frombuffer(zlib.decompress(base64.b85decode(text)), "<u2")
    return steps.astype(np.float32) / _STEPS
