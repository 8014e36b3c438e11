"""The five shapes of canvas that layouts are drawn for."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    TALL = "tall"
    PORTRAIT = "portrait"
    SQUARE = "square"
    LANDSCAPE = "landscape"
    BANNER = "banner"

    @classmethod
    def of(cls, width: float, height: float) -> Shape:
        """9:16 and slimmer is tall, 4:5 portrait, 1.91:1 landscape, 3:1 and wider a banner."""
        ratio = width / height
        if ratio < 0.68:  # between 9:16 and 3:4
            return cls.TALL
        if ratio < 0.9:  # between 4:5 and 1:1
            return cls.PORTRAIT
        if ratio < 1.25:  # the 300x250 rectangle (1.2) is laid out as a square
            return cls.SQUARE
        if ratio < 2.6:  # between 1.91:1 and 3:1
            return cls.LANDSCAPE
        return cls.BANNER
