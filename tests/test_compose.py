from dataclasses import replace

import numpy as np
import pytest

from assetgen.config.channel import Insets
from assetgen.config.layer_fields import Box
from assetgen.config.layout import AnyLayer, BadgeLayer, LogoLayer, ScrimLayer, ShapeLayer, TextLayer
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import Canvas
from assetgen.model.request import Stage
from assetgen.picture.colour import READABLE, colour_named, legibility
from assetgen.picture.compose import FittedPlate, compose, fit_plate
from assetgen.picture.crop import read_for_crop
from assetgen.picture.geometry import crop_covering, layers_mirrored, live_area
from assetgen.picture.light.footprint import PITCH
from assetgen.picture.standing_product import trim
from assetgen.picture.type.typesetting import TextDoesNotFit
from tests.drawing import FLOOR, INK, LOOK, PAPER, PLATE, PRODUCT, a_cutout, boxes, drawn, flat


def headline(text: str = "Made by hand", **changes: object) -> TextLayer:
    layer = TextLayer(layer="text", text=text, role="heading", box=Box(0, 0, 1, 0.3), size=(0.04, 0.08))
    return layer.model_copy(update=changes)


def test_words_stay_inside_the_safe_area_and_off_the_edges() -> None:
    assert live_area(Canvas(1000, 2000, Insets(top=0.14, bottom=0.2))) == (78, 280, 922, 1600)
    assert live_area(Canvas(728, 90)) == (10, 10, 718, 80)


def test_the_crop_brings_the_standing_point_under_the_product() -> None:
    (left, top), scale = crop_covering((1600, 900), (1000, 900), (0.68, 0.8), (0.5, 0.8))
    assert (0.68 * 1600 - left) * scale == pytest.approx(500)
    assert top == 0


def test_a_plate_without_room_to_move_is_enlarged_a_little() -> None:
    (_, top), scale = crop_covering((1000, 1000), (1000, 1000), (0.5, 0.8), (0.5, 0.85))
    assert scale == pytest.approx(0.85 / 0.8)
    assert (800 - top) * scale == pytest.approx(850)


def test_a_fitted_plate_carries_its_stage_along() -> None:
    plate = flat(1600, 900)
    plate[700:740, 1068:1108] = 0
    stage = Stage(ground=0.6, x=0.68, y=0.8, width=0.3)
    fitted = fit_plate(plate, stage, Canvas(600, 600), [PLATE, PRODUCT])
    assert fitted.stage
    mark = np.argwhere(fitted.pixels[..., 0] < 60).mean(axis=0)
    assert mark == pytest.approx([600 * fitted.stage.y, 600 * fitted.stage.x], abs=2)


def test_the_middle_of_the_foot_stands_on_the_stage() -> None:
    fitted = fit_plate(flat(800, 600), replace(FLOOR, x=0.6), Canvas(600, 600), [PLATE, PRODUCT])
    picture = compose(Canvas(600, 600), [PLATE, PRODUCT], LOOK, backdrop=fitted, products=[trim(a_cutout())])
    left, top, right, bottom = boxes(picture, "product")[0]
    assert fitted.stage
    assert (left + right) / 2 == pytest.approx(600 * fitted.stage.x, abs=1)
    foot = PITCH * (right - left)
    assert foot / 3 < bottom - 600 * fitted.stage.y < foot / 2
    assert top >= live_area(Canvas(600, 600)).top


def test_a_narrow_stage_bears_a_smaller_product() -> None:
    wide = drawn(Canvas(600, 600), PLATE, PRODUCT, plate=flat(600, 600), stage=FLOOR)
    narrow = drawn(Canvas(600, 600), PLATE, PRODUCT, plate=flat(600, 600), stage=replace(FLOOR, width=0.3))
    (left, _, right, _), (wide_left, _, wide_right, _) = boxes(narrow, "product")[0], boxes(wide, "product")[0]
    assert right - left < wide_right - wide_left
    assert right - left <= 0.9 * 0.3 * 1.2 * 600


def test_the_product_is_the_photo_to_within_two_levels_whatever_veils_the_plate() -> None:
    grey = flat(500, 700, (125, 125, 125))
    words = headline("Hi", box=Box(0, 0.13, 1, 0.23), size=(0.025, 0.033))
    picture = drawn(Canvas(500, 700), PLATE, PRODUCT, words, plate=grey, stage=FLOOR)
    left, top, right, bottom = boxes(picture, "product")[0]
    assert (picture.pixels[top - 1, :left] != 125).all()
    photo = trim(a_cutout()).resized(right - left, bottom - top)
    core = photo[..., 3] == 255
    assert core.mean() > 0.9
    assert np.abs(picture.pixels[top:bottom, left:right].astype(int) - photo[..., :3])[core].max() <= 2


def test_white_channels_stay_white_around_a_product_that_fills_them() -> None:
    canvas = Canvas(500, 500, white=True, min_fill=0.85)
    picture = drawn(canvas, PLATE, PRODUCT, plate=flat(500, 500))
    left, top, right, bottom = boxes(picture, "product")[0]
    outside = np.ones((500, 500), bool)
    outside[top:bottom, left:right] = False
    assert (picture.pixels[outside] == 255).all()
    assert 0.85 <= max(right - left, bottom - top) / 500 <= 0.95
    assert abs(left + right - 500) <= 1


