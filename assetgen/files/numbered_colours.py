"""Colours that a file names by numbers in place of a profile: cICP, or gAMA and cHRM, in PNG; nclx in AVIF and HEIC.

The numbers of cICP and nclx are those of ITU-T H.273. See also https://www.w3.org/TR/png-3/#cICP-chunk.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assetgen.files.png_chunks import chunks

_D65 = (0.3127, 0.3290)
_SRGB = (0.640, 0.330, 0.300, 0.600, 0.150, 0.060, *_D65)
_PRIMARIES = {
    9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046, *_D65),
    12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, *_D65),
}
"""The x and y of red, green, blue and white of BT.2020 and P3; other numbers are sRGB or near to it."""

_CURVE = 0.0
"""Stands in place of a power for sRGB's curve."""

_POWERS = {4: 2.2, 5: 2.8, 8: 1.0}
"""Transfers that are a power. The others are sRGB's curve, or writers do not tell them apart."""

_HDR = {16, 18}
"""The transfers PQ and HLG, which say of light beyond white how bright it is."""

_ROUNDED = 0.003
"""How far x and y are from sRGB's at most where they are sRGB's."""

_USUAL_POWERS = (2.1, 2.3)
"""The powers between which gAMA means sRGB's curve."""

_POSSIBLE_POWERS = (0.9, 3.0)
"""What lies beyond these is a mistake of a writer."""

_NCLX_WITHIN = 65_536
"""The bytes at the start of a file among which its boxes stand."""

_D50 = np.array([0.9642, 1.0, 0.8249])
"""The white of all profiles, as X, Y and Z: ICC.1:2022, 7.2.16."""

_CONES = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
"""The way from X, Y and Z to what the cones of an eye adapt in, by Bradford: ICC.1:2022, annex E."""


class _CodePoints(NamedTuple):
    primaries: int
    transfer: int


def is_hdr(image: Image.Image, data: bytes) -> bool:
    """Whether a picture that was opened holds light beyond white, which sRGB has not."""
    named = _named(image, data)
    return named is not None and named.transfer in _HDR


def named_profile(image: Image.Image, data: bytes) -> bytes | None:
    """A profile of the colours that a picture names by numbers; None where they are sRGB, or unsaid."""
    said: tuple[tuple[float, ...], float]
    if named := _named(image, data):
        said = _PRIMARIES.get(named.primaries, _SRGB), _POWERS.get(named.transfer, _CURVE)
    elif {"gamma", "chromaticity"} <= image.info.keys() and not image.info.keys() & {"srgb", "icc_profile"}:
        said = _of_png(image.info["gamma"], image.info["chromaticity"])
    else:
        return None
    return None if said == (_SRGB, _CURVE) else _profile(*said)


def _named(image: Image.Image, data: bytes) -> _CodePoints | None:
    if image.format == "PNG":
        for name, start, length in chunks(data):
            if name in {b"cICP", b"IDAT"}:
                return _CodePoints(data[start], data[start + 1]) if name == b"cICP" and length > 1 else None
    if image.format in {"AVIF", "HEIF"} and "icc_profile" not in image.info:
        _, box, rest = data[:_NCLX_WITHIN].partition(b"colrnclx")
        return _CodePoints(*struct.unpack(">HH", rest[:4])) if box and len(rest) > 4 else None  # noqa: PLR2004
    return None


def _of_png(gamma: float, chromaticity: tuple[float, ...]) -> tuple[tuple[float, ...], float]:
    """What gAMA and cHRM say, the first as a power. What cannot be is taken for sRGB, as is what is nearly that."""
    primaries = (*chromaticity[2:], *chromaticity[:2])  # white comes first in the file
    power = 1 / gamma if gamma else 0.0
    least, most = _USUAL_POWERS
    lowest, highest = _POSSIBLE_POWERS
    if not lowest < power < highest or not all(0 < part < 1 for part in primaries):
        return _SRGB, _CURVE
    is_srgb = max(abs(here - there) for here, there in zip(primaries, _SRGB, strict=True)) < _ROUNDED
    return _SRGB if is_srgb else primaries, _CURVE if least < power < most else power


@lru_cache(16)
def _profile(primaries: tuple[float, ...], power: float) -> bytes | None:
    """A profile as ICC.1:2022 has it: three colours and one curve. None where the colours span no space."""
    try:
        red, green, blue = _in_d50(primaries).T
    except np.linalg.LinAlgError:
        return None
    curve, name = _curve(power), _NAMES.get(primaries, "colours named by numbers")
    tags = {
        b"desc": b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", 2 * len(name), 28) + name.encode("utf-16-be"),
        b"wtpt": _xyz(_D50),
        b"rXYZ": _xyz(red),
        b"gXYZ": _xyz(green),
        b"bXYZ": _xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for kind, tag in tags.items():
        table += struct.pack(">4sII", kind, start + len(body), len(tag))
        body += tag.ljust(-(-len(tag) // 4) * 4, b"\0")
    head = struct.pack(">I4sI12s12s4s", start + len(body), b"", 0x04300000, b"mntrRGB XYZ ", b"", b"acsp")
    head += bytes(28) + _xyz(_D50)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


_NAMES: dict[tuple[float, ...], str] = {_PRIMARIES[9]: "BT.2020", _PRIMARIES[12]: "Display P3"}
"""What colours are called by these primaries."""


def _in_d50(primaries: tuple[float, ...]) -> NDArray[np.float64]:
    """3 x 3: X, Y and Z of red, green and blue in its columns, with the white of profiles."""
    xy = np.array(primaries).reshape(4, 2)
    *colours, white = np.column_stack([xy, 1 - xy.sum(axis=1)]) / xy[:, 1:]
    matrix = np.transpose(colours) * np.linalg.solve(np.transpose(colours), white)
    adapted = np.linalg.inv(_CONES) @ np.diag((_CONES @ _D50) / (_CONES @ white)) @ _CONES
    return np.asarray(adapted @ matrix)


def _curve(power: float) -> bytes:
    """A curve of kind 3, which is sRGB's, or of kind 0, which is a power: ICC.1:2022, 10.18."""
    if power == _CURVE:
        return b"para\0\0\0\0\0\3\0\0" + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return b"para\0\0\0\0\0\0\0\0" + _fixed(power)


def _xyz(colour: NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*colour)


def _fixed(*numbers: float) -> bytes:
    """Numbers in 16 bits before the point and 16 behind it."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65_536) for number in numbers))
