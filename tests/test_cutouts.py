from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from assetgen.cutout.sighting import Sighting
from assetgen.cutout.witnesses import agree
from assetgen.cutters import Auto
from assetgen.cutters.differences import find_differences
from assetgen.cutters.plain_backdrop import Plain, found_by_colour
from assetgen.model.arrays import Floats, Pixels
from assetgen.model.cutting import Handling, Verdict
from benchmarks import photos, tumbler

PHOTOS = Path(__file__).parent.parent / "campaigns" / "photos"
cut = Auto().cut
TRUTH = Path(__file__).parent / "truth"
SIZE = 600


def read(path: Path) -> Pixels:
    return np.asarray(Image.open(path).convert("RGB"))


def exact(name: str) -> Floats:
    return np.asarray(Image.open(TRUTH / f"{name}.png").convert("L"), np.float32) / 255


def error(alpha: Floats, truth: Floats) -> float:
    """Mean absolute error in % of the picture."""
    return 100 * float(np.abs(alpha - truth).mean())


def alpha_of(photo: Pixels) -> Floats:
    return (cut(photo).rgba[..., 3] / 255).astype(np.float32)


def backdrop(colour: tuple[int, int, int] = (245, 245, 245), slope: float = 0.0) -> Floats:
    ramp = 1 + slope * np.linspace(-1, 1, SIZE, dtype=np.float32)[:, None, None]
    return np.clip(np.full((SIZE, SIZE, 3), colour, np.float32) * ramp, 0, 255)


def disc(radius: float, hole: float = 0.0) -> Floats:
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32) - SIZE / 2
    distance = np.hypot(x, y)
    return np.asarray(np.clip(radius - distance + 0.5, 0, 1) * np.clip(distance - hole + 0.5, 0, 1))


def photographed(
    behind: Floats, alpha: Floats, colour: tuple[int, int, int] = (40, 80, 150), noise: float = 1.0
) -> Pixels:
    mixed = behind * (1 - alpha[..., None]) + np.array(colour, np.float32) * alpha[..., None]
    grain = np.random.default_rng(1).normal(0, noise, mixed.shape)
    return np.clip(np.rint(mixed + grain), 0, 255).astype(np.uint8)


def with_floor_shadow(behind: Floats) -> Floats:
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32)
    shadow = 0.6 * np.exp(-(((x - 320) / 120) ** 2) - ((y - 455) / 22) ** 2)
    return np.asarray(behind * (1 - shadow[..., None]), np.float32)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("mug", 0.3),
        ("lamp", 0.17),
        ("dropper", 0.38),
        ("tote", 0.2),
        ("vase", 0.25),
        ("flask", 0.2),
        ("headphones", 0.3),
    ],
)
def test_sample_photos_come_out_close_to_the_exact_cutout(name, most):
    assert error(alpha_of(read(PHOTOS / f"{name}.jpg")), exact(name)) < most


def test_one_looks_through_the_handle_of_a_mug():
    alpha = alpha_of(read(PHOTOS / "mug.jpg"))
    assert alpha[520:620, 890:960].max() == 0


def test_holes_are_kept_on_request():
    kept = cut(read(PHOTOS / "mug.jpg"), Handling(keep_holes=True)).rgba[..., 3]
    assert kept[520:620, 890:960].min() == 255


def test_one_looks_through_the_narrow_gap_between_two_handles():
    alpha = alpha_of(read(PHOTOS / "tote.jpg"))
    assert alpha[260, 466:470].max() < 0.1
    assert alpha[260, 732:735].max() < 0.1


def test_a_gleam_on_a_steel_ring_is_no_hole():
    alpha = alpha_of(read(PHOTOS / "flask.jpg"))
    assert alpha[368:376, 635:675].min() == 1


def test_a_pale_rim_leaves_no_notch_in_the_outline():
    missing = exact("vase") - alpha_of(read(PHOTOS / "vase.jpg")) > 0.4
    assert not cv2.erode(missing.astype(np.uint8), np.ones((6, 6), np.uint8)).any()


def test_no_shadow_hangs_under_a_product():
    alpha, truth = alpha_of(read(PHOTOS / "headphones.jpg")), exact("headphones")
    assert (alpha - truth)[1080:, 280:400].max() < 0.6


def test_a_shadow_on_the_floor_stays_behind():
    truth = disc(150)
    photo = photographed(with_floor_shadow(backdrop()), truth)
    assert error(alpha_of(photo), truth) < 0.15


