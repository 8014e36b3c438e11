"""The shapes of canvas that layouts are drawn for."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    TALL = "tall"
    PORTRAIT = "portrait"
    SQUARE = "square"
    LANDSCAPE = "landscape"
    BANNER = "banner"
    SKYSCRAPER = "skyscraper"
    RECTANGLE = "rectangle"

    @classmethod
    def of(cls, width: float, height: float) -> Shape:
        """The shape of a width and a height: 9:16 is tall, 4:5 portrait, 1.91:1 landscape, 3:1 and wider a banner.

        Two are shapes of adverts that are read at their own few pixels: 160 x 600 and 300 x 250.
        """
        ratio = width / height
        if ratio < 0.4:  # between 300x1050 and 9:20
            return cls.SKYSCRAPER
        if ratio < 0.68:  # between 9:16 and 3:4
            return cls.TALL
        if ratio < 0.9:  # between 4:5 and 1:1
            return cls.PORTRAIT
        if ratio < 1.25:  # the 300x250 rectangle is 1.2
            return cls.SQUARE if min(width, height) >= 400 else cls.RECTANGLE
        if ratio < 2.6:  # between 1.91:1 and 3:1
            return cls.LANDSCAPE
        return cls.BANNER

    @property
    def plain(self) -> Shape:
        """The shape that an advert's plates are cut from, and whose drawing serves where it has none of its own."""
        return {Shape.SKYSCRAPER: Shape.TALL, Shape.RECTANGLE: Shape.SQUARE}.get(self, self)


RATIOS = {Shape.TALL: 9 / 16, Shape.PORTRAIT: 4 / 5, Shape.SQUARE: 1.0, Shape.LANDSCAPE: 1.91, Shape.BANNER: 3.0}
"""Width to height of most channels of the plain shapes."""
