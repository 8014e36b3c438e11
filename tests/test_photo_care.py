"""What is done to photos before they are cut out: their light, their colours, their frame, and which way is up."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from assetgen.cli import main
from assetgen.cutout.photo_care import care_for
from assetgen.cutout.tilt import turned
from assetgen.files.foreign_files import in_words
from assetgen.model.arrays import Pixels
from assetgen.model.care import Care
from tests.kit import change, manifest, write
from tests.test_treatments import column, planned

CARD = (118, 119, 118)


def a_box(backdrop: tuple[int, int, int] = (243, 243, 243), colour: tuple[int, int, int] = (120, 60, 40)) -> Pixels:
    """A box on a backdrop, with a card in grey on it, 500 x 600."""
    photo = np.full((600, 500, 3), backdrop, np.uint8)
    cv2.rectangle(photo, (150, 150), (350, 480), colour, -1)
    cv2.rectangle(photo, (210, 200), (290, 280), CARD, -1)
    return photo


def cast(photo: Pixels, *gains: float) -> Pixels:
    """The photo in another light: gains of red, green and blue in linear light."""
    levels = photo / 255
    light = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4) * gains
    seen = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(np.clip(seen, 0, 1) * 255), np.uint8)


def cut(capsys: pytest.CaptureFixture[str], photo: Pixels, *options: str) -> tuple[Pixels, dict[str, Any]]:
    """The cutout that the command makes of a photo, and what it says of it."""
    Image.fromarray(photo).save("photo.png")
    assert main(["cutout", "photo.png", "--json", *options]) == 0
    return np.asarray(Image.open("cutouts/photo.png")), json.loads(capsys.readouterr().out)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("gains", [(0.8, 0.9, 1.0), (1.0, 0.9, 0.7), (0.85, 0.8, 0.85)])
def test_a_grey_card_under_a_cast_comes_back_neutral(capsys, gains):
    photo = cast(a_box((225, 225, 225)), *gains)

    rgba, told = cut(capsys, photo, "--white-balance", "auto")

    assert np.ptp(rgba[240, 250, :3].astype(int)) <= 2
    assert told["care"][0].startswith("white balance from a backdrop of #")


@pytest.mark.parametrize("paper", [(231, 191, 199), (190, 225, 190), (40, 40, 60)])
def test_a_backdrop_that_is_a_colour_is_left_and_that_is_told(paper):
    photo = a_box(paper)

    cared = care_for(photo, Care(white_balance=True))

    assert (cared.photo == photo).all()
    assert cared.told == (f"white balance left: a backdrop of #{bytes(paper).hex()} is not supposed to be white",)


def test_what_is_burnt_out_stays_white_when_colours_are_balanced():
    photo = a_box((210, 220, 230))
    photo[300:310, 200:210] = 255

    assert (care_for(photo, Care(white_balance=True)).photo[305, 205] == 255).all()


@pytest.mark.parametrize("stops", [0.5, -1, 2])
def test_a_stop_is_a_factor_of_two_in_light(capsys, stops):
    photo = a_box((100, 100, 100), (60, 40, 30))

    rgba, told = cut(capsys, photo, "--exposure", str(stops))

    assert np.abs(rgba[400, 250, :3].astype(int) - cast(photo, *[2.0**stops] * 3)[400, 250]).max() <= 1
    assert told["care"] == [f"exposure {stops:+g} stops"]


def hardly_there() -> Pixels:
    """A box that is a little paler than its white backdrop, in a little shadow."""
    photo = np.full((600, 500, 3), 246, np.uint8)
    cv2.rectangle(photo, (150, 150), (350, 480), (252, 252, 251), -1)
    photo[480:500, 150:351] = 225
    return photo


@pytest.mark.parametrize("options", [("--exposure", "-3"), ("--exposure", "2"), ("--white-balance", "auto")])
@pytest.mark.parametrize("photo", [a_box(), hardly_there()], ids=["clear", "doubtful"])
def test_light_changes_neither_the_outline_nor_what_is_doubtful_about_it(capsys, photo, options):
    plain, before = cut(capsys, photo)
    assert (before["verdict"] == "good") == (photo.min() < 200)

    rgba, told = cut(capsys, photo, *options)

    assert (rgba[..., 3] == plain[..., 3]).all()
    assert [told[name] for name in ("verdict", "reasons", "findings")] == [
        before[name] for name in ("verdict", "reasons", "findings")
    ]


def test_a_grey_backdrop_comes_near_white_and_the_product_burns_out_nowhere():
    cared = care_for(a_box((181, 181, 183)), Care("auto", white_balance=True))

    assert np.abs(cared.photo[5, 5].astype(int) - 245).max() <= 2
    assert (cared.photo == 255).mean() < 0.005


def test_highlights_of_the_product_hold_the_exposure_back():
    photo = a_box((160, 160, 160), (225, 225, 220))

    cared = care_for(photo, Care("auto"))

    assert cared.photo[400, 250].max() <= 255
    assert (cared.photo[150:480, 150:350] == 255).mean() < 0.01
    assert "would burn out" in cared.told[0] or "burn the product's highlights out" in cared.told[0]


@pytest.mark.parametrize("backdrop", [(245, 245, 245), (255, 255, 255), (128, 128, 128), (231, 191, 199)])
def test_auto_leaves_a_good_photo_as_it_is(backdrop):
    photo = a_box(backdrop)

    cared = care_for(photo, Care("auto", white_balance=True, straighten="auto"))

    assert (cared.photo == photo).all()
    assert all(" left: " in words for words in cared.told)


@pytest.mark.parametrize("degrees", [3.0, -3.0, 1.5, 6.0])
def test_a_box_that_leans_stands_straight(capsys, degrees):
    rgba, told = cut(capsys, turned(a_box(), degrees), "--straighten", "auto")

    corners = cv2.minAreaRect(cv2.findNonZero((rgba[..., 3] > 127).astype(np.uint8)))[2] % 90
    assert min(corners, 90 - corners) < 0.3
    assert float(told["care"][0].removeprefix("straightened by ").rstrip("°")) == pytest.approx(-degrees, abs=0.3)


def test_a_second_time_does_nothing():
    care = Care("auto", white_balance=True, straighten="auto")
    once = care_for(turned(cast(a_box((200, 200, 200)), 0.9, 0.95, 1), 4), care)

    again = care_for(once.photo, care)

    assert again.photo.shape == once.photo.shape
    assert np.abs(again.photo.astype(int) - once.photo).max() <= 1


def test_a_ball_and_what_has_no_symmetry_are_not_turned():
    ball, crooked = (np.full((500, 500, 3), 240, np.uint8) for _ in range(2))
    cv2.circle(ball, (250, 250), 150, (20, 60, 120), -1)
    cv2.fillPoly(crooked, [np.array([(120, 400), (180, 120), (260, 330), (420, 360)], np.int32)], (20, 60, 120))

    for photo in (ball, crooked):
        cared = care_for(photo, Care(straighten="auto"))
        assert cared.told == ("straightening left: the outline does not tell which way is up",)
        assert (cared.photo == photo).all()


def test_corners_that_come_free_take_the_backdrop():
    photo = care_for(a_box(), Care(straighten=-10.0)).photo

    assert photo.shape[0] > 600
    assert all((photo[y, x] == 243).all() for y in (0, -1) for x in (0, -1))


@pytest.mark.parametrize("straighten", ["auto", 4.0])
@pytest.mark.parametrize("clear", [False, True], ids=["photo", "cut out already"])
def test_what_reaches_out_of_the_photo_is_not_turned(straighten, clear):
    leaning = turned(a_box(), 4)
    photo = leaning[: leaning.shape[0] * 3 // 4]
    if clear:
        photo = np.dstack([photo, np.where((photo == 243).all(axis=2), 0, 255).astype(np.uint8)])

    cared = care_for(photo, Care(straighten=straighten))

    assert cared.told == ("straightening left: the product reaches out of the photo",)
    assert (cared.photo == photo).all()


def test_a_crop_through_a_product_is_told_though_the_rest_of_it_is_clear(capsys):
    photo = a_box()
    cv2.ellipse(photo, (350, 300), (80, 100), 0, -90, 90, (120, 60, 40), 14)

    rgba, told = cut(capsys, photo, "--crop", "0,0,0.84,1")

    assert told["cropped"] == ["right"]
    assert told["verdict"] == "check"
    assert "the product reaches out of the photo: right" in [each["message"] for each in told["findings"]]
    solid = photo[:, :420].sum(axis=2) < 650
    assert (rgba[..., 3][:, -1] > 127).sum() == pytest.approx(solid[:, -1].sum(), abs=8)


def test_what_is_cropped_away_never_counts(capsys):
    photo = a_box()
    cv2.circle(photo, (60, 300), 40, (10, 10, 10), -1)

    rgba, told = cut(capsys, photo, "--crop", "0.25,0,1,1")

    assert rgba.shape == (600, 375, 4)
    assert cv2.connectedComponents((rgba[..., 3] > 127).astype(np.uint8))[0] == 2
    assert told["care"] == ["cropped to 25% to 100% across and 0% to 100% down"]


def test_a_mask_goes_along_with_its_photo(capsys):
    photo = a_box()
    mask = np.zeros((300, 250), np.uint8)
    mask[75:241, 75:176] = 255
    Image.fromarray(mask).save("mask.png")

    rgba, _ = cut(capsys, photo, "--mask", "mask.png", "--crop", "0.1 0.1 0.9 0.9", "--straighten", "5")

    solid = rgba[..., 3] == 255
    assert solid.sum() == pytest.approx(201 * 331, rel=0.02)
    assert np.abs(rgba[solid][:, :3].mean(axis=0) - photo[150:481, 150:351].mean(axis=(0, 1))).max() < 3


def test_a_file_that_is_cut_out_keeps_its_alpha_and_takes_a_number_alone():
    photo = np.dstack([a_box(), np.zeros((600, 500), np.uint8)])
    photo[150:481, 150:351, 3] = 255

    left = care_for(photo, Care("auto", white_balance=True))
    lighter = care_for(photo, Care(1.0))
    leaning = care_for(turned(photo, 4), Care(straighten="auto"))

    assert (left.photo == photo).all()
    assert left.told == (
        "white balance left: the file has no backdrop to tell",
        "exposure left: the file has no backdrop to tell",
    )
    assert (lighter.photo[..., 3] == photo[..., 3]).all()
    assert lighter.photo[400, 250, 0] > photo[400, 250, 0]
    assert leaning.told[0].startswith("straightened by -4")
    assert leaning.photo[0, 0, 3] == 0


@pytest.mark.parametrize(
    ("name", "cell"), [("exposure", "0.5"), ("white_balance", "auto"), ("straighten", "-2"), ("crop", "10% 0 90% 100%")]
)
def test_a_filled_cell_makes_another_cutout_of_that_row_alone(small, capsys, name, cell):
    before = planned(small, capsys)
    column(name, cell)

    after = planned(small, capsys)

    assert after["A-1"]["cutout_key"] != before["A-1"]["cutout_key"]
    assert after["B-2"] == before["B-2"]


@pytest.mark.parametrize(
    ("name", "cell"), [("exposure", "0"), ("white_balance", "off"), ("straighten", "0"), ("crop", "0 0 1 1")]
)
def test_what_leaves_the_photo_as_it_is_changes_no_key(small, capsys, name, cell):
    before = planned(small, capsys)
    column(name, cell)

    assert planned(small, capsys) == before


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("exposure", "bright", ("`exposure` cannot be `bright`", "write `auto`, or stops such as `0.5`")),
        ("exposure", "auot", ("`exposure` cannot be `auot`", "did you mean `auto`?")),
        ("exposure", "5", ("`exposure` is `5`, but goes from -3 to 3", "write `auto`, or stops")),
        ("white_balance", "atuo", ("`white_balance` cannot be `atuo`", "did you mean `auto`?")),
        ("white_balance", "6500", ("`white_balance` cannot be `6500`", "choose from `auto`, `off`")),
        ("straighten", "90", ("`straighten` is `90`, but goes from -15 to 15", "write `auto`, or degrees")),
        ("crop", "'10 5 90 95'", ("`crop` leaves the photo", "write left, top, right and bottom")),
        ("crop", "'0.9 0 0.1 1'", ("`crop` leaves nothing", "write left, top, right and bottom")),
        ("crop", "middle", ("`crop` cannot be `middle`", "write left, top, right and bottom")),
    ],
)
def test_a_word_that_makes_no_sense_is_told_in_a_rule_a_cell_and_an_option(small, capsys, name, said, told):
    message, hint = told
    column(name, said.strip("'"))
    assert main(["check", str(small)]) == 1
    in_cell = capsys.readouterr().err
    assert all(words in in_cell for words in (message, hint, "  --> campaigns/products.csv:2"))

    write(small, f"{small.read_text()}cutouts:\n  - {{{name}: {said}}}\n")
    assert main(["check", str(small)]) == 2
    in_rule = capsys.readouterr().err
    place = f"  --> campaigns/small.yaml:{len(small.read_text().splitlines())}:{8 + len(name)}"
    assert all(words in in_rule for words in (message, hint, place))

    assert main(["cutout", "campaigns/red.png", f"--{name.replace('_', '-')}", said.strip("'")]) == 2
    assert message in " ".join(capsys.readouterr().err.replace("│", "").split())


def test_a_rule_takes_words_as_files_have_them(small, capsys):
    before = planned(small, capsys)
    rule = "{exposure: auto, white_balance: off, straighten: -1.5, crop: [0.1, 0, 0.9, 1]}"
    write(small, f"{small.read_text()}cutouts: {rule}\n")

    assert all(planned(small, capsys)[sku]["cutout_key"] != line["cutout_key"] for sku, line in before.items())


def test_pictures_show_the_photo_that_was_cared_for_and_the_report_says_so(small):
    change(small, "[instagram-feed-square, amazon-main]", "[amazon-main]")
    column("exposure", "-1")

    assert main(["run", str(small)]) == 0

    output = small.parent.parent / "output/small"
    assert "exposure -1 stops" in (output / "report.html").read_text()
    path = next(asset["file"] for asset in manifest(output)["assets"] if asset["sku"] == "A-1")
    middle = np.asarray(Image.open(output / path))[500, 500].astype(int)
    assert middle[0] == pytest.approx(188, abs=4)  # half the light of 255


def with_numbers(file: Path) -> None:
    """Writes into a PNG that its colours are those of P3 with sRGB's curve: a chunk cICP behind its header."""
    data, said = file.read_bytes(), b"cICP" + bytes((12, 13, 0, 1))
    file.write_bytes(data[:33] + struct.pack(">I", 4) + said + struct.pack(">I", zlib.crc32(said)) + data[33:])


def test_conversion_from_a_wide_profile_is_in_the_record(capsys):
    image = Image.fromarray(a_box())
    image.save("wide.png")
    with_numbers(Path("wide.png"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save("plain.png", icc_profile=srgb)
    image.convert("CMYK").save("print.jpg")

    assert main(["cutout", "wide.png", "plain.png", "print.jpg", "--json"]) == 0

    wide, plain, printed = (json.loads(line)["care"] for line in capsys.readouterr().out.splitlines())
    assert wide == ["converted from Display P3"]
    assert plain == []
    assert printed == ["converted from CMYK without a profile of its own: look at the colours"]


def test_a_heic_photo_says_how_it_can_be_read():
    told = in_words(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", heic=False)

    assert "export it as JPEG, or let it be read: `pip install" in told
