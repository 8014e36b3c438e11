from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import BaseModel, Field

from assetgen.config.brand import Brand
from assetgen.config.campaign import Campaign
from assetgen.config.layout import Layout, Words
from assetgen.config.strict import Strict
from assetgen.errors import InputError, Location
from assetgen.model.brief import Brief, KeyPath, Marks
from assetgen.picture.vector import PNG
from assetgen.sources import channels, load, parse_settings, schema
from assetgen.sources.document import Document, Value, read_document
from assetgen.sources.json_schema import KINDS
from assetgen.sources.parse import parse
from tests.picture_files import png_chunk, saved

ROOT = Path(__file__).parents[1]
PROBLEMS = ROOT / "tests" / "problems"
CAMPAIGN = """\
name: Spring
products: {file: products.csv}
brand: halden
copy: copy.csv
locales: [en-US, zh-CN]
scenes: {terrace: {prompt: scene, when: product.stock, with: {light: left}}}
layout: {tall: plain}
channels: [instagram-story, amazon-main]
audiences: [{name: students, tone: brisk}]
provider: {name: studio, megapixels: 0.5}
takes: 007
budget: {run: 1e1, currency: EUR}
disclosure: {ai_person: no}
"""


@pytest.fixture
def workspace(tmp_path):
    """A folder with a campaign that is whole, written anew for each test."""
    for name in ("templates", "products.csv", "copy.csv"):
        kind = shutil.copytree if (PROBLEMS / name).is_dir() else shutil.copy
        kind(PROBLEMS / name, tmp_path / name)
    (tmp_path / "templates" / "layouts" / "hero.yaml").write_text("square: [layer: plate]\n")
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    return tmp_path


def brief_of(workspace: Path, *, old: str = "", new: str = "") -> Brief:
    file = workspace / "campaign.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new) if old else CAMPAIGN, encoding="utf-8")
    return load(file)


def document(tmp_path: Path, text: str) -> Document:
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return read_document(file)


@pytest.mark.parametrize("campaign", sorted(PROBLEMS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_is_explained_in_plain_words(campaign, monkeypatch):
    monkeypatch.chdir(PROBLEMS)
    with pytest.raises(InputError) as raised:
        load(Path(campaign.name))
    assert f"{raised.value}\n" == campaign.with_suffix(".txt").read_text(encoding="utf-8")


def test_the_sample_campaign_is_whole():
    brief = load(ROOT / "campaigns" / "spring.yaml")
    assert (brief.name, brief.root, brief.output) == ("spring", ROOT, ROOT / "output" / "spring")
    shapes = {"tall", "portrait", "square", "landscape", "banner", "rectangle"}
    assert {channel.shape.value for channel in brief.channels} == shapes
    assert brief.logo
    assert brief.copy.texts["cta"]["zh-CN"].text == "立即选购"


def test_a_brief_holds_what_the_campaign_names(workspace):
    brief = brief_of(workspace)
    assert brief.products == workspace / "products.csv"
    assert set(brief.layouts) == {"plain", "hero", "bare"}
    assert [channel.id for channel in brief.channels] == ["instagram-story", "amazon-main"]
    assert brief.prompts["scene"].text == "an empty table\n"


def test_a_file_of_the_workspace_wins_over_the_shipped_one(workspace):
    assert brief_of(workspace).brand.value.colours["ink"] == Brand(name="").colours["ink"]


def test_a_campaign_without_templates_uses_the_shipped_ones(workspace):
    shutil.rmtree(workspace / "templates")
    file = workspace / "campaign.yaml"
    file.write_text(CAMPAIGN.replace("scene,", "product-in-a-scene,").replace("{tall: plain}", "hero"))
    brief = load(file)
    assert brief.root == workspace
    assert brief.brand.value.colours["ink"] == "#22302b"


def test_values_are_read_as_their_fields_mean_them(workspace):
    campaign = brief_of(workspace).campaign.value
    assert campaign.takes == 7
    assert campaign.budget
    assert campaign.budget.run == 10
    assert campaign.disclosure.ai_person is False
    assert campaign.audiences[0].model_extra == {"tone": "brisk"}


@pytest.mark.parametrize("written", ["no", "on", "12:30", "007", "1e3", "2026-03-01", "0x10", "1_000"])
def test_a_text_stays_as_it_was_written(tmp_path, written):
    brand = parse(document(tmp_path, f"name: {written}\nvoice: {written}"), Brand)
    assert (brand.value.name, brand.value.voice) == (written, written)


def test_keys_and_values_know_their_places(workspace):
    brief = brief_of(workspace)
    file = str(workspace / "campaign.yaml")
    assert brief.campaign.marks.at("scenes", "terrace", "when") == Location(file, 6, 41)
    assert brief.campaign.marks.key("scenes", "terrace", "when") == Location(file, 6, 35)
    assert brief.campaign.marks.at("locales", 1) == Location(file, 5, 18)
    assert brief.campaign.marks.at("budget", "limit") == Location(file, 12, 9)
    assert brief.copy.texts["headline"]["zh-CN"].location == Location(str(workspace / "copy.csv"), 2)


def test_an_alias_repeats_a_value(tmp_path):
    layout = parse(document(tmp_path, "tall: &same\n  - layer: plate\nportrait: *same\n"), Layout).value
    assert layout.tall == layout.portrait != ()


def test_a_value_inside_itself_is_refused(tmp_path):
    with pytest.raises(InputError, match="unfold without end"):
        document(tmp_path, "a: &a\n  b: *a\n")


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000 + "]" * 100_000, "- " * 100_000 + "a"])
def test_a_file_that_nests_without_end_is_refused(tmp_path, text):
    with pytest.raises(InputError, match="inside one another"):
        document(tmp_path, text)