@pytest.mark.parametrize(("ground", "colour"), [((20, 30, 30), PAPER), ((240, 235, 230), INK)])
def test_words_take_the_colour_that_reads_better(ground: tuple[int, int, int], colour: tuple[int, int, int]) -> None:
    picture = drawn(Canvas(600, 600), PLATE, headline(), plate=flat(600, 600, ground), product=False)
    assert picture.placed[0].detail.endswith(bytes(colour).hex())
    assert (picture.pixels[-1, -1] == ground).all()


def test_a_mid_grey_plate_is_calmed_under_words_and_nowhere_else() -> None:
    body = headline("Small words", role="body", size=(0.03, 0.04))
    picture = drawn(Canvas(600, 600), PLATE, body, plate=flat(600, 600, (125, 125, 125)), product=False)
    left, top, _, bottom = boxes(picture, "text")[0]
    colour = PAPER if picture.placed[0].detail.endswith(bytes(PAPER).hex()) else INK
    assert legibility(picture.pixels[top:bottom, :left], colour) >= READABLE - 0.2
    assert (picture.pixels[-100:] == 125).all()


@pytest.mark.parametrize("level", [100, 115, 130, 145, 160, 175])
def test_a_ground_is_calmed_no_more_than_needed(level: int) -> None:
    body = headline("Small words", role="body", size=(0.03, 0.04))
    picture = drawn(Canvas(600, 600), PLATE, body, plate=flat(600, 600, (level, level, level)), product=False)
    left, top, _, bottom = boxes(picture, "text")[0]
    colour = PAPER if picture.placed[0].detail.endswith(bytes(PAPER).hex()) else INK
    under = picture.pixels[top:bottom, :left]
    reached = legibility(under, colour)
    assert reached >= 0.97 * READABLE
    assert reached <= 1.06 * READABLE or (under == level).all()