@pytest.mark.parametrize(
    ("behind", "colour", "noise"),
    [
        (backdrop((240, 200, 205)), (40, 80, 150), 1),
        (backdrop((30, 32, 36)), (200, 190, 60), 1),
        (backdrop((225, 225, 230), slope=0.1), (180, 40, 30), 1),
        (backdrop((235, 235, 235)), (120, 120, 120), 5),
    ],
    ids=["pastel", "dark", "gradient", "grainy"],
)
def test_any_smooth_backdrop_will_do(behind, colour, noise):
    truth = disc(180)
    cutout = cut(photographed(behind, truth, colour, noise))
    assert cutout.verdict is Verdict.GOOD
    assert error(cutout.rgba[..., 3] / 255, truth) < 0.15


def test_a_ring_is_open_in_the_middle():
    truth = disc(200, hole=170)
    cutout = cut(photographed(backdrop(), truth, (190, 150, 60)))
    assert cutout.verdict is Verdict.GOOD
    assert error(cutout.rgba[..., 3] / 255, truth) < 0.15


def test_fur_keeps_its_hairs():
    truth = fur()
    behind = np.full((1000, 1000, 3), (90, 130, 180), np.float32)
    cutout = cut(photographed(behind, truth, (200, 190, 180)))
    alpha = cutout.rgba[..., 3] / 255
    band = (truth > 0.05) & (truth < 0.95)
    assert error(alpha, truth) < 0.6
    assert np.corrcoef(alpha[band], truth[band])[0, 1] > 0.72


def fur() -> Floats:
    random = np.random.default_rng(2)
    drawn = np.zeros((1000, 1000), np.uint8)
    cv2.circle(drawn, (500, 500), 260, 255, -1)
    for angle in random.uniform(0, 2 * np.pi, 1500):
        start, lean, length = random.uniform(200, 260), angle + random.normal(0, 0.25), random.uniform(30, 70)
        root = np.array([500 + start * np.cos(angle), 500 + start * np.sin(angle)])
        tip = root + length * np.array([np.cos(lean), np.sin(lean)])
        cv2.line(drawn, root.astype(int).tolist(), tip.astype(int).tolist(), 255, 2, cv2.LINE_AA)
    return drawn.astype(np.float32) / 255


def test_colours_within_the_outline_are_those_of_the_photo():
    photo = read(PHOTOS / "vase.jpg")
    rgba = cut(photo).rgba
    core = rgba[..., 3] == 255
    assert core.mean() > 0.2
    assert np.array_equal(rgba[core][:, :3], photo[core])


def test_no_fringe_of_a_bright_backdrop_shows_on_a_dark_plate():
    rgba = cut(photographed(backdrop(), disc(180), (60, 20, 20), noise=0)).rgba
    edge = (rgba[..., 3] > 20) & (rgba[..., 3] < 235)
    on_black = rgba[..., :3] * (rgba[..., 3:] / 255)
    assert edge.any()
    assert on_black[edge].max() < 90


def test_a_white_bowl_on_white_is_not_called_good():
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32)
    white = np.full((SIZE, SIZE, 3), 255, np.float32)
    shade = 0.15 * np.exp(-(((x - 310) / 110) ** 2) - ((y - 340) / 35) ** 2)
    under = 0.35 * np.exp(-(((x - 300) / 130) ** 2) - ((y - 420) / 12) ** 2)
    bowl = np.clip(white * (1 - shade - under)[..., None], 0, 255).astype(np.uint8)
    cutout = cut(bowl)
    assert cutout.verdict is not Verdict.GOOD
    assert cutout.reasons


def test_a_deep_soft_shadow_is_told_from_a_bowl():
    photo = photos.take("bowl-2", SIZE)
    cutout = cut(photo.rgb)
    assert cutout.verdict is Verdict.GOOD
    assert error(cutout.rgba[..., 3] / 255, photo.truth[..., 3] / 255) < 0.2


def test_the_gaps_between_rails_are_open_though_a_shadow_lies_in_them():
    rails = np.zeros((SIZE, SIZE), np.float32)
    rails[100:480, 150:450] = 1
    for left in range(180, 430, 60):
        rails[130:450, left : left + 35] = 0
    shade = 1 - 0.1 * cv2.GaussianBlur(rails, (0, 0), 15)[..., None]
    photo = photographed((backdrop((225, 225, 225)) * shade).astype(np.float32), rails)
    assert error(alpha_of(photo), rails) < 0.3


