from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from assetgen.config.shape import Shape
from assetgen.model.request import Generated, Price, Request, Stage
from assetgen.providers.studio import Studio
from assetgen.studio.prompt_reading import read
from assetgen.studio.render import render
from assetgen.studio.sets import build


def generate(prompt: str, width: int = 160, height: int = 160, take: int = 1) -> Generated:
    return Studio().generate(Request(prompt, width, height, take=take))


def stage(prompt: str, width: int = 64, height: int = 64) -> Stage:
    found = generate(prompt, width, height).stage
    assert found
    return found


def pixels(generated: Generated) -> npt.NDArray[np.float32]:
    decoded = cv2.imdecode(np.frombuffer(generated.data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None
    assert decoded.dtype == np.uint8
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.float32)


def picture(prompt: str, width: int = 160, height: int = 160, take: int = 1) -> npt.NDArray[np.float32]:
    return pixels(generate(prompt, width, height, take))


def upper_wall(prompt: str) -> npt.NDArray[np.float32]:
    return np.asarray(picture(prompt)[20:60, 20:140].mean(axis=(0, 1)))


def test_the_same_request_gives_the_same_bytes():
    prompt = "marble podium, leaf shadow, eucalyptus, bokeh"
    assert generate(prompt).data == generate(prompt).data


def test_threads_do_not_disturb_each_other():
    prompts = ["round podium, leaf shadow", "steps, pink wall", "oak table, vase", "terracotta arch"]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda prompt: generate(prompt).data, prompts))
    assert together == [generate(prompt).data for prompt in prompts]


def test_the_next_take_is_another_arrangement_and_not_just_other_noise():
    first, second = picture("round podium"), picture("round podium", take=2)
    blurred = [cv2.GaussianBlur(p, (0, 0), 4) for p in (first, second)]
    assert np.abs(blurred[0] - blurred[1]).max() > 25


def test_a_prompt_keeps_its_arrangement_in_every_shape():
    sides = {np.sign(stage("podium", *size).light.side) for size in [(96, 160), (160, 96), (240, 80)]}
    assert len(sides) == 1


@pytest.mark.parametrize("code", ["#c8623e", "#a9b79b", "#3f6fb0", "#ecc0bb", "#22302b"])
def test_the_first_colour_named_is_the_colour_of_the_wall(code):
    asked = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.float32)
    shown = upper_wall(f"podium, soft light from above, palette {code}, #f6f1e7")
    assert np.abs(shown / shown.max() - asked / asked.max()).max() < 0.1
    assert abs(shown.mean() - asked.mean()) < 30


def test_a_colour_beside_a_thing_goes_to_that_thing():
    red, green, blue = upper_wall("palette #c8623e, sage wall, floor in blue")
    assert green > red > blue
    floor = picture("palette #c8623e, sage wall, seamless, floor in blue, overcast")[-10:].mean(axis=(0, 1))
    assert floor[2] > floor[0]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("round podium, sage wall, leaf shadow, light from the left", "圆形展台，鼠尾草绿墙面，叶影，左侧光"),
        ("stone steps, pink wall, golden hour", "石头台阶，粉色墙，黄昏"),
        ("oak table top, vase, morning, from the right", "橡木桌面，花瓶，早晨，右侧光"),
        ("marble podium, terracotta arch, noon", "大理石展台，陶土色拱门，正午"),
        ("night, bokeh lights, stepped podium, navy background", "夜晚，光斑，阶梯展台，深蓝色背景"),
        ("window sill, window shadow, white", "窗台，窗影，白色"),
    ],
)
def test_chinese_words_ask_for_the_same_set_as_english_ones(english, chinese):
    assert read(english) == read(chinese)


def test_words_after_no_and_without_are_not_wishes():
    plain = read("round podium, sage wall")
    assert read("round podium, sage wall, no spheres or arches, without leaves. not blue") == plain
    assert read("圆台，鼠尾草墙，没有球体，不要树叶").extras == frozenset()


@pytest.mark.parametrize(("side", "sign"), [("left", -1), ("right", 1)])
def test_light_comes_from_the_side_that_is_named(side, sign):
    prompt = f"seamless, grey wall, light from the {side}"
    wall = picture(prompt)[20:80].mean(axis=(0, 2))
    assert np.sign(wall[-30:].mean() - wall[:30].mean()) == sign
    assert np.sign(stage(prompt).light.side) == sign


