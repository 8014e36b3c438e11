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
    """A picture from elsewhere, of which nobody knows where its words, logos and products are."""


@dataclass(frozen=True)
class Subject:
    """A file as its bytes are on disk, and its name, whose ending counts.

    A picture of ours also has the scene that was composed (its pixels before encoding, and where its layers are), what
    its marks must say, the locale of its words, and the label that it was to have. A picture from elsewhere has only
    the file, and perhaps the channel that it is for.
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
        """The file's own facts on itself. Raises Unreadable."""
        return header(self.data)

    @cached_property
    def xmp(self) -> dict[str, str]:
        """The properties in the file's XMP packet. Raises Unreadable."""
        return described(self.header.xmp or b"")

    @cached_property
    def pixels(self) -> Pixels:
        """The file read back: H x W x 3, or x 4 with transparency, upright, 8 bit sRGB. Raises Unreadable."""
        return decode(self.data)

    @cached_property
    def seen(self) -> Pixels:
        """The file as it looks on white: H x W x 3, uint8. Raises Unreadable."""
        if self.pixels.shape[2] == 3:
            return self.pixels
        alpha = self.pixels[..., 3:].astype(np.uint16)
        flat = (self.pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
        return flat.astype(np.uint8)

    @cached_property
    def grey(self) -> Pixels:
        """The file in grey, as it looks on white: H x W, uint8. Raises Unreadable."""
        return cv2.cvtColor(self.seen, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)

    @cached_property
    def on_white(self) -> Rect | None:
        """The box of all that is not white, as measured; None for an empty picture. Raises Unreadable."""
        return not_white(self.seen)

    @property
    def frame(self) -> Rect:
        """The rectangle of the whole picture. Raises Unreadable."""
        return Rect(0, 0, self.pixels.shape[1], self.pixels.shape[0])

    @property
    def composed(self) -> Picture:
        """The scene, for rules that need it. Raises Unseen."""
        if self.scene is None:
            raise Unseen
        return self.scene

    def layers(self, kind: str) -> list[PlacedLayer]:
        """The layers of this kind that were placed. Raises Unseen."""
        return [layer for layer in self.composed.placed if layer.layer == kind]

    @property
    def words(self) -> list[PlacedLayer]:
        """The layers that say something in letters. Raises Unseen."""
        return [layer for layer in self.composed.placed if layer.text]

    @property
    def overlays(self) -> list[PlacedLayer]:
        """The layers over the picture that nothing may cover, such as words and logo. Raises Unseen."""
        return [layer for layer in self.composed.placed if layer.must_stay_free]

    @property
    def row(self) -> Channel:
        """The channel, for rules that are only asked where there is one."""
        assert self.channel  # noqa: S101 - see Rule.findings
        return self.channel
