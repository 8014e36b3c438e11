import csv
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from assetgen.errors import InputError, Location, Problem
from assetgen.model.brief import TemplateText
from assetgen.ports import reads
from assetgen.prompts import Templates
from assetgen.prompts.filter_socket import filters

ROOT = Path(__file__).parent.parent
PACK = {
    path.stem: TemplateText(path.read_text("utf-8"), Location(path.name))
    for path in sorted((ROOT / "templates/prompts").glob("*.j2"))
}
SCENARIOS = sorted(PACK.keys() - {"base"})
with (ROOT / "campaigns/products.csv").open(encoding="utf-8", newline="") as table:
    PRODUCTS = list(csv.DictReader(table))

HALDEN = {"name": "Halden", "colours": {"ink": "#22302b", "paper": "#f6f1e7", "accent": "#c8623e"}, "voice": "plain"}
VOCABULARY = {
    "product": frozenset(PRODUCTS[0]),
    "brand": frozenset(HALDEN),
    "scene": frozenset({"name"}),
    "audience": frozenset[str](),
    "locale": None,
    "mode": None,
}


def context(
    locale: str = "en-US", scene: Mapping[str, str] | None = None, product: Mapping[str, str] | None = None
) -> dict[str, object]:
    return {
        "product": {**PRODUCTS[0], **(product or {})},
        "brand": HALDEN,
        "scene": {"name": "terrace", **(scene or {})},
        "audience": {},
        "locale": locale,
        "mode": "plate",
    }


def template(text: str, file: str = "copy.csv", line: int = 5, column: int = 7) -> TemplateText:
    return TemplateText(text, Location(file, line, column))


def render(text: str, locale: str = "en-US", **columns: str) -> str:
    return Templates({}).text(template(text)).render(context(locale, product=columns))


def check(text: str, sources: Mapping[str, TemplateText] | None = None) -> list[Problem]:
    return Templates(sources or {}).text(template(text)).check(VOCABULARY)


def refusal(text: str, **columns: str) -> Problem:
    with pytest.raises(InputError) as error:
        render(text, **columns)
    return error.value.problems[0]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_prompt_of_the_pack_says_what_it_is_for_and_passes_the_check(name):
    assert PACK[name].text.startswith("{# ")
    assert Templates(PACK).prompt(name).check(VOCABULARY) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_prompt_of_the_pack_is_40_to_120_words_in_one_line(name):
    compiled = Templates(PACK).prompt(name)
    for product in PRODUCTS:
        prompt = compiled.render(context(product=product))
        assert 40 <= len(prompt.split()) <= 120
        assert "\n" not in prompt
        assert "  " not in prompt


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_prompt_of_the_pack_carries_the_colours_of_the_brand_and_ends_with_what_must_not_appear(name):
    prompt = Templates(PACK).prompt(name).render(context())
    assert "#f6f1e7, #c8623e, #22302b" in prompt
    assert prompt.split(". ")[-1].startswith("No ")


@pytest.mark.parametrize("name", ["product-in-a-scene", "advert", "social-post", "interior", "localised-market"])
def test_the_prompts_for_empty_sets_speak_of_no_product(name):
    assert not Templates(PACK).prompt(name).uses("product")


def test_scene_words_replace_the_defaults():
    words = {"set": "an arch of terrazzo.", "light": "neon from the right", "colours": "sage wall"}
    prompt = Templates(PACK).prompt("product-in-a-scene").render(context(scene=words))
    assert "an arch of terrazzo. One" in prompt
    assert "Light: neon from the right." in prompt
    assert "Colours: sage wall." in prompt


def test_a_market_gets_a_place_of_its_own():
    compiled = Templates(PACK).prompt("localised-market")
    assert "tea room" in compiled.render(context("zh-CN"))
    assert "courtyard" in compiled.render(context("ar"))
    assert "plain room" in compiled.render(context("fi-FI"))


def test_an_edited_comment_or_indentation_does_not_change_the_prompt():
    tight = {"a": template("A set{% if scene.mood is defined %}, {{ scene.mood }}{% endif %}. Light.")}
    loose = {
        "a": template(
            "{# new #}\nA  set\n  {% if scene.mood is defined %}\n , {{ scene.mood }}\n{% endif %}.\nLight.\n"
        )
    }
    for scene in ({}, {"mood": "calm"}):
        given = context(scene=scene)
        assert Templates(tight).prompt("a").render(given) == Templates(loose).prompt("a").render(given)


def test_a_line_of_copy_keeps_its_line_breaks_and_no_break_spaces():
    assert render(" Now \n only  {{ '24' | money }} ", locale="de-DE") == "Now\nonly 24,00\xa0€"


def test_product_text_is_never_taken_for_a_template():
    assert render("{{ product.title }}", title="{{ 7*7 }}") == "{{ 7*7 }}"


