"""Rules on a finished picture: each with one that breaks it and one that keeps it."""

from __future__ import annotations

import numpy as np
import pytest

from assetgen.checks import Subject, findings
from assetgen.imaging.encode import Limits, encode
from assetgen.imaging.metadata import Provenance, SourceType, xmp
from assetgen.model.canvas import Picture, PlacedLayer
from assetgen.model.channel import Channel, KeepOut
from assetgen.sources import channels

WHITE = channels()["amazon-main"]
MARKS = Provenance(SourceType.DRAWN, "xmp.iid:1", "assetgen")


def rules(channel: Channel, picture: Picture) -> set[str]:
    data = encode(picture.pixels, Limits(("jpg",)), xmp(MARKS)).data
    return {finding.rule for finding in findings(Subject(data, "picture.jpg", channel, picture, MARKS), {})}


def on_white(box: tuple[int, int, int, int]) -> Picture:
    pixels = np.full((WHITE.height, WHITE.width, 3), 255, np.uint8)
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = 90
    return Picture(pixels, (PlacedLayer("product", box),))


def test_a_product_on_clean_white_that_fills_the_frame_is_fine() -> None:
    assert rules(WHITE, on_white((120, 120, 1880, 1880))) == set()


def test_a_product_that_reaches_the_outer_ring_breaks_the_white() -> None:
    assert "white-background" in rules(WHITE, on_white((20, 120, 1880, 1880)))


def test_a_product_that_is_too_small_is_found() -> None:
    assert rules(WHITE, on_white((700, 700, 1300, 1300))) == {"fill"}


def test_a_file_that_is_too_light_is_found() -> None:
    channel = WHITE.model_copy(update={"min_bytes": 6_000_000})

    assert rules(channel, on_white((120, 120, 1880, 1880))) == {"weight"}


@pytest.mark.parametrize(("box", "found"), [((1700, 1700, 1900, 1900), {"keep-out"}), ((0, 0, 300, 100), set())])
def test_words_under_the_platforms_own_badge_are_found(box: tuple[int, int, int, int], found: set[str]) -> None:
    badge = KeepOut(x0=0.8, y0=0.8, x1=1, y1=1, why="duration badge")
    channel = WHITE.model_copy(update={"background": "any", "min_product_fill": None, "keep_out": (badge,)})
    picture = Picture(np.zeros((WHITE.height, WHITE.width, 3), np.uint8), (PlacedLayer("text", box),))

    assert rules(channel, picture) == found
