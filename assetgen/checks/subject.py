"""A finished file and what is known about it: what every rule looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from assetgen.checks.on_white import not_white
from assetgen.config.channel import Channel
from assetgen.files.decode import decode
from assetgen.files.file_facts import Header, header
from assetgen.files.xmp import Provenance
from assetgen.files.xmp_reading import described
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Picture, PlacedLayer
from assetgen.picture.geometry import Rect


class Unseen(Exception):
    """Of a picture from elsewhere nobody knows where its words, logos and products are."""


@dataclass(frozen=True)
class Subject:
    """The bytes as they are on disk, and their name, whose ending counts.

    Of a picture of ours also the scene that was composed (its pixels before encoding, and where its layers are), what
    its marks must say, the locale of its words, and the label that it was to have. Of a picture from elsewhere there is
    only the file, and perhaps the channel that it is for.
    """

    data: bytes
    name: str
    channel: Channel | None = None
    scene: Picture | None = None
    marks: Provenance | None = None
    locale: str | None = None
    label: Label | None = None

    @cached_property
    def header(self) -> Header:
        """Raises Unreadable."""
        return header(self.data)

    @cached_property
    def xmp(self) -> dict[str, str]:
        """What the file's packet says. Raises Unreadable."""
        return described(self.header.xmp or b"")

    @cached_property
    def pixels(self) -> Pixels:
        """The file read back: H x W x 3, or x 4 with transparency, upright, 8 bit sRGB. Raises Unreadable."""
        return decode(self.data)

    @cached_property
    def seen(self) -> Pixels:
        """H x W x 3, as it looks on white. Raises Unreadable."""
        if self.pixels.shape[2] == 3:
            return self.pixels
        alpha = self.pixels[..., 3:].astype(np.uint16)
        flat = (self.pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
        return flat.astype(np.uint8)

    @cached_property
    def grey(self) -> Pixels:
        """H x W. Raises Unreadable."""
        return cv2.cvtColor(self.seen, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)

    @cached_property
    def on_white(self) -> Rect | None:
        """Measured: the box of all that is not white; None for an empty picture. Raises Unreadable."""
        return not_white(self.seen)

    @property
    def frame(self) -> Rect:
        """Raises Unreadable."""
        return Rect(0, 0, self.pixels.shape[1], self.pixels.shape[0])

    @property
    def composed(self) -> Picture:
        """Raises Unseen."""
        if self.scene is None:
            raise Unseen
        return self.scene

    def layers(self, kind: str) -> list[PlacedLayer]:
        """Raises Unseen."""
        return [layer for layer in self.composed.placed if layer.layer == kind]

    @property
    def words(self) -> list[PlacedLayer]:
        """What says something in letters. Raises Unseen."""
        return [layer for layer in self.composed.placed if layer.text]

    @property
    def overlays(self) -> list[PlacedLayer]:
        """What is laid over the picture and nothing may cover, such as words and logo. Raises Unseen."""
        return [layer for layer in self.composed.placed if layer.must_stay_free]

    @property
    def row(self) -> Channel:
        """The channel, for rules that are only asked where there is one."""
        assert self.channel  # noqa: S101 - see Rule.findings
        return self.channel