def test_a_restless_ground_is_calmed_where_a_plain_one_is_not() -> None:
    def changed(plate: Pixels) -> bool:
        words = headline("Made by hand", box=Box(0, 0, 1, 1), size=(0.085, 0.085))
        picture = drawn(Canvas(600, 600), PLATE, words, plate=plate, product=False)
        return bool((picture.pixels[:30] != plate[:30]).any())

    plain = flat(600, 600, (135, 135, 135))
    striped = plain.copy()
    striped[:, (np.arange(600) // 6) % 2 == 0] = 250  # lighter, so that dark words have more contrast, not less
    assert not changed(plain)
    assert changed(striped)


def test_few_words_in_the_middle_are_calmed_by_a_pool_around_them() -> None:
    words = headline("Hi", box=Box(0.4, 0.45, 0.6, 0.55), size=(0.04, 0.04))
    grey = flat(900, 900, (125, 125, 125))
    picture = drawn(Canvas(900, 900), PLATE, words, plate=grey, product=False)
    edges = np.ones((900, 900), bool)
    edges[90:-90, 90:-90] = False
    assert (picture.pixels[440:460, 370:380] != 125).any()
    assert (picture.pixels[edges] == 125).all()


def test_a_veil_has_no_steps() -> None:
    words = headline("Small words", role="body", size=(0.03, 0.04))
    picture = drawn(Canvas(1000, 1000), PLATE, words, plate=flat(1000, 1000, (125, 125, 125)), product=False)
    rows = picture.pixels[:, 900:].mean(axis=(1, 2))
    assert rows[0] < 124
    assert 0 < np.abs(np.diff(rows)).max() < 0.9


def test_the_crop_looks_for_calm_under_the_words() -> None:
    words = headline("Made by hand", box=Box(0, 0, 0.4, 0.5))
    busy = flat(1600, 900)
    busy[:, :600:8] = 60
    stage = replace(FLOOR, x=0.6)
    calm, free = (fit_plate(busy, stage, Canvas(900, 900), [PLATE, PRODUCT, *more]) for more in ([words], []))
    assert calm.stage
    assert calm.stage.x == pytest.approx(0.5, abs=0.065)
    assert (free.pixels[60:400, 60:300] < 100).any()
    assert not (calm.pixels[60:400, 60:300] < 100).any()


def test_languages_and_products_share_a_crop() -> None:
    one, other = (read_for_crop([PLATE, PRODUCT, headline(text, colour=text)]) for text in ("ink", "paper"))
    assert one == other


def test_a_product_makes_room_for_a_disc_beside_it() -> None:
    disc = BadgeLayer(layer="badge", text="Now", form="disc", box=Box(0.5, 0.1, 0.8, 0.4), size=(0.05, 0.05))
    plain = drawn(Canvas(600, 600), PLATE, PRODUCT, plate=flat(600, 600), stage=FLOOR)
    priced = drawn(Canvas(600, 600), PLATE, PRODUCT, disc, plate=flat(600, 600), stage=FLOOR)
    assert boxes(priced, "product")[0][1] > boxes(priced, "badge")[0][3]
    assert boxes(priced, "product")[0][3] == boxes(plain, "product")[0][3]


def test_a_mirrored_canvas_has_logo_and_light_on_the_other_side() -> None:
    logo = LogoLayer(layer="logo", box=Box(0, 0, 0.3, 0.1))
    layers: tuple[AnyLayer, ...] = (PLATE, logo, PRODUCT)
    canvas = Canvas(800, 400, locale="ar", direction="rtl", mirrored=True)
    fitted = fit_plate(flat(800, 400), FLOOR, canvas, layers)
    picture = compose(canvas, layers, LOOK, backdrop=fitted)
    assert fitted.stage
    assert fitted.stage.light.side == 0.8
    assert boxes(picture, "logo")[0][2] == live_area(canvas).right


def test_mirroring_turns_boxes_anchors_and_sides() -> None:
    badge = BadgeLayer(layer="badge", text="Now", box=Box(0, 0.2, 0.25, 0.5), anchor="bottom-left")
    turned = BadgeLayer(layer="badge", text="Now", box=Box(0.75, 0.2, 1, 0.5), anchor="bottom-right")
    left, right = ScrimLayer(layer="scrim", side="left"), ScrimLayer(layer="scrim", side="right")
    assert layers_mirrored([badge, left, PLATE]) == (turned, right, PLATE)


def test_words_that_follow_keep_their_gap_however_many_lines_come_before() -> None:
    def gap(text: str) -> int:
        first = headline(text, anchor="center", size=(0.05, 0.05))
        second = headline("Second", follow=0.1, box=Box(0, 0.3, 1, 0.4), size=(0.04, 0.04))
        picture = drawn(Canvas(400, 400), PLATE, first, second, plate=flat(400, 400), product=False)
        (_, _, _, above), (_, below, _, _) = boxes(picture, "text")
        return below - above

    assert gap("One line") == pytest.approx(gap("Here we have two full lines to be set in this box"), abs=2)


def test_optional_words_are_left_out_where_they_would_be_too_small() -> None:
    small = headline("Fine print", size=(0.02, 0.03), optional=True)
    assert not boxes(drawn(Canvas(300, 250), PLATE, small, plate=flat(300, 250)), "text")
    assert boxes(drawn(Canvas(1200, 1000), PLATE, small, plate=flat(300, 250)), "text")


def test_words_that_do_not_fit_say_on_which_canvas() -> None:
    with pytest.raises(TextDoesNotFit, match="300 x 250"):
        drawn(Canvas(300, 250), headline("Donaudampfschifffahrtsgesellschaft " * 5), product=False)


def test_a_badge_never_sinks_into_its_ground() -> None:
    badge = BadgeLayer(layer="badge", text="Now", box=Box(0.2, 0.2, 0.8, 0.8), background="accent", anchor="center")
    picture = drawn(Canvas(400, 400), PLATE, badge, plate=flat(400, 400, colour_named("accent", LOOK)), product=False)
    left, top, right, _ = boxes(picture, "badge")[0]
    assert (picture.pixels[top + 4, (left + right) // 2] != colour_named("accent", LOOK)).any()


def test_panels_reach_the_edges_and_lie_above_the_shadow() -> None:
    panel = ShapeLayer(layer="shape", box=Box(0, 0, 0.4, 1), colour="paper")
    picture = drawn(Canvas(600, 600, Insets(left=0.1)), PLATE, panel, PRODUCT, plate=flat(600, 600), stage=FLOOR)
    left = boxes(picture, "product")[0][0]
    assert (picture.pixels[:, : min(left, 240)] == PAPER).all()


def test_the_logo_turns_light_on_dark_ground() -> None:
    logo = LogoLayer(layer="logo", box=Box(0, 0, 0.5, 0.2))
    dark = drawn(Canvas(400, 400), PLATE, logo, plate=flat(400, 400, (20, 24, 30)), product=False)
    light = drawn(Canvas(400, 400), PLATE, logo, plate=flat(400, 400, (240, 240, 240)), product=False)
    assert (dark.pixels == PAPER).all(axis=-1).any()
    assert (light.pixels == INK).all(axis=-1).any()


@pytest.mark.parametrize(("width", "height"), [(88, 31), (728, 90), (16, 16)])
def test_tiny_canvases_come_out_whole(width: int, height: int) -> None:
    picture = drawn(Canvas(width, height), PLATE, PRODUCT, plate=flat(400, 300), stage=FLOOR)
    assert picture.pixels.shape == (height, width, 3)


def test_the_same_input_gives_the_same_pixels() -> None:
    first, second = (
        drawn(Canvas(300, 400), PLATE, PRODUCT, headline(), plate=flat(300, 400), stage=FLOOR) for _ in range(2)
    )
    assert (first.pixels == second.pixels).all()


def test_composing_leaves_the_shared_plate_alone() -> None:
    fitted = FittedPlate(flat(300, 300), FLOOR)
    compose(Canvas(300, 300), [PLATE, PRODUCT], LOOK, backdrop=fitted, products=[trim(a_cutout())])
    assert (fitted.pixels == flat(300, 300)).all()
