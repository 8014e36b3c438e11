"""What the quality check says about a cutout, whatever made it."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

import assetgen
from assetgen.cli import main
from assetgen.cutout.cutout_quality import Given, judge_cutout
from assetgen.cutout.edge_colours import unmix
from assetgen.cutters import Auto
from assetgen.files.decode import decode
from assetgen.model.arrays import Alpha, Pixels
from assetgen.model.cutting import NOTES, Cutout, Verdict
from tests.conftest import ROOT
from tests.kit import Flat, draw_product, manifest

SIZE = 1200
BLUE, PALE = (40, 80, 150), (235, 236, 240)


def disc(x: int = 600, y: int = 600, radius: int = 500) -> Alpha:
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(drawn, (x, y), radius, 255, -1, cv2.LINE_AA)
    return drawn


def photograph(alpha: Alpha, colour: tuple[int, int, int] = BLUE) -> Pixels:
    share = alpha[..., None] / 255
    return np.rint(np.array(colour) * share + np.array(PALE) * (1 - share)).astype(np.uint8)


def looked_at(photo: Pixels, alpha: Alpha, given: Given | None = None, rgba: Pixels | None = None) -> Cutout:
    made = Cutout(unmix(photo, alpha) if rgba is None else rgba, Verdict.GOOD, 1.0)
    return judge_cutout(photo, made, given or Given())


def rules(cutout: Cutout) -> list[str]:
    return [finding.rule for finding in cutout.findings]


def test_nothing_is_said_about_a_cutout_that_is_right():
    cutout = looked_at(photograph(disc()), disc())

    assert (cutout.verdict, cutout.findings, cutout.cropped) == (Verdict.GOOD, (), frozenset())


@pytest.mark.parametrize("photo", sorted((ROOT / "campaigns/photos").iterdir()), ids=lambda path: path.stem)
def test_the_sample_photos_are_only_told_to_be_small(photo: Path) -> None:
    pixels = decode(photo.read_bytes())
    cutout = judge_cutout(pixels, Auto().cut(pixels), Given())

    assert set(rules(cutout)) <= NOTES


@pytest.mark.parametrize(("mask", "rule"), [(np.zeros, "empty"), (np.ones, "full")])
def test_an_empty_or_a_full_cutout_is_not_used(mask, rule):
    cutout = looked_at(photograph(disc()), 255 * mask((SIZE, SIZE), np.uint8))

    assert (cutout.verdict, rules(cutout)) == (Verdict.REFUSED, [rule])


def test_the_sides_at_which_a_product_is_cropped_are_named():
    alpha = disc(x=900, y=900)
    cutout = looked_at(photograph(alpha), alpha)

    assert cutout.cropped == {"right", "bottom"}
    assert cutout.verdict is Verdict.CHECK
    assert cutout.findings[0].message == "the product reaches out of the photo: right, bottom"


@pytest.mark.parametrize("behind", [(245, 245, 245), (30, 32, 36)], ids=["white", "dark"])
@pytest.mark.parametrize("wide", [8, 300])
def test_a_photo_that_ends_within_its_product_is_cropped_however_little_that_is(behind, wide):
    alpha = disc(radius=300)
    cv2.line(alpha, (600, 600), (600, 0), 255, wide)
    share = alpha[..., None] / 255
    grain = np.random.default_rng(1).normal(0, 1, (SIZE, SIZE, 3))
    photo = np.clip(np.rint(np.array((190, 60, 40)) * share + np.array(behind) * (1 - share) + grain), 0, 255)

    cutout = judge_cutout(photo.astype(np.uint8), Auto().cut(photo.astype(np.uint8)), Given())

    assert cutout.cropped == {"top"}
    assert cutout.verdict is Verdict.CHECK
    assert abs(int((cutout.rgba[0, :, 3] > 127).sum()) - wide) <= 4


def with_specks() -> Alpha:
    alpha = disc(radius=400)
    for angle in range(0, 360, 60):
        x, y = 600 + 550 * np.cos(np.radians(angle)), 600 + 550 * np.sin(np.radians(angle))
        cv2.circle(alpha, (round(x), round(y)), 12, 255, -1, cv2.LINE_AA)
    return alpha


def with_holes() -> Alpha:
    alpha = disc()
    for n in range(9):
        cv2.circle(alpha, (300 + 75 * n, 600), 14, 0, -1, cv2.LINE_AA)
    return alpha


def in_two() -> Alpha:
    alpha = disc()
    alpha[:, 580:620] = 0
    return alpha


def half_clear() -> Alpha:
    alpha = disc()
    alpha[500:700, 400:800] = 180
    return alpha


def with_a_torn_foot() -> Alpha:
    alpha = np.zeros((SIZE, SIZE), np.uint8)
    alpha[300:900, 350:850] = 255
    for left in range(350, 850, 25):
        alpha[892 - left % 3 : 900, left : left + 8] = 0
    return alpha


@pytest.mark.parametrize(
    ("mask", "rule"),
    [
        (with_specks, "crumbs"),
        (with_holes, "holes"),
        (in_two, "parts"),
        (half_clear, "see-through"),
        (lambda: cv2.GaussianBlur(disc(), (0, 0), 15), "soft-edge"),
        (lambda: disc(x=640, radius=300), "off-edge"),
        (with_a_torn_foot, "ragged-foot"),
    ],
    ids=["crumbs", "holes", "parts", "see-through", "soft-edge", "off-edge", "ragged-foot"],
)
def test_what_is_wrong_with_the_outline_is_for_a_person_to_look_at(mask, rule):
    alpha = mask()
    photo = photograph(disc()) if rule == "off-edge" else photograph((alpha > 127).astype(np.uint8) * 255)

    cutout = looked_at(photo, alpha)

    assert cutout.verdict is Verdict.CHECK
    assert [name for name in rules(cutout) if name not in NOTES] == [rule]


def test_a_fringe_of_the_backdrop_is_noticed():
    alpha = disc(y=590, radius=450)
    photo = photograph(alpha)
    raw = np.dstack([photo, alpha])

    assert "fringe" in rules(looked_at(photo, alpha, rgba=raw))
    assert "fringe" not in rules(looked_at(photo, alpha))


def test_a_small_product_is_noted_and_stays_good():
    alpha = disc(radius=150)
    cutout = looked_at(photograph(alpha), alpha)

    assert cutout.verdict is Verdict.GOOD
    assert rules(cutout) == ["small", "low-resolution"]
    assert cutout.findings[1].message.startswith("the product is 301 pixels long in the photo")


def test_what_a_person_has_said_is_not_asked_again():
    assert rules(looked_at(photograph(disc()), half_clear(), Given(glass=True))) == []
    holes = {kept: looked_at(photograph(with_holes()), with_holes(), Given(keep_holes=kept)) for kept in (False, True)}
    assert [found.message for found in holes[False].findings if found.rule == "holes"] == [
        "9 small holes are in the product: `keep_holes` closes them if they are not meant"
    ]
    assert [found.message for found in holes[True].findings if found.rule == "holes"] == [
        "9 small holes are in the product"
    ]
    assert "parts" not in rules(looked_at(photograph(in_two()), in_two(), Given(outline=True)))


def test_a_file_that_is_cut_out_close_to_the_product_is_not_cropped():
    rgba = np.dstack([photograph(disc()), disc()])[100:1100, 100:1100]

    assert judge_cutout(rgba, Cutout(rgba, Verdict.GOOD, 1.0), Given()).cropped == frozenset()


def test_a_cutout_that_is_no_use_anyway_needs_no_more_words():
    given_up = Cutout(np.zeros((SIZE, SIZE, 4), np.uint8), Verdict.REFUSED, 0.1, ("why",))

    assert judge_cutout(photograph(disc()), given_up, Given()) == given_up


def test_findings_go_from_the_photo_to_the_plan_and_the_manifest(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw_product(Path("campaigns/green.png"), "green")
    picture = Image.open("campaigns/green.png")
    picture.crop((0, 0, 150, 240)).save("campaigns/green.png")
    outcome = assetgen.run(assetgen.load(small), provider=Flat())

    assets = [asset for asset in manifest(outcome.output)["assets"] if asset["sku"] == "B-2"]
    message = "the product reaches out of the photo: right"
    assert all({"rule": "cropped", "level": "held", "message": message} in asset["checks"] for asset in assets)
    assert main(["plan", str(small)]) == 0
    assert "cutouts made before: 1 to look at, 2 good" in capsys.readouterr().out
    assert message in outcome.output.joinpath("report.html").read_text(encoding="utf-8")
