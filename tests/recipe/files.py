"""One small picture in every way that files are written, and within limits that lead to each of them."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from assetgen.files import codecs
from assetgen.files.codecs import Way
from assetgen.files.encode import FileLimits, encode
from assetgen.files.tags import Tags
from assetgen.files.xmp import Provenance, SourceType, aigc, xmp
from assetgen.fingerprint import digest
from tests.recipe.pinned import Seen
from tests.recipe.things import bottle, photographed, room

MARKS = xmp(
    Provenance(
        SourceType.COMPOSITE_WITH_GENERATED,
        unique_id="xmp.iid:1",
        creator_tool="assetgen",
        system="model",
        system_version="2",
        credit="Us & them",
        copyright="© us",
        aigc=aigc("0011", "1"),
    )
)

WAYS = {name: way for name, way in vars(codecs).items() if isinstance(way, Way)}
"""Every way to write a file, by its name."""

LIMITS = {
    "a JPEG that may be heavy": FileLimits(("jpg", "png")),
    "a JPEG of less": FileLimits(("jpg",), max_bytes=13_000),
    "a JPEG of little": FileLimits(("jpg",), max_bytes=7_000),
    "a PNG that may be heavy": FileLimits(("png", "gif")),
    "a PNG of little": FileLimits(("png",), max_bytes=9_000),
    "a WebP that may be heavy": FileLimits(("webp", "jpg")),
    "a WebP of little": FileLimits(("webp",), max_bytes=8_200),
    "a WebP that has to be heavy": FileLimits(("webp",), min_bytes=30_000),
    "an AVIF that may be heavy": FileLimits(("avif", "jpg")),
    "an AVIF of little": FileLimits(("avif",), max_bytes=6_000, reserve=1_000),
    "what fits, of all formats": FileLimits(("png", "jpg", "avif"), max_bytes=6_000, dpi=300),
}


def written() -> dict[str, Seen]:
    picture = np.hstack([room(120, 320), photographed(bottle(160, 280))])
    seen = {name: read(way.write(picture, 80, Tags(MARKS, 96)), way.chroma) for name, way in WAYS.items()}
    for name, limits in LIMITS.items():
        encoded = encode(picture, limits, MARKS)
        seen[name] = read(encoded.data, f"{encoded.chroma} at {encoded.quality}")
    return seen


def read(data: bytes, how: str) -> Seen:
    with Image.open(io.BytesIO(data)) as image:
        profile, marks = (digest(image.info[name])[:8] for name in ("icc_profile", "xmp"))
        dpi = round(image.info.get("dpi", (0, 0))[0])
        said = f"{image.format} {how}, {dpi} dpi, profile {profile}, XMP {marks}"
        return Seen(np.asarray(image.convert("RGB")), said, len(data))