def test_a_byte_order_mark_is_no_text(workspace):
    for name in ("campaign.yaml", "copy.csv"):
        (workspace / name).write_bytes(b"\xef\xbb\xbf" + (workspace / name).read_bytes())
    assert load(workspace / "campaign.yaml").copy.texts["headline"]["en-US"].text == "Spring"


def test_a_text_may_run_over_lines_and_the_next_one_keeps_its_place(workspace):
    (workspace / "copy.csv").write_text('key;en-US;zh-CN\n\none;"a\nb";c\ntwo;d;e\n', encoding="utf-8")
    texts = brief_of(workspace).copy.texts
    assert texts["one"]["en-US"].text == "a\nb"
    assert texts["two"]["en-US"].location.line == 5


def test_settings_of_a_provider_are_told_in_the_same_words(workspace):
    class Painter(Strict):
        strength: float = Field(default=1, le=1)
        paper: str = "rough"

    brief = brief_of(workspace, old="megapixels: 0.5", new="strenght: 0.5, strength: 2")
    choice = brief.campaign.value.provider
    with pytest.raises(InputError) as raised:
        parse_settings(Painter, choice.model_extra or {}, brief.campaign.marks, "provider")
    file = workspace / "campaign.yaml"
    assert str(raised.value) == (
        f"`strenght` is not known here\n  --> {file}:10:26\nhint: known here: `strength`, `paper`\n"
        f"`strength` is `2`, but must be at most 1\n  --> {file}:10:51"
    )
    assert parse_settings(Painter, {"strength": "0.5"}, Marks("", {}), "provider").strength == 0.5


MISTAKES: tuple[Value, ...] = (None, "-1", "yes!", "a b: c", [], [*"vwxyz"], {}, {"Some Key": "x"})


def whole(kind: type[BaseModel], tmp_path: Path) -> Document:
    boxes = "box: [0, 0, 1, 1], size: [0.1, 0.2], role: body, text: a, colour: ink, spacing: 1"
    texts: dict[type[BaseModel], str] = {
        Campaign: CAMPAIGN,
        Brand: "name: a\ncolours: {ink: '#000000'}\nfonts: {body: Inter}\nnever_say: [b]\nlogo: c.svg\n",
        Layout: f"mirror: on\ntall:\n  - layer: plate\n    focus: [0, 1]\n  - {{layer: text, {boxes}}}\n",
    }
    return document(tmp_path, texts[kind])


@pytest.mark.parametrize("kind", [Campaign, Brand, Layout], ids=lambda kind: kind.__name__)
def test_no_mistake_anywhere_is_told_in_the_words_of_a_program(kind, tmp_path):
    good = whole(kind, tmp_path)
    parse(good, kind)
    for path in good.marks.places:
        for wrong in MISTAKES:
            told = mistakes(with_value(whole(kind, tmp_path), path, wrong), kind)
            assert not any(word in told for word in ("Input", "something else", "nput should", "pydantic", "_")), told


def with_value(whole: Document, path: KeyPath, value: Value) -> Document:
    *way, last = path
    group: Any = whole.value
    for part in way:
        group = group[part]
    group[last] = value
    return whole


def mistakes(broken: Document, kind: type[BaseModel]) -> str:
    try:
        parse(broken, kind)
    except InputError as error:
        return " ".join(problem.message for problem in error.problems).replace("never_say", "").replace("ai_person", "")
    return ""


