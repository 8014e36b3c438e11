from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from assetgen.likeness.likeness import likeness
from assetgen.model.arrays import Box, Pixels
from assetgen.picture.colour import RGB

Floats = npt.NDArray[np.floating]

ACCEPTED = 0.85
REFUSED = 0.7
PLACE = (0.25, 0.3, 0.75, 0.8)


def jar(word: str = "LOAM", colour: RGB = (70, 130, 120), label: RGB = (238, 230, 214)) -> Pixels:
    """A jar with a knob, a handle at its right side, and a label with two lines."""
    rgba = np.zeros((500, 400, 4), np.uint8)
    solid = (*colour, 255)
    cv2.ellipse(rgba, (311, 280), (75, 110), 0, 0, 360, solid, 26, cv2.LINE_AA)
    cv2.rectangle(rgba, (0, 90), (300, 499), solid, -1)
    cv2.rectangle(rgba, (30, 40), (270, 90), (60, 56, 52, 255), -1)
    cv2.circle(rgba, (150, 25), 25, (60, 56, 52, 255), -1, cv2.LINE_AA)
    cv2.rectangle(rgba, (40, 190), (260, 410), (*label, 255), -1)
    cv2.putText(rgba, word, (60, 290), cv2.FONT_HERSHEY_SIMPLEX, 2, (40, 40, 40, 255), 6, cv2.LINE_AA)
    cv2.putText(rgba, "body oil", (80, 360), cv2.FONT_HERSHEY_SIMPLEX, 1, (40, 40, 40, 255), 2, cv2.LINE_AA)
    across = 0.75 + 0.25 * np.sin(np.linspace(0.3, np.pi - 0.6, 400))
    return np.dstack([rgba[..., :3] * across[None, :, None], rgba[..., 3]]).astype(np.uint8)


def scene(product: Pixels | None = None, box: Box = PLACE) -> Pixels:
    """A wall and a floor with a soft pattern, and a product in a box of it."""
    width, height = 512, 640
    random = np.random.default_rng(3)
    y = np.linspace(0, 1, height)[:, None, None]
    wall = np.where(y < 0.7, [196.0, 186.0, 178.0], [150.0, 120.0, 96.0]) * (1.05 - 0.2 * y)
    clouds = cv2.resize(random.normal(0, 9, (10, 8)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    picture = wall + clouds[..., None] + random.normal(0, 2, (height, width, 3))
    if product is not None:
        left, top, right, bottom = (round(v * s) for v, s in zip(box, (width, height) * 2, strict=True))
        small = cv2.resize(product, (right - left, bottom - top), interpolation=cv2.INTER_AREA).astype(np.float64)
        part = picture[top:bottom, left:right]
        part += (small[..., :3] - part) * small[..., 3:] / 255
    return np.clip(picture, 0, 255).astype(np.uint8)


def lit(product: Pixels, gain: Floats | float) -> Pixels:
    light = (product[..., :3] / 255.0) ** 2.2 * gain
    return np.dstack([(255 * np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.uint8), product[..., 3]])


def hued(product: Pixels, degrees: float) -> Pixels:
    lab = cv2.cvtColor(product[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    colour = (lab[..., 1] + 1j * lab[..., 2]) * np.exp(1j * np.radians(degrees))
    lab[..., 1], lab[..., 2] = colour.real, colour.imag
    rgb = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1)
    return np.dstack([(255 * rgb).astype(np.uint8), product[..., 3]])


def test_a_product_that_was_pasted_is_itself():
    assert likeness(jar(), scene(jar()), PLACE).score > ACCEPTED


def test_a_product_is_found_wherever_it_stands():
    box = (0.55, 0.5, 0.85, 0.8)
    seen = likeness(jar(), scene(jar(), box))
    assert seen.score > ACCEPTED
    assert (seen.size, seen.place) == (1.0, 1.0)
    assert seen.box == pytest.approx(box, abs=0.02)


def test_an_empty_border_of_the_cutout_changes_nothing():
    padded = cv2.copyMakeBorder(jar(), 80, 20, 60, 90, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    seen = likeness(padded.astype(np.uint8), scene(jar()), PLACE)
    assert seen.score > ACCEPTED
    assert seen.box == pytest.approx(PLACE, abs=0.02)


@pytest.mark.parametrize(
    "gain",
    [
        pytest.param(0.7, id="darker"),
        pytest.param(1.25, id="brighter"),
        pytest.param(np.linspace(1.3, 0.6, 400)[None, :, None], id="from the left"),
        pytest.param(np.array([1.1, 1.0, 0.88]), id="warm"),
    ],
)
def test_a_product_in_other_light_is_still_itself(gain):
    assert likeness(jar(), scene(lit(jar(), gain)), PLACE).score > ACCEPTED


def test_a_hand_before_a_small_part_is_no_change():
    picture = scene(jar())
    cv2.line(picture, (320, 440), (511, 480), (214, 160, 132), 40, cv2.LINE_AA)
    assert likeness(jar(), picture, PLACE).score > ACCEPTED


def test_noise_and_blur_are_no_change():
    picture = cv2.GaussianBlur(scene(jar()), (0, 0), 1).astype(np.uint8)
    _, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 60])
    assert likeness(jar(), np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8), PLACE).score > ACCEPTED


def test_another_hue_is_noticed():
    seen = likeness(jar(), scene(hued(jar(colour=(40, 130, 120)), 60)), PLACE)
    assert seen.score < REFUSED
    assert seen.colour < seen.structure


def test_other_words_on_the_label_are_noticed():
    seen = likeness(jar(), scene(jar(word="RUNE")), PLACE)
    assert seen.score < REFUSED
    assert seen.structure < seen.colour


def test_a_missing_handle_is_noticed():
    broken = jar()
    broken[:, 301:, 3] = 0
    assert likeness(jar(), scene(broken), PLACE).score < REFUSED


def test_an_invented_detail_is_noticed():
    changed = jar()
    cv2.circle(changed, (150, 450), 26, (235, 225, 200, 255), 8, cv2.LINE_AA)
    assert likeness(jar(), scene(changed), PLACE).score < REFUSED


def test_a_label_of_another_colour_is_noticed():
    assert likeness(jar(), scene(jar(label=(230, 150, 140))), PLACE).score < REFUSED


def test_a_stretched_product_is_noticed_wherever_it_stands():
    assert likeness(jar(), scene(jar(), (0.2, 0.3, 0.8, 0.8))).score < REFUSED


def test_a_product_that_was_made_smaller_is_noticed():
    seen = likeness(jar(), scene(jar(), (0.3, 0.4, 0.7, 0.8)), PLACE)
    assert seen.size < REFUSED
    assert seen.structure > ACCEPTED


def test_a_product_that_was_moved_is_noticed():
    seen = likeness(jar(), scene(jar(), (0.37, 0.3, 0.87, 0.8)), PLACE)
    assert seen.place < REFUSED
    assert seen.size > ACCEPTED


@pytest.mark.parametrize("place", [None, PLACE])
def test_a_product_that_is_not_there_is_not_found(place):
    assert likeness(jar(), scene(), place).score < 0.3


def test_nothing_to_be_seen_of_a_cutout_is_like_nothing():
    seen = likeness(np.zeros((50, 50, 4), np.uint8), scene())
    assert (seen.score, seen.box) == (0.0, None)


def test_the_same_pictures_give_the_same_number():
    assert likeness(jar(), scene(jar())) == likeness(jar(), scene(jar()))
