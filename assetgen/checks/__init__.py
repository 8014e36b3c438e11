"""Rules on a finished picture, each yielding what it found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from assetgen.imaging.encode import Encoded
from assetgen.imaging.geometry import Rect, around
from assetgen.model.canvas import Picture
from assetgen.model.channel import Channel
from assetgen.model.finding import Finding, Level

RING = 0.02
"""The share of the short side that must be pure white around a product on white."""


def findings(channel: Channel, picture: Picture, encoded: Encoded) -> tuple[Finding, ...]:
    """All that the rules have to say; nothing means that the file may go out."""
    rules = (_weight(channel, encoded), _white(channel, picture), _fill(channel, picture), _keep_out(channel, picture))
    return (*chain.from_iterable(rules), *picture.findings)


def _weight(channel: Channel, encoded: Encoded) -> Iterator[Finding]:
    if len(encoded.data) < channel.min_bytes:
        size, least = len(encoded.data) / 1000, channel.min_bytes / 1000
        yield Finding("weight", Level.WARNING, f"weighs {size:.0f} kB, {channel.name} asks for {least:.0f} kB at least")


def _white(channel: Channel, picture: Picture) -> Iterator[Finding]:
    if channel.background != "white":
        return
    depth = max(1, round(RING * min(channel.width, channel.height)))
    inside = np.zeros(picture.pixels.shape[:2], bool)
    inside[depth:-depth, depth:-depth] = True
    if (picture.pixels[~inside] != 255).any():
        yield Finding("white-background", Level.ERROR, "the outer ring is not pure white: the product is cut by it")


def _fill(channel: Channel, picture: Picture) -> Iterator[Finding]:
    boxes = [Rect(*placed.box) for placed in picture.placed if placed.layer == "product"]
    if not boxes or channel.min_product_fill is None:
        return
    whole = around(boxes)
    fill = max(whole.width / channel.width, whole.height / channel.height)
    if fill < channel.min_product_fill - 0.005:
        message = f"the product fills {fill:.0%} of the frame, {channel.name} asks for {channel.min_product_fill:.0%}"
        yield Finding("fill", Level.ERROR, message)


def _keep_out(channel: Channel, picture: Picture) -> Iterator[Finding]:
    """Words and logo that the platform's own things would cover."""
    for taken in channel.keep_out:
        for placed in picture.placed:
            left, top, right, bottom = placed.box
            across = left < taken.x1 * channel.width and right > taken.x0 * channel.width
            down = top < taken.y1 * channel.height and bottom > taken.y0 * channel.height
            if placed.layer in {"text", "badge", "logo"} and across and down:
                message = f"the {placed.layer} lies where {channel.name} puts its {taken.why}"
                yield Finding("keep-out", Level.WARNING, message)