def test_the_pack_holds_the_channels_that_the_docs_count():
    assert len(channels()) > 200


def test_a_workspace_adds_channels_and_changes_lines_of_shipped_ones(workspace):
    (workspace / "templates" / "channels.yaml").write_text(
        "channels:\n"
        "  - {id: amazon-main, max_bytes: 5000000}\n"
        "  - {id: window, name: Shop window, platform: Shop, kind: print, width: 1000, height: 500, aspect: '2:1',\n"
        "     formats: [png], source: our own, evidence: memory}\n"
    )
    own = channels(workspace)
    assert (own["amazon-main"].max_bytes, own["amazon-main"].background) == (5_000_000, "white")
    assert own["window"].width == 1000


def test_a_mistake_in_an_own_channel_is_found_in_its_own_file(workspace):
    file = workspace / "templates" / "channels.yaml"
    file.write_text("channels:\n  - {id: amazon-main, width: wide}\n  - {id: window}\n")
    with pytest.raises(InputError) as raised:
        channels(workspace)
    first, *missing = raised.value.problems
    assert (first.message, first.location) == (
        "`width` should be a whole number, not `wide`",
        Location(str(file), 2, 30),
    )
    assert {problem.location for problem in missing} == {Location(str(file), 3, 5)}


LINE = f'<path d="{"M1 2" * 1040}"/>'
"""A line of as many points as count for 677 things."""

LARGE = f"data:image/png;base64,{base64.b64encode(saved(Image.new('1', (4_000, 4_000)), 'PNG')).decode()}"
"""A picture of 16 megapixels within a drawing."""


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>go()</script>", "holds a `<script>`"),
        ('<path onload="go()"/>', "holds a script, `onload`"),
        ('<a href="https://example.com/x"><path/></a>', "leads outside, to `https://example.com/x`"),
        ('<image xlink:href="file:///etc/passwd"/>', "leads outside, to `file:///etc/passwd`"),
        ("<foreignObject><p/></foreignObject>", "holds a `<foreignObject>`"),
        ("<style>@import 'https://example.com/a.css';</style>", "style sheet leads outside"),
        ('<path style="fill: url(https://example.com/a.svg#b)"/>', "leads outside, in its `style`"),
        ('<filter id="a"><feMorphology radius="99999"/></filter>', "holds a `<feMorphology>`"),
        ('<image xlink:href="data:image/png;base64,iVBORw0KGgo="/>', "a picture within the logo is damaged or cut off"),
        ("<g>" * 200 + "</g>" * 200, "too many things, too many in each other"),
        (f'<path d="{"M0 0L9 9" * 3000}"/>', "too long a line"),
        (f'<polygon points="{"1,2 " * 6000}"/>', "too long a line"),
        (f"<g>{LINE}</g>" * 32, "too long a line"),
        ("<style>" + ".a .b {fill:red} " * 1200 + "</style>", "more than 20,000 letters of style sheets"),
        (f"<image xlink:href='{LARGE}'/>" * 2, "what the logo holds of pictures has 32 megapixels, the most is 25"),
    ],
)
def test_a_logo_that_does_more_than_draw_is_refused_where_it_does(workspace, inside, said):
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    brands = workspace / "templates" / "brands"
    (brands / "a.svg").write_text(f'<svg {names} width="9" height="9">\n  {inside}\n</svg>')
    (brands / "halden.yaml").write_text("name: Halden\nlogo: a.svg\n")

    with pytest.raises(InputError, match=re.escape(said)) as raised:
        brief_of(workspace)
    (problem,) = raised.value.problems
    assert problem.location
    assert problem.location.file.endswith("a.svg")
    assert problem.location.line == 2
    assert problem.hint


def nested(use: str, style: str = "") -> str:
    """Eight things, each of which draws the one before ten times."""
    things = "".join(f'<pattern id="p{n}">{use.format(n=n + 1) * 10}</pattern>' for n in range(8))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{style}{things}{use.format(n=0)}</svg>'


