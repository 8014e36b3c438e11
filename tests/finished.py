"""Finished files for the tests of the rules: a product on white, an ad with words, a picture for a feed."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from PIL import Image

from assetgen.checks import Subject, findings
from assetgen.config.channel import Channel
from assetgen.files.encode import FileLimits, encode
from assetgen.files.xmp import Provenance, SourceType, xmp
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Picture, PlacedLayer
from assetgen.model.finding import Level
from assetgen.sources import channels

PACK = channels()
MARKS = Provenance(SourceType.DRAWN, "xmp.iid:1", "assetgen 0.1", credit="Halden & <Sons>", copyright="2026 Halden")
INK, GROUND = (255, 255, 255), (40, 70, 60)

Box = tuple[int, int, int, int]


def row(name: str, **lines: Any) -> Channel:
    """A row of the pack, with lines of its own."""
    return PACK[name].model_copy(update=lines)


WHITE = row("amazon-main", width=800, height=800, min_side=500)
FEED = row("google-merchant-main", width=800, height=800)
AD = row("facebook-link")
SHOP = row("douyin-shop-main", width=800, height=800)


def on_white(box: Box = (50, 50, 750, 750)) -> Pixels:
    pixels = np.full((800, 800, 3), 255, np.uint8)
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = (90, 110, 130)
    return pixels


def scenery(width: int = 1200, height: int = 628, seed: int = 1) -> Pixels:
    """A soft ground with a little life in it."""
    noise = np.random.default_rng(seed).normal(0, 6, (height // 8, width // 8, 1))
    soft = cv2.resize(noise.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(np.array(GROUND) + soft[..., None], 0, 255).astype(np.uint8)


def written(pixels: Pixels, said: str = "Now here", at: tuple[int, int] = (200, 330)) -> Pixels:
    """With words whose capitals are 44 px high and stand on `at`."""
    return np.ascontiguousarray(
        cv2.putText(pixels.copy(), said, at, cv2.FONT_HERSHEY_DUPLEX, 2, INK, 4, cv2.LINE_AA), dtype=np.uint8
    )


def text(said: str = "Now here", box: Box = (200, 284, 480, 332), glyph: float = 44) -> PlacedLayer:
    return PlacedLayer("text", box, text=said, glyph=glyph, colour=INK)


def product(box: Box = (80, 80, 720, 720), scale: float = 1.0) -> PlacedLayer:
    return PlacedLayer("product", box, scale=scale, must_stay_free=False)


def subject(
    channel: Channel | None,
    pixels: Pixels,
    *placed: PlacedLayer,
    name: str = "picture.jpg",
    data: bytes | None = None,
    marks: Provenance | None = MARKS,
    locale: str = "en-US",
) -> Subject:
    """Ours: written as `name` says, unless the bytes are given."""
    if data is None:
        limits = FileLimits((name.rpartition(".")[2],), dpi=channel.dpi if channel else 72)
        data = encode(pixels, limits, xmp(marks or MARKS)).data
    return Subject(data, name, channel, Picture(pixels, placed), marks, locale)


def advert(channel: Channel = AD, said: str = "Now here", **more: Any) -> Subject:
    return subject(channel, written(scenery(), said), text(said), **more)


def listing(channel: Channel = WHITE, box: Box = (50, 50, 750, 750), **more: Any) -> Subject:
    return subject(channel, on_white(box), product(box), **more)


def feed(channel: Channel = FEED, pixels: Pixels | None = None, box: Box = (80, 80, 720, 720), **more: Any) -> Subject:
    return subject(channel, scenery(800, 800) if pixels is None else pixels, product(box), **more)


def foreign(channel: Channel | None, data: bytes, name: str = "picture.jpg") -> Subject:
    """From elsewhere: nothing is known but the file."""
    return Subject(data, name, channel)


def saved(pixels: Pixels, kind: str = "jpeg", mode: str | None = None, **options: Any) -> bytes:
    """As other programs write it; marked as ours are, unless `xmp` says something else."""
    out = io.BytesIO()
    image = Image.fromarray(pixels)
    marked: dict[str, Any] = {} if kind in {"gif", "png"} else {"xmp": xmp(MARKS), "quality": 92}
    image.convert(mode or image.mode).save(out, kind, **marked | options)
    return out.getvalue()


def found(subject: Subject) -> dict[str, Level]:
    """What the rules have to say, but for what they cannot check."""
    return {f.rule: f.level for f in findings(subject, {}) if f.level is not Level.NOT_CHECKED}


def not_checked(subject: Subject) -> set[str]:
    return {f.rule for f in findings(subject, {}) if f.level is Level.NOT_CHECKED}
