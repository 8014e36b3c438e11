"""The label on a picture that says that a model had a part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assetgen.config.channel import Channel

CHINA = "label-required-cn"
"""What the channel table says of placements where China's rules hold."""


@dataclass(frozen=True)
class Standard:
    """How large a label is at least: a share of the canvas's short side, and never under so many px.

    glyphs: measured at the ink of its smallest glyph, else at the height of its capitals.
    """

    share: float
    pixels: int
    glyphs: bool = False

    def least(self, width: int, height: int) -> float:
        return max(self.pixels, self.share * min(width, height))


LEGIBLE = Standard(0.022, 9)
"""The smallest type that one reads in a feed, and on a banner."""

GB_45438 = Standard(0.05, 12, glyphs=True)
"""GB 45438-2025, 5.2, asks for the share; of fewer px Chinese signs are not read."""


@dataclass(frozen=True)
class Label:
    """What one picture says.

    text: empty where the icon speaks alone. radius: of the corners of its plate, 0.5 is round. upload: what to disclose
    at upload instead, on a channel that takes no words.
    """

    text: str
    locale: str
    standard: Standard = LEGIBLE
    icon: bool = False
    radius: float = 0.5
    upload: str = ""


@dataclass(frozen=True)
class Labels:
    """What the pictures of a campaign say in each of its locales, None for nothing.

    chinese: what they say where China's rules hold. icon: the bytes of an SVG or PNG. uploads: what platforms ask for
    at upload, by their names, and what to do elsewhere under an empty one.
    """

    texts: Mapping[str, Label | None]
    chinese: Label
    icon: bytes | None
    uploads: Mapping[str, str]

    def of(self, channel: Channel, locale: str) -> Label | None:
        """The label of a picture in which a model drew. A picture that is one for all locales has that of the first."""
        label = self.texts.get(locale, next(iter(self.texts.values())))
        if channel.ai_metadata == CHINA:
            label = self.chinese
        if label and channel.overlays == "forbidden":
            return replace(label, upload=self.uploads.get(channel.platform, self.uploads[""]))
        return label