def test_a_column_wins_over_a_method_of_the_same_name():
    assert render("{{ product.items }}", items="three") == "three"


@pytest.mark.parametrize(
    ("locale", "price"),
    [
        ("en-US", "€1,299.50"),
        ("zh-CN", "€1,299.50"),
        ("de-DE", "1.299,50\xa0€"),
        ("ar", "\u2068\u200f1,299.50\xa0€\u2069"),
        ("ar-EG", "\u2068\u200f1,299.50\xa0€\u2069"),
    ],
)
def test_money_is_written_as_shops_of_the_locale_write_it(locale, price):
    assert render("{{ product.price | money }}", locale=locale, price="1,299.50") == price


def test_the_examples_of_the_manual_come_out_as_it_says():
    manual = (ROOT / "docs/templates.md").read_text("utf-8").replace("\\|", "|")
    examples = re.findall(r"^\| `(\{\{ [\"\[\d].*)` \| (.+) \|$", manual, re.MULTILINE)
    assert {text: render(text) for text, _ in examples} == dict(examples)
    assert [name for name in filters() if f"| {name}" not in str(examples)] == []


def test_a_saving_is_rounded_down():
    assert (
        render("{{ product.price | saving(product.sale_price) | percent }}", price="38.00", sale_price="29.00") == "23%"
    )
    assert render("{{ '100' | saving('71') | percent }}") == "29%"


def test_a_title_leaves_acronyms_brand_names_and_units_alone():
    text = "{{ 'hand-thrown LED lamp, it\\'s iPhone-ready, 330 ml' | title }}"
    assert render(text) == "Hand-Thrown LED Lamp, It's iPhone-Ready, 330 ml"


def test_a_rule_holds_or_not():
    on_sale = Templates({}).rule(template('product.sale_price and product.stock | number > 20 and locale == "en-US"'))
    assert on_sale.holds(context(product={"sale_price": "19.00"}))
    assert not on_sale.holds(context(product={"sale_price": ""}))
    assert not on_sale.holds(context(product={"sale_price": "19.00", "stock": "20"}))
    assert not on_sale.holds(context("ar", product={"sale_price": "19.00"}))


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("{{ product.prise }}", "copy.csv:5:18", "`product` has no `prise`", "did you mean `price`?"),
        ('{{ product["prise"] }}', "copy.csv:5:18", "`product` has no `prise`", "did you mean `price`?"),
        ("Now\n  {{ prodct.price }}", "copy.csv:6:6", "nothing is called `prodct` here", "did you mean `product`?"),
        ("Now\r\n{{ prodct.price }}", "copy.csv:6:4", "nothing is called `prodct` here", "did you mean `product`?"),
        ("{{ product.price | mony }}", "copy.csv:5:26", "there is no filter `mony`", "did you mean `money`?"),
        ("{% if 3 is defind %}{% endif %}", "copy.csv:5:15", "there is no test `is defind`", "did you mean `defined`?"),
        ("{{ moneybag(3) }}", "copy.csv:5:10", "nothing is called `moneybag` here", None),
        ('{% include "bse" %}', "copy.csv:5:18", "there is no prompt template `bse`", "did you mean `base`?"),
        ("{% include locale %}", "copy.csv:5:18", "the name of a template must be written out", None),
    ],
)
def test_a_slip_is_found_before_any_row_is_rendered(text, place, message, hint):
    problem = check(text, {"base": template("")})[0]
    assert (str(problem.location), problem.message) == (place, message)
    assert hint is None or problem.hint == hint


def test_a_slip_in_an_included_template_is_shown_in_its_own_file():
    base = template("Light.\n{{ product.prise }}", "base.j2", 1, 1)
    assert str(check('{% include "base" %}', {"base": base})[0].location) == "base.j2:2:12"


def test_money_needs_a_currency_column_unless_it_names_one():
    words = {"product": frozenset({"price"}), "locale": None}
    own, named = (template(f"{{{{ product.price | money{currency} }}}}") for currency in ("", "('EUR')"))
    assert Templates({}).text(own).check(words)[0].message == "`product` has no `currency`"
    assert not Templates({}).text(named).check(words)


