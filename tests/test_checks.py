"""Every rule has a file that keeps it and one that breaks it, in one way only, so that no other rule takes notice."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from assetgen.checks import Subject, findings, rules
from assetgen.config.channel import Insets, KeepOut
from assetgen.files.xmp import Provenance, SourceType, xmp
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import PlacedLayer
from assetgen.model.finding import Level
from tests.finished import (
    AD,
    FEED,
    GROUND,
    MARKS,
    SHOP,
    WHITE,
    advert,
    feed,
    foreign,
    found,
    listing,
    not_checked,
    on_white,
    product,
    row,
    saved,
    scenery,
    subject,
    text,
    written,
)

LOGO = PlacedLayer("logo", (40, 40, 160, 100))
BANNER = row("display-300x250")
KEPT_FREE = row("facebook-link", safe_area=Insets(left=0.1, right=0.1, top=0.1, bottom=0.1))
BADGE = row("facebook-link", keep_out=(KeepOut(x0=0.1, y0=0.4, x1=0.5, y1=0.6, why="button"),))


def painted(pixels: Pixels, box: tuple[int, int, int, int], colour: int | tuple[int, int, int]) -> Pixels:
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = colour
    return pixels


def framed(pixels: Pixels, thick: int = 10) -> Pixels:
    return np.pad(pixels[thick:-thick, thick:-thick], ((thick, thick), (thick, thick), (0, 0)))


def clear_corner(pixels: Pixels) -> Pixels:
    return np.dstack([pixels, painted(np.full(pixels.shape[:2], 255, np.uint8), (0, 0, 30, 30), 0)])


def code(pixels: Pixels) -> Pixels:
    pattern = cv2.resize(
        cv2.QRCodeEncoder.create().encode("https://shop.example"), (300, 300), interpolation=cv2.INTER_NEAREST
    )
    pixels[200:560, 200:560] = np.pad(pattern, 30, constant_values=255)[..., None]
    return pixels


def exif(**tags: object) -> Image.Exif:
    found = Image.Exif()
    if "turned" in tags:
        found[0x0112] = tags["turned"]
    if "place" in tags:
        found[0x8825] = {1: "N", 2: tags["place"], 3: "E", 4: tags["place"]}
    return found


def grain() -> Pixels:
    return np.clip(np.random.default_rng(3).normal(128, 20, (628, 1200, 3)), 0, 255).astype(np.uint8)


def by_machine() -> Subject:
    """A file of which a line of its marks was lost on the way."""
    generated = replace(MARKS, source_type=SourceType.GENERATED, system="gpt-image-2")
    packet = xmp(generated).replace(b"DigitalSourceType", b"Headline")
    return foreign(FEED, saved(scenery(800, 800), xmp=packet))


GOOD: dict[str, Subject] = {
    "ad": advert(),
    "listing": listing(),
    "feed": feed(),
    "banner": subject(BANNER, scenery(300, 250)),
    "shop": feed(SHOP),
    "gif": foreign(WHITE, saved(on_white(), "gif"), "picture.gif"),
    "png": listing(name="picture.png"),
    "safe": advert(KEPT_FREE),
    "beside": advert(row("facebook-link", keep_out=(KeepOut(x0=0.8, y0=0.8, x1=1, y1=1, why="button"),))),
    "enlarged": subject(AD, scenery(), product((200, 100, 500, 500), scale=1.2)),
    "marked": feed(row("google-merchant-main", width=800, height=800)),
    "sharp": subject(AD, scenery()),
}

BROKEN: dict[str, tuple[str, Subject]] = {
    "size-exact": ("banner", subject(BANNER, scenery(301, 250))),
    "size-min": ("ad", subject(AD, scenery(590, 309))),
    "size-max": ("listing", listing(row("amazon-main", width=800, height=800, min_side=500, max_side=799))),
    "ratio": ("ad", subject(AD, scenery(1200, 700))),
    "weight": ("ad", advert(row("facebook-link", max_bytes=9000))),
    "format": ("ad", advert(row("facebook-link", formats=("png", "webp")))),
    "extension": ("ad", advert(name="picture.png", data=advert().data)),
    "static": (
        "gif",
        foreign(
            WHITE,
            saved(on_white(), "gif", save_all=True, append_images=[Image.fromarray(on_white((60, 50, 750, 750)))]),
            "picture.gif",
        ),
    ),
    "colour": ("sharp", subject(AD, scenery(), data=saved(scenery(), mode="CMYK"))),
    "orientation": ("feed", feed(data=saved(scenery(800, 800), exif=exif(turned=6)))),
    "alpha": ("png", replace(listing(name="picture.png", data=saved(clear_corner(on_white()), "png")), marks=None)),
    "privacy": ("feed", feed(data=saved(scenery(800, 800), exif=exif(place=(48.0, 8.0, 0.0))))),
    "white-background": (
        "listing",
        subject(WHITE, painted(on_white(), (0, 0, 800, 8), 251), product((50, 50, 750, 750))),
    ),
    "fill": ("listing", listing(box=(250, 250, 550, 550))),
    "fill-max": ("feed", feed(box=(10, 100, 790, 700))),
    "cut-off": ("listing", subject(WHITE, painted(on_white(), (0, 400, 50, 408), 90), product((0, 50, 750, 750)))),
    "overlay": ("feed", subject(FEED, scenery(800, 800), product(), LOGO)),
    "border": ("feed", feed(pixels=framed(scenery(800, 800)))),
    "safe-area": ("safe", subject(KEPT_FREE, written(scenery(), at=(60, 330)), text(box=(60, 284, 340, 332)))),
    "keep-out": ("beside", advert(BADGE)),
    "text-cover": ("ad", subject(AD, written(scenery()), text(box=(100, 50, 900, 550)))),
    "min-font": ("ad", subject(AD, written(scenery()), text(glyph=12))),
    "contrast": ("ad", subject(AD, written(painted(scenery(), (150, 250, 600, 400), 190)), text())),
    "upscaled": ("enlarged", subject(AD, scenery(), product((200, 100, 500, 500), scale=1.5))),
    "sharp": ("sharp", subject(AD, grain(), data=saved(cv2.blur(grain(), (2, 2)).astype(np.uint8)))),
    "qr-contact": ("shop", feed(SHOP, pixels=code(scenery(800, 800)))),
    "ad-words": ("ad", advert(said="Best seller")),
    "ai-dst": ("feed", by_machine()),
    "label": ("ad", replace(advert(), label=Label("AI-generated", "en-US"))),
    "ai-label-cn": ("shop", feed(SHOP, marks=replace(MARKS, source_type=SourceType.GENERATED))),
    "marks": ("feed", feed(marks=replace(MARKS, credit="Another"), data=feed().data)),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_breaks_no_rule(kind: str) -> None:
    assert found(GOOD[kind]) == {}


@pytest.mark.parametrize("rule", [rule.name for rule in rules() if rule.level is not Level.NOT_CHECKED])
def test_a_file_that_is_broken_in_one_way_breaks_that_rule_alone(rule: str) -> None:
    kind, broken = BROKEN[rule]

    assert rule not in found(GOOD[kind])
    assert set(found(broken)) == {rule}


def test_what_nobody_can_check_is_said_where_it_matters() -> None:
    unknown = {rule.name for rule in rules() if rule.level is Level.NOT_CHECKED}

    assert unknown == not_checked(GOOD["listing"]) == {"watermark"}
    assert not_checked(GOOD["ad"]) == set()


def test_of_a_picture_from_elsewhere_rules_about_its_layers_are_not_checked() -> None:
    assert not_checked(foreign(FEED, feed().data)) == {
        *("fill", "fill-max", "overlay", "watermark", "safe-area", "text-cover", "min-font", "contrast"),
        *("upscaled", "sharp", "ad-words"),
    }


def test_without_a_channel_only_our_own_rules_are_asked() -> None:
    broken = foreign(None, saved(scenery(90, 90), mode="CMYK", exif=exif(turned=6)), "picture.png")

    assert set(found(broken)) == {"extension", "orientation"}


def test_an_error_is_a_warning_where_the_channel_is_not_known_well() -> None:
    def level(rule: str, evidence: str) -> Level:
        subject = BROKEN[rule][1]
        channel = subject.row.model_copy(update={"evidence": evidence})
        return found(replace(subject, channel=channel))[rule]

    levels = {
        rule: [level(rule, evidence) for evidence in ("official-copy", "secondary", "memory")]
        for rule in ("weight", "cut-off", "marks")
    }

    error, warning = Level.ERROR, Level.WARNING
    assert levels == {
        "weight": [error, error, warning],
        "cut-off": [error, warning, warning],
        "marks": [error, error, error],
    }


def test_campaign_and_channel_say_how_hard_a_rule_is() -> None:
    broken = BROKEN["cut-off"][1]
    strict = replace(broken, channel=broken.row.model_copy(update={"checks": {"cut-off": "warning"}}))

    assert found(strict) == {"cut-off": Level.WARNING}
    assert {f.rule: f.level for f in findings(strict, {"cut-off": "error"})}["cut-off"] is Level.ERROR
    assert "cut-off" not in {f.rule for f in findings(strict, {"cut-off": "off"})}


def test_a_file_that_is_no_picture_is_one_finding() -> None:
    for data in (b"", b"<html>", GOOD["ad"].data[:5000]):
        (finding,) = findings(foreign(AD, data), {})
        assert (finding.rule, finding.level) == ("readable", Level.ERROR)


def test_words_on_the_ad_have_the_colour_of_their_ground() -> None:
    """What the other tests lean on."""
    assert np.abs(scenery().mean(axis=(0, 1)) - np.array(GROUND)).max() < 3


def test_marks_with_letters_that_xml_escapes_come_back_whole() -> None:
    marks = Provenance(
        SourceType.GENERATED, "a<b>&c", "x", system='say "hi"', credit="日本 & Söhne\x00", copyright="© 9"
    )

    assert found(feed(marks=marks)) == {}
