"""How several products stand in one picture, and how large each is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from assetgen.config.layer_fields import Box
from assetgen.config.layout import AnyLayer, BadgeLayer
from assetgen.model.arrays import Alpha, Pixels
from assetgen.model.canvas import Canvas, Picture
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.group_arrangement import (
    FIRST_HIDDEN,
    LABEL,
    MOST_HIDDEN,
    GroupExtent,
    GroupSpot,
    arrange,
    lengths,
)
from assetgen.picture.standing_product import presence, trim
from tests.drawing import FLOOR, LOOK, PLATE, PRODUCT, boxes, flat


def test_lengths_are_true_to_each_other_up_to_four_to_one() -> None:
    square = (100, 100)
    assert lengths([square] * 3, [400, 200, 100]) == pytest.approx([1, 0.5, 0.25])
    assert lengths([square] * 3, [1600, 400, 100]) == pytest.approx([1, 0.5, 0.25])
    assert lengths([square] * 3, [300, None, 100]) == pytest.approx([1, 2 / 3, 1 / 3])
    assert lengths([(200, 100), (100, 100)], [100, 100]) == pytest.approx([1, 0.5])
    assert lengths([(200, 100), (100, 100)], [None, None]) == [1, 1]


@pytest.mark.parametrize(("height", "share"), [(20, 0.62), (40, 0.62), (134, 0.81), (450, 1), (2000, 1), (None, 1)])
def test_a_small_thing_takes_less_of_its_room_than_a_large_one(height: float | None, share: float) -> None:
    product = trim(np.full((100, 50, 4), 255, np.uint8), height_mm=height)

    assert presence(product) == pytest.approx(share, abs=0.01)


def outline(width: int, height: int) -> Alpha:
    """An oval, such as a vase."""
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).ellipse((0, 0, width - 1, height - 1), fill=255)
    return np.asarray(image)


SHAPES = [(60, 240), (120, 200), (100, 90), (60, 60), (160, 150), (40, 90), (90, 180), (80, 80)]


@pytest.mark.parametrize("room", [GroupExtent(1000, 500, 90), GroupExtent(500, 700, 120), GroupExtent(600, 600, 60)])
@pytest.mark.parametrize("count", [2, 3, 5, 8, 12])
def test_nothing_that_must_be_seen_is_hidden(room: GroupExtent, count: int) -> None:
    sizes = (SHAPES * 2)[:count]
    alphas = [outline(*size) for size in sizes]
    spots = arrange(alphas, [max(size) / 240 for size in sizes], room)

    assert sorted(spot.number for spot in spots) == list(range(count))
    for alpha, hidden in zip([alphas[spot.number] for spot in spots], covered(alphas, spots), strict=True):
        height, width = alpha.shape
        inner = hidden[round(height * (0.5 - LABEL / 4)) :, round(width * (0.5 - LABEL / 4)) :]
        assert hidden.sum() <= MOST_HIDDEN * (alpha > 0).sum()
        assert not inner[: round(height * LABEL / 2), : round(width * LABEL / 2)].any()


@pytest.mark.parametrize("others", [[(80, 80)] * 2, [(60, 90)] * 3, [(150, 100)]])
def test_of_the_first_next_to_nothing_is_hidden(others: list[tuple[int, int]]) -> None:
    sizes = [(160, 240), *others]
    alphas = [outline(*size) for size in sizes]
    spots = arrange(alphas, [max(size) / 240 for size in sizes], GroupExtent(300, 900, 200))
    hidden = covered(alphas, spots)[[spot.number for spot in spots].index(0)]

    assert hidden.sum() <= FIRST_HIDDEN * (alphas[0] > 0).sum()


def covered(alphas: list[Alpha], spots: list[GroupSpot]) -> list[npt.NDArray[np.bool_]]:
    """For each spot, the pixels of its own outline that those before it hide."""
    hidden = []
    for n, spot in enumerate(spots):
        alpha = alphas[spot.number] > 0
        scale = spot.width / alpha.shape[1]
        rows, columns = np.indices(alpha.shape)
        over = np.zeros(alpha.shape, bool)
        for other in spots[n + 1 :]:
            front = alphas[other.number] > 0
            step = other.width / front.shape[1]
            y = ((spot.top + rows * scale - other.top) / step).astype(int)
            x = ((spot.left + columns * scale - other.left) / step).astype(int)
            inside = (y >= 0) & (y < front.shape[0]) & (x >= 0) & (x < front.shape[1])
            over |= inside & front[y.clip(0, front.shape[0] - 1), x.clip(0, front.shape[1] - 1)]
        hidden.append(over & alpha)
    return hidden


def test_who_stands_farther_back_is_higher_up_and_drawn_first() -> None:
    alphas = [outline(*size) for size in SHAPES]
    spots = arrange(alphas, [max(size) / 240 for size in SHAPES], GroupExtent(500, 600, 150))
    bases = [spot.top + spot.width * SHAPES[spot.number][1] / SHAPES[spot.number][0] for spot in spots]

    for (n, first), (m, second) in combinations(enumerate(spots), 2):
        overlap = first.left < second.left + second.width and second.left < first.left + first.width
        assert not overlap or bases[n] < bases[m]


def picture_of(canvas: Canvas, *layers: AnyLayer, count: int = 3, width: float = 1.0) -> Picture:
    products = [trim(block(*size), height_mm=size[1]) for size in ((150, 240), (100, 120), (90, 100))[:count]]
    layers = (PLATE, PRODUCT, *layers)
    stage = replace(FLOOR, width=width)
    backdrop = None if canvas.white else fit_plate(flat(900, 900), stage, canvas, layers)
    return compose(canvas, layers, LOOK, backdrop=backdrop, products=products)


def block(width: int, height: int) -> Pixels:
    rgba = np.full((height, width, 4), 255, np.uint8)
    rgba[..., :3] = np.random.default_rng(width).integers(30, 220, (height, width, 1))
    return rgba


def test_the_products_before_are_the_photos_to_within_two_levels() -> None:
    picture = picture_of(Canvas(900, 900))
    left, top, right, bottom = boxes(picture, "product")[-1]
    width, height = right - left, bottom - top
    photo = min(
        (trim(block(*size)).resized(width, height) for size in ((150, 240), (100, 120), (90, 100))),
        key=lambda photo: np.abs(picture.pixels[top:bottom, left:right].astype(int) - photo[..., :3]).mean(),
    )

    core = photo[..., 3] == 255
    assert np.abs(picture.pixels[top:bottom, left:right].astype(int) - photo[..., :3])[core].max() <= 2


def test_a_group_stands_on_the_free_surface() -> None:
    for left, _, right, bottom in boxes(picture_of(Canvas(900, 900), width=0.5), "product"):
        assert 900 * 0.25 <= left < right <= 900 * 0.75
        assert 900 * FLOOR.ground < bottom <= 900 * 0.9


def test_a_group_on_white_is_in_the_middle_and_fills_the_frame() -> None:
    canvas = Canvas(800, 800, white=True, min_fill=0.85)
    left, top, right, bottom = zip(*boxes(picture_of(canvas), "product"), strict=True)

    assert 0.85 <= max(max(right) - min(left), max(bottom) - min(top)) / 800 <= 0.95
    assert abs(min(left) + max(right) - 800) <= 2
    assert abs(min(top) + max(bottom) - 800) <= 2


def test_a_group_makes_room_for_a_disc() -> None:
    disc = BadgeLayer(layer="badge", text="Now", form="disc", box=Box(0.5, 0.1, 0.9, 0.4), size=(0.05, 0.05))
    picture = picture_of(Canvas(900, 900), disc)
    (left, top, right, bottom) = boxes(picture, "badge")[0]

    for box in boxes(picture, "product"):
        assert box[2] <= left or box[0] >= right or box[3] <= top or box[1] >= bottom


def test_a_mirrored_canvas_has_its_group_turned_round() -> None:
    plain, turned = (picture_of(Canvas(900, 900, mirrored=mirrored)) for mirrored in (False, True))

    for (left, _, right, _), (mirrored_left, _, mirrored_right, _) in zip(
        boxes(plain, "product"), boxes(turned, "product"), strict=True
    ):
        assert abs((left + right) / 2 + (mirrored_left + mirrored_right) / 2 - 900) <= 2