@pytest.mark.parametrize(
    "text",
    [
        "{{ product.ean | default('') }}",
        "{% if product.ean is defined %}{{ product.ean }}{% endif %}",
        "{% set n = 3 %}{{ n }}",
        "{% for word in ['a', 'b'] %}{{ loop.index }}{{ word }}{% endfor %}",
        "{% macro loud(word) %}{{ word | upper }}{% endmacro %}{{ loud(product.title) }}",
        "{% from 'parts' import loud %}{{ loud('a') }}",
        "{% include 'nowhere' ignore missing %}",
    ],
)
def test_what_a_template_sets_or_allows_to_be_absent_is_no_slip(text):
    parts = template("{% macro loud(word) %}{{ word | upper }}{% endmacro %}", "parts.j2")
    assert check(text, {"parts": parts}) == []


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("{{ product.title", 12, "the text ends before the expression does"),
        ("{{ product title }}", 12, "`title` is not expected here"),
        ("{{ product. }}", 13, "a field is missing after the dot"),
        ("{{ }}", 4, "something is missing before the end of the braces"),
        ("{{ “x” }}", 4, "`“` is a typographic quote"),
        ("{{ 'x }}", 4, "the quote is never closed"),
        ("{{ (1 }}", 7, "a `)` is missing before this"),
        ("{% if locale = 'ar' %}x{% endif %}", 14, "a single `=` cannot compare"),
        ("{% if locale %}x", 16, "`{% if %}` is never closed"),
        ("{% iff locale %}", 4, "there is no tag `iff`"),
        ("{% endif %}", 4, "`{% endif %}` closes nothing that is open here"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", 31, "two blocks have the same name"),
        ("{# note", 4, "the comment is never closed"),
    ],
)
def test_syntax_errors_speak_plainly_and_point_at_the_column(text, column, message):
    source = template(text, column=1)
    problem = Templates({}).text(source).check(VOCABULARY)[0]
    assert (problem.location, problem.message) == (Location("copy.csv", 5, column), message)
    with pytest.raises(InputError, match=r"copy\.csv:5"):
        Templates({}).text(source).render(context())


def test_a_value_that_is_no_number_is_shown_with_its_line():
    problem = refusal("Only\n{{ product.stock | number }} left", stock="n/a")
    assert (str(problem.location), problem.message) == ("copy.csv:6", "`n/a` is not a number")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ '' | money }}", "the cell is empty"),
        ("{{ '24 kg' | number }}", "`24 kg` is not a number"),
        ("{{ 3 | money('EURO') }}", "`EURO` is not a currency"),
        ("{{ '20' | saving('20') }}", "is not below the price"),
        ("{{ product.nope }}", "nothing is called `nope` here"),
        ("{{ ().__class__ }}", "`__class__` of `tuple` object is unsafe"),
        ("{{ product.clear() }}", "`clear` of `dict` object is unsafe"),
        ("{{ range(10**9) | list }}", "range too big"),
    ],
)
def test_what_goes_wrong_while_rendering_is_an_input_error(text, reason):
    problem = refusal(text)
    assert reason in problem.message
    assert problem.location == Location("copy.csv", 5, 7)


def test_comparing_text_with_a_number_shows_the_way_out():
    assert refusal("{{ product.stock > 3 }}").hint == "cells are text; `| number` makes a number of one"


def test_a_template_that_includes_itself_is_refused():
    with pytest.raises(InputError, match="includes itself"):
        Templates({"loop": template('{% include "loop" %}')}).prompt("loop").render(context())


def test_an_error_in_a_parent_template_points_into_the_parent():
    sources = {
        "base": template("Light.\n{% block picture %}{% endblock %}\n{{ product.stock | number }}", "base.j2"),
        "child": template("{% extends 'base' %}{% block picture %}A set{% endblock %}", "child.j2"),
    }
    with pytest.raises(InputError) as error:
        Templates(sources).prompt("child").render(context(product={"stock": "many"}))
    assert error.value.problems[0].location == Location("base.j2", 7)


def test_a_template_tells_what_its_result_depends_on():
    sources = {"price": template("{{ product.price | money }}")}
    compiled = Templates(sources).text(template("{{ product.title }} {% include 'price' %}"))
    assert compiled.columns == {"title", "price", "currency"}
    assert compiled.uses("locale")
    assert not compiled.uses("audience")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ product.price | money }}", {"locale", "product", "product.price", "product.currency"}),
        ("{{ product.price | money('EUR') }}", {"locale", "product", "product.price"}),
        ("{{ product.price | money(currency='EUR') }}", {"locale", "product", "product.price"}),
        ("{{ ['3', '4'] | map('percent') | join }}", {"locale"}),
        ("{% filter date %}2026-04-30{% endfilter %}", {"locale"}),
        ("{{ ['3'] | map(mode) | join }}", {"locale", "mode", "product.currency"}),
        ("{{ product.title | title }}", {"locale", "product", "product.title"}),
    ],
)
def test_what_a_filter_looks_up_counts_as_read_however_it_is_called(text, told):
    compiled = Templates({}).text(template(text))
    roots = {root for root in ("locale", "mode", "product") if compiled.uses(root)}
    assert roots | {f"product.{column}" for column in compiled.columns} == told | {
        name.partition(".")[0] for name in told
    }


def test_a_filter_cannot_declare_a_parameter_that_it_does_not_have():
    with pytest.raises(TypeError, match="no parameter currency"):
        reads(currency="product.currency")(lambda *_: "")


def test_an_unknown_prompt_suggests_the_nearest():
    with pytest.raises(InputError, match="did you mean `advert`"):
        Templates(PACK).prompt("advrt")
