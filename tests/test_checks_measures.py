"""What the rules measure, where one file that keeps a rule and one that breaks it do not tell enough."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from assetgen.checks import findings
from assetgen.checks.border import border
from assetgen.checks.duplicates import pairs_alike
from assetgen.checks.wording import contact, other_platforms
from assetgen.config.channel import Insets
from assetgen.files.codecs import HALVED_JPEG
from assetgen.files.perceptual_hash import perceptual_hash
from assetgen.files.tags import Tags
from assetgen.files.xmp import SourceType, xmp
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Picture, PlacedLayer
from assetgen.model.finding import Level
from tests.finished import (
    AD,
    FEED,
    INK,
    MARKS,
    SHOP,
    WHITE,
    advert,
    feed,
    foreign,
    found,
    listing,
    on_white,
    product,
    row,
    saved,
    scenery,
    subject,
    text,
    written,
)

ERROR, WARNING = Level.ERROR, Level.WARNING


@pytest.mark.parametrize(
    ("lines", "size", "rule"),
    [
        ({"min_side": 900}, (800, 800), "size-min"),
        ({"min_side": 900}, (900, 400), None),
        ({"max_sides": 1200}, (900, 400), "size-max"),
        ({"max_megapixels": 0.3}, (800, 400), "size-max"),
        ({"min_height": 420}, (900, 400), "size-min"),
    ],
)
def test_sizes_are_held_to_all_limits(lines: dict[str, int], size: tuple[int, int], rule: str | None) -> None:
    nothing = {"min_side": None, "max_sides": None, "min_width": None, "min_height": None}
    channel = row("ebay-gallery", **{**nothing, **lines})

    assert set(found(subject(channel, scenery(*size)))) == ({rule} if rule else set())


def test_a_picture_that_is_turned_when_shown_is_measured_as_it_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = saved(scenery(628, 1200), exif=exif)

    assert set(found(foreign(AD, lying))) == {"orientation"}


@pytest.mark.parametrize(
    ("times", "loop", "fine"), [(250, 1, True), (150, 1, False), (8000, 1, False), (250, 0, False), (250, 40, False)]
)
def test_a_banner_may_move_slowly_and_not_for_long(times: int, loop: int, *, fine: bool) -> None:
    frames = [Image.fromarray(scenery(300, 250, seed)) for seed in range(1, 5)]
    data = saved(scenery(300, 250, 9), "gif", save_all=True, append_images=frames, duration=times, loop=loop)

    assert set(found(foreign(row("display-300x250"), data, "a.gif"))) == (set() if fine else {"static"})


@pytest.mark.parametrize(
    ("kind", "options", "problems"),
    [
        ("tiff", {"mode": "CMYK", "dpi": (300, 300)}, 0),
        ("jpeg", {"dpi": (300, 300)}, 1),
        ("jpeg", {"dpi": (72, 72)}, 2),
    ],
)
def test_print_wants_cmyk_at_its_resolution(kind: str, options: dict[str, Any], problems: int) -> None:
    flyer = row("print-a5-flyer-bleed", width=600, height=400)
    file = foreign(flyer, saved(scenery(600, 400), kind, **options), f"a.{kind}")

    assert [f.rule for f in findings(file, {}) if f.level is not Level.NOT_CHECKED] == ["colour"] * problems


def test_sixteen_bits_and_other_profiles_are_not_for_the_web() -> None:
    deep = saved(np.zeros((628, 1200), np.uint16), "png")
    wide = saved(scenery(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes())

    assert set(found(foreign(row("x-image-landscape"), deep, "a.png"))) == {"colour"}
    assert set(found(foreign(AD, wide))) == {"colour"}


@pytest.mark.parametrize(("clear", "fine"), [(0.4, False), (0.6, True)])
def test_a_filter_must_be_seen_through(clear: float, *, fine: bool) -> None:
    channel = row("snapchat-filter", width=400, height=400)
    alpha = np.full((400, 400), 255, np.uint8)
    alpha[: round(clear * 400)] = 0
    data = saved(np.dstack([scenery(400, 400), alpha]), "png")

    assert set(found(foreign(channel, data, "a.png"))) == (set() if fine else {"alpha"})


def test_the_light_parts_of_a_product_are_not_the_backdrop() -> None:
    pixels = on_white()
    pixels[60:740, 60:600] = 244

    assert found(subject(WHITE, pixels, product((50, 50, 750, 750)))) == {}
    assert found(foreign(WHITE, saved(pixels))) == {}


def test_a_smudge_on_the_backdrop_is_found_and_elsewhere_may_be_a_white_product() -> None:
    pixels = on_white((250, 50, 550, 750))
    pixels[300:400, 60:160] = 246

    assert found(subject(WHITE, pixels, product((250, 50, 550, 750)))) == {"white-background": ERROR}
    assert found(foreign(WHITE, saved(pixels))) == {"white-background": WARNING}


def test_jpeg_noise_around_a_product_changes_nothing() -> None:
    data = HALVED_JPEG.write(on_white(), 60, Tags(xmp(MARKS), 72))

    measured = foreign(WHITE, data).on_white
    assert measured
    assert np.abs(np.array(measured) - (50, 50, 750, 750)).max() <= 2
    assert found(listing(data=data)) == {}


def test_a_product_that_melts_into_the_white_is_only_doubted() -> None:
    pixels = on_white()
    pixels[50:750, 50:750] = 253
    pixels[120:680, 120:680] = 90

    assert found(subject(WHITE, pixels, product((50, 50, 750, 750)))) == {"fill": WARNING}


@pytest.mark.parametrize(
    ("colour", "thick", "found"), [(255, 10, 10), (0, 3, 3), (0, 2, None), (128, 100, None), (255, 30, 30)]
)
def test_a_frame_is_found_at_any_thickness_that_frames_have(colour: int, thick: int, found: int | None) -> None:
    inside = scenery(800 - 2 * thick, 800 - 2 * thick)
    picture = np.pad(inside, ((thick, thick), (thick, thick), (0, 0)), constant_values=colour)

    measured = border(foreign(FEED, saved(picture)).pixels)
    assert measured == found if found is None else measured and abs(measured - found) <= 1


def test_a_product_on_a_plain_backdrop_has_no_frame() -> None:
    pixels = np.full((800, 800, 3), 200, np.uint8)
    pixels[20:780, 300:500] = 60

    assert border(pixels) is None
    assert border(on_white()) is None
    assert border(scenery()) is None


def patched(box: tuple[int, int, int, int], light: int) -> Pixels:
    pixels = scenery()
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = light
    return pixels


@pytest.mark.parametrize(
    ("box", "readable"),
    [((0, 0, 1, 1), True), ((440, 250, 700, 400), False), ((150, 250, 600, 400), False), ((500, 0, 1200, 628), True)],
)
def test_words_must_be_read_on_every_part_of_their_ground(box: tuple[int, int, int, int], *, readable: bool) -> None:
    """A light patch nowhere, under the last letters, all around, and well beside them."""
    pixels = written(patched(box, 250))

    assert set(found(subject(AD, pixels, text()))) == (set() if readable else {"contrast"})


def test_a_sign_alone_is_no_text() -> None:
    pixels = written(patched((150, 250, 600, 400), 250))

    assert found(subject(AD, pixels, text("“"))) == {}


def test_large_words_need_less_contrast() -> None:
    pixels = written(patched((150, 250, 600, 400), 145))

    assert set(found(subject(AD, pixels, text(glyph=30)))) == {"contrast"}
    assert found(subject(AD, pixels, text(glyph=40))) == {}


def test_the_next_line_is_no_ground() -> None:
    two = written(written(scenery()), "Now here", (200, 380))
    box = (200, 334, 480, 382)

    assert found(subject(AD, two, text(), text(box=box))) == {}


def test_a_badge_stands_on_its_own_ground() -> None:
    badge = PlacedLayer("badge", (150, 250, 530, 370), text="Now here", glyph=44, colour=INK, ground=(20, 20, 20))
    dark, light = (written(patched((150, 250, 530, 370), level)) for level in (20, 200))
    light[:250] = dark[:250] = 250

    assert found(subject(AD, dark, badge)) == {}
    assert set(found(subject(AD, light, badge))) == {"contrast"}


def test_what_lies_at_the_corners_of_a_disc_is_not_its_ground() -> None:
    pixels = np.full((628, 1200, 3), 250, np.uint8)
    disc = cv2.circle(pixels, (340, 308), 180, (20, 20, 20), -1).astype(np.uint8)
    badge = PlacedLayer("badge", (160, 128, 520, 488), text="Now here", glyph=44, colour=INK, ground=(20, 20, 20))

    assert found(subject(AD, written(disc), badge)) == {}


@pytest.mark.parametrize(("name", "level"), [("facebook-link", ERROR), ("open-graph", WARNING)])
def test_too_much_text_is_an_error_on_ads(name: str, level: Level) -> None:
    channel = row(name, width=1200, height=628, safe_area=Insets())

    assert found(subject(channel, written(scenery()), text(box=(0, 0, 1200, 300)))) == {"text-cover": level}


def test_google_allows_no_large_logo() -> None:
    logo = PlacedLayer("logo", (0, 0, 600, 300))

    photo = row("google-rda-landscape", safe_area=Insets())
    assert set(found(subject(photo, scenery(), logo))) == {"text-cover"}
    assert found(subject(photo.model_copy(update={"max_logo_cover": None}), scenery(), logo)) == {}


def test_only_ads_must_keep_the_safe_area() -> None:
    area = Insets(left=0.3)
    levels = [found(advert(row("facebook-link", safe_area=area, kind=kind))) for kind in ("ad", "organic")]

    assert levels == [{"safe-area": ERROR}, {"safe-area": WARNING}]


@pytest.mark.parametrize(("bottom", "fine"), [(0.49, True), (0.6, False)])
def test_what_hangs_below_the_line_may_leave_the_safe_area(bottom: float, *, fine: bool) -> None:
    """The words end at 332 of 628 px."""
    channel = row("facebook-link", safe_area=Insets(bottom=bottom))

    assert set(found(advert(channel))) == (set() if fine else {"safe-area"})


@pytest.mark.parametrize(
    "said", ["电话 13812345678", "www.shop.cn", "加微信 loamshop1", "shop.com", "400-820-8820", "a@b.cn", "QQ: 1234567"]
)
def test_a_way_out_of_the_shop_is_found(said: str) -> None:
    assert contact(said)
    assert set(found(subject(SHOP, written(scenery(800, 800)), product(), text(said)))) == {"qr-contact"}


@pytest.mark.parametrize(
    "said", ["€1,299.00", "12800 mAh", "2026-11-29", "Now 199.00", "春日手作 ¥199", "24 h", "No. 5"]
)
def test_prices_dates_and_sizes_are_no_way_out(said: str) -> None:
    assert contact(said) == []


def test_a_platform_may_be_named_on_itself() -> None:
    assert other_platforms("京东同款", "Douyin") == ["京东"]
    assert other_platforms("抖音同款", "Douyin") == []
    assert other_platforms("jdk and weibos", "Douyin") == []


@pytest.mark.parametrize(
    ("said", "locale", "hit"),
    [
        ("Best-seller", "en-US", True),
        ("bestseller", "en-GB", True),
        ("our bestow", "en-US", False),
        ("100% wool", "fr-FR", True),
        ("全网最低价", "zh-CN", True),
        ("全网最低价", "en-US", False),
        ("Nr. 1", "de-CH", True),
    ],
)
def test_words_are_looked_for_in_the_language_of_the_picture(said: str, locale: str, *, hit: bool) -> None:
    placed = subject(AD, written(scenery()), text(said), locale=locale)

    assert set(found(placed)) == ({"ad-words"} if hit else set())


def test_a_lost_source_type_is_an_error_where_it_is_required() -> None:
    made = replace(MARKS, source_type=SourceType.COMPOSITE_SYNTHETIC)

    assert found(feed(marks=made, data=feed().data)) == {"ai-dst": ERROR, "marks": ERROR}
    assert found(advert(marks=made, data=advert().data)) == {"ai-dst": WARNING, "marks": ERROR}
    assert found(feed(marks=made)) == {}


def test_merchant_center_does_not_know_every_source_type() -> None:
    made = replace(MARKS, source_type=SourceType.COMPOSITE_WITH_GENERATED)

    assert set(found(feed(marks=made))) == {"ai-dst"}
    assert found(advert(marks=made)) == {}


def test_a_file_without_its_packet_has_lost_its_marks() -> None:
    assert found(feed(data=saved(scenery(800, 800), xmp=b""))) == {"marks": ERROR}


def test_merchant_center_takes_no_product_that_was_enlarged() -> None:
    box = (80, 80, 720, 720)
    photo = replace(feed(), scene=Picture(scenery(800, 800), (product(box, scale=1.1),)))
    behind = replace(feed(), scene=Picture(scenery(800, 800), (product(box),), plate_scale=1.3))
    drawn = replace(feed(row("google-merchant-additional", width=800, height=800)))
    drawn = replace(drawn, scene=Picture(scenery(800, 800), plate_scale=1.1))

    assert [found(file) for file in (photo, behind, drawn)] == [
        {"upscaled": ERROR},
        {"upscaled": WARNING},
        {"upscaled": ERROR},
    ]


def test_pictures_that_look_the_same_are_told_from_others() -> None:
    mug = on_white((100, 200, 600, 700))
    again = cv2.resize(foreign(None, saved(mug, xmp=b"", quality=50)).pixels, (500, 500)).astype(np.uint8)
    lamp = on_white((350, 50, 450, 750))

    looks = {
        "mug": perceptual_hash(mug),
        "again": perceptual_hash(again),
        "lamp": perceptual_hash(lamp),
        "scene": perceptual_hash(scenery()),
    }
    assert list(pairs_alike(looks)) == [("mug", "again")]
    assert all(len(bits) == 16 for bits in looks.values())