@pytest.mark.parametrize(("side", "sign"), [("left", -1), ("right", 1)])
def test_shadows_fall_away_from_the_light(side, sign):
    prompt = f"round podium, terracotta arch, grey wall, golden hour, light from the {side}"
    floor = picture(prompt, 256, 256)[int(0.86 * 256) : int(0.93 * 256)].mean(axis=2)
    edge = int(stage(prompt).width * 128) + 12
    left, right = floor[:, 128 - edge - 20 : 128 - edge].min(), floor[:, 128 + edge : 128 + edge + 20].min()
    assert np.sign(right - left) == sign
    assert abs(right - left) > 20


def test_light_from_above_has_no_side():
    assert stage("podium, overhead light").light.side == 0


def test_low_sun_is_low_and_hard_and_a_soft_box_is_soft():
    golden, day = stage("podium, golden hour").light, stage("podium").light
    assert golden.height < day.height
    assert golden.softness < day.softness
    assert golden.strength > day.strength


def test_the_lights_colour_is_told_with_its_largest_part_1():
    assert max(stage("podium").light.tint) == 1
    red, green, blue = stage("podium, golden hour").light.tint
    assert red == 1 > green > blue


def test_the_gloss_is_that_of_what_the_product_stands_on():
    assert stage("marble podium").gloss > 0.1
    assert stage("marble podium, oak floor").gloss == stage("marble table").gloss == stage("marble podium").gloss
    assert stage("podium, marble floor").gloss == stage("podium").gloss == 0
    assert stage("water, seamless").gloss > 0.4


@pytest.mark.parametrize("stand", ["podium", "stepped podium", "block", "steps", "table", "window sill", "seamless"])
@pytest.mark.parametrize("size", [(90, 160), (128, 160), (160, 160), (256, 144), (240, 80)])
def test_the_product_stands_on_a_surface_inside_the_frame(stand, size):
    width, height = size
    place = stage(f"{stand}, white", width, height)
    assert place.x == pytest.approx(0.68 if width > 1.6 * height else 0.5, abs=0.01)
    assert 0.7 < place.y < 0.9
    assert place.ground < place.y + 0.03
    assert place.x - place.width / 2 > 0
    assert place.x + place.width / 2 < 1
    assert place.width * width > 0.45 * min(width, height)


def test_the_standing_place_is_lit_and_as_wide_as_promised():
    prompt = "white round podium, dark green wall, light from the left"
    place, shown = stage(prompt), picture(prompt, 256, 256).mean(axis=2)
    left, right = (int((place.x + side * place.width * 0.48) * 256) for side in (-1, 1))
    assert shown[int(place.y * 256), left:right].min() > 150


WORDS = """
podium, stepped podium, block, steps, table, window sill, seamless, arch, spheres, vase, eucalyptus, bokeh, leaf shadow,
window shadow, marble podium, terrazzo floor, oak floor, linen floor, sand floor, water, plaster wall, morning,
golden hour, noon, night, neon
"""


def test_every_word_makes_another_picture():
    # One seed for all: a prompt's words choose the arrangement too, which would hide a word that does nothing.
    words = [word.strip() for word in WORDS.split(",")]
    shown = {word: render(build(read(f"{word}, light from the left"), 64, 64, seed=5)).astype(int) for word in words}
    assert [(a, b) for a, b in combinations(words, 2) if np.abs(shown[a] - shown[b]).mean() < 0.15] == []


@pytest.mark.parametrize("prompt", ["podium, beige", "podium, navy wall, night", "podium, sage wall, leaf shadow"])
def test_walls_are_smooth_without_noise_or_bands(prompt):
    wall = picture(prompt, 256, 256)[8:120, 8:248]
    rough = wall - cv2.GaussianBlur(wall, (0, 0), 2)
    assert rough[8:-8, 8:-8].std() < 1.0  # the dither alone is 0.4 levels
    assert np.abs(np.diff(cv2.GaussianBlur(wall, (0, 0), 3).mean(axis=2), axis=1)).max() < 4


def test_edges_are_smoothed():
    shown = picture("white round podium, black wall, overhead light", 256, 256).mean(axis=2)
    edge = shown[int(0.74 * 256) : int(0.82 * 256), 40:216]
    between = (edge > 60) & (edge < 150)
    assert between.any(axis=0).mean() > 0.5


def test_sizes_are_multiples_of_sixteen_near_the_wanted_area():
    for shape in Shape:
        width, height = Studio(megapixels=1.0).size(shape)
        assert width % 16 == height % 16 == 0
        assert Shape.of(width, height) is shape.plain
        assert width * height == pytest.approx(1e6, rel=0.05)


def test_pictures_have_the_size_asked_for():
    for width, height in [(256, 256), (97, 213), (301, 75)]:
        assert picture("arch, steps", width, height).shape == (height, width, 3)


def test_pictures_cost_nothing():
    assert Studio().price(Request("podium", 64, 64)) == Price(Decimal(0), "USD") == generate("podium", 64, 64).cost
