"""Files that are cut out already and have their shadow in them, as shops export them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from assetgen.cli import main
from assetgen.model.arrays import HALF, Floats, Pixels

SIDE = 480
PERHAPS = "a soft shadow in the file may have stayed on the product"

Y, X = np.mgrid[:SIDE, :SIDE].astype(np.float32)


def blurred(values: Floats, sigma: float) -> Floats:
    return cv2.GaussianBlur(values, (0, 0), sigma)


def box(left: float, top: float, right: float, bottom: float) -> Floats:
    """Between these pixels, with the edge that a lens gives."""
    inside = np.minimum(np.minimum(X - left, right - X), np.minimum(Y - top, bottom - Y))
    return blurred(np.clip(inside + 0.5, 0, 1), 0.7)


def disc(x: float, y: float, radius: float) -> Floats:
    return blurred(np.clip(radius - np.hypot(X - x, Y - y) + 0.5, 0, 1), 0.7)


def rgba(colour: tuple[int, int, int], alpha: Floats) -> Pixels:
    return np.dstack([np.full((SIDE, SIDE, 3), colour, np.uint8), np.rint(255 * alpha).astype(np.uint8)])


def over(upper: Pixels, lower: Pixels) -> Pixels:
    """One laid over the other, both with straight colours."""
    a, b = (layer[..., 3:] / np.float32(255) for layer in (upper, lower))
    alpha = a + (1 - a) * b
    colours = (upper[..., :3] * a + lower[..., :3] * b * (1 - a)) / np.maximum(alpha, 1e-4)
    return np.rint(np.dstack([colours, 255 * alpha])).astype(np.uint8)


JAR = rgba((190, 110, 60), box(170, 120, 310, 340))
MUG = over(rgba((70, 110, 150), box(140, 150, 290, 340)), rgba((70, 110, 150), disc(300, 245, 62) - disc(300, 245, 42)))


def dropped(product: Pixels, *, across: int = 6, down: int = 14, sigma: float = 9, dark: float = 0.5) -> Floats:
    """The shadow that image editors lay behind a layer."""
    moved = np.roll(product[..., 3] / np.float32(255), (down, across), (0, 1))
    return dark * blurred(moved, sigma)


def contact(*, sink: int = 0, dark: float = 0.6, x: int = 240) -> Floats:
    """An ellipse on the floor at the foot of what stands at y = 340."""
    return np.asarray(dark * np.exp(-(((X - x) / 80) ** 2) - ((Y - 340 - sink) / 12) ** 2))


def cut(folder: Path, file: Pixels, capsys: pytest.CaptureFixture[str]) -> tuple[Pixels, dict[str, Any]]:
    """What `assetgen cutout` makes of a file, and what it says."""
    Image.fromarray(file).save(folder / "file.png")
    assert main(["cutout", str(folder / "file.png"), "-o", str(folder / "cut"), "--json"]) == 0
    return np.asarray(Image.open(folder / "cut/file.png")), json.loads(capsys.readouterr().out)


SHADOWS = {
    "behind": rgba((0, 0, 0), dropped(JAR)),
    "to the left": rgba((0, 0, 0), dropped(JAR, across=-16, down=4)),
    "all around": rgba((0, 0, 0), dropped(JAR, across=0, down=0)),
    "wide": rgba((0, 0, 0), dropped(JAR, sigma=24)),
    "narrow": rgba((0, 0, 0), dropped(JAR, sigma=4)),
    "faint": rgba((0, 0, 0), dropped(JAR, dark=0.15)),
    "at its foot": rgba((0, 0, 0), contact()),
    "deep": rgba((0, 0, 0), contact(dark=0.85)),
    "below it": rgba((0, 0, 0), contact(sink=50)),
    "bluish": rgba((20, 24, 44), contact()),
    "grey": rgba((90, 90, 90), contact()),
    "of two lights": over(rgba((0, 0, 0), contact()), rgba((0, 0, 0), dropped(JAR, dark=0.3))),
}


@pytest.mark.parametrize("shadow", SHADOWS.values(), ids=SHADOWS)
def test_a_shadow_in_a_file_is_no_part_of_its_product(
    shadow: Pixels, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    product, said = cut(tmp_path, over(JAR, shadow), capsys)

    assert said["verdict"] == "good"
    off = np.abs(product[..., 3].astype(np.float32) - JAR[..., 3]) / 255
    assert off.mean() < 0.0005
    assert off.max() < 0.15
    seen = product[..., 3] > HALF
    assert np.abs(product[seen][:, :3].astype(int) - JAR[0, 0, :3]).max() < 40


def test_the_shadow_is_taken_out_of_the_opening_of_a_handle_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    product, said = cut(tmp_path, over(MUG, rgba((0, 0, 0), dropped(MUG, across=14))), capsys)

    assert said["verdict"] == "good"
    assert np.abs(product[..., 3].astype(np.float32) - MUG[..., 3]).mean() / 255 < 0.001


def test_a_file_that_is_cut_close_to_its_shadow_loses_it_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = over(JAR, SHADOWS["behind"])
    left, top, width, height = cv2.boundingRect((file[..., 3] > 0).astype(np.uint8))
    close = np.s_[top : top + height, left : left + width]
    product, said = cut(tmp_path, np.ascontiguousarray(file[close]), capsys)

    assert said["verdict"] == "good"
    assert np.abs(product[..., 3].astype(np.float32) - JAR[close][..., 3]).mean() / 255 < 0.002


def test_a_shadow_that_runs_out_of_its_file_is_for_a_person_to_look_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = over(JAR, rgba((0, 0, 0), contact()))[:350, 170:310]
    _, said = cut(tmp_path, np.ascontiguousarray(file), capsys)

    assert (said["verdict"], said["reasons"]) == ("check", [PERHAPS])


def lenses(tint: Floats, *, rim: bool) -> Pixels:
    both = np.maximum(disc(150, 240, 70), disc(330, 240, 70))
    frame = box(215, 225, 265, 235)
    if rim:
        frame = np.maximum(frame, both - np.maximum(disc(150, 240, 63), disc(330, 240, 63)))
    return over(rgba((35, 30, 28), frame), rgba((18, 18, 20), both * tint))


def hairy() -> Pixels:
    drawn = np.zeros((SIDE, SIDE), np.uint8)
    cv2.circle(drawn, (240, 240), 110, 255, -1)
    for angle in np.linspace(0, 2 * np.pi, 400):
        root, way = np.array([240, 240]), np.array([np.cos(angle), np.sin(angle)])
        reach = 130 + 20 * np.sin(37 * angle)
        cv2.line(drawn, root.tolist(), (root + reach * way).astype(int).tolist(), 255, 1, cv2.LINE_AA)
    return rgba((14, 12, 12), drawn / np.float32(255))


def soft(product: Pixels, sigma: float) -> Pixels:
    return np.dstack([product[..., :3], cv2.GaussianBlur(product[..., 3], (0, 0), sigma)])


BLACK = rgba((16, 15, 16), box(120, 200, 360, 320))
FADING = np.clip((305 - Y) / 130, 0, 0.8)
VEIL = (0.5 - Y / 1500) * box(120, 150, 360, 420)
MESH = box(100, 100, 380, 380) * (1 - 0.7 * np.clip(1.5 * np.sin(X / 2.6) * np.sin(Y / 2.6), 0, 1))
TRANSLUCENT = {
    "tinted lenses": lenses(np.full_like(X, 0.6), rim=True),
    "lenses without a rim": lenses(np.full_like(X, 0.6), rim=False),
    "fading lenses": lenses(FADING, rim=True),
    "fading lenses without a rim": lenses(FADING, rim=False),
    "smoked glass": over(
        rgba((200, 160, 60), box(210, 70, 270, 110)),
        rgba((30, 30, 32), box(180, 110, 300, 380) - 0.4 * box(188, 118, 292, 372)),
    ),
    "a veil": over(rgba((20, 18, 18), box(120, 60, 360, 160)), rgba((16, 16, 18), VEIL)),
    "black mesh": rgba((14, 14, 16), MESH),
    "black hair": hairy(),
    "a black thing": BLACK,
    "a black thing with a soft edge": soft(BLACK, 2),
    "a black thing that fades": soft(BLACK, 9),
    "a feathered jar": soft(JAR, 6),
    "a jar": JAR,
}  # fmt: skip


@pytest.mark.parametrize("file", TRANSLUCENT.values(), ids=TRANSLUCENT)
def test_what_lets_light_through_and_is_no_shadow_stays_as_it_is(
    file: Pixels, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    product, said = cut(tmp_path, file, capsys)

    assert np.array_equal(product, file)
    assert PERHAPS not in said["reasons"]


def test_tinted_lenses_lose_their_shadow_and_keep_their_tint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glasses = TRANSLUCENT["tinted lenses"]
    product, said = cut(tmp_path, over(glasses, rgba((0, 0, 0), contact(x=150, sink=-25))), capsys)

    assert said["verdict"] == "good"
    assert product[400:, :, 3].max() == 0
    assert product[240, 150, 3] == glasses[240, 150, 3]


def test_what_may_be_a_shadow_or_a_part_of_the_product_is_for_a_person_to_look_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glasses = TRANSLUCENT["fading lenses without a rim"]
    file = over(glasses, rgba((0, 0, 0), dropped(glasses)))
    product, said = cut(tmp_path, file, capsys)

    assert np.array_equal(product, file)
    assert (said["verdict"], said["reasons"]) == ("check", [PERHAPS])


def test_a_packshot_of_a_file_with_a_shadow_is_filled_by_the_product_alone(small: Path) -> None:
    for name in ("red", "green", "blue"):
        Image.fromarray(over(JAR, SHADOWS["wide"])).save(small.parent / f"{name}.png")

    assert main(["run", str(small), "--select", "channel:amazon-main"]) == 0

    shots = [*Path("output/small").rglob("*.jpg")]
    assert shots
    picture = np.asarray(Image.open(shots[0]).convert("RGB")).astype(int)
    thing = np.ptp(picture, axis=2) > 30
    rows, columns = np.flatnonzero(thing.any(axis=1)), np.flatnonzero(thing.any(axis=0))
    assert np.ptp(rows) / np.ptp(columns) == pytest.approx(220 / 140, rel=0.02)
    assert np.ptp(rows) > 0.8 * len(picture)
    beside = ~cv2.dilate(thing.astype(np.uint8), np.ones((17, 17), np.uint8)).astype(bool)
    assert picture[beside].min() > 250


def with_stroke() -> Pixels:
    return over(rgba((0, 0, 0), box(30, 60, 34, 100)), JAR)


def with_dot() -> Pixels:
    return over(rgba((200, 30, 30), disc(430, 60, 3)), JAR)


def with_faint_dust() -> Pixels:
    dusty = JAR.copy()
    dusty[400, 40] = 200, 200, 200, 30
    return dusty


@pytest.mark.parametrize(
    ("spoilt", "place"),
    [(with_stroke, "7% across and 17% down"), (with_dot, "90% across and 13% down"), (with_faint_dust, "8% across")],
    ids=["a stroke", "a dot", "faint dust"],
)
def test_a_loose_speck_beside_the_product_is_told_with_its_place(tmp_path, capsys, spoilt, place):
    _, told = cut(tmp_path, spoilt(), capsys)

    assert told["verdict"] == "check"
    assert [finding["rule"] for finding in told["findings"] if finding["rule"] != "low-resolution"] == ["crumbs"]
    assert place in told["findings"][0]["message"]


def pair() -> Pixels:
    return over(rgba((90, 60, 40), box(60, 150, 200, 340)), rgba((90, 60, 40), box(270, 160, 410, 350)))


def set_of_three() -> Pixels:
    return over(over(JAR, rgba((60, 60, 60), disc(400, 320, 26))), rgba((160, 60, 60), box(60, 300, 120, 340)))


def necklace() -> Pixels:
    drawn = rgba((220, 215, 205), disc(240, 60, 9))
    for turn in np.linspace(0.2, 6.1, 40):
        drawn = over(drawn, rgba((220, 215, 205), disc(240 + 180 * np.sin(turn), 240 - 180 * np.cos(turn), 9)))
    return drawn


def brush() -> Pixels:
    """Bristles whose tips came off when they were cut out."""
    drawn = rgba((120, 80, 40), box(180, 200, 300, 400))
    for x in range(184, 298, 8):
        for top, bottom in ((110, 205), (98, 106)):
            drawn = over(drawn, rgba((30, 30, 30), box(x, top, x + 2, bottom)))
    return drawn


@pytest.mark.parametrize("product", [pair, set_of_three, necklace, brush])
def test_a_product_of_several_parts_that_is_cut_out_already_is_good(tmp_path, capsys, product):
    assert cut(tmp_path, product(), capsys)[1]["verdict"] == "good"
