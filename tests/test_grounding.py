"""What lets a product belong to its plate: kept shadows, reflections, light around the edge, and where cut sides go."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from assetgen.config.layer_fields import Box
from assetgen.config.layout import AnyLayer, ProductLayer, ShapeLayer
from assetgen.model.arrays import Alpha, Pixels
from assetgen.model.canvas import Canvas, Picture
from assetgen.model.request import Light, Stage
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.geometry import Rect
from assetgen.picture.harmony import light_balanced, light_wrapped
from assetgen.picture.standing_product import Trimmed, rgba_premultiplied, trim
from tests.drawing import FLOOR, LONG, LOOK, PACK, PLATE, PRODUCT, a_cutout, boxes, drawn, filled, flat

CANVAS = Canvas(600, 600)
SOFT = replace(FLOOR, light=Light(side=0, height=0.9, softness=0.9))
HARD = replace(FLOOR, light=Light(side=-0.9, height=0.4, softness=0.1))


def composed(product: Trimmed, *layers: AnyLayer, stage: Stage = FLOOR, plate: Pixels | None = None) -> Picture:
    layers = layers or (PLATE, PRODUCT)
    plate = flat(600, 600) if plate is None else plate
    return compose(CANVAS, layers, LOOK, backdrop=fit_plate(plate, stage, CANVAS, layers), products=[product])


def a_shadow(blur: float = 14, right: int = 0) -> Alpha:
    """Under the foot of `a_cutout`, as its photo could show it."""
    shadow = np.zeros((240, 160), np.float32)
    cv2.ellipse(shadow, (80 + right, 218), (62, 12), 0, 0, 360, 0.9, -1)
    return np.rint(255 * (1 - cv2.GaussianBlur(shadow, (0, 0), blur / 4))).astype(np.uint8)


def test_the_photos_own_shadow_is_kept_where_it_fits_and_replaced_where_it_does_not() -> None:
    cutout = a_cutout()
    for stage, shadow, kept in (
        (SOFT, a_shadow(), True),
        (HARD, a_shadow(), False),
        (SOFT, a_shadow(right=60), False),
        (SOFT, a_shadow(blur=1), False),
    ):
        ours, theirs = (composed(trim(cutout, shadow, keep_shadow=keep), stage=stage).pixels for keep in (False, True))
        assert (ours != theirs).any()
        chosen = composed(trim(cutout, shadow), stage=stage).pixels
        assert (chosen == (theirs if kept else ours)).all()


def test_a_shadow_cut_off_by_its_photo_is_not_kept() -> None:
    shadow = a_shadow()
    shadow[-4:, 30:130] = 90
    made_up = composed(trim(a_cutout()), stage=SOFT).pixels
    assert (composed(trim(a_cutout(), shadow), stage=SOFT).pixels == made_up).all()


def a_flag() -> Pixels:
    """Blue below red below green."""
    flag = np.zeros((200, 120, 4), np.uint8)
    flag[:] = (40, 200, 40, 255)
    flag[120:160] = (200, 40, 40, 255)
    flag[160:] = (40, 40, 200, 255)
    return flag


def test_a_glossy_floor_mirrors_the_lower_parts_first_and_a_matt_one_nothing() -> None:
    glossy, matt = (
        composed(trim(a_flag()), stage=replace(SOFT, y=0.6, gloss=gloss), plate=flat(600, 600, (60, 60, 60)))
        for gloss in (0.9, 0.2)
    )
    left, top, right, bottom = boxes(glossy, "product")[0]
    middle, height = (left + right) // 2, bottom - top
    column = glossy.pixels[:, middle].astype(int)
    near, further = column[bottom + height // 12], column[bottom + round(0.27 * height)]
    assert near[2] > near[0] + 30
    assert further[0] > further[2] + 8
    assert (matt.pixels[bottom:, middle].max(axis=1) <= 60).all()


def test_light_of_the_plate_wraps_around_the_edge_and_leaves_the_core_alone() -> None:
    picture = cv2.GaussianBlur(rgba_premultiplied(a_cutout()), (0, 0), 2).astype(np.uint8)
    lit = light_wrapped(picture, Rect(50, 50, 210, 290), trim(a_cutout()).foot, flat(400, 400, (255, 255, 255)))
    changed = (lit != picture).any(axis=2)
    core, air = picture[..., 3] == 255, picture[..., 3] == 0
    assert changed.any()
    assert not changed[core | air].any()
    assert (lit.astype(int) - picture)[changed][:, :3].max() < 0.25 * 255
    assert (lit[..., 3] == picture[..., 3]).all()


def test_a_strap_is_spared_from_the_light_around_it() -> None:
    bag = np.zeros((300, 300, 4), np.uint8)
    bag[200:] = bag[:, 148:151] = (30, 30, 30, 200)
    picture = rgba_premultiplied(bag)
    lit = light_wrapped(picture, Rect(50, 50, 350, 350), trim(bag).foot, flat(400, 400, (255, 255, 255)))
    changed = (lit != picture).any(axis=2)
    assert changed[230:270, 30:270].all()
    assert not changed[:180].any()


def test_white_balance_moves_by_two_delta_e_at_most_and_black_stays_black() -> None:
    greys = np.full((1, 3, 4), 255, np.uint8)
    greys[0, :, :3] = np.array([[200], [120], [0]])
    warm = Light(tint=(1.0, 0.6, 0.3))
    lab = [
        cv2.cvtColor(light_balanced(greys, warm, blend)[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        for blend in (0, 1)
    ]
    moved = np.linalg.norm(lab[1] - lab[0], axis=2)[0]
    assert (light_balanced(greys, warm, 0) == greys).all()
    assert 1 < moved[0] < 2.6
    assert moved[2] == 0


def test_a_product_cut_off_below_goes_to_the_edge_and_stands_on_nothing() -> None:
    product = trim(a_cutout(), cropped=frozenset({"bottom"}))
    picture = composed(product)
    left, _, right, bottom = boxes(picture, "product")[0]
    assert bottom == 600
    assert (picture.pixels[:, : left - 1] == (200, 190, 180)).all()
    assert (picture.pixels[:, right + 1 :] == (200, 190, 180)).all()


def test_a_product_cut_off_at_a_side_goes_there_and_keeps_its_shadow() -> None:
    picture = composed(trim(a_cutout(), cropped=frozenset({"left"})))
    assert boxes(picture, "product")[0][0] == 0
    assert (picture.pixels != (200, 190, 180)).any(axis=2)[400:, 400:].any()


def test_a_panel_around_a_product_that_is_cut_off_seems_to_cut_it() -> None:
    panel = ShapeLayer(layer="shape", box=Box(0.1, 0, 0.9, 0.8), colour="paper")
    layer = ProductLayer(layer="product", box=Box(0.2, 0.1, 0.8, 0.7))
    picture = composed(trim(a_cutout(), cropped=frozenset({"bottom"})), PLATE, panel, layer)
    assert boxes(picture, "product")[0][3] == 460


def test_what_hangs_has_a_soft_shadow_away_from_the_light_unless_the_layer_says_no() -> None:
    def darkness(*, shadow: bool) -> tuple[int, int]:
        layer = ProductLayer(layer="product", box=Box(0.2, 0.2, 0.8, 0.8), anchor="center", shadow=shadow)
        picture = composed(trim(a_cutout()), PLATE, layer, stage=replace(FLOOR, light=Light(side=-0.9)))
        left, top, right, bottom = boxes(picture, "product")[0]
        rows = slice((top + bottom) // 2, (top + bottom) // 2 + 1)
        lost = 200 - picture.pixels[rows, :, 0].astype(int)
        return int(lost[:, :left].sum()), int(lost[:, right:].sum())

    toward, away = darkness(shadow=True)
    assert away > 2 * toward > 0
    assert darkness(shadow=False) == (0, 0)


SIZES = ((1080, 1920), (1080, 1350), (1200, 1200), (1200, 628), (970, 250))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", PACK)
def test_the_core_of_the_product_is_its_photo_in_every_layout(name: str, size: tuple[int, int]) -> None:
    canvas = Canvas(*size)
    layers = filled(name, canvas, LONG)
    stage = replace(FLOOR, gloss=0.8, light=Light(side=-0.8, tint=(1.0, 0.8, 0.5)))
    picture = drawn(canvas, *layers, plate=flat(*size, (90, 140, 60)), stage=stage)
    left, top, right, bottom = boxes(picture, "product")[0]
    photo = trim(a_cutout()).resized(right - left, bottom - top)
    core = photo[..., 3] == 255
    shown = picture.pixels[top:bottom, left:right].astype(int)
    assert core.mean() > 0.8
    assert np.abs(shown - photo[..., :3])[core].max() <= 2
