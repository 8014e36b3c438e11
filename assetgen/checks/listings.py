"""Rules of shops and feeds on what a picture must not have."""

from __future__ import annotations

from collections.abc import Iterator

import cv2

from assetgen.checks.border import border
from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.checks.wording import ad_word_list, contact, other_platforms
from assetgen.model.finding import Level

_FOR_CODES = 1000
"""The pixels on the longer side in which codes are looked for: a phone reads none that is lost in this size."""


def _is_listing(subject: Subject) -> bool:
    return subject.row.kind in {"listing", "feed"}


def _overlay(subject: Subject) -> Iterator[Fault]:
    if subject.row.overlays == "forbidden":
        found = sorted({layer.layer for layer in subject.overlays})
        if found:
            yield Fault(f"has a {' and a '.join(found)} on it, and {subject.row.name} takes none")


def _border(subject: Subject) -> Iterator[Fault]:
    # Where the background is white, a frame of another colour breaks that rule, and a white one is none.
    if _is_listing(subject) and subject.row.background != "white" and (thick := border(subject.seen)):
        yield Fault(f"has a frame of {thick} px around it")


def _watermark(subject: Subject) -> Iterator[Fault]:
    if _is_listing(subject):
        yield Fault("look for watermarks yourself")


def _qr_contact(subject: Subject) -> Iterator[Fault]:
    row = subject.row
    if not _is_listing(subject) or row.ai_metadata != "label-required-cn":
        return
    scale = min(1.0, _FOR_CODES / max(subject.grey.shape))
    small = cv2.resize(subject.grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Only what can be read is one: speckles look like the corners of a code.
    if code := cv2.QRCodeDetector().detectAndDecode(small)[0]:
        yield Fault(f"has a QR code on it, which says `{code}`")
    for layer in subject.words:
        for found in (*contact(layer.text), *other_platforms(layer.text, row.platform)):
            yield Fault(f"says `{found}`, which leads away from {row.platform}")


RULES = (
    Rule(
        "overlay", "no words, prices, badges or logo where these are forbidden", Level.ERROR, Basis.PLATFORM, _overlay
    ),
    Rule("border", "no frame around a picture for a shop or a feed", Level.ERROR, Basis.PLATFORM, _border),
    Rule("watermark", "no watermark on it: for people to see", Level.NOT_CHECKED, Basis.PLATFORM, _watermark),
    Rule(
        "qr-contact",
        "no QR code, phone number, address or other platform on it in shops of mainland China",
        Level.ERROR,
        Basis.PLATFORM,
        _qr_contact,
        goes_by=ad_word_list,
    ),
)
