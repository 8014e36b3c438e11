"""What a person says about single products' cutouts, in the table and in the campaign."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

import assetgen
from assetgen.cli import main
from tests.kit import Flat, manifest, size, write

TABLE = Path("campaigns/products.csv")


def column(name: str, first: str) -> None:
    """Another column of the table; only the first product fills it."""
    header, row, *others = TABLE.read_text(encoding="utf-8").splitlines()
    write(TABLE, "\n".join([f"{header},{name}", f"{row},{first}", *(f"{other}," for other in others)]) + "\n")


def planned(campaign: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The lines of the plan by sku, one for each product."""
    assert main(["plan", str(campaign), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {line["sku"]: line for line in lines if "sku" in line}


def cutout_of(campaign: Path, sku: str) -> np.ndarray:
    """The alpha of the cutout behind a product's pictures."""
    key = next(
        a["keys"]["cutout"] for a in manifest(campaign.parent.parent / "output/small")["assets"] if a["sku"] == sku
    )
    return np.asarray(Image.open(f".assetgen/store/cutouts/{key[:2]}/{key}"))[..., 3]


def a_mask(path: str, width: int = 240, height: int = 240) -> None:
    drawn = np.zeros((height, width), np.uint8)
    cv2.rectangle(drawn, (width // 4, height // 4), (width // 2, height // 2), 255, -1)
    Image.fromarray(drawn).save(path)


@pytest.mark.parametrize(
    "filled", [("cutout", "plain"), ("cutout", "Rembg:u2net "), ("keep_holes", "yes"), ("glass", "x")]
)
def test_a_filled_cell_makes_another_cutout_of_that_row_alone(small, capsys, monkeypatch, tmp_path, filled):
    weights = tmp_path / "models/u2net/u2net.onnx"
    weights.parent.mkdir(parents=True)
    weights.touch()
    monkeypatch.setenv("U2NET_HOME", str(tmp_path))
    before = planned(small, capsys)
    column(*filled)

    after = planned(small, capsys)

    assert after["A-1"]["cutout_key"] != before["A-1"]["cutout_key"]
    assert after["B-2"] == before["B-2"]


def test_a_shadow_that_is_asked_for_composes_anew_and_cuts_nothing(small, capsys):
    before = planned(small, capsys)
    column("keep_shadow", "no")

    after = planned(small, capsys)

    assert after["A-1"]["cutout_key"] == before["A-1"]["cutout_key"]
    assert after["A-1"]["asset_key"] != before["A-1"]["asset_key"]
    assert after["B-2"] == before["B-2"]


def test_why_says_that_the_shadow_was_spoken_of(small, capsys):
    assetgen.run(assetgen.load(small), provider=Flat())
    column("keep_shadow", "yes")

    assert "what becomes of the shadow in the photo changed" in planned(small, capsys)["A-1"]["reason"]


def test_later_rules_win_and_a_cell_goes_before_all_of_them(small, capsys):
    plain = planned(small, capsys)["A-1"]["cutout_key"]
    column("glass", "no")
    write(small, small.read_text() + "cutouts:\n  - {glass: true}\n  - {when: product.sku == 'C-3', glass: false}\n")

    keys = {sku: line["cutout_key"] for sku, line in planned(small, capsys).items()}

    assert keys["A-1"] == plain
    write(small, small.read_text().replace("cutouts:\n  - {glass: true}\n", "cutouts:\n"))
    without = {sku: line["cutout_key"] for sku, line in planned(small, capsys).items()}
    assert keys["B-2"] != without["B-2"]
    assert keys["C-3"] == without["C-3"]


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [
        ("cutout", "rembgg", ["`cutout` cannot be `rembgg`", "did you mean `rembg`?"]),
        ("cutout", "magic", ["`cutout` cannot be `magic`", "choose from `auto`, `plain`, `rembg`"]),
        ("glass", "perhaps", ["`glass` cannot be `perhaps`", "choose from `yes`, `true`"]),
        ("mask", "lost.png", ["mask `lost.png` is not there"]),
        ("mask", "products.csv", ["mask `products.csv` is a text, not a picture"]),
        ("mask", "wide.png", ["mask `wide.png` is 300 x 200 pixels, its photo 240 x 240"]),
    ],
)
def test_a_cell_that_makes_no_sense_sets_its_row_aside(small, capsys, name, cell, told):
    a_mask("campaigns/wide.png", 300, 200)
    column(name, cell)

    assert main(["check", str(small)]) == 1

    err = capsys.readouterr().err
    assert all(words in err for words in [*told, "  --> campaigns/products.csv:2"])


@pytest.mark.parametrize(
    ("rule", "message", "hint"),
    [
        ("{cutout: reembg}", "`cutout` cannot be `reembg`", "did you mean `rembg`?"),
        ("{glass: perhaps}", "`glass` should be `true` or `false`, not `perhaps`", ""),
        ("{glas: true}", "`glas` is not known here", "did you mean `glass`?"),
        ("{mask: bleu.png}", "there is no file `bleu.png`", "did you mean `blue.png`?"),
        ("{when: product.skuu, glass: true}", "`product` has no `skuu`", "did you mean `sku`?"),
    ],
)
def test_a_rule_that_makes_no_sense_is_shown_with_its_place(small, capsys, rule, message, hint):
    write(small, f"{small.read_text()}cutouts:\n  - {rule}\n")
    line = len(small.read_text().splitlines())

    assert main(["check", str(small)]) == 2

    told = capsys.readouterr().err
    assert message in told
    assert f"  --> campaigns/small.yaml:{line}:" in told
    assert hint in told


def test_a_mask_made_by_hand_is_the_outline(small):
    a_mask("campaigns/mask.png", 480, 480)
    column("mask", "mask.png")

    outcome = assetgen.run(assetgen.load(small), provider=Flat())

    assert not outcome.rejects
    alpha = cutout_of(small, "A-1")
    assert alpha.shape == (240, 240)
    assert alpha[62:118, 62:118].min() == 255
    assert alpha[:58].max() == alpha[124:].max() == 0


def test_another_mask_of_the_same_name_is_another_cutout(small, capsys):
    a_mask("campaigns/mask.png")
    column("mask", "mask.png")
    before = planned(small, capsys)["A-1"]["cutout_key"]

    a_mask("campaigns/mask.png", 120, 120)

    assert planned(small, capsys)["A-1"]["cutout_key"] != before


def test_an_empty_mask_sets_its_row_aside(small):
    Image.new("L", (240, 240)).save("campaigns/mask.png")
    write(small, small.read_text() + "cutouts: [{when: product.sku == 'B-2', mask: mask.png}]\n")

    outcome = assetgen.run(assetgen.load(small), provider=Flat())

    (reject,) = outcome.rejects
    assert reject.sku == "B-2"
    assert "hardly anything was cut out" in reject.problem.message


def test_a_mask_that_is_cut_off_sets_its_row_aside_and_leaves_the_photo_alone(small):
    a_mask("campaigns/mask.png", 480, 480)
    whole = Path("campaigns/mask.png").read_bytes()
    Path("campaigns/mask.png").write_bytes(whole[: len(whole) - 60])
    column("mask", "mask.png")

    (reject,) = assetgen.run(assetgen.load(small), provider=Flat()).rejects
    assert "mask.png` is damaged or cut off" in reject.problem.message
    assert str(reject.problem.location) == "campaigns/products.csv:2 (row 1)"

    Path("campaigns/mask.png").write_bytes(whole)
    assert assetgen.run(assetgen.load(small), provider=Flat()).rejects == ()


def test_the_cutout_command_takes_a_mask_and_shows_what_comes_of_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (240, 240), "#884422").save("photo.jpg")
    mask = Image.new("RGBA", (240, 240))
    mask.paste("black", (60, 60, 180, 180))
    mask.save("mask.png")

    assert main(["cutout", "photo.jpg", "--mask", "mask.png", "--preview", "--json"]) == 0

    record = json.loads(capsys.readouterr().out)
    alpha = np.asarray(Image.open("cutouts/photo.png"))[..., 3]
    assert record["by"] == "mask"
    assert (alpha[61:179, 61:179].min(), alpha[:59].max()) == (255, 0)
    assert size(Path("cutouts/photo--preview.png")) == (2400, 800)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--mask", "lost.png"], "there is no file `lost.png`"),
        (["--mask", "wide.png"], "mask `wide.png` is 300 x 200 pixels"),
        (["--model", "u2net", "--method", "plain"], "the plain method needs no model"),
        (["--mask", "wide.png", "b.jpg"], "a mask is for one photo"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path, monkeypatch, capsys, options, message):
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (240, 240), "#884422").save("photo.jpg")
    a_mask("wide.png", 300, 200)

    assert main(["cutout", "photo.jpg", *options]) == 2
    assert message in " ".join(capsys.readouterr().err.replace("│", "").split())