def test_a_wire_is_kept():
    wire = np.maximum(disc(200, hole=195), np.roll(disc(120), 150, axis=0))
    alpha = alpha_of(photographed(backdrop(), wire, (120, 120, 122)))
    assert alpha[100:104, 290:310].max(axis=0).mean() > 0.6


def test_teeth_with_dim_gaps_are_for_a_person_to_look_at():
    comb = np.zeros((SIZE, SIZE), np.float32)
    comb[200:260, 60:540] = 1
    for left in range(64, 530, 12):
        comb[260:400, left : left + 6] = 1
    dim = 1 - 0.35 * cv2.GaussianBlur(comb, (0, 0), 5)[..., None]
    cutout = cut(photographed((backdrop() * dim).astype(np.float32), comb, (150, 40, 40)))
    assert cutout.verdict is Verdict.CHECK


def test_the_shadow_comes_out_as_a_layer_without_the_product():
    truth = disc(130)
    shadow = cut(photographed(with_floor_shadow(backdrop()), truth)).shadow
    assert shadow is not None
    kept = with_floor_shadow(np.full((SIZE, SIZE, 3), 255, np.float32))[..., 0]
    beside = truth == 0
    assert np.abs(shadow - kept)[beside].mean() < 2
    assert np.abs(np.diff(shadow.astype(int), axis=0)).max() < 12
    assert (shadow[:250] == 255).all()


def test_a_photo_without_a_shadow_has_no_layer_for_it():
    assert cut(photographed(backdrop(), disc(150))).shadow is None


def test_the_plate_shows_through_glass_on_request():
    for _, errors in tumbler.errors(Handling(glass=True), side=SIZE):
        assert max(errors["grey"], errors["wood"], errors["white"]) < 4


def test_what_is_in_a_glass_stays_solid():
    glass = tumbler.tumbler(SIZE, label=True)
    rgba = Plain().cut(tumbler.shot(glass.over((0.92, 0.92, 0.92))), Handling(glass=True)).rgba
    assert rgba[330:410, 230:370, 3].min() == 255
    assert rgba[280, 280:320, 3].max() < 60


def test_clear_glass_is_left_to_a_person():
    cutout = cut(read(Path(__file__).parent / "photos" / "candle.jpg"))
    assert cutout.verdict is not Verdict.GOOD


def test_a_busy_picture_needs_a_model_and_says_why():
    scene = np.random.default_rng(3).integers(0, 255, (12, 12, 3), dtype=np.uint8)
    cutout = cut(cv2.resize(scene, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC).astype(np.uint8))
    assert cutout.verdict is Verdict.REFUSED
    assert "a model alone says what the product is, and it is not sure" in cutout.reasons


def test_an_empty_picture_needs_a_model():
    assert cut(photographed(backdrop(), disc(0))).verdict is Verdict.REFUSED


def test_a_photo_that_is_transparent_already_stays_as_it_is():
    photo = np.dstack([photographed(backdrop(), disc(150)), np.rint(255 * disc(150)).astype(np.uint8)])
    cutout = cut(photo)
    assert cutout.verdict is Verdict.GOOD
    assert np.array_equal(cutout.rgba, photo)


def test_an_opaque_alpha_channel_does_not_count_as_a_cutout():
    photo = photographed(backdrop(), disc(150))
    opaque = np.dstack([photo, np.full((SIZE, SIZE), 255, np.uint8)])
    assert np.array_equal(cut(opaque).rgba, cut(photo).rgba)


@pytest.mark.parametrize(("width", "height"), [(120, 120), (900, 300), (30, 30)])
def test_a_cutout_has_the_size_of_its_photo(width, height):
    photo = cv2.resize(photographed(backdrop(), disc(150)), (width, height), interpolation=cv2.INTER_AREA)
    assert cut(photo.astype(np.uint8)).rgba.shape == (height, width, 4)


def shaded_bottle(colour: tuple[int, int, int], label: tuple[int, int, int]) -> tuple[Floats, Floats]:
    """A bottle with a label round its middle, lit from the left, and its exact alpha."""
    alpha = np.zeros((SIZE, SIZE), np.uint8)
    cv2.rectangle(alpha, (220, 150), (380, 520), 255, -1)
    cv2.rectangle(alpha, (260, 70), (340, 150), 255, -1)
    soft = cv2.GaussianBlur(alpha, (0, 0), 0.7).astype(np.float32) / 255
    turned = 0.75 + 0.25 * np.cos(np.linspace(-1.2, 1.0, SIZE, dtype=np.float32))
    drawn = np.broadcast_to(np.array(colour, np.float32), (SIZE, SIZE, 3)) * turned[None, :, None]
    drawn = np.array(drawn)
    drawn[250:430] = np.array(label, np.float32) * (0.97 + 0.03 * turned[None, :, None])
    return drawn, soft


