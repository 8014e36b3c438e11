"""What marketers write: each slip is told at its place, with the cure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assetgen.cli import main
from assetgen.providers.studio import Studio
from assetgen.sources.locales import column_for
from assetgen.studio.prompt_reading import read
from tests import kit

SMALL = Path("campaigns/small.yaml")
COPY = Path("campaigns/copy.csv")
BRAND = Path("templates/brands/plain.yaml")
CARD = Path("templates/layouts/card.yaml")
SHELF = Path("templates/prompts/shelf.j2")
SCENE = "    prompt: shelf\n"

pytestmark = pytest.mark.usefixtures("small")


def said(capsys: pytest.CaptureFixture[str], code: int, command: str = "check", campaign: Path = SMALL) -> str:
    assert main([command, str(campaign)]) == code
    return capsys.readouterr().err


SLIPS = {
    "a German day": (
        SMALL,
        SCENE,
        f"{SCENE}    until: 30.11.2026\n",
        "10:12",
        "`until` cannot be `30.11.2026`",
        "write `2026-11-30`",
    ),
    "a day with an hour": (
        SMALL,
        SCENE,
        f"{SCENE}    from: 2026-12-01 08:00\n",
        "10:11",
        "`from` cannot be `2026-12-01 08:00`",
        "write `2026-12-01`",
    ),
    "a Chinese day": (
        SMALL,
        SCENE,
        f"{SCENE}    from: 2026年3月1日\n",
        "10:11",
        "`from` cannot be `2026年3月1日`",
        "write `2026-03-01`",
    ),
    "a day in digits": (
        SMALL,
        SCENE,
        f"{SCENE}    from: 20261201\n",
        "10:11",
        "`from` cannot be `20261201`",
        "write `2026-12-01`",
    ),
    "a day that may be two": (
        SMALL,
        SCENE,
        f"{SCENE}    from: 1/12/2026\n",
        "10:11",
        "`from` cannot be `1/12/2026`",
        "write `2026-12-01` or `2026-01-12`",
    ),
    "a day that is none": (
        SMALL,
        SCENE,
        f"{SCENE}    from: 2026-02-30\n",
        "10:11",
        "`from` cannot be `2026-02-30`",
        "the first day, such as 2026-11-27",
    ),
    "an underscore in a locale": (
        SMALL,
        "[en-US]",
        "[de_DE]",
        "6:11",
        "item 1 of `locales` cannot be `de_DE`",
        "write `de-DE`",
    ),
    "a locale in small letters": (
        SMALL,
        "[en-US]",
        "[zh-hans-cn]",
        "6:11",
        "item 1 of `locales` cannot be `zh-hans-cn`",
        "write `zh-Hans-CN`",
    ),
    "a decimal comma": (
        SMALL,
        "layout: card",
        'layout: card\nbudget: {run: "10,50", currency: EUR}',
        "11:15",
        "`run` should be a number, not `10,50`",
        "write `10.50`",
    ),
    "a quote that the next one closes": (
        SMALL,
        "name: Small\n",
        'name: "Small\noutput: "here"\n',
        "1:7",
        "a quote is opened here and not closed in its line",
        "close it at the end of the text",
    ),
    "a text merged": (
        SMALL,
        SCENE,
        f"{SCENE}  other:\n    <<: shelf\n",
        "11:9",
        "`<<` takes over a group, and this is none",
        "name a group with `&name`, and write `<<: *name`",
    ),
    "a layer for pictures": (
        CARD,
        "layer: plate",
        "layer: image",
        "2:13",
        "`layer` cannot be `image`",
        "a picture of your own is no layer yet; choose from `badge`",
    ),
    "a box in pixels": (
        CARD,
        "[0.2, 0.3, 0.8, 0.95]",
        "[40, 60, 1040, 1200]",
        "3:27",
        "the box is in pixels: its numbers are fractions of the picture, 0 to 1",
        "[left, top, right, bottom]",
    ),
    "a colour that the brand has not": (
        CARD,
        "box: [0.05, 0.05",
        "colour: white, box: [0.05, 0.05",
        "4:5",
        "the brand has no colour `white`",
        "it has `accent`, `auto`, `ink`, `paper`, and takes codes",
    ),
    "a weight as a number": (
        BRAND,
        "name: Plain",
        "name: Plain\nfonts: {body: Inter 600}",
        "2:15",
        "there is no font `Inter 600`",
        "weights are words: write `Inter SemiBold`",
    ),
    "a weight that is none": (
        BRAND,
        "name: Plain",
        "name: Plain\nfonts: {body: Inter Fat}",
        "2:15",
        "there is no font `Inter Fat`",
        "weights are words; `Inter` comes in `Regular`",
    ),
    "a filter in German": (COPY, "| money", "| geld", "3", "there is no filter `geld`", "there are `money`, `percent`"),
    "braces that stay open": (
        SHELF,
        " }}",
        "",
        "1:21",
        "the text ends before the expression does",
        "something is missing at its end; what begins with `{{` ends with `}}`",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_at_its_place_with_the_cure(slip, capsys):
    file, old, new, place, message, hint = SLIPS[slip]
    kit.change(file, old, new)
    assert f"error: {message}\n  --> {file}:{place}\nhint: {hint}" in said(capsys, 2)


def test_a_colour_that_layouts_count_on_is_missed_once_and_at_the_brand(capsys):
    kit.change(BRAND, ', accent: "#aa4422"', "")
    badges = "".join(f"  - {{layer: badge, text: hi, box: [0, 0.{n}, 0.1, 0.{n}5]}}\n" for n in range(1, 9))
    kit.change(CARD, "  - {layer: plate}\n", f"  - {{layer: plate}}\n{badges}")
    problems = said(capsys, 2)
    assert problems.count("the brand has no colour `accent`") == 1
    assert f"--> {BRAND}:2:1" in problems


def test_the_rule_for_badges_over_products_is_told(capsys):
    kit.change(
        CARD, "  - {layer: plate}\n", "  - {layer: plate}\n  - {layer: badge, text: hi, box: [0, 0.2, 0.9, 0.5]}\n"
    )
    assert "products make room for a badge of `form: disc`, and not for a pill" in said(capsys, 2)


def test_lines_are_taken_over_from_another_group(capsys):
    kit.change(SMALL, SCENE, f"{SCENE}    with: &words {{set: here, light: there}}\n  other:\n    prompt: shelf\n")
    kit.change(SMALL, "  other:\n", "  other:\n    with:\n      <<: *words\n      light: elsewhere\n")
    kit.change(SHELF, "scene.name", "scene.light ~ scene.set")
    assert main(["prompts", "export", str(SMALL), "--all"]) == 0
    prompts = capsys.readouterr().out
    assert "a shelf in therehere" in prompts
    assert "a shelf in elsewherehere" in prompts


def test_groups_that_take_over_one_another_without_end_are_refused(capsys):
    lines = ["  a0: &a0 {prompt: shelf}", *(f"  a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40))]
    kit.change(SMALL, "scenes:\n", "scenes:\n" + "\n".join(lines) + "\n")
    assert "the aliases in this file unfold without end" in said(capsys, 2)


@pytest.mark.parametrize(
    "place",
    [
        *("templates/brands/plain.yaml", "templates/prompts/other.j2", "templates/layouts/card.yaml"),
        *("templates/fonts/x.ttf", "templates/channels.yaml", "templates/terms.yaml"),
    ],
)
def test_a_folder_in_place_of_a_file_is_told(place, capsys):
    Path(place).unlink(missing_ok=True)
    Path(place).mkdir(parents=True)
    assert f" is a folder, not a file\n  --> {place}" in said(capsys, 2)


def test_a_link_to_nothing_is_told(capsys):
    Path("templates/prompts/lost.j2").symlink_to("nowhere")
    assert "`templates/prompts/lost.j2` is a link to nothing\n  --> templates/prompts/lost.j2" in said(capsys, 2)


@pytest.mark.parametrize("name", ["copy.csv", "products.csv"])
def test_a_folder_in_place_of_a_table_is_told_where_it_is_named(name, capsys):
    Path("campaigns", name).unlink()
    Path("campaigns", name).mkdir()
    assert f"`{name}` is a folder, not a file\n  --> campaigns/small.yaml:" in said(capsys, 2)


def test_templates_that_cannot_be_listed_are_not_replaced_in_silence(capsys):
    Path("templates/layouts").rename("elsewhere")
    kit.write(Path("templates/layouts"), "")
    told = "`templates/layouts` cannot be reached: a file stands where one of its folders should be"
    assert f"{told}\n  --> templates/layouts" in said(capsys, 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
@pytest.mark.parametrize("place", ["templates/brands/plain.yaml", "campaigns/copy.csv", "templates/layouts"])
def test_what_may_not_be_read_is_told(place, capsys):
    Path(place).chmod(0)
    assert "may not be read" in said(capsys, 2)
    Path(place).chmod(0o700)


@pytest.mark.parametrize("name", ['"co\\0py.csv"', "x" * 300])
def test_a_name_that_no_disk_has_is_told(name, capsys):
    kit.change(SMALL, "copy: copy.csv", f"copy: {name}")
    assert ("is no name of a file" if "0" in name else "cannot be opened: file name too long") in said(capsys, 2)


@pytest.mark.parametrize("written", ["texte/u\u0308ber.csv", "texte\\\\über.csv"])
def test_a_file_is_found_however_its_name_is_written(written, capsys):
    COPY.rename(kit.write(Path("campaigns/texte/über.csv"), ""))
    kit.change(SMALL, "copy: copy.csv", f'copy: "{written}"')
    said(capsys, 0)


@pytest.mark.parametrize("typed", ["campaigns/smal.yaml", "small", "smal.yml"])
def test_the_nearest_campaign_is_named(typed, capsys):
    problems = said(capsys, 2, campaign=Path(typed))
    assert f"there is no campaign file `{typed}`\nhint: did you mean `campaigns/small.yaml`?" in problems


def test_a_folder_is_no_campaign(capsys):
    assert "is a folder, and a campaign is a file\nhint: name a file in it" in said(
        capsys, 2, campaign=Path("campaigns")
    )


def test_a_word_that_no_template_asks_for_is_told(capsys):
    kit.write(SHELF, "{% include 'more' %} with {{ scene.set }}")
    kit.write(Path("templates/prompts/more.j2"), "a shelf in {{ scene.light }}")
    kit.change(SMALL, SCENE, f"{SCENE}    with: {{set: here, light: there, ligth: x, licht: y}}\n")
    problems = said(capsys, 0)
    assert "warning: the template `shelf` never asks for `ligth`\n" in problems
    assert "hint: did you mean `light`?" in problems
    assert "the template `shelf` never asks for `licht`\n  --> campaigns/small.yaml:10:47" in problems
    assert "asks for `set`" not in problems


@pytest.mark.parametrize("use", ["{{ scene | length }}", "{% for word in scene %}{{ word }}{% endfor %}"])
def test_a_template_that_takes_all_words_knows_them_all(use, capsys):
    kit.write(SHELF, f"a shelf {use}")
    kit.change(SMALL, SCENE, f"{SCENE}    with: {{any: here}}\n")
    assert "never asks" not in said(capsys, 0)


def test_a_word_for_the_copy_alone_is_none_too_many(capsys):
    kit.change(SMALL, SCENE, f"{SCENE}    with: {{claim: here}}\n")
    kit.change(COPY, "Now here", "Now {{ scene.claim }}")
    assert "never asks" not in said(capsys, 0)


def test_words_that_the_studio_passes_over_are_told_once_for_a_scene(capsys):
    words = "    with: {set: Podest vor herbstlichem Laub, light: goldenes Abendlicht}\n"
    kit.change(SMALL, SCENE, f"    prompt: product-in-a-scene\n{words}")
    kit.change(SMALL, "[en-US]", "[en-US, en]")
    problems = said(capsys, 0, "plan")
    assert problems.count("warning: of your 6 words the studio knows none\n  --> campaigns/small.yaml:10:5") == 1
    assert "hint: it speaks English and Chinese; did you mean `podium`, `autumn leaves`, `golden hour`?" in problems


@pytest.mark.parametrize(
    "words",
    [
        "a plain table top in front of a smooth wall, a low round podium at the side",
        "地板上的圆台，左侧光",
        "sage green wall",
        "quiet",
        "",
    ],
)
def test_words_that_the_studio_speaks_raise_no_doubt(words):
    assert Studio().passed_over(words) is None


def test_a_window_sill_with_frost_looks_out_on_snow():
    wish = read("a deep window sill of pale wood, frost on the glass. Mood: quiet, the first snow outside")
    assert (wish.place, wish.stand, wish.surfaces) == ("snow", "sill", {"floor": "wood"})


@pytest.mark.parametrize(
    ("locale", "columns", "column"),
    [
        ("de-DE", ["de", "de-DE"], "de-DE"),
        ("de-DE", ["en", "de"], "de"),
        ("de", ["en-US", "de-DE"], "de-DE"),
        ("de", ["de-AT", "de-DE"], None),
        ("de-DE", ["de-AT"], None),
        ("zh-CN", ["zh"], "zh"),
    ],
)
def test_a_locale_takes_the_column_of_its_language(locale, columns, column):
    assert column_for(locale, columns) == column


def test_texts_in_a_language_serve_its_markets(capsys):
    kit.change(SMALL, "[en-US]", "[en-US, en-GB]")
    kit.change(COPY, "en-US", "en")
    said(capsys, 0)


def test_a_channel_of_ones_own_needs_an_id_and_a_size_alone(capsys):
    kit.write(Path("templates/channels.yaml"), "channels:\n  - {id: shop-door, width: 200, height: 200}\n")
    kit.change(SMALL, "[instagram-feed-square, amazon-main]", "[shop-door]")
    said(capsys, 0)


def test_what_a_large_file_gets_wrong_is_not_told_a_thousand_times(capsys):
    kit.change(SMALL, "scenes:\n", "scenes:\n" + "".join(f"  s{n}: {{prompt: shelf, wehn: x}}\n" for n in range(2000)))
    assert said(capsys, 2).count("`wehn` is not known here") == 100
