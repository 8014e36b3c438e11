"""Templates can do no harm: whatever they try, they end soon, with a place and a sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.cli import main
from assetgen.errors import InputError, Location, Problem
from assetgen.model.brief import TemplateText
from assetgen.prompts import Templates
from tests import kit

DOUBLED = "{% set ns = namespace(x=WHAT) %}{% for i in range(100) %}{% set ns.x = MORE %}{% endfor %}{{ ns.x }}"
TOO_MUCH = "the template does too much"
NESTED = "too much stands inside one another here"
LARGE = "the number is too large"
CONTEXT = {"product": {"title": "Mug", "description": "d" * 20_000}, "locale": "en-US"}
VOCABULARY = {"product": frozenset({"title", "description"}), "locale": None}


def problem(text: str) -> str:
    """What is wrong with a template, before it is rendered or then; it is said at its place."""
    compiled = Templates({}).text(TemplateText(text, Location("copy.csv", 5, 7)))
    if found := compiled.check(VOCABULARY):
        return told(found[0])
    with pytest.raises(InputError) as error:
        compiled.render(CONTEXT)
    return told(error.value.problems[0])


def told(found: Problem) -> str:
    assert found.location
    assert found.location.file == "copy.csv"
    assert (found.location.line or 0) >= 5
    return found.message


def doubled(what: str, more: str) -> str:
    return DOUBLED.replace("WHAT", what).replace("MORE", more)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 10**10 }}",
        "{{ 10**10 * 'a' }}",
        "{{ ([0] * 10**10) | length }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ '{a:>1000000000}'.format_map({'a': 1}) }}",
        "{{ ('%s' * 100000) | format('x' * 100000) }}",
        "{{ 'a' | center(10**10) }}",
        "{{ 'a'.ljust(10**10) }}",
        "{{ 'a'.zfill(10**10) }}",
        "{{ 'a\nb' | indent(10**10) }}",
        "{{ 'a' | batch(10**10, 'x') | list }}",
        "{{ 'a' | slice(10**10) | list }}",
        "{{ 5 | round(-10**10) }}",
        "{{ ('a' * 9999) | replace('a', 'b' * 9999) | length }}",
        "{{ ('a' * 9999).replace('a', 'b' * 9999) | length }}",
        "{{ range(9999) | map('string') | join('a' * 99999) | length }}",
        "{{ ','.join(['a' * 100000] * 1000) | length }}",
        "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}" + "y" * 9999 + "{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        doubled("'ab'", "ns.x + ns.x"),
        doubled("'ab'", "ns.x ~ ns.x"),
        doubled("'a'", "ns.x | replace('a', 'aaa')"),
        doubled("['a']", "[ns.x, ns.x]"),
        doubled("('a',)", "(ns.x, ns.x)"),
        doubled("{'a': 1}", "dict(a=ns.x, b=ns.x)"),
    ],
)
def test_what_grows_without_end_is_stopped(text):
    assert problem(text) == TOO_MUCH


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ '%*d' % (10**9, 1) }}", "the width in `%*d` has to be a number"),
        ("{{ '{:>{}}'.format(1, 10**9) }}", "the width in `{:>{}}` has to be a number"),
        ("{{ 10**10**10**10 }}", LARGE),
        ("{{ 10**5000 }}", LARGE),
        ("{{ 1e308 * 10 }}", LARGE),
        ("{{ 1e999 }}", LARGE),
        ("{{ 'inf' | float }}", LARGE),
        ("{{ " + "9" * 5000 + " }}", LARGE),
        ("{% for i in (1e308 * 10) in (product.title) is odd %}{{ i }}{% endfor %}", LARGE),
        ("{{ 'abc' | truncate(-5) }}", "`truncate` needs a length of 3 at least"),
        ("{{ ((-1 is sameas(1)).format) ~ '{0.__class__}' }}", "nothing is called `format` here"),
        ("{{ " + "(" * 300 + "1" + ")" * 300 + " }}", NESTED),
        ("{{ 'a'" + " | upper" * 3000 + " }}", NESTED),
        ("{{ 1" + " + 1" * 20_000 + " }}", NESTED),
        ("{% for i in [1] %}" * 25 + "x" + "{% endfor %}" * 25, NESTED),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "the template includes itself without end"),
        ("{{ 'a'.encode() }}", "access to attribute `encode` of `str` object is unsafe"),
        ("{{ '\\ud800' }}", "the text holds half of a character"),
        ("{{ product.title.upper }}", "this has to be called before it is a text"),
        ("{{ [1, 2] | map('string') }}", "this is a list of texts and no text"),
        ("x" * 100_001, "the text has 100,001 characters, and templates have 100,000 at most"),
    ],
)
def test_what_cannot_be_worked_out_is_told_in_words(text, message):
    assert problem(text) == message


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{ product.description | length }}", "20000"),
        ("{{ product.description | upper | truncate(6, true, '') }}", "DDDDDD"),
        ("{% for i in range(1000) %}{{ i }}{% endfor %}", "".join(map(str, range(1000)))),
        ("{{ 'a' * 30 }}", "a" * 30),
        ("{{ '%05.2f' % 3 }} {{ '{:>4}'.format(5) }}", "03.00 5"),
        ("{{ 2**10 - 24 }} {{ 7 // 2 }} {{ 1.5 * 2 }}", "1000 3 3.0"),
        ("{{ ['a', 'b'] | join(', ') }} {{ ('a', 1) | length }} {{ {'a': 'b'}.a }}", "a, b 2 b"),
        ("{% for a, b in [(1, 2)] recursive %}{{ a ~ b ~ loop.last }}{% endfor %}", "12True"),
        ("{% for i in [1, 2, 3] | select('odd') if i > 1 %}{{ i }}{% else %}none{% endfor %}", "3"),
        ("{{ 'x' }}{% if 'x' == 'y'" + " or 1 == 2" * 140 + " %}z{% endif %}", "x"),
    ],
)
def test_what_templates_are_for_still_works(text, result):
    compiled = Templates({}).text(TemplateText(text, Location("copy.csv", 5, 7)))
    assert compiled.check(VOCABULARY) == []
    assert compiled.render(CONTEXT) == result


@pytest.mark.parametrize("place", ["campaigns/copy.csv", "templates/prompts/shelf.j2", "templates/layouts/card.yaml"])
def test_a_harmful_template_is_told_with_its_file_wherever_it_stands(place, small, capsys):
    old = {"campaigns/copy.csv": "Now here", "templates/prompts/shelf.j2": "a shelf"}.get(place, "{{ copy.headline }}")
    kit.change(Path(place), old, "{{ 'a' * 10**10 }}")
    assert main(["check", str(small)]) == 1
    said = capsys.readouterr().err
    assert TOO_MUCH in said
    assert re.search(rf"{place}:\d", said)


WORDS = """
{{ }} {% %} for in if else endif endfor set ns namespace range ( ) [ ] { } , . : | ~ + - * ** / % == < and not is odd
defined 'a' 'b%s' '{0}' 1 9 1e308 product title price locale format join replace upper center indent batch map string
list length sum round truncate wordwrap default x i loop macro endmacro include block endblock raw
"""


@settings(max_examples=150, deadline=timedelta(seconds=5))
@given(st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join))
def test_no_mixture_of_words_ends_in_anything_but_a_text_or_an_error(text):
    compiled = Templates({}).text(TemplateText(text, Location("copy.csv", 5, 7)))
    if not compiled.check(VOCABULARY):
        try:
            said = compiled.render(CONTEXT)
        except InputError as error:
            said = str(error.problems[0].location)
        assert isinstance(said, str)
