"""A finished file and what is known about it: what every rule looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assetgen.imaging.decode import decode
from assetgen.imaging.header import Header, header
from assetgen.imaging.metadata import Provenance
from assetgen.model.canvas import Picture
from assetgen.model.channel import Channel
from assetgen.model.cutout import Pixels
from assetgen.model.label import Label


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
    def pixels(self) -> Pixels:
        """The file read back: H x W x 3, or x 4 with transparency, upright, 8 bit sRGB. Raises Unreadable."""
        return decode(self.data)

    @property
    def row(self) -> Channel:
        """The channel, for rules that are only asked where there is one."""
        assert self.channel  # noqa: S101 - see Rule.findings
        return self.channel