@pytest.mark.parametrize(
    "drawing",
    [
        nested('<use href="#p{n}"/>'),
        nested('<rect fill="url( #p{n} )"/>'),
        nested('<rect style="fill:url(&quot;#p{n}&quot;)"/>'),
        nested('<rect class="c{n}"/>', "<style>" + "".join(f".c{n}{{fill:url(#p{n})}}" for n in range(9)) + "</style>"),
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="a"><use href="#a"/></g></svg>',
    ],
    ids=["use", "pattern", "style", "style sheet", "circle"],
)
def test_a_logo_that_draws_the_same_again_and_again_is_refused_before_it_is_drawn(workspace, drawing):
    brands = workspace / "templates" / "brands"
    (brands / "a.svg").write_text(drawing)
    (brands / "halden.yaml").write_text("name: Halden\nlogo: a.svg\n")

    with pytest.raises(InputError, match="draws more than 20,000 things"):
        brief_of(workspace)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.svg", b"<!--a-->" * 40 + b"<html/>", "is not an SVG or PNG picture"),
        ("a.png", saved(Image.new("1", (12_000, 9_000)), "PNG"), "has 108 megapixels, the most that is read is 100"),
        ("a.png", saved(Image.new("1", (6_000, 5_000)), "PNG"), "has 30 megapixels, the most is 25"),
        ("a.png", saved(Image.new("RGB", (90, 90)), "PNG")[:40], "is damaged or cut off"),
        ("a.png", png_chunk(b"IHDR", bytes(9)).join((PNG, PNG)), "is damaged or cut off"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0', "is no drawing that can be read"),
    ],
)
def test_a_logo_that_is_no_use_is_named_with_the_reason(workspace, name, data, said):
    brands = workspace / "templates" / "brands"
    (brands / name).write_bytes(data)
    (brands / "halden.yaml").write_text(f"name: Halden\nlogo: {name}\n")

    with pytest.raises(InputError, match=f"the logo `{name}` {said}"):
        brief_of(workspace)


def test_comments_blanks_and_pictures_of_its_own_do_no_harm_to_a_logo(workspace):
    dot = base64.b64encode(saved(Image.new("RGB", (9, 9)), "PNG")).decode()
    brands = workspace / "templates" / "brands"
    (brands / "a.svg").write_text(
        "<!--a-->" * 40
        + '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><linearGradient id="a"/>'
        + f'<image href="data:image/png;base64,{dot}"/><path fill="url( #a )" d="M0 0h9v9z"/></svg>'
    )
    (brands / "halden.yaml").write_text("name: Halden\nlogo: a.svg\n")

    assert brief_of(workspace).logo


def test_a_logo_with_entities_is_refused_before_they_unfold(workspace):
    brands = workspace / "templates" / "brands"
    (brands / "a.svg").write_text('<!DOCTYPE svg [<!ENTITY a "aaaa">]>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    (brands / "halden.yaml").write_text("name: Halden\nlogo: a.svg\n")

    with pytest.raises(InputError, match="declares the entity `a`"):
        brief_of(workspace)


def written(workspace: Path) -> Words:
    (layer,) = brief_of(workspace).layouts["plain"].value.tall
    assert isinstance(layer, Words)
    return layer


def test_the_brands_scale_stands_behind_the_names_in_layouts(workspace):
    words = "{layer: text, text: a, box: [0, 0, 1, 0.2], size: [body, headline], follow: m}"
    (workspace / "templates" / "layouts" / "plain.yaml").write_text(f"tall:\n  - {words}\n")
    brand = workspace / "templates" / "brands" / "halden.yaml"
    brand.write_text("name: Halden\n")
    usual = written(workspace)
    brand.write_text("name: Halden\nscale: {base: 0.04, ratio: 1.5, spacing: 0.02}\n")
    loud = written(workspace)

    assert (usual.size, usual.follow) == ((0.03, 0.0732), 0.045)
    assert (loud.size, loud.follow) == ((0.04, 0.2025), 0.06)


def test_adverts_are_served_by_the_drawing_of_the_nearest_shape_where_they_have_none(workspace):
    (workspace / "templates" / "layouts" / "plain.yaml").write_text("tall: [layer: plate]\n")
    brief = brief_of(workspace, old="[instagram-story, amazon-main]", new="[display-160x600]")
    assert brief.layouts["plain"].value.layers(brief.channels[0].shape)


def test_a_logo_is_known_by_its_bytes(workspace):
    brands = workspace / "templates" / "brands"
    (brands / "halden.yaml").write_text("name: Halden\nlogo: a.svg\nlogo_dark: b.png\n")
    shutil.copy(ROOT / "templates" / "brands" / "halden.svg", brands / "b.png")
    Image.new("RGBA", (40, 10), "white").save(brands / "a.svg", "png")
    brief = brief_of(workspace)
    assert brief.logo
    assert brief.logo_dark


def test_a_campaign_file_that_is_not_there_is_named():
    with pytest.raises(InputError, match=r"there is no campaign file `campaigns/sprng\.yaml`"):
        load(Path("campaigns/sprng.yaml"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_beside_the_templates_are_current(kind):
    file = ROOT / "templates" / "schemas" / f"{kind}.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema(kind)
