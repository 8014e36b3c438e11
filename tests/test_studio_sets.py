"""Every set of the studio: the words that call it, where the product stands in it, and what its picture is like."""

from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from assetgen.errors import Location
from assetgen.model.brief import TemplateText
from assetgen.model.request import Request, Stage
from assetgen.prompts import Templates
from assetgen.providers.studio import Studio
from assetgen.studio import studio_vocabulary
from assetgen.studio.palette import APART, SEASONS, difference
from assetgen.studio.prompt_reading import read
from assetgen.studio.scenery.inventory import PROPS
from assetgen.studio.scenery.views import VIEWS
from assetgen.studio.sets import ProductSet, build
from assetgen.studio.settings import SETTINGS
from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.surfaces import SURFACES
from assetgen.studio.wardrobe import dressed
from tests.conftest import ROOT

Picture = npt.NDArray[np.float32]
WORDS = [(word, place) for place, words in studio_vocabulary.PLACES.items() for word in words.split(", ")]
SHAPES = {
    "tall": (144, 256),
    "portrait": (160, 200),
    "square": (192, 192),
    "landscape": (256, 144),
    "banner": (288, 96),
}
PRODUCTS = ["sage green", "oat", "terracotta", "navy", "black", "white", "mustard", "red", "pink", "#5a7d9a"]


def words_of(place: str) -> str:
    return studio_vocabulary.PLACES[place].partition(", ")[0]


def arranged(prompt: str, shape: str = "square", seed: int = 7) -> ProductSet:
    return build(read(prompt), *SHAPES[shape], seed)


