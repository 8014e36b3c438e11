"""A layer of somebody else's: the QR code that the docs show, installed as a package and run as a program."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from assetgen.config.layer import DrawnLayer
from assetgen.config.layer_fields import Box
from assetgen.files.decode import decode
from assetgen.model.ai_label import Label
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Canvas, Picture
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.geometry import Rect
from tests.beside_plugins import Program, lay_beside, run_beside, shown_in_docs
from tests.drawing import FLOOR, LOOK, PLATE, flat
from tests.kit import change, manifest, write

FRAGILE = '''
from typing import Literal

from our_codes import QrLayer

from assetgen.config.layer import LayerSurface


class FragileLayer(QrLayer):
    """A layer with a fault."""

    layer: Literal["fragile"]

    def draw(self, surface: LayerSurface) -> None:
        if self.address.endswith("B-2"):
            raise IndexError("nothing there")
'''


@pytest.fixture
def program(documented: Path, tmp_path: Path) -> Program:
    points = "[assetgen.layers]\nfragile = our_fragile:FragileLayer\n"
    return run_beside(documented, lay_beside(tmp_path / "fragile", "our_fragile", points, {"our_fragile": FRAGILE}))


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop, with a code on its pictures."""
    change(small, "layout: card\n", "layout: card\nprovider: {name: studio, megapixels: 0.25}\n")
    layout = Path("templates/layouts/card.yaml")
    write(layout, layout.read_text(encoding="utf-8") + shown_in_docs("yaml", "layer: qr"))
    return small


@pytest.fixture
def qr(documented: Path, monkeypatch: pytest.MonkeyPatch) -> type[DrawnLayer]:
    """The class of the docs, in this process."""
    monkeypatch.syspath_prepend(str(documented))
    found: type[DrawnLayer] = importlib.import_module("our_codes").QrLayer
    return found


def codes() -> dict[str, str]:
    """What the code on each scenic picture says, by product."""
    output = Path("output/small")
    made = [entry for entry in manifest(output)["assets"] if entry["scene"] == "shelf"]
    return {entry["sku"]: decoded(decode((output / entry["file"]).read_bytes())) for entry in made}


def decoded(pixels: Pixels) -> str:
    return cv2.QRCodeDetector().detectAndDecode(pixels)[0]


def test_an_installed_layer_is_drawn_and_drawn_again_when_its_words_change(shop: Path, program: Program) -> None:
    ended = program("run", str(shop))
    assert ended.returncode == 0, ended.stderr
    assert codes() == {sku: f"https://shop.example/{sku}" for sku in ("A-1", "B-2", "C-3")}

    change(Path("templates/layouts/card.yaml"), "shop.example", "other.example")
    reasons = program("plan", str(shop), "--json").stdout
    assert "words: “https://shop.example/A-1” became “https://other.example/A-1”" in reasons
    ended = program("run", str(shop))
    assert ended.returncode == 0, ended.stderr
    assert codes() == {sku: f"https://other.example/{sku}" for sku in ("A-1", "B-2", "C-3")}


def test_a_fault_in_a_layer_fails_its_picture_and_no_other(shop: Path, program: Program) -> None:
    change(Path("templates/layouts/card.yaml"), "layer: qr", "layer: fragile")
    ended = program("run", str(shop))

    assert ended.returncode == 1
    assert "layer `fragile` of `our-fragile` failed with IndexError: nothing there" in ended.stderr
    assert {entry["sku"] for entry in manifest(Path("output/small"))["assets"] if entry["scene"] == "shelf"} == {
        "A-1",
        "C-3",
    }


def test_what_is_wrong_with_an_installed_layer_is_told_with_its_place(shop: Path, program: Program) -> None:
    change(Path("templates/layouts/card.yaml"), "address:", "adress:")
    ended = program("check", str(shop))
    assert ended.returncode == 2
    assert "did you mean `address`?" in ended.stderr
    assert "templates/layouts/card.yaml:6:17" in ended.stderr

    change(Path("templates/layouts/card.yaml"), "layer: qr, adress:", "layer: qrr, address:")
    assert "did you mean `qr`?" in program("check", str(shop)).stderr


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("nowhere:Layer", "layer `odd` of `odd` cannot be used here: No module named 'nowhere'"),
        (
            "json:loads",
            "layer `odd` of `odd` cannot be used here: `json:loads` is no subclass of `assetgen.config",
        ),
        (
            "our_codes:QrLayer",
            "layer `odd` of `odd` cannot be used here: `our_codes:QrLayer` has no field `layer: Literal",
        ),
    ],
)
def test_a_package_whose_layer_cannot_be_used_is_told(
    small: Path, documented: Path, point: str, said: str, tmp_path: Path
) -> None:
    odd = lay_beside(tmp_path / "odd", "odd", f"[assetgen.layers]\nodd = {point}\n")
    ended = run_beside(odd, documented)("check", str(small))

    assert ended.returncode == 3
    assert said in ended.stderr


def test_editors_know_an_installed_layer(tmp_path: Path, program: Program) -> None:
    schema = json.loads(program("schema", "layout").stdout)

    assert "address" in schema["$defs"]["QrLayer"]["properties"]


def pictured(layer: DrawnLayer, *, mirrored: bool = False, label: Label | None = None) -> Picture:
    canvas = Canvas(1080, 1080, mirrored=mirrored, direction="rtl" if mirrored else "ltr")
    layers = (PLATE, layer)
    backdrop = fit_plate(flat(1080, 1080), FLOOR, canvas, layers)
    return compose(canvas, layers, LOOK, backdrop=backdrop, label=label)


def test_from_right_to_left_an_installed_layer_is_on_the_other_side(qr: type[DrawnLayer]) -> None:
    layer = qr.model_validate({"layer": "qr", "address": "https://shop.example", "box": Box(0.5, 0.25, 1, 0.5)})
    black = [np.argwhere((pictured(layer, mirrored=turned).pixels == 0).all(axis=2)) for turned in (False, True)]

    left_to_right, right_to_left = (where[:, 1] for where in black)
    assert 1079 - left_to_right.max() == pytest.approx(right_to_left.min(), abs=12)
    assert decoded(pictured(layer, mirrored=True).pixels) == "https://shop.example"


def test_a_label_does_not_cover_an_installed_layer(qr: type[DrawnLayer]) -> None:
    layer = qr.model_validate({"layer": "qr", "address": "https://shop.example", "box": Box(0.75, 0.75, 1, 1)})
    code, label = (Rect(*placed.box) for placed in pictured(layer, label=Label("AI-generated", "en-US")).placed)

    common = label.within(code)
    assert common.width * common.height == 0
    assert decoded(pictured(layer, label=Label("AI-generated", "en-US")).pixels) == "https://shop.example"
