"""How a product stands: what its shadow does on a light grey floor."""

from dataclasses import replace

import cv2
import numpy as np

from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Canvas
from assetgen.model.request import Light, Stage
from assetgen.picture.geometry import Rect
from assetgen.picture.light.footprint import foot_of
from assetgen.picture.light.shadow import shade
from tests.drawing import FLOOR, PLATE, PRODUCT, boxes, drawn, flat


def test_the_shadow_falls_away_from_the_light() -> None:
    def darkness(side: float) -> tuple[float, float]:
        stage = replace(FLOOR, light=Light(side=side, height=0.4))
        lit = drawn(Canvas(600, 600), PLATE, PRODUCT, plate=flat(600, 600), stage=stage)
        left, _, right, bottom = boxes(lit, "product")[0]
        floor = 200.0 - lit.pixels[bottom - 40 : bottom, :, 0]
        return float(floor[:, :left].sum()), float(floor[:, right:].sum())

    from_left, from_right = darkness(-0.8), darkness(0.8)
    assert from_left[1] > 2 * from_left[0]
    assert from_right[0] > 2 * from_right[1]


def under(alpha: Pixels, column: float) -> list[float]:
    """Darkness, 0 to 1, at 1, 3, 6 and 20 % of its height below the edge of a product 300 high; the light is behind."""
    pixels, place = (
        flat(700, 600, (200, 200, 200)),
        Rect(350 - alpha.shape[1] // 2, 180, 350 + alpha.shape[1] // 2, 480),
    )
    shade(pixels, foot_of(alpha), place, replace(FLOOR, light=Light(side=0, height=0.9)))
    x = round(column * alpha.shape[1])
    end = int(np.flatnonzero(alpha[:, x])[-1])
    return [1 - int(pixels[place.top + end + round(share * 300), place.left + x, 0]) / 200 for share in SHARES]


SHARES = (0.01, 0.03, 0.06, 0.2)


def test_a_dark_line_where_the_product_touches_is_soon_gone() -> None:
    touch, near, pool, away = under(np.full((300, 200), 255, np.uint8), 0.5)
    assert touch > 0.4
    assert near < 0.6 * touch
    assert 0.03 < pool < near
    assert away < 0.03


def test_the_dark_line_follows_a_round_foot() -> None:
    round_foot = np.full((300, 200), 255, np.uint8)
    round_foot[-30:] = cv2.ellipse(np.zeros((30, 200), np.uint8), (100, 0), (100, 29), 0, 0, 360, 255, -1)
    assert under(round_foot, 0.25)[0] > 0.4
    assert under(round_foot, 0.5)[0] > 0.4
    assert under(round_foot, 0.75)[0] > 0.4


def test_a_leaning_product_has_a_soft_shadow_and_no_line_under_its_raised_end() -> None:
    turned = cv2.boxPoints(((100.0, 150.0), (130.0, 260.0), 8.0)).astype(np.int32)
    leaning = cv2.fillConvexPoly(np.zeros((300, 200), np.uint8), turned, 255)[:, 20:-20].astype(np.uint8)
    raised, resting = sorted((under(leaning, 0.3), under(leaning, 0.8)))
    assert resting[0] > 1.4 * resting[1]
    assert raised[0] < 0.75 * resting[0]


def test_the_lower_edge_of_a_box_seen_from_its_corner_touches_all_along() -> None:
    rows, columns = np.mgrid[:300, :200]
    box = np.where(rows < 270 + 0.15 * columns, 255, 0).astype(np.uint8)
    assert under(box, 0.2)[0] > 0.35
    assert under(box, 0.9)[0] > 0.35


def test_a_shadow_ends_at_the_edge_of_a_podium_and_not_on_an_open_floor() -> None:
    def beside(ground: float) -> int:
        stage = Stage(ground=ground, x=0.5, y=0.8, width=0.4, light=Light(side=-1, height=0.3))
        picture = drawn(Canvas(600, 600), PLATE, PRODUCT, plate=flat(600, 600), stage=stage)
        return int(picture.pixels[400:520, 440:, 0].min())

    assert beside(ground=0.79) == 200
    assert beside(ground=0.6) < 190


def test_no_shadow_falls_on_the_wall() -> None:
    picture = drawn(Canvas(600, 600), PLATE, PRODUCT, plate=flat(600, 600), stage=FLOOR)
    left, _, right, _ = boxes(picture, "product")[0]
    wall = picture.pixels[: int(0.45 * 600)]
    assert (wall[:, :left] == (200, 190, 180)).all()
    assert (wall[:, right:] == (200, 190, 180)).all()


def test_a_floor_that_lies_in_shadow_already_gets_hardly_darker() -> None:
    """One half of the floor is shaded by something that the picture does not show."""

    def kept(shaded: float) -> float:
        pixels = flat(700, 600, (200, 200, 200))
        pixels[:, 390:] = round(200 * shaded ** (1 / 2.2))
        before = pixels.astype(float)
        stage = replace(FLOOR, light=Light(side=-0.9, height=0.35, softness=0.2, strength=0.7))
        shade(pixels, foot_of(np.full((300, 100), 255, np.uint8)), Rect(250, 180, 350, 480), stage)
        return float((pixels / before)[470:478, 395:440].mean())

    assert kept(0.3) > 0.97
    assert kept(1.0) < 0.87


def test_a_shadow_climbs_a_wall_that_is_near() -> None:
    def on_wall(ground: float) -> int:
        pixels = flat(700, 600, (200, 200, 200))
        stage = Stage(ground=ground, x=0.4, y=0.8, width=1, light=Light(side=-0.7, height=0.4, softness=0.1))
        shade(pixels, foot_of(np.full((300, 100), 255, np.uint8)), Rect(230, 180, 330, 480), stage)
        return int(pixels[300 : int(ground * 600) - 8, 340:].min())

    assert on_wall(0.75) < 150
    assert on_wall(0.55) == 200


def test_warm_light_leaves_a_cooler_shadow() -> None:
    def red_to_blue(tint: tuple[float, float, float]) -> float:
        pixels = flat(700, 600, (200, 200, 200))
        stage = replace(FLOOR, light=Light(side=-0.9, height=0.4, softness=0.2, tint=tint))
        shade(pixels, foot_of(np.full((300, 100), 255, np.uint8)), Rect(250, 180, 350, 480), stage)
        shadow = pixels[470:478, 370:420].mean(axis=(0, 1))
        return float(shadow[0] / shadow[2])

    assert red_to_blue((1, 1, 1)) == 1
    assert red_to_blue((1, 0.8, 0.6)) < 0.97


def test_what_could_not_stand_floats_over_soft_shadows_of_all_its_low_parts() -> None:
    headphones = np.zeros((300, 300), np.uint8)
    cv2.ellipse(headphones, (150, 150), (120, 130), 0, 180, 360, 255, 14)
    cv2.ellipse(headphones, (40, 220), (36, 78), 0, 0, 360, 255, -1)
    cv2.ellipse(headphones, (260, 180), (36, 70), 0, 0, 360, 255, -1)
    pixels = flat(700, 600, (200, 200, 200))
    shade(pixels, foot_of(headphones), Rect(200, 180, 500, 480), replace(FLOOR, light=Light(side=0, height=0.9)))
    touch, below_left, between, below_right = (
        int(pixels[y, x, 0]) for y, x in ((481, 240), (493, 240), (493, 350), (493, 460))
    )
    assert below_left < touch
    assert below_left < between - 10
    assert below_right < between - 3
