"""What is planned: which files, under which names, from how many requests."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetgen
from assetgen.production.plan_stream import ProductPlan
from tests.kit import Flat, change

ARABIC = "key,en-US,ar\nheadline,Now here,الآن هنا\noffer,{{ product.title }},{{ product.title }}\n"


def assets(campaign: Path) -> list[str]:
    """The ids of all planned files of the first product."""
    plan = assetgen.plan(assetgen.load(campaign), limit=1, provider=Flat())
    return [planned.asset.id for item in plan if isinstance(item, ProductPlan) for planned in item.planned]


def requests(campaign: Path) -> int:
    return assetgen.plan(assetgen.load(campaign), provider=Flat()).summary.bill.requests


def test_every_locale_audience_and_take_gets_a_file_of_its_own(small: Path) -> None:
    Path("campaigns/copy.csv").write_text(ARABIC)
    change(small, "[en-US]", "[en-US, ar]")
    change(small, "layout: card", "layout: card\ntakes: 2\naudiences:\n  - name: parents\n  - name: students")

    square = [name for name in assets(small) if name.startswith("instagram-feed-square/")]

    assert len(square) == 2 * 2 * 2
    assert "instagram-feed-square/A-1--shelf--ar--students--take2" in square


def test_a_product_on_white_is_one_file_for_all_scenes_and_locales(small: Path) -> None:
    Path("campaigns/copy.csv").write_text(ARABIC)
    change(small, "[en-US]", "[en-US, ar]")

    assert [name for name in assets(small) if name.startswith("amazon-main/")] == ["amazon-main/A-1--packshot--all"]


def test_a_channel_without_words_gets_one_file_for_all_locales(small: Path) -> None:
    Path("campaigns/copy.csv").write_text(ARABIC)
    change(small, "[en-US]", "[en-US, ar]")
    change(small, "amazon-main", "google-merchant-lifestyle")

    lifestyle = [name for name in assets(small) if name.startswith("google-")]

    assert lifestyle == ["google-merchant-lifestyle/A-1--shelf--all"]


def test_unless_its_prompt_speaks_of_the_locale(small: Path) -> None:
    Path("campaigns/copy.csv").write_text(ARABIC)
    change(small, "[en-US]", "[en-US, ar]")
    change(small, "amazon-main", "google-merchant-lifestyle")
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a shelf as in {{ locale }}")

    assert len([name for name in assets(small) if name.startswith("google-")]) == 2


def test_rules_say_which_products_and_scenes_take_part(small: Path) -> None:
    change(small, "file: products.csv", "file: products.csv\n  where: product.price | number >= 20")
    change(small, "prompt: shelf", "prompt: shelf\n    when: product.title == 'Box'")
    plan = assetgen.plan(assetgen.load(small), provider=Flat())

    planned = {item.product.sku: len(item.planned) for item in plan if isinstance(item, ProductPlan)}

    assert planned == {"B-2": 1, "C-3": 2}


def test_a_channel_of_a_known_shape_buys_nothing(small: Path) -> None:
    before = requests(small)
    change(small, "instagram-feed-square", "instagram-feed-square, google-pmax-square")

    assert (before, requests(small)) == (1, 1)


def test_a_prompt_that_names_the_product_makes_a_request_for_each(small: Path) -> None:
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a shelf for a {{ product.title }}")

    assert requests(small) == 3


def test_product_text_is_data_and_never_a_template(small: Path) -> None:
    change(Path("campaigns/products.csv"), "Ball", "{{ 7 * 7 }}")
    plan = assetgen.plan(assetgen.load(small), select=["sku:A-1"], provider=Flat())
    (item,) = plan
    assert isinstance(item, ProductPlan)

    words = {text for planned in item.planned for text in planned.asset.inputs.values()}

    assert "{{ 7 * 7 }} for €10.00" in words


def test_one_row_that_a_template_cannot_use_is_set_aside(small: Path) -> None:
    change(Path("campaigns/products.csv"), "20.00", "ask us")
    plan = assetgen.plan(assetgen.load(small), provider=Flat())

    assert (plan.summary.set_aside, plan.summary.assets) == (1, 4)


@pytest.mark.parametrize(("cost", "said"), [("0", "free"), ("0.25", "0.25 USD"), (None, "unknown")])
def test_a_price_is_free_or_an_amount_or_unknown(small: Path, cost: str | None, said: str) -> None:
    plan = assetgen.plan(assetgen.load(small), provider=Flat.model_validate({"cost": cost}))

    assert str(plan.summary.bill) == said
