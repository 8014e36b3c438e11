"""Where labels stand, how large they are, and whether they can be read: measured in the file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assetgen.checks import Subject, findings
from assetgen.config.channel import Channel, Insets, KeepOut
from assetgen.config.layer_fields import Box
from assetgen.config.layout import AnyLayer, LogoLayer
from assetgen.files.codecs import HALVED_JPEG
from assetgen.files.encode import FileLimits, encode
from assetgen.files.tags import Tags
from assetgen.files.xmp import Provenance, SourceType, aigc, xmp
from assetgen.model.ai_label import CHINA, GB_45438, LEGIBLE, Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas, Picture, PlacedLayer
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.geometry import Rect, live_area
from assetgen.picture.standing_product import trim
from assetgen.sources import channels
from tests.drawing import ARABIC, FLOOR, INK, LONG, LOOK, PLATE, a_cutout, filled, flat

EU, ARAB = Label("AI-generated", "en-US"), Label("تم إنشاؤه بالذكاء الاصطناعي", "ar")
CN = Label("AI生成", "zh-CN", GB_45438)
SIZES = ((1080, 1920), (1080, 1350), (1080, 1080), (1200, 628), (728, 90), (300, 250), (160, 600), (320, 50))
ICON = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>'


def noise(width: int, height: int) -> Pixels:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8)


def labelled(
    canvas: Canvas, *layers: AnyLayer, label: Label = EU, plate: Pixels | None = None, look: BrandLook = LOOK
) -> Picture:
    layers = layers or (PLATE,)
    backdrop = fit_plate(plate if plate is not None else flat(canvas.width, canvas.height), FLOOR, canvas, layers)
    return compose(canvas, layers, look, backdrop=backdrop, products=[trim(a_cutout())], label=label)


def label_of(picture: Picture) -> PlacedLayer:
    [placed] = [layer for layer in picture.placed if layer.layer == "label"]
    return placed


def place_of(picture: Picture) -> Rect:
    return Rect(*label_of(picture).box)


def row(canvas: Canvas, **facts: object) -> Channel:
    whole = {"width": canvas.width, "height": canvas.height, "evidence": "official-page", "max_bytes": None, **facts}
    return channels()["weibo-post"].model_copy(update=whole)


MARKS = Provenance(SourceType.GENERATED, "xmp.iid:1", "assetgen", aigc=aigc("0011", "1"))


def told(
    picture: Picture,
    label: Label | None = EU,
    channel: Channel | None = None,
    *,
    packet: bytes | None = None,
) -> list[tuple[str, str, str]]:
    """What the rules for labels find on the picture, saved as a JPEG that lost something."""
    height, width = picture.pixels.shape[:2]
    channel = channel or row(Canvas(width, height), ai_metadata="none-known")
    data = HALVED_JPEG.write(picture.pixels, 75, Tags(packet or xmp(MARKS), 72))
    subject = Subject(data, "picture.jpg", channel, picture, MARKS, "en-US", label)
    found = findings(subject, {})
    return [(f.rule, f.level.value, f.message) for f in found if f.rule in {"label", "ai-label-cn"}]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ground", ["white", "black", "noise", "half"])
def test_a_label_is_large_enough_and_can_be_read_on_anything(size: tuple[int, int], ground: str) -> None:
    canvas = Canvas(*size)
    plate = {"white": flat(*size, (255,) * 3), "black": flat(*size, (0,) * 3), "noise": noise(*size)}.get(ground)
    if plate is None:
        plate = np.hstack([flat(size[0] - 60, size[1], (0,) * 3), flat(60, size[1], (255,) * 3)])
    china = row(canvas, ai_metadata=CHINA)

    assert told(labelled(canvas, plate=plate)) == []
    assert told(labelled(canvas, plate=plate, label=CN), CN, china) == []
    least = LEGIBLE.least(*size)
    assert least <= label_of(labelled(canvas, plate=plate)).glyph < 1.1 * least + 0.5


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1350), (1080, 1080), (1200, 628), (300, 250), (160, 600)])
@pytest.mark.parametrize("layout", ["hero", "split", "framed", "offer", "story"])
@pytest.mark.parametrize(("locale", "label"), [("en-US", EU), ("ar", ARAB)])
def test_a_label_covers_neither_words_nor_logo_nor_product(
    size: tuple[int, int], layout: str, locale: str, label: Label
) -> None:
    rtl = locale == "ar"
    canvas = Canvas(*size, locale=locale, mirrored=rtl, direction="rtl" if rtl else "ltr")
    picture = labelled(canvas, *filled(layout, canvas, ARABIC if rtl else LONG), label=label)

    place = place_of(picture)
    assert place.within(Rect(0, 0, *size)) == place
    for other in picture.placed:
        if other.layer in {"text", "price", "badge", "logo"}:
            common = place.within(Rect(*other.box))
            assert common.width * common.height == 0, other
    assert [finding.message for finding in picture.findings if finding.rule == "label"] == []


def test_a_label_keeps_clear_of_the_space_around_a_logo() -> None:
    """Half of the logo's height: what stands right beside it is taken for a part of it."""
    canvas = Canvas(1080, 1080)
    beside = LogoLayer(layer="logo", box=Box(0.3, 0.7, 0.725, 1), anchor="bottom-right")
    picture = labelled(canvas, PLATE, beside)
    [logo] = [Rect(*placed.box) for placed in picture.placed if placed.layer == "logo"]
    place, clear = place_of(picture), round(0.5 * logo.height)

    without = place_of(labelled(canvas))
    assert without.left < logo.right + clear, "the logo is not near enough to be in the way"
    assert without.within(logo).width == 0, "the logo itself is in the way"
    common = place.within(logo.grown(clear))
    assert common.width * common.height == 0