def pasted(behind: Floats, drawn: Floats, alpha: Floats) -> Pixels:
    grain = np.random.default_rng(1).normal(0, 0.7, behind.shape)
    return np.clip(np.rint(behind * (1 - alpha[..., None]) + drawn * alpha[..., None] + grain), 0, 255).astype(np.uint8)


def test_a_white_label_on_white_is_part_of_its_bottle():
    drawn, alpha = shaded_bottle((60, 150, 60), (244, 244, 243))
    cutout = cut(pasted(backdrop((250, 250, 250)), drawn, alpha))
    assert error(cutout.rgba[..., 3] / 255, alpha) < 0.5
    assert cutout.rgba[270:410, 240:360, 3].min() == 255
    assert cutout.verdict is Verdict.GOOD


def shape(*, ellipse: tuple[int, int, int, int]) -> Floats:
    """The exact alpha of a full ellipse (x, y, half its width, half its height)."""
    large = np.zeros((4 * SIZE, 4 * SIZE), np.uint8)
    x, y, width, height = (4 * value for value in ellipse)
    cv2.ellipse(large, (x, y), (width, height), 0, 0, 360, 255, -1)
    return cv2.resize(large, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def block(rows: slice, columns: slice) -> Floats:
    alpha = np.zeros((SIZE, SIZE), np.float32)
    alpha[rows, columns] = 1
    return alpha


def painted(*parts: tuple[Floats, tuple[int, int, int]]) -> tuple[Floats, Floats]:
    """A product of parts, each over those before, and its exact alpha."""
    drawn, alpha = np.zeros((SIZE, SIZE, 3), np.float32), np.zeros((SIZE, SIZE), np.float32)
    for part, colour in parts:
        drawn = drawn * (1 - part[..., None]) + np.array(colour, np.float32) * part[..., None]
        alpha = np.maximum(alpha, part)
    return drawn, alpha


def lying_on(behind: Floats, alpha: Floats) -> Floats:
    """A surface that a product lies on, lit from the upper left."""
    shadow = cv2.GaussianBlur(np.roll(alpha, (20, 16), axis=(0, 1)), (0, 0), 11)
    return np.asarray(behind * (1 - 0.35 * shadow[..., None]))


@pytest.mark.parametrize("white", [(253, 253, 252), (232, 232, 232)])
def test_a_pale_lining_at_the_rim_of_a_bowl_is_part_of_it(white):
    body = shape(ellipse=(300, 300, 190, 200)) * block(np.s_[300:], np.s_[:])
    drawn, alpha = painted((body, (40, 80, 160)), (shape(ellipse=(300, 300, 190, 26)), (226, 228, 224)))
    cutout = cut(pasted(backdrop(white), drawn, alpha))
    lining = alpha.astype(bool) & block(np.s_[276:296], np.s_[200:400]).astype(bool)
    assert (cutout.rgba[..., 3] / 255)[lining].mean() > 0.98
    assert error(cutout.rgba[..., 3] / 255, alpha) < 0.3
    assert cutout.verdict is Verdict.GOOD


def test_a_black_sole_in_its_shadow_is_part_of_the_product():
    drawn, alpha = painted(
        (block(np.s_[180:430], np.s_[190:410]), (180, 60, 50)), (block(np.s_[418:432], np.s_[186:414]), (14, 14, 15))
    )
    cutout = cut(pasted(lying_on(backdrop((250, 250, 250)), alpha), drawn, alpha))
    assert cutout.rgba[420:430, 200:400, 3].min() == 255
    assert error(cutout.rgba[..., 3] / 255, alpha) < 0.3


def test_a_loop_with_a_shadow_behind_it_is_for_a_person_to_look_at():
    ring = np.clip(shape(ellipse=(300, 200, 62, 62)) - shape(ellipse=(300, 200, 46, 46)), 0, 1)
    grey = (150, 160, 158)
    drawn, alpha = painted((block(np.s_[240:470], np.s_[220:380]), grey), (ring, grey))
    cutout = cut(pasted(lying_on(backdrop((250, 250, 250)), alpha), drawn, alpha))
    assert cutout.verdict is Verdict.CHECK
    assert "openings with a shadow behind them" in cutout.reasons[0]


def doubts_where_the_model_sees(photo: Pixels, seen: Floats) -> str:
    found = found_by_colour(photo)
    look = cv2.resize(seen, found.product.shape[::-1])
    sighting = Sighting(look, look)
    agreement = agree(found.product, found.backdrop, found.edges, sighting)
    told = find_differences(found.backdrop, found.edges, agreement, sighting, holes_kept=False)
    return "; ".join(doubt.reason for doubt in told)


def test_a_shadow_of_which_the_model_takes_a_part_for_product_is_for_a_person_to_look_at():
    product = block(np.s_[150:450], np.s_[150:350])
    shadow = cv2.GaussianBlur(block(np.s_[180:450], np.s_[350:470]), (0, 0), 6) * (1 - product)
    photo = pasted(backdrop((245, 245, 245)) * (1 - 0.4 * shadow[..., None]), *painted((product, (120, 120, 120))))

    assert doubts_where_the_model_sees(photo, product) == ""
    told = doubts_where_the_model_sees(photo, block(np.s_[150:450], np.s_[150:385]))
    assert "a shadow or a mirror image beside the product may have been taken for a part of it" in told


@pytest.mark.parametrize("shift", [(18, 22), (-16, 20), (14, -24)])
@pytest.mark.parametrize("white", [(245, 244, 240), (214, 216, 224)])
def test_a_hard_shadow_that_both_take_for_product_is_for_a_person_to_look_at(shift, white):
    product = shape(ellipse=(290, 220, 120, 90)) + block(np.s_[220:430], np.s_[230:350])
    product = np.clip(product, 0, 1)
    shadow = np.roll(product, shift, axis=(0, 1))
    hard = cv2.GaussianBlur(shadow, (0, 0), 1)
    photo = pasted(backdrop(white) * (1 - 0.36 * hard[..., None]), *painted((product, (60, 110, 170))))

    assert "a hard shadow beside the product" in doubts_where_the_model_sees(photo, np.maximum(product, shadow))
    assert "a hard shadow" not in doubts_where_the_model_sees(photo, product)


def test_a_grey_side_of_a_product_is_no_hard_shadow():
    product = block(np.s_[150:450], np.s_[150:450])
    drawn, alpha = painted((product, (60, 110, 170)), (block(np.s_[150:450], np.s_[400:450]), (150, 150, 149)))
    photo = pasted(backdrop((245, 245, 245)), drawn, alpha)

    assert "a hard shadow" not in doubts_where_the_model_sees(photo, product)


def test_a_product_on_a_busy_backdrop_is_cut_out_by_the_model():
    coffee = skimage_picture("coffee")
    cutout = cut(coffee)
    alpha = cutout.rgba[..., 3]
    assert cutout.by == "u2netp"
    assert cutout.verdict is Verdict.GOOD
    assert alpha[200, 300] == 255, "the cup"
    assert alpha[300:, :60].max() == 0, "the table"
    assert 0.2 < float((alpha > 127).mean()) < 0.5


def test_a_person_before_many_things_waits_for_a_look():
    cutout = cut(skimage_picture("astronaut"))
    assert cutout.verdict is Verdict.CHECK
    assert cutout.reasons == ("a model alone says where the product ends, and it is not sure",)


def skimage_picture(name: str) -> Pixels:
    """A photo that comes with scikit-image, which comes with rembg."""
    folder = find_spec("skimage")
    if folder is None or folder.origin is None:
        pytest.skip("scikit-image is not installed")
    return read(Path(folder.origin).parent / "data" / f"{name}.png")


@pytest.mark.parametrize("name", ["mug", "vase", "lamp", "flask", "tote", "dropper"])
def test_a_foot_has_no_crumbs_and_no_bites(name):
    alpha, truth = alpha_of(read(PHOTOS / f"{name}.jpg")), exact(name)
    parts, *_ = cv2.connectedComponentsWithStats((alpha > 0.5).astype(np.uint8))
    assert parts == 2, f"{parts - 2} crumbs"
    left, top, width, height = cv2.boundingRect((truth > 0.5).astype(np.uint8))
    foot = np.s_[top + 4 * height // 5 :, left : left + width]
    bitten = (truth - alpha)[foot] > 0.4
    assert not cv2.erode(bitten.astype(np.uint8), np.ones((5, 5), np.uint8)).any()


def test_two_reasons_are_enough():
    rng = np.random.default_rng(3)
    cutout = Plain().cut(
        np.asarray(cv2.resize(rng.integers(0, 255, (12, 12, 3), dtype=np.uint8), (SIZE, SIZE)), np.uint8)
    )
    assert len(cutout.reasons) == 2