def shown(prompt: str, shape: str = "square") -> tuple[Picture, Stage]:
    generated = Studio().generate(Request(prompt, *SHAPES[shape]))
    decoded = cv2.imdecode(np.frombuffer(generated.data, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert decoded is not None
    assert generated.stage
    return np.asarray(decoded, np.float32), generated.stage


@pytest.fixture(scope="module")
def gallery() -> dict[str, tuple[Picture, Stage]]:
    return {place: shown(words_of(place)) for place in SETTINGS}


def test_there_are_sets_enough_and_each_has_its_words_and_parts():
    assert len(SETTINGS) >= 24
    assert studio_vocabulary.PLACES.keys() == SETTINGS.keys()
    assert {prop for setting in SETTINGS.values() for prop in setting.props} <= PROPS.keys()
    assert {painter for setting in SETTINGS.values() for painter in setting.view} <= VIEWS.keys()
    assert studio_vocabulary.SEASONS.keys() == SEASONS.keys()


@pytest.mark.parametrize(("word", "place"), WORDS)
def test_every_word_calls_its_set_in_the_middle_of_a_sentence(word, place):
    assert read(f"an empty set for a product photograph: {word}, calm").place == place
    assert word.isascii() or read(f"产品摄影的空场景：{word}，干净").place == place


def test_no_word_calls_two_sets():
    assert len({word for word, _ in WORDS}) == len(WORDS)


def house_style(template: str, **words: str) -> str:
    folder = ROOT / "templates/prompts"
    pack = {path.stem: TemplateText(path.read_text("utf-8"), Location(path.name)) for path in folder.glob("*.j2")}
    brand = {"name": "Halden", "colours": {"ink": "#22302b", "paper": "#f6f1e7", "accent": "#c8623e"}, "voice": "calm"}
    scene = {"name": "one", **words}
    given = {"product": {}, "brand": brand, "scene": scene, "audience": {}, "locale": "en-US", "mode": "plate"}
    return Templates(pack).prompt(template).render(given)


@pytest.mark.parametrize("place", SETTINGS)
def test_the_house_style_around_a_set_leaves_the_set_as_it_is(place):
    wish = read(house_style("product-in-a-scene", set=words_of(place)))
    assert wish.place == place
    alone, styled = build(read(words_of(place)), 64, 64, 3), build(wish, 64, 64, 3)
    for thing in ("wall", "floor"):
        assert np.allclose(getattr(alone.backdrop, thing).colour, getattr(styled.backdrop, thing).colour)
    assert styled.view == alone.view
    assert len(styled.solids) == len(alone.solids)
    after_dark = SETTINGS[place].after_dark
    assert (styled.time.share == alone.time.share) or not after_dark


@pytest.mark.parametrize("template", ["product-in-a-scene", "advert", "social-post"])
def test_the_house_style_alone_asks_for_no_set(template):
    assert read(house_style(template)).place is None
    assert (
        read(house_style(template, mood="calm, like a gallery in the afternoon, a breakfast on the beach")).place
        is None
    )


@pytest.mark.parametrize(
    "prompt",
    [
        "a beach bag on an oak table",
        "a round podium for a desk lamp, kitchen knife or gym bag",
        "a forest green wall, a snow white podium",
        "calm as in a museum, like a garden at noon",
        "a pool of light on a plaster wall, no snow, without mountains",
        "a table for a slow breakfast, midnight blue",
        "圆台，森林绿墙面，像海边一样明亮，不要雪",
    ],
)
def test_ordinary_words_are_not_taken_for_sets(prompt):
    assert read(prompt).place is None


def test_other_words_of_the_prompt_override_the_set():
    wish = read("kitchen, round podium of marble, sage wall, night, leaf shadow, light from the right, vase")
    studio = build(wish, 64, 64, 1)
    assert studio.stand.solids[0].finish.surface == "marble"
    assert np.allclose(studio.backdrop.wall.colour, linear("#a9b79b"))
    assert studio.backdrop.wall.surface == "tiles"
    assert studio.side > 0.8
    assert studio.time.far == arranged("podium, night").time.far
    assert arranged("beach, limewash wall").open_air is False
    assert arranged("velvet, burgundy").backdrop.wall.colour[0] > arranged("velvet, burgundy").backdrop.wall.colour[1]
    assert arranged("halloween, broad daylight").time.share < arranged("halloween, morning").time.share


def test_every_set_looks_different_from_every_other(gallery):
    small = {
        place: cv2.resize(cv2.GaussianBlur(picture, (0, 0), 4), (24, 24)) for place, (picture, _) in gallery.items()
    }
    alike = [(a, b) for a, b in combinations(small, 2) if np.abs(small[a] - small[b]).mean() < 12]
    assert alike == []


@pytest.mark.parametrize("place", SETTINGS)
def test_the_next_take_is_another_arrangement(place):
    studios = [arranged(words_of(place), seed=seed) for seed in range(4)]
    places = {tuple(round(part, 2) for solid in studio.solids for part in solid.centre) for studio in studios}
    assert len(places | {studio.side for studio in studios}) > 2


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", SETTINGS)
def test_there_is_a_surface_wherever_the_stage_says_that_a_product_can_stand(place, shape):
    studio = arranged(words_of(place), shape)
    stand, camera = studio.stand, studio.camera
    for share in (-0.98, 0.0, 0.98):
        point = np.array([share * stand.width / 2, stand.height, camera.stand[2]], np.float32).reshape(3, 1, 1)
        below = [abs(float(solid.at(point)[0, 0])) for solid in stand.solids]
        assert min([*below, abs(stand.height)]) < 0.06
        if stand.height:
            inside = [solid.at(point - np.array([0, 0.05, 0], np.float32).reshape(3, 1, 1)) for solid in stand.solids]
            assert min(float(depth[0, 0]) for depth in inside) < 0
    _, ground = camera.project(studio.backdrop.ground)
    assert ground < camera.y + 0.03  # a podium may hide where the floor ends
    assert stand.width * camera.height / camera.view > 0.45 * min(camera.width, camera.height)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", SETTINGS)
def test_nothing_stands_between_the_eye_and_the_product(place, shape):
    studio = arranged(words_of(place), shape)
    props = [solid for solid in studio.solids if solid not in studio.stand.solids]
    across, up, deep = np.meshgrid(np.linspace(-0.7, 0.7, 8), np.linspace(0.05, 1.5, 8), [-4, -2, -1, -0.3])
    room = np.stack([across, up + studio.stand.height, deep + 0 * up]).reshape(3, 8, -1).astype(np.float32)
    assert [prop for prop in props if (prop.at(room) < 0).any()] == []


@pytest.mark.parametrize("place", SETTINGS)
def test_the_room_for_words_is_calm(place, gallery):
    picture, _ = gallery[place]
    grey = cv2.GaussianBlur(picture.mean(axis=2), (0, 0), 1.5)
    words = grey[10:64, 24:168]
    steps = np.hypot(cv2.Sobel(words, cv2.CV_32F, 1, 0), cv2.Sobel(words, cv2.CV_32F, 0, 1)) / 8
    assert steps.mean() < 2.6
    assert np.percentile(words, 95) - np.percentile(words, 5) < 110


@pytest.mark.parametrize("place", SETTINGS)
def test_there_is_neither_noise_nor_banding(place, gallery):
    picture, _ = gallery[place]
    upper = picture[4:100]
    rough = upper - cv2.GaussianBlur(upper, (0, 0), 2)
    blocks = rough[: 96 // 8 * 8].reshape(12, 8, 24, 8, 3).std(axis=(1, 3))
    # The dither alone is 0.4 levels; without it smooth places would be flat, and their steps would show as bands.
    patterned = SURFACES[SETTINGS[place].wall.split()[0]].fine
    assert 0.25 < np.percentile(blocks, 20) < (2.5 if patterned else 1.0)


def test_the_stage_tells_the_gloss_and_the_colour_of_the_light(gallery):
    gloss = {place: stage.gloss for place, (_, stage) in gallery.items()}
    assert min(gloss["black-mirror"], gloss["black-friday"]) > 0.4
    assert gloss["gallery"] > 0.1
    assert gloss["beach"] == gloss["forest"] == gloss["velvet"] == 0
    assert all(max(stage.light.tint) == 1 for _, stage in gallery.values())
    red, _, blue = gallery["desert"][1].light.tint
    assert red > blue


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("place", [None, *SETTINGS])
def test_nothing_around_the_product_comes_near_its_colour(place, product):
    prompt = f"{words_of(place) if place else 'round podium, arch'}, for a {product} product"
    wish = read(prompt)
    for seed in range(3):
        finishes = dressed(wish, SETTINGS[place] if place else None, np.random.default_rng(seed))
        around = [finishes.wall, finishes.floor, finishes.stand, finishes.arch, *finishes.props]
        own = linear(wish.colours["product"])
        assert min(difference(finish.colour, own) for finish in around) >= APART - 1e-3


@pytest.mark.parametrize(
    "prompt",
    [
        "for a sage green product",
        "product in sage",
        "the product is sage green",
        "适合鼠尾草绿的产品",
        "产品是鼠尾草绿",
    ],
)
def test_the_products_colour_can_be_said_in_many_ways(prompt):
    assert read(f"round podium, {prompt}").colours == {"product": "#a9b79b"}


def test_colours_that_are_named_stay_even_beside_a_product_of_that_colour():
    wish = read("round podium, sage wall, for a sage green product")
    finishes = dressed(wish, None, np.random.default_rng(1))
    assert np.allclose(finishes.wall.colour, linear("#a9b79b"))
    assert difference(finishes.stand.colour, finishes.wall.colour) > APART


def test_a_product_gets_other_colours_with_the_next_take():
    wish = read("round podium, for a terracotta product")
    walls = {tuple(dressed(wish, None, np.random.default_rng(seed)).wall.colour.round(2)) for seed in range(8)}
    assert len(walls) > 2


@pytest.mark.parametrize("season", SEASONS)
def test_a_season_colours_the_wall_unless_the_prompt_does(season):
    word = studio_vocabulary.SEASONS[season].partition(", ")[0]
    walls = [linear(row.split()[0]) for row in SEASONS[season]]
    wall = dressed(read(f"round podium, {word}"), None, np.random.default_rng(2)).wall.colour
    assert any(np.allclose(wall, colour) for colour in walls)
    assert read(f"round podium, {word}").place is None
    named = dressed(read(f"round podium, {word}, navy wall"), None, np.random.default_rng(2)).wall.colour
    assert np.allclose(named, linear("#1f2f52"))