def test_the_lower_right_corner_is_the_first_and_from_right_to_left_the_lower_left() -> None:
    canvas = Canvas(1080, 1080)
    live = live_area(canvas)

    assert place_of(labelled(canvas))[2:] == (live.right, live.bottom)
    mirrored = place_of(labelled(replace(canvas, mirrored=True, direction="rtl")))
    assert (mirrored.left, mirrored.bottom) == (live.left, live.bottom)


def test_a_label_keeps_to_the_safe_area_and_out_of_what_the_platform_covers() -> None:
    button = KeepOut(x0=0.5, y0=0.5, x1=1, y1=0.7, why="button")
    canvas = Canvas(1080, 1920, safe_area=Insets(bottom=0.35, right=0.1), keep_out=(button,))
    place = place_of(labelled(canvas))

    assert place.bottom <= 0.65 * 1920
    assert place.right <= 0.5 * 1080


def test_a_long_text_gets_no_smaller_but_goes_on_in_another_line() -> None:
    canvas = Canvas(160, 600)
    long = replace(EU, text="This picture was made by a machine")

    assert label_of(labelled(canvas, label=long)).glyph == label_of(labelled(canvas)).glyph
    assert place_of(labelled(canvas, label=long)).height > 1.5 * place_of(labelled(canvas)).height


def test_where_everything_is_taken_the_least_is_covered_and_that_is_told() -> None:
    full = KeepOut(x0=0, y0=0, x1=1, y1=1, why="everything")
    picture = labelled(Canvas(1080, 1080, keep_out=(full,)))

    [found] = [finding.message for finding in picture.findings if finding.rule == "label"]
    assert found.startswith("no corner is free for the label: 100%")


def test_an_icon_stands_where_reading_begins_and_takes_the_colour_of_the_words() -> None:
    look, canvas = replace(LOOK, icon=ICON), Canvas(1080, 1080)
    for label, first in ((replace(EU, icon=True), 0), (replace(ARAB, icon=True), 1)):
        picture = labelled(canvas, label=label, look=look, plate=noise(1080, 1080))
        placed, place = label_of(picture), place_of(picture)
        assert placed.ink is not None
        beside = (placed.ink[0] - place.left, place.right - placed.ink[2])
        assert beside[first] > 2 * beside[1 - first]
        middle = (place.top + place.bottom) // 2
        icon = picture.pixels[middle, (place.left, place.right)[first] + (1 - 2 * first) * 40]
        assert icon.tolist() == list(placed.colour or ())


def test_an_icon_can_stand_alone() -> None:
    picture = labelled(Canvas(1080, 1080), label=Label("", "en-US", icon=True), look=replace(LOOK, icon=ICON))

    assert place_of(picture).width == place_of(picture).height >= 2 * LEGIBLE.least(1080, 1080)


def test_a_label_that_is_missing_small_or_faint_is_an_error() -> None:
    canvas = Canvas(1080, 1080)
    china, picture = row(canvas, ai_metadata=CHINA), labelled(canvas, label=CN)
    bare = replace(picture, placed=())
    small = labelled(canvas, label=replace(CN, standard=LEGIBLE))
    faint = replace(picture, pixels=(picture.pixels // 4 + np.array(INK) * 3 // 4).astype(np.uint8))

    assert [each[:2] for each in told(bare, CN, china)] == [("label", "error"), ("ai-label-cn", "error")]
    assert (
        told(small, replace(CN, standard=LEGIBLE), china)[0][2]
        == "its label is 24 px high, and 5 % of the short side are 54 px"
    )
    assert "hard to read" in told(faint, CN, china)[0][2]
    assert told(bare, None) == []


def test_a_channel_that_nobody_read_about_makes_it_a_warning() -> None:
    canvas = Canvas(1080, 1080)
    picture = replace(labelled(canvas), placed=())

    assert told(picture, None, row(canvas, ai_metadata=CHINA, evidence="memory"))[0][:2] == ("ai-label-cn", "warning")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("nothing", "is no JSON object"),
        ('{"Label":"1"}', "lacks `ContentProducer`, `ProduceID`"),
        (aigc("A b", "1"), "has characters in `ContentProducer` that are not allowed"),
        (aigc("公司", "1"), "has characters in `ContentProducer` that are not allowed"),
        (aigc("0011", ""), "has nothing in `ProduceID`"),
    ],
)
def test_what_is_wrong_with_chinas_label_in_the_file_is_a_warning(label: str, words: str) -> None:
    canvas = Canvas(1080, 1080)
    packet = xmp(replace(MARKS, aigc=label))

    [(rule, level, message)] = told(labelled(canvas, label=CN), CN, row(canvas, ai_metadata=CHINA), packet=packet)
    assert (rule, level) == ("ai-label-cn", "warning")
    assert words in message


def test_of_a_file_from_elsewhere_only_what_it_says_itself_is_known() -> None:
    canvas = Canvas(1080, 1080)
    packet = xmp(Provenance(SourceType.GENERATED, "1", "camera"))
    picture = Picture(flat(1080, 1080))
    data = encode(picture.pixels, FileLimits(("png",)), packet).data
    found = findings(Subject(data, "picture.png", row(canvas, ai_metadata=CHINA)), {})
    labels = [(f.level.value, f.message) for f in found if f.rule == "ai-label-cn"]

    assert labels == [
        ("not checked", "whether `AI生成` stands on it, large enough, was not checked"),
        ("warning", "the file has no AIGC label"),
    ]
    drawn = encode(picture.pixels, FileLimits(("png",)), xmp(Provenance(SourceType.DRAWN, "1", "camera"))).data
    found = findings(Subject(drawn, "picture.png", row(canvas, ai_metadata=CHINA)), {})
    assert not [f for f in found if f.rule == "ai-label-cn"]
