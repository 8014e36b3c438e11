"""Slips of the pen, and what other programs, countries and languages write: the hint is what files have."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.cli import main
from assetgen.config.weights import WEIGHTS
from assetgen.cutters.weight_files import lacking
from tests import kit

SMALL = Path("campaigns/small.yaml")
COPY = Path("campaigns/copy.csv")
TABLE = Path("campaigns/products.csv")
BRAND = Path("templates/brands/plain.yaml")
CARD = Path("templates/layouts/card.yaml")
SHELF = Path("templates/prompts/shelf.j2")
SCENE = "    prompt: shelf\n"

pytestmark = pytest.mark.usefixtures("small")


def said(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    assert main([*words] if words else ["check", str(SMALL)]) == code
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25/12/2026", "`2026-12-25`"),
        ("12/25/2026", "`2026-12-25`"),
        ("1/12/2026", "`2026-12-01` or `2026-01-12`"),
        ("24-12-2026", "`2026-12-24`"),
        ("24.12.26", "`2026-12-24`"),
        ("1 December 2026", "`2026-12-01`"),
        ("December 1st, 2026", "`2026-12-01`"),
        ("1. März 2026", "`2026-03-01`"),
        ("24 de diciembre de 2026", "`2026-12-24`"),
        ("5 juillet 2026", "`2026-07-05`"),
        ("5 juin 2026", "`2026-06-05`"),
        ("2026/12/1", "`2026-12-01`"),
    ],
)
def test_a_day_is_told_as_files_have_it(written, meant, capsys):
    kit.change(SMALL, SCENE, f'{SCENE}    from: "{written}"\n')
    assert f"`from` cannot be `{written}`\n  --> campaigns/small.yaml:10:11\nhint: write {meant}" in said(capsys, 2)
    assert f"hint: write {meant.replace('`', '')}" in said(capsys, 2, "plan", str(SMALL), "--on", written)


@pytest.mark.parametrize("written", ["tomorrow", "2026-12", "31.2.2026"])
def test_what_is_no_day_is_told_with_one(written, capsys):
    kit.change(SMALL, SCENE, f'{SCENE}    until: "{written}"\n')
    assert f"`until` cannot be `{written}`\n  --> campaigns/small.yaml:10:12\nhint: the last day, such as" in said(
        capsys, 2
    )


LAYOUT = "layout: card\n"
SLIPS = {
    "days in the wrong order": (
        *(SMALL, SCENE, f"{SCENE}    from: 2026-12-24\n    until: 2026-12-01\n"),
        *("9:5", "it ends on 2026-12-01, before it begins on 2026-12-24", "exchange the two days"),
    ),
    "the day of a channel table": (
        *(Path("templates/channels.yaml"), "channels:", "checked: 29.11.2026\nchannels:"),
        *("1:10", "`checked` cannot be `29.11.2026`", "write `2026-11-29`"),
    ),
    "a share of a hundred": (
        *(SMALL, LAYOUT, f"{LAYOUT}likeness: {{at_least: 75%}}\n"),
        *("11:22", "`at_least` should be a number, not `75%`", "write `0.75`"),
    ),
    "money with its currency": (
        *(SMALL, LAYOUT, f"{LAYOUT}budget: {{run: 20 EUR}}\n"),
        *("11:15", "`run` should be a number, not `20 EUR`", "write `20`"),
    ),
    "a weight with its unit": (
        *(SMALL, "amazon-main", "{id: amazon-main, max_bytes: 150 kB}"),
        *("11:64", "`max_bytes` should be a whole number, not `150 kB`", "write `150000`"),
    ),
    "a currency in words": (
        *(SMALL, "products.csv", "products.csv\n  currency: Euro"),
        *("4:13", "`currency` cannot be `Euro`", "write `EUR`"),
    ),
    "one for a list": (SMALL, "[en-US]", "en-US", "6:10", "`locales` should be a list", "write `[en-US]`"),
    "several without brackets": (
        *(SMALL, "[instagram-feed-square, amazon-main]", "instagram-feed-square, amazon-main"),
        *("11:11", "`channels` should be a list", "write `[instagram-feed-square, amazon-main]`"),
    ),
    "a blank too few": (
        *(SMALL, "[instagram-feed-square, amazon-main]", "\n  -instagram-feed-square\n  -amazon-main"),
        *("12:3", "`channels` should be a list", "a blank is missing after each `-`"),
    ),
    "a group for a list": (
        *(SMALL, LAYOUT, f"{LAYOUT}audiences:\n  name: parents\n"),
        *("12:3", "`audiences` should be a list", "begin each group of lines with `- `"),
    ),
    "a hard space": (
        *(SMALL, "    prompt: shelf", "\u00a0\u00a0\u00a0\u00a0prompt: shelf"),
        *("9:1", "a no-break space is used for indentation", "indent with ordinary spaces"),
    ),
    "a name with a capital": (
        *(SMALL, "  shelf:", "  Goldener Frühling:"),
        *("8:3", "`Goldener Frühling` cannot be a name here", "write `goldener-fruehling`"),
    ),
    "a language by its name": (
        *(SMALL, "[en-US]", "[Deutsch]"),
        *("6:11", "item 1 of `locales` cannot be `Deutsch`", "write `de`"),
    ),
    "a country for a language": (
        *(SMALL, "[en-US]", "[jp]"),
        *("6:11", "there is no locale `jp`", "did you mean `ja-JP`?"),
    ),
    "a brand by its path": (
        *(SMALL, "brand: plain", "brand: templates/brands/plain.yaml"),
        *("4:8", "there is no brand `templates/brands/plain.yaml`", "did you mean `plain`?"),
    ),
    "a prompt in words": (
        *(SMALL, "prompt: shelf", "prompt: a shelf in the sun"),
        *("9:13", "there is no prompt template `a shelf in the sun`", "name a file in templates/prompts, such as"),
    ),
    "a table in another folder": (
        *(SMALL, "file: products.csv", "file: campaigns/products.csv"),
        *("3:9", "there is no file `campaigns/products.csv`", "did you mean `products.csv`?"),
    ),
    "a table at an address": (
        *(SMALL, "copy: copy.csv", "copy: https://docs.example.com/sheet"),
        *("5:7", "`https://docs.example.com/sheet` is an address, and a file is needed here", "download it"),
    ),
    "a colour without its sign": (
        *(BRAND, '"#222222"', "2a2B2c"),
        *("2:16", "`ink` cannot be `2a2B2c`", 'write `"#2a2b2c"`, in quotes'),
    ),
    "a colour by its name": (BRAND, '"#222222"', "navy", "2:16", "`ink` cannot be `navy`", 'write `"#000080"`'),
    "a colour in three numbers": (
        *(BRAND, '"#222222"', '"rgb(1, 2, 255)"'),
        *("2:16", "`ink` cannot be `rgb(1, 2, 255)`", 'write `"#0102ff"`'),
    ),
    "a colour of a layer": (
        *(CARD, "box: [0.05, 0.05", "colour: navy, box: [0.05, 0.05"),
        *(
            "4:5",
            "the brand has no colour `navy`",
            'it has `accent`, `auto`, `ink`, `paper`, and takes codes such as "#000080"',
        ),
    ),
    "a box in words": (
        *(CARD, "[0.2, 0.3, 0.8, 0.95]", "{x: 0.2, y: 0.3, width: 0.6, height: 0.6}"),
        *("3:27", "`box` cannot be a group of `key: value` lines", "write `[left, top, right, bottom]`"),
    ),
    "a font's file": (
        *(BRAND, "name: Plain", "name: Plain\nfonts: {body: Inter-Bold}"),
        *("2:15", "there is no font `Inter-Bold`", "write `Inter Bold`"),
    ),
    "a weight in two words": (
        *(BRAND, "name: Plain", "name: Plain\nfonts: {body: inter semi bold}"),
        *("2:15", "there is no font `inter semi bold`", "write `Inter SemiBold`"),
    ),
    "a weight that nobody brought": (
        *(BRAND, "name: Plain", "name: Plain\nfonts: {body: Inter 1000}"),
        *("2:15", "there is no font `Inter 1000`", "weights are words: write `Inter Bold`"),
    ),
    "a list of fonts": (
        *(BRAND, "name: Plain", 'name: Plain\nfonts: {body: "Inter, sans-serif"}'),
        *("2:15", "there is no font `Inter, sans-serif`", "write `Inter`"),
    ),
    "a column of another spelling": (
        *(COPY, "en-US", "en_us"),
        *("1", "there is no column for the locale `en-US`", "call the column `en_us` so"),
    ),
    "a column in words": (
        *(COPY, "en-US", "English"),
        *("1", "there is no column for the locale `en-US`", "call the column `English` so"),
    ),
    "two signs for and": (
        *(SMALL, SCENE, f"{SCENE}    when: product.title && product.price\n"),
        *("10:25", "`&&` is not expected here", "write `and`"),
    ),
    "or in German": (
        *(SMALL, SCENE, f"{SCENE}    when: product.title oder product.price\n"),
        *("10:25", "`oder` is not expected here", "write `or`"),
    ),
    "not in other languages": (
        *(SMALL, SCENE, f'{SCENE}    when: "!product.title"\n'),
        *("10:11", "`!` is not expected here", "write `not`"),
    ),
    "unequal as in SQL": (
        *(SMALL, SCENE, f"{SCENE}    when: product.price <> 3\n"),
        *("10:25", "`<>` is not expected here", "write `!=`"),
    ),
    "a rule in braces": (
        *(SMALL, SCENE, f'{SCENE}    when: "{{{{ product.title }}}}"\n'),
        *("10:11", "`{{` is not expected here", "a rule stands without braces"),
    ),
    "a column with a blank": (
        *(SMALL, SCENE, f"{SCENE}    when: product.sale price > 3\n"),
        *("10:19", "`sale price` is not expected here", "such a column is called `product.sale_price`"),
    ),
    "a column alone": (
        *(SMALL, SCENE, f"{SCENE}    when: titel == 3\n"),
        *("10:11", "nothing is called `titel` here", "did you mean `product.title`?"),
    ),
    "else if": (
        *(COPY, "{{ product.title }}", "{% if product.title %}a{% else if product.price %}b{% endif %}"),
        *("3", "`if` is not expected here", "write `elif` for the two"),
    ),
    "elseif": (
        *(COPY, "{{ product.title }}", "{% if product.title %}a{% elseif product.price %}b{% endif %}"),
        *("3", "there is no tag `elseif`", "write `elif`"),
    ),
    "a filter's colon": (
        *(COPY, "| money", "| money:EUR"),
        *("3", "`money:` is not expected here", 'what a filter is given stands in brackets: `money("EUR")`'),
    ),
    "a block that is misspelt": (
        *(SHELF, "a shelf", '{% extends "base" %}{% block picture %}a{% endblock %}{% block modo %}b{% endblock %}{#'),
        *("1:58", "the template that is extended has no block `modo`, so it is never shown", "did you mean `mood`?"),
    ),
    "a block that is missing": (
        *(SHELF, "a shelf in {{ scene.name }}", '{% extends "base" %}'),
        *("1:1", "the block `picture` is not filled in", "add `{% block picture %} … {% endblock %}`"),
    ),
    "words outside of blocks": (
        *(SHELF, "a shelf", '{% extends "base" %}{% block picture %}a{% endblock %}a shelf'),
        *("1:55", "what stands outside of blocks is never shown", "put it between `{% block picture %}`"),
    ),
    "a format that is not written": (
        *(SMALL, "amazon-main", "{id: amazon-main, formats: [pdf]}"),
        *("11:62", "`amazon-main` takes pdf alone, which is not written", "written are avif, jpg, png, webp"),
    ),
    "a channel of ones own": (
        *(SMALL, "amazon-main", "{id: our-wall, width: 1000, height: 1000}"),
        *("11:40", "there is no channel or set `our-wall`", "a channel of your own stands in templates/channels.yaml"),
    ),
    "a place that nothing publishes to": (
        *(SMALL, LAYOUT, f"{LAYOUT}publish: {{to: 'ftp://x', base_url: 'https://x.example'}}\n"),
        *("11:15", "files cannot be published to `ftp://`", "a folder, or an address that begins with"),
    ),
    "half a place to publish to": (
        *(SMALL, LAYOUT, f"{LAYOUT}publish: {{to: 's3:/bucket/x', base_url: 'https://x.example'}}\n"),
        *("11:15", "`s3:/bucket/x` lacks a slash", "write `s3://bucket/x`"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_what_was_meant(slip, capsys):
    file, old, new, place, message, hint = SLIPS[slip]
    kit.write(file, file.read_text(encoding="utf-8") if file.exists() else "")
    kit.change(file, old, new + "#}" if new.endswith("{#") else new)
    problems = said(capsys, 2)
    assert f"error: {message}" in problems
    assert f"  --> {file}:{place}\nhint: {hint}" in problems


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("fotos/red.png", "is not there", "did you mean `red.png`?"),
        ("/Users/anna/red.png", "is a path of one computer", "write where it lies beside the product table"),
        ("~/red.png", "is a path of one computer", "write where it lies beside the product table"),
        ("www.halden.example/red.png", "is half an address", "write `https://www.halden.example/red.png`"),
        ("elsewhere.png", "is not there", "did you mean `more/elsewhere.png`?"),
        ("small.png", "is not there", "photos are looked for beside the product table"),
    ],
)
def test_a_photo_that_is_not_there_is_told_with_what_was_meant(name, message, hint, capsys):
    kit.draw_product(kit.write(Path("campaigns/more/elsewhere.png"), ""), "red")
    kit.change(TABLE, "red.png", name)
    assert f"photo `{name}` {message}\n  --> campaigns/products.csv:2 (row 1)\nhint: {hint}" in said(capsys, 1)


@pytest.mark.parametrize("ending", ["xlsx", "ods", "json"])
def test_a_copy_table_of_another_kind_is_told(ending, capsys):
    kit.write(Path(f"campaigns/copy.{ending}"), "PK")
    kit.change(SMALL, "copy.csv", f"copy.{ending}")
    problems = said(capsys, 2)
    assert (
        f"a copy table is no `.{ending}` file\n  --> campaigns/copy.{ending}\nhint: save it as *CSV UTF-8*" in problems
    )


@pytest.mark.parametrize(
    ("old", "written"),
    [
        ("{{ product.title }}", "{ product.title }"),
        ("{{ product.title }}", "${product.title}"),
        ("{{ product.title }}", "[[product.title]]"),
        ("{{ product.title }}", "%title%"),
    ],
)
def test_a_value_that_would_be_printed_as_it_is_written_is_told(old, written, capsys):
    kit.change(COPY, old, written)
    problems = said(capsys, 0)
    assert f"warning: `{written}` is printed as it stands\n  --> campaigns/copy.csv:3\n" in problems
    assert "hint: values stand in two braces: `{{ " in problems


def test_braces_and_per_cents_that_mean_nothing_are_left_alone(capsys):
    kit.change(COPY, "Now here", "Now 20% off [new] {} 5 % or 5%")
    assert "printed as it stands" not in said(capsys, 0)


@pytest.mark.parametrize("code", ["date('long')", "round"])
def test_a_filter_that_is_given_the_wrong_things_is_told_in_our_words(code, capsys):
    kit.change(COPY, "| money", f"| {code}")
    problems = said(capsys, 1)
    expected = (
        "a number is needed here" if code == "round" else f"`{code.partition('(')[0]}` does not take what it is given"
    )
    assert expected in problems
    assert ("cells are text" in problems) == (code == "round")


def test_other_campaigns_are_listed_where_none_is_called_so(capsys):
    assert "there is no campaign file `winter.yaml`\nhint: there are `campaigns/small.yaml`" in said(
        capsys, 2, "check", "winter.yaml"
    )


@pytest.mark.parametrize("file", [BRAND, CARD])
def test_a_template_is_no_campaign(file, capsys):
    assert f"`{file}` is one of the templates, and no campaign" in said(capsys, 2, "check", str(file))


@pytest.mark.parametrize(
    ("term", "hint"),
    [
        ("sku=A-1", "write field:pattern, as in `sku:A-1`"),
        ("A-1", "write field:pattern, as in `sku:A-1`"),
        ("sku:", "write field:pattern, as in `sku:MUG-*`"),
        ("SKU:A-1", "did you mean `sku`?"),
        ("product:A-1", "did you mean `sku`?"),
        ("lang:en-US", "did you mean `locale`?"),
        ("locale:EN-us", "did you mean `en-US`?"),
        ("sku:A-1 channel:amazon-main", "give each term its own `--select`: -s sku:A-1 -s channel:amazon-main"),
    ],
)
def test_a_selection_is_told_as_it_is_to_be_written(term, hint, capsys):
    assert f"hint: {hint}\n" in said(capsys, 2, "plan", str(SMALL), "-s", term)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("build campaigns/small.yaml", "did you mean `assetgen run`?"),
        ("validate campaigns/small.yaml", "did you mean `assetgen check`?"),
        ("version", "did you mean `assetgen --version`?"),
        ("cache clear", "did you mean `assetgen cache prune`?"),
        ("batch show campaigns/small.yaml", "it has `cancel`, `collect`, `status`"),
        ("run campaigns/small.yaml --channel amazon-main", "`--select channel:…` takes only these"),
        ("run campaigns/small.yaml --dry", "`assetgen plan` shows what a run would do"),
        ("run campaigns/small.yaml --output x", "`output:` in the campaign says where pictures go"),
        ("run campaigns/small.yaml --plan plan.json", "save one with `assetgen plan CAMPAIGN -o plan.json`"),
        ("diff old.json new.json", "a run writes one to output/<campaign>/manifest.json"),
        ("ledger restore payments.csv", "name the file that was exported"),
        ("inspect campaigns/red.jpg", "did you mean `red.png`?"),
        ("cutout campaigns/red.png --mask campaigns/bleu.png", "did you mean `blue.png`?"),
    ],
)
def test_a_command_is_told_with_what_was_meant(typed, hint, capsys):
    assert f"hint: {hint}" in said(capsys, 2, *typed.split())


def test_the_total_of_a_column_is_told(capsys):
    kit.change(TABLE, "C-3,Box,30.00,EUR,blue.png", "C-3,Box,30.00,EUR,blue.png\nSumme,,60.00,EUR,")
    assert "this looks like the total of a column: delete the row" in said(capsys, 1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("set: une table en bois devant une fenêtre, light: lumière du matin", "of your 8 words the studio knows 1"),
        ("set: деревянный стол у окна", "of your 3 words the studio knows none"),
        ("set: 나무 테이블 위", "of your 2 words the studio knows none"),
        ("set: テーブルの上", "of your 1 word the studio knows none"),
        ("set: 木桌, light: 晨光", ""),
        ("set: a country estate with a garden", ""),
    ],
)
def test_words_of_other_languages_are_told(words, told, capsys):
    kit.change(SMALL, SCENE, f"    prompt: product-in-a-scene\n    with: {{{words}}}\n")
    problems = said(capsys, 0)
    assert f"{told}\n  --> campaigns/small.yaml:10:5" in problems if told else "the studio knows" not in problems


def test_a_doubt_about_a_model_has_its_place(capsys):
    kit.change(SMALL, LAYOUT, f"{LAYOUT}provider: {{name: openai, model: gpt-imge-1}}\n")
    assert "the model `gpt-imge-1` is not known: the rules of" in (problems := said(capsys, 0))
    assert "  --> campaigns/small.yaml:11:11\nhint: did you mean `gpt-image-1`?" in problems


def test_a_home_that_may_not_be_entered_has_no_models(monkeypatch):
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refused)
    assert lacking(WEIGHTS["u2net"])


def test_words_for_a_column_that_a_table_lacks_are_told_how_to_do_without_it(capsys):
    kit.change(COPY, "Now here", "{{ product.material }}")
    assert said(capsys, 2).endswith(
        "; for a table without it, write `product.material | default('')`, "
        "or ask whether `product.material is defined`\n"
    )

    kit.change(COPY, "{{ product.material }}", "{{ product.material | default('Now here') }}")
    assert said(capsys, 0) == ""
    kit.change(
        COPY, "{{ product.material | default('Now here') }}", "{% if product.material is defined %}of {% endif %}"
    )
    said(capsys, 0)
    kit.change(SMALL, SCENE, f"{SCENE}    when: product.material is defined and product.material == 'oak'\n")
    said(capsys, 0)
