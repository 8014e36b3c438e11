"""What a plate tells about itself when its provider knows nothing."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

import assetgen
from assetgen.config.mode import Mode
from assetgen.cutters import Auto
from assetgen.files.decode import decode
from assetgen.model.arrays import Pixels
from assetgen.model.asset import PlateOrder
from assetgen.model.request import ALONE, Attached, Generated, Rate, Request
from assetgen.picture.light.stage_finding import UNSEEN, sight
from assetgen.picture.light.surface import is_open
from assetgen.production.materials.stored_plates import PLATES, stage_of
from assetgen.production.pace import Pace
from assetgen.production.plates import Buyer
from assetgen.store import Store
from tests.drawing import flat
from tests.kit import Flat, pictures


def room(ground: float = 0.7, left: float = 1.0, right: float = 1.0) -> Pixels:
    """A wall and a floor, lit from left to right by these shares; with the noise of a photo."""
    plate = np.empty((480, 640, 3), np.float32)
    edge = round(ground * 480)
    plate[:edge], plate[edge:] = (190, 185, 175), (150, 120, 95)
    noise = np.random.default_rng(1).normal(0, 1.5, (480, 640, 1))
    return (plate * np.linspace(left, right, 640)[:, None] + noise).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("ground", [0.52, 0.6, 0.7, 0.78])
def test_the_ground_is_where_the_wall_ends_and_the_product_stands_before_it(ground: float) -> None:
    sighting = sight(room(ground))
    assert sighting.stage.ground == pytest.approx(ground, abs=0.015)
    assert sighting.stage.ground + 0.05 < sighting.stage.y < 0.9
    assert sighting.confidence > 0.8


def test_a_podium_bears_the_product_on_its_top() -> None:
    plate = room(0.72)
    cv2.rectangle(plate, (180, 330), (420, 400), (170, 165, 160), -1)
    cv2.ellipse(plate, (300, 330), (120, 20), 0, 0, 360, (235, 230, 225), -1)
    stage = sight(plate).stage
    assert (stage.x, stage.y) == pytest.approx((300 / 640, 330 / 480), abs=0.02)
    assert stage.width == pytest.approx(240 / 640, abs=0.03)
    assert not is_open(stage, 640, 480)


@pytest.mark.parametrize(("left", "right", "side"), [(1.1, 0.75, -1), (0.75, 1.1, 1), (1.0, 1.0, 0)])
def test_light_comes_from_where_things_get_brighter(left: float, right: float, side: int) -> None:
    assert np.sign(sight(room(0.7, left, right)).stage.light.side) == side


def test_warm_whites_tell_of_warm_light_and_coloured_walls_of_nothing() -> None:
    warm = sight(flat(640, 480, (240, 225, 205))).stage.light.tint
    assert warm[0] == 1 > warm[1] > warm[2] > 0.8
    assert sight(flat(640, 480, (200, 90, 70))).stage.light.tint == (1, 1, 1)


def test_a_floor_that_shows_the_room_upside_down_is_glossy() -> None:
    plate = room(0.7)
    for x in (80, 200, 460, 570):
        plate[200:336, x : x + 40] = (60, 70, 90)
    assert sight(plate).stage.gloss == 0
    plate[336:] = plate[192:336][::-1] * np.float32(0.6)
    assert sight(plate).stage.gloss > 0.3


def test_what_is_not_seen_is_assumed() -> None:
    sighting = sight(flat(640, 480))
    assert sighting.confidence == 0
    assert (sighting.stage.ground, sighting.stage.y, sighting.stage.light.side) == (UNSEEN.ground, UNSEEN.y, 0)


class Unsure(Flat):
    """A plate with a floor, and no word about it."""

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        done, data = cv2.imencode(".png", room(0.5))
        assert done
        return replace(super().generate(request, attached), data=data.tobytes(), stage=None)


def test_a_product_casts_its_shadow_on_a_plate_of_a_provider_that_knows_no_stage(small: Path) -> None:
    assetgen.run(assetgen.load(small), provider=Unsure(), select=["sku:A-1", "channel:instagram-feed-square"])
    (name,) = pictures(Path("output/small"))
    shown = decode((Path("output/small") / name).read_bytes()).astype(int)
    red = shown[..., 0] - shown[..., 2] > 150
    base, middle = int(np.flatnonzero(red.any(axis=1))[-1]), int(np.median(np.flatnonzero(red.any(axis=0))))
    assert base > 0.55 * len(shown)
    assert shown[base + 8, middle].sum() < 0.8 * shown[base + 8, 30].sum()


def test_a_plate_with_the_product_drawn_in_is_cut_about_its_middle(tmp_path: Path) -> None:
    order = PlateOrder("k" * 64, Request("somebody wears it", 640, 480, Mode.EDIT))
    store = Store(tmp_path)
    Buyer(Unsure(), Auto(), store, Pace("unsure", Rate(), 1, print)).buy(order, None)
    plate = store.get(PLATES, order.key)
    assert plate
    assert stage_of(plate, room()) is None
