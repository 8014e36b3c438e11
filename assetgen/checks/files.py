"""The file itself: its format, colours, transparency, and what it tells about people."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.finding import Level

_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tif": "tiff"}
"""Endings that are not our word for the format, with that word."""

_SRGB = ("srgb", "c2")  # c2 is the small sRGB profile that Facebook writes
_PLAIN = {"RGB", "RGBA", "P", "PA"}
_GREY = {"1", "L", "LA"}

_PACE = 5.0
"""The frames a second that are too many: ad networks want fewer."""

_PRIVATE = ("SerialNumber", "OwnerName", "XPAuthor", "HostComputer", "PersonInImage", "Regions")
"""Parts of names of EXIF tags and XMP properties that lead to a person or a device; places are told apart."""


def _format(subject: Subject) -> Iterator[Fault]:
    row, found = subject.row, subject.header.format
    if found not in row.formats:
        yield Fault(f"is a {found} file, {row.name} takes {' or '.join(row.formats)}")


def _extension(subject: Subject) -> Iterator[Fault]:
    _, dot, ending = subject.name.lower().rpartition(".")
    found = subject.header.format
    if not dot:
        yield Fault(f"the name has no ending, and the contents are {found}", Level.WARNING)
    elif _ENDINGS.get(ending, ending) != found:
        yield Fault(f"the name ends with `.{ending}` and the contents are {found}")


def _static(subject: Subject) -> Iterator[Fault]:
    header, row = subject.header, subject.row
    if header.frames == 1:
        return
    if row.max_seconds is None:
        hard = row.kind in {"listing", "feed"}
        yield Fault(f"has {header.frames} frames, {row.name} shows one", None if hard else Level.WARNING)
        return
    if header.seconds > row.max_seconds:
        runs = "never stops" if header.seconds == float("inf") else f"runs for {header.seconds:.0f} s"
        yield Fault(f"{runs}, {row.name} lets an animation run for {row.max_seconds:g} s")
    if header.pace >= _PACE:
        yield Fault(f"shows {header.pace:.0f} frames a second, {row.name} takes fewer than {_PACE:g}")


def _colour(subject: Subject) -> Iterator[Fault]:
    header, row = subject.header, subject.row
    if row.color == "CMYK":
        if header.mode != "CMYK":
            yield Fault(f"is {header.mode}, {row.name} wants CMYK")
        if (header.dpi or 0) < row.dpi - 1:
            yield Fault(f"has {header.dpi or 0:.0f} dpi, {row.name} wants {row.dpi}")
        return
    if header.mode in _GREY:
        yield Fault("has no colours: save it as RGB", Level.WARNING)
    elif header.mode not in _PLAIN or header.depth != 8:
        yield Fault(f"is {header.mode} with {header.depth} bits, {row.name} wants RGB with 8")
    elif header.profile and not header.profile.lower().startswith(_SRGB):
        yield Fault(f"has the colour profile `{header.profile}`, {row.name} wants sRGB or none")


def _orientation(subject: Subject) -> Iterator[Fault]:
    if subject.header.orientation != 1:
        yield Fault("is stored lying or mirrored with a note to turn it, which not everybody reads: save it upright")


def _alpha(subject: Subject) -> Iterator[Fault]:
    row = subject.row
    opaque = not subject.header.transparent or subject.pixels.shape[2] == 3
    alpha = None if opaque else subject.pixels[..., 3]
    if row.min_transparent is not None:
        clear = 0.0 if alpha is None else float(np.mean(alpha == 0))
        if clear < row.min_transparent:
            least = f"{row.name} asks for {row.min_transparent:.0%} at least"
            yield Fault(f"{clear:.0%} of it can be seen through, {least}")
    elif alpha is not None and (row.background == "white" or row.formats == ("jpg",)) and (alpha < 255).any():
        yield Fault(f"can be seen through in places, {row.name} takes none of that: lay it on white")


def _privacy(subject: Subject) -> Iterator[Fault]:
    names = [*subject.header.exif, *subject.xmp]
    if any("GPSL" in name for name in names):  # latitude and longitude, not the version of the tag group
        yield Fault("tells where the photo was taken")
    found = sorted({part for part in _PRIVATE if any(part in name for name in names)})
    if found:
        yield Fault(f"leads to a person or a device: {', '.join(found)}")


RULES = (
    Rule("format", "it is in a format that the channel takes", Level.ERROR, Basis.MEASURE, _format),
    Rule("extension", "the name's ending fits the contents", Level.ERROR, Basis.OURS, _extension),
    Rule(
        "static",
        "it stands still; on display banners it runs 30 s at most, at less than 5 frames a second",
        Level.ERROR,
        Basis.PLATFORM,
        _static,
    ),
    Rule(
        "colour",
        "RGB with 8 bits, in sRGB or without a profile; for print CMYK at its dpi",
        Level.ERROR,
        Basis.PLATFORM,
        _colour,
    ),
    Rule("orientation", "it is stored upright", Level.ERROR, Basis.OURS, _orientation),
    Rule(
        "alpha",
        "nothing can be seen through on white or where only JPEG is taken; enough can where that is asked for",
        Level.ERROR,
        Basis.PLATFORM,
        _alpha,
    ),
    Rule("privacy", "no place, serial number or owner's name is in it", Level.ERROR, Basis.OURS, _privacy),
)
