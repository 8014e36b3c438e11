"""A campaign in pseudo-locales: what translations will do to its pictures, seen before there are any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from assetgen.planning.pseudo import pseudo
from assetgen.production.plan_stream import ProductPlan
from tests.kit import Flat, change, manifest, pictures, tree

COPY = """\
key,en-US
headline,"Served hot, till 9.30"
offer,"{% if product.price %}Now {{ product.price | money }}, not {{ ""was "" ~ 12 | money }}{# Now #}{% endif %}"
day,"{{ ""2026-04-30"" | date }} at {{ 0.5 | percent }}"
"""
LAYOUT = """\
square:
  - {layer: plate}
  - {layer: product, box: [0.2, 0.5, 0.8, 0.95]}
  - {layer: text, text: "{{ copy.headline }}", box: [0, 0, 1, 0.15]}
  - {layer: text, text: "{{ copy.offer }}", box: [0, 0.15, 1, 0.3]}
  - {layer: text, text: "{{ copy.day }}", box: [0, 0.3, 1, 0.45]}
"""
TAG = r"\{[{%#].*?[}%#]\}"


@pytest.fixture
def quick(small: Path) -> Path:
    """The small shop with the studio at its smallest, and more to say."""
    change(small, "layout: card", "layout: card\nprovider: {name: studio, megapixels: 0.25}")
    Path("campaigns/copy.csv").write_text(COPY)
    Path("templates/layouts/card.yaml").write_text(LAYOUT)
    return small


def told(campaign: Path, key: str) -> dict[str, str]:
    """A text of the copy table, by pseudo-locale."""
    cells = pseudo(assetgen.load(campaign)).copy.texts[key]
    return {locale: template.text for locale, template in cells.items()}


def test_words_become_longer_or_arabic_or_chinese(quick: Path) -> None:
    said = told(quick, "headline")

    assert said["en-ZZ"] == "[Šééŕʋééđ ĥóóŧ, ŧíííļļ 9.30]"
    assert said["ar-ZZ"] == "سيرفيد هوت، تيلل 9.30"
    assert re.fullmatch(r"[\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{2}9.30", said["zh-ZZ"])


def test_what_stands_in_braces_is_never_touched(quick: Path) -> None:
    for key in ("offer", "day"):
        written = assetgen.load(quick).copy.texts[key]["en-US"].text
        for text in told(quick, key).values():
            assert re.findall(TAG, text) == re.findall(TAG, written)
            assert not re.search("Now |not|at", re.sub(TAG, "", text))


def test_money_and_days_follow_the_language_and_layouts_its_direction(quick: Path) -> None:
    plan = assetgen.plan(pseudo(assetgen.load(quick)), provider=Flat(), select=["channel:instagram-*"], limit=1)
    (item,) = plan
    assert isinstance(item, ProductPlan)
    inputs = {planned.asset.locale: planned.asset.inputs for planned in item.planned}

    assert {locale: found["direction"] for locale, found in inputs.items()} == {
        "en-ZZ": "left to right", "ar-ZZ": "right to left", "zh-ZZ": "left to right",
    }  # fmt: skip
    assert inputs["en-ZZ"]["words 3"] == "Ñóóŵ €10.00, ñóóŧ was €12.00"
    assert inputs["en-ZZ"]["words 4"] == "[April 30 ááŧ 50%]"
    assert "أبريل" in inputs["ar-ZZ"]["words 4"]
    assert "4月30日" in inputs["zh-ZZ"]["words 4"]


def test_a_text_that_may_come_out_empty_stays_empty(quick: Path) -> None:
    change(Path("campaigns/products.csv"), "10.00", "")
    plan = assetgen.plan(pseudo(assetgen.load(quick)), provider=Flat(), select=["sku:A-1"])
    (item,) = plan
    assert isinstance(item, ProductPlan)

    words = [[v for k, v in planned.asset.inputs.items() if k.startswith("words")] for planned in item.planned]
    assert sorted(map(len, words)) == [0, 2, 2, 2]  # on white nothing is written


def test_the_letters_of_the_locale_in_latin_script_are_exchanged(quick: Path) -> None:
    change(quick, "[en-US]", "[ar, en-US]")
    Path("campaigns/copy.csv").write_text("key,en-US,ar\nheadline,Hot,ساخن\noffer,Hot,ساخن\nday,Hot,ساخن\n")

    assert told(quick, "headline")["en-ZZ"] == "[Ĥóóŧ]"


def test_a_pseudo_run_touches_nothing_of_the_campaign_and_shares_its_plates(quick: Path, capsys) -> None:
    assert main(["run", str(quick)]) == 0
    before = tree(Path("output/small"))
    plates = tree(Path(".assetgen/store/plates"))

    assert main(["run", "--pseudo", str(quick), "--prune"]) == 0
    assert tree(Path("output/small")) == before
    assert tree(Path(".assetgen/store/plates")) == plates
    assert {path.name for path in Path("output").iterdir()} == {"small", "small-pseudo"}
    told = manifest(Path("output/small-pseudo"))
    assert told["campaign"] == "small-pseudo"
    assert {asset["locale"] for asset in told["assets"]} == {"en-ZZ", "ar-ZZ", "zh-ZZ", "all"}
    capsys.readouterr()

    assert main(["plan", str(quick)]) == 0
    assert "all up to date" in capsys.readouterr().out


def test_a_second_pseudo_run_does_nothing(quick: Path) -> None:
    assert main(["run", "--pseudo", str(quick)]) == 0
    before = tree(Path("output"))
    assert pictures(Path("output/small-pseudo"))

    assert main(["run", "--pseudo", str(quick)]) == 0
    assert tree(Path("output")) == before
    assert main(["plan", "--pseudo", str(quick), "--detailed-exitcode"]) == 0


def test_check_finds_what_will_not_fit_once_it_is_translated(quick: Path, capsys) -> None:
    change(Path("templates/layouts/card.yaml"), "box: [0, 0, 1, 0.15]", "box: [0, 0, 0.75, 0.06], size: 0.05")
    assert main(["check", str(quick)]) == 0
    capsys.readouterr()

    assert main(["check", "--pseudo", str(quick)]) == 1
    said = capsys.readouterr().err
    assert "en-ZZ: `[Šééŕʋééđ" in said
    assert "--> campaigns/copy.csv:2" in said
    assert not Path("output").exists()
