"""The layouts that come with assetgen, in every size and direction; prices, logos and panels; the preview."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assetgen.cli import main
from assetgen.config.channel import Insets
from assetgen.config.layer_fields import Box
from assetgen.config.layout import BadgeLayer, LogoLayer, PriceLayer, ShapeLayer, TextLayer
from assetgen.config.shape import Shape
from assetgen.model.canvas import Canvas, Picture
from assetgen.picture.geometry import live_area
from assetgen.picture.logo_layer import seat
from assetgen.picture.type.lettering import SMALLEST, Overfull
from tests.drawing import ARABIC, FLOOR, INK, LONG, LOOK, PACK, PAPER, PLATE, boxes, drawn, filled, flat
from tests.kit import change

STRICT = Insets(top=0.14, bottom=0.35, left=0.06, right=0.06)
"""What the strictest of the vertical video channels leave."""

CANVASES = [
    Canvas(1080, 1920, STRICT),
    Canvas(1000, 1500, Insets(top=0.04, right=0.04, bottom=0.08, left=0.04)),
    Canvas(1080, 1350),
    Canvas(1080, 1440, Insets(top=0.05, right=0.05, bottom=0.08, left=0.05)),
    Canvas(1200, 1200, Insets(top=0.1, right=0.1, bottom=0.1, left=0.1)),
    Canvas(1200, 628),
    Canvas(1920, 800),
    Canvas(728, 90),
    Canvas(970, 250),
    Canvas(160, 600),
    Canvas(300, 250),
]


def laid_out(name: str, canvas: Canvas, words: dict[str, str]) -> Picture:
    stage = replace(FLOOR, y=0.85, width=0.9)
    return drawn(canvas, *filled(name, canvas, words), plate=flat(canvas.width, canvas.height), stage=stage)


def apart(one: tuple[int, int, int, int], other: tuple[int, int, int, int], touch: int = 3) -> bool:
    """An Arabic tail may reach down to the line below."""
    across, down = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return min(across, down) <= touch


def is_disc(box: tuple[int, int, int, int]) -> bool:
    """The product makes room for discs by its outline, not by its box."""
    return box[2] - box[0] == box[3] - box[1]


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda canvas: f"{canvas.width}x{canvas.height}")
@pytest.mark.parametrize("name", PACK)
def test_the_layouts_have_room_for_everything_in_both_directions(name: str, canvas: Canvas) -> None:
    arabic = replace(canvas, locale="ar", direction="rtl", mirrored=True)
    for each, words in ((replace(canvas, locale="de-DE"), LONG), (arabic, ARABIC)):
        picture, live = laid_out(name, each, words), live_area(each)
        seen = [p for p in picture.placed if p.layer in {"text", "price", "badge", "logo"}]
        for placed in seen:
            left, _, right, _ = placed.box
            assert left >= live.left - 2, placed
            assert right <= live.right + 2, placed
            size = re.match(r"(\d+) px", placed.detail)
            assert not size or int(size[1]) >= SMALLEST
        for one, other in combinations(seen, 2):
            assert apart(one.box, other.box), (one, other)
        for placed in seen:
            assert apart(placed.box, boxes(picture, "product")[0]) or is_disc(placed.box), placed


@pytest.mark.parametrize("name", PACK)
def test_every_layout_says_what_it_is_for_and_is_drawn_for_every_shape(name: str) -> None:
    assert len(PACK[name].value.description) > 20
    assert all(PACK[name].value.layers(shape) for shape in Shape)


def test_words_too_high_for_their_boxes_taken_together_get_smaller_together() -> None:
    first = TextLayer(layer="text", text="One two three", box=Box(0, 0, 1, 0.2), size=(0.03, 0.2))
    second = TextLayer(layer="text", text="four", box=Box(0, 0.2, 1, 0.3), size=(0.03, 0.1), follow=0.05)
    picture = drawn(Canvas(600, 600), PLATE, first, second, plate=flat(600, 600), product=False)
    live = live_area(Canvas(600, 600))
    assert boxes(picture, "text")[1][3] <= live.top + 0.3 * live.height + 8
    with pytest.raises(Overfull, match="with what it follows `four`"):
        drawn(Canvas(600, 600), first, second.model_copy(update={"follow": 0.3}), product=False)


def price(**changes: object) -> PriceLayer:
    layer = PriceLayer(layer="price", text="29", was="38", box=Box(0, 0, 1, 0.5), size=(0.05, 0.2))
    return layer.model_copy(update=changes)


def columns(picture: Picture) -> list[int]:
    """Where ink begins and ends, gap by gap."""
    left, top, right, bottom = boxes(picture, "price")[0]
    dark = (picture.pixels[top:bottom, left:right, 0] < 120).any(axis=0)
    return [int(edge) for edge in np.flatnonzero(np.diff(np.pad(dark.astype(int), 1)))]


@pytest.mark.parametrize(("direction", "wide_first"), [("ltr", True), ("rtl", False)])
def test_the_old_price_is_struck_through_and_stands_where_reading_ends(direction, wide_first) -> None:
    canvas = Canvas(600, 600, direction=direction)
    picture = drawn(canvas, PLATE, price(), plate=flat(600, 600), product=False)
    edges = columns(picture)
    struck = max(zip(edges[::2], edges[1::2], strict=True), key=lambda part: part[1] - part[0])
    others = [edge for edge in edges if edge not in struck]
    assert len(edges) == 6  # two figures, and two that a line makes one
    assert (struck[0] > max(others)) is wide_first


def test_an_old_price_below_starts_where_the_new_one_does() -> None:
    picture = drawn(Canvas(600, 600), PLATE, price(form="stack"), plate=flat(600, 600), product=False)
    row = drawn(Canvas(600, 600), PLATE, price(), plate=flat(600, 600), product=False)
    (left, top, right, bottom), (_, row_top, row_right, row_bottom) = boxes(picture, "price")[0], boxes(row, "price")[0]
    assert right - left < row_right - left
    assert bottom - top > 1.4 * (row_bottom - row_top)


def test_a_price_alone_has_nothing_beside_it() -> None:
    assert len(columns(drawn(Canvas(600, 600), PLATE, price(was=""), plate=flat(600, 600), product=False))) == 4


def test_a_price_too_wide_for_its_box_says_so() -> None:
    with pytest.raises(Overfull, match="`29 38` does not fit"):
        drawn(Canvas(600, 600), price(box=Box(0, 0, 0.1, 0.5)), product=False)


def svg(width: int, height: int, *, border: int = 0) -> bytes:
    whole = f'width="{width + 2 * border}" height="{height + 2 * border}"'
    ink = f'<rect x="{border}" y="{border}" width="{width}" height="{height}" fill="#22302b"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>{ink}</svg>'.encode()


def logo_box(logo: bytes) -> tuple[int, int, int, int]:
    layer = LogoLayer(layer="logo", box=Box(0, 0, 0.5, 0.2))
    look = replace(LOOK, logo=logo)
    return boxes(drawn(Canvas(800, 800), PLATE, layer, plate=flat(800, 800), product=False, look=look), "logo")[0]


def test_wide_and_square_logos_look_equally_large() -> None:
    areas = [(right - left) * (bottom - top) for left, top, right, bottom in map(logo_box, (svg(90, 90), svg(400, 80)))]
    assert areas[0] == pytest.approx(areas[1], rel=0.05)


def test_the_empty_border_of_a_logo_file_does_not_count() -> None:
    assert logo_box(svg(200, 80, border=60)) == pytest.approx(logo_box(svg(200, 80)), abs=1)


def test_a_logo_hangs_by_its_weight() -> None:
    flag = np.zeros((40, 40, 4), np.uint8)
    flag[:20, :, 3] = 255
    flag[20:, :4, 3] = 255
    room = live_area(Canvas(400, 400))
    assert seat(flag, room, "left").top > seat(flag[::-1], room, "left").top
    assert seat(flag, room, "top-left").top == room.top


def test_a_mat_covers_everything_outside_its_box() -> None:
    mat = ShapeLayer(layer="shape", form="mat", box=Box(0, 0, 1, 0.5), colour="paper")
    canvas = Canvas(600, 600)
    picture, live = drawn(canvas, PLATE, mat, plate=flat(600, 600), product=False), live_area(canvas)
    assert (picture.pixels[: live.top] == PAPER).all()
    assert (picture.pixels[live.top + live.height // 2 + 1 :] == PAPER).all()
    assert (picture.pixels[live.top + 4, live.left + 4] == (200, 190, 180)).all()


def test_a_panel_goes_to_the_edge_and_ends_with_the_words_that_stand_on_it() -> None:
    panel = ShapeLayer(layer="shape", box=Box(0, 0, 1, 0.5), colour="ink")
    canvas = Canvas(400, 800, Insets(top=0.2, bottom=0.3))
    picture, live = drawn(canvas, PLATE, panel, plate=flat(400, 800), product=False), live_area(canvas)
    rows = np.flatnonzero((picture.pixels[:, 0] == INK).all(axis=-1))
    assert (rows[0], rows[-1] + 1) == (0, live.top + round(0.5 * live.height))


def test_corners_of_badges_are_the_brands() -> None:
    def corner(radius: float) -> bool:
        badge = BadgeLayer(layer="badge", text="Now", box=Box(0, 0, 1, 0.2), background="ink", radius=radius)
        picture = drawn(Canvas(400, 400), PLATE, badge, plate=flat(400, 400), product=False)
        left, top, _, _ = boxes(picture, "badge")[0]
        return bool((picture.pixels[top, left] == INK).all())

    assert corner(0)
    assert not corner(0.5)


def laid(small: Path, *layers: str) -> Path:
    text = "square:\n" + "".join(f"  - {layer}\n" for layer in layers)
    Path("templates/layouts/card.yaml").write_text(text, encoding="utf-8")
    return small


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ('{layer: text, text: "b", box: [0.2, 0.1, 0.8, 0.3]}', 2),
        ('{layer: text, text: "b", box: [0.2, 0.1, 0.8, 0.3], over: true}', 0),
        ('{layer: text, text: "b", box: [0.2, 0.1, 0.8, 0.3], follow: m}', 0),
        ('{layer: text, text: "b", box: [0.2, 0.2, 0.8, 0.3]}', 0),
        ("{layer: product, box: [0.2, 0.1, 0.8, 0.3]}", 2),
        ('{layer: badge, form: disc, text: "b", box: [0.2, 0.3, 0.8, 0.9]}', 0),
    ],
)
def test_boxes_that_overlap_are_an_error_unless_it_is_meant(small: Path, second: str, code: int, capsys) -> None:
    product = "{layer: product, box: [0.2, 0.5, 0.8, 0.9]}"
    laid(small, '{layer: text, text: "a", box: [0, 0, 0.5, 0.2]}', product, second)

    assert main(["check", str(small)]) == code
    said = capsys.readouterr().err
    assert not code or ("overlaps" in said and "templates/layouts/card.yaml:4:5" in said and "over: true" in said)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("product.price", "product.price", 2),
        ("product.price", "product.sale_price", 0),
        ("product.price", None, 2),
    ],
)
def test_two_layers_share_a_place_only_where_their_rules_differ(
    small: Path, first: str, second: str | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = ("" if when is None else f", when: {when}" for when in (first, second))
    laid(small, *(f'{{layer: text, text: "a", box: [0, 0, 0.5, 0.2]{rule}}}' for rule in rules))
    change(Path("campaigns/products.csv"), "price,currency", "price,sale_price,currency")
    for price in ("10.00", "20.00", "30.00"):
        change(Path("campaigns/products.csv"), price, f"{price},")

    assert main(["check", str(small)]) == code
    assert ("the text of line 3 overlaps the text of line 2" in capsys.readouterr().err) == bool(code)


def test_words_that_do_not_fit_name_channel_layer_and_line_of_the_copy(small: Path, capsys) -> None:
    change(small, "layout: card", "layout: card\nprovider: {name: studio, megapixels: 0.25}")
    laid(small, "{layer: plate}", '{layer: text, text: "{{ copy.headline }}", box: [0, 0, 0.1, 0.03], size: 0.05}')

    assert main(["run", str(small), "-s", "channel:instagram-*"]) == 1
    said = capsys.readouterr().err
    assert "instagram-feed-square: on 1080 x 1080, en-US: `Now here` does not fit" in said
    assert "--> campaigns/copy.csv:2" in said
    assert "templates/layouts/card.yaml:3:5" in said


def test_a_sale_price_that_is_none_is_left_out_with_a_warning(workspace: Path, capsys) -> None:
    change(Path("campaigns/spring.yaml"), "square: hero", "square: offer")
    change(Path("campaigns/products.csv"), "38.00,29.00", "38.00,38.00")

    assert main(["check", "campaigns/spring.yaml"]) == 0
    said = capsys.readouterr().err
    assert "the sale price `38.00` is left out: it is not below the price `38.00`" in said


def test_the_layouts_are_listed_with_their_shapes(workspace: Path, capsys) -> None:
    assert main(["layouts", "list"]) == 0
    said = capsys.readouterr().out
    assert "framed" in said
    assert "skyscraper" in said


def test_a_layout_is_drawn_in_its_shapes_with_the_words_of_a_campaign(small: Path) -> None:
    laid(small, "{layer: plate}", '{layer: text, text: "{{ copy.headline }}", box: [0, 0, 1, 0.2]}')

    assert main(["layouts", "preview", "card", "-c", str(small)]) == 0
    plain = Image.open("card.png").tobytes()
    assert main(["layouts", "preview", "card", "-c", str(small), "--guides", "-o", "guides.png"]) == 0
    assert Image.open("guides.png").tobytes() != plain


def test_a_preview_marks_what_does_not_fit_and_says_where(small: Path, capsys) -> None:
    laid(small, "{layer: plate}", '{layer: text, text: "{{ copy.headline }}", box: [0.2, 0.2, 0.3, 0.3], size: 0.2}')

    assert main(["layouts", "preview", "card", "-c", str(small)]) == 2
    assert "templates/layouts/card.yaml:3:5" in capsys.readouterr().err
    red = (np.asarray(Image.open("card.png")) == (230, 20, 20)).all(axis=-1)
    assert red.any()


def test_a_layout_that_does_not_exist_is_named(workspace: Path, capsys) -> None:
    assert main(["layouts", "preview", "hreo"]) == 2
    assert "did you mean `hero`?" in capsys.readouterr().err
