"""Several products in one picture: which ones, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from assetgen.desk.reasons import explain
from assetgen.errors import InputError
from assetgen.model.outcome import Outcome
from assetgen.production.plan_stream import ProductPlan
from tests.kit import Flat, change, draw_product, manifest, pictures, tree

OUTPUT = Path("output/small")
TOGETHER = "instagram-feed-square/together--shelf--en-US"


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop with one scene that shows two of its products together."""
    change(small, "  shelf:\n    prompt: shelf\n", "  shelf:\n    prompt: shelf\n    products: [C-3, A-1]\n")
    change(Path("campaigns/copy.csv"), "offer,{{ product.title }} for {{ product.price | money }}", f"offer,{TITLES}")
    return small


TITLES = '"{{ products | map(attribute=""title"") | join("" & "") }}"'


def run(campaign: Path, *, select: Sequence[str] = ()) -> Outcome:
    return assetgen.run(assetgen.load(campaign), select=select, provider=Flat())


def ids(campaign: Path) -> list[str]:
    plan = assetgen.plan(assetgen.load(campaign), provider=Flat())
    return [planned.asset.id for item in plan if isinstance(item, ProductPlan) for planned in item.planned]


def entry(asset: str) -> dict[str, object]:
    return next(found for found in manifest(OUTPUT)["assets"] if found["id"] == asset)


def test_a_scene_that_names_products_makes_one_picture_of_them(shop: Path) -> None:
    run(shop)

    assert {name.rpartition("--")[0] for name in pictures(OUTPUT)} == {
        TOGETHER, "amazon-main/A-1--packshot--all", "amazon-main/B-2--packshot--all", "amazon-main/C-3--packshot--all",
    }  # fmt: skip
    assert entry(TOGETHER)["products"] == ["C-3", "A-1"]
    assert entry(TOGETHER)["sources"]["photos"] == ["blue.png", "red.png"]  # type: ignore[index]


def test_words_speak_of_all_products_and_of_what_they_share(shop: Path) -> None:
    change(Path("campaigns/copy.csv"), "Now here", "Now {{ product.title }}in {{ product.currency }}")
    change(Path("templates/layouts/card.yaml"), ", when: product.price", "")

    (planned,) = [
        planned
        for item in assetgen.plan(assetgen.load(shop), select=["scene:shelf"], provider=Flat())
        if isinstance(item, ProductPlan)
        for planned in item.planned
    ]

    assert planned.asset.inputs["words 2"] == "Now in EUR"
    assert planned.asset.inputs["words 3"] == "Box & Ball"


def test_a_rule_takes_the_first_rows_that_fit(shop: Path) -> None:
    change(shop, "products: [C-3, A-1]", "products: product.price | number >= 10\n    most: 2")
    run(shop)

    assert entry(TOGETHER)["products"] == ["A-1", "B-2"]


def test_a_rule_that_no_row_fits_makes_no_picture(shop: Path) -> None:
    change(shop, "products: [C-3, A-1]", "products: product.price | number > 99")

    assert TOGETHER not in ids(shop)


def test_a_row_that_a_rule_cannot_be_put_to_is_named(shop: Path) -> None:
    change(shop, "products: [C-3, A-1]", "products: product.price | number >= 10")
    change(Path("campaigns/products.csv"), "20.00", "ask us")
    outcome = run(shop)

    assert "`B-2`: `ask us` is not a number" in outcome.rejects[0].problem.message
    assert entry(TOGETHER)["products"] == ["A-1", "C-3"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[A-1, C-33]", "did you mean `C-3`?"),
        ("A-1", "`A-1` is neither a list of skus nor a rule"),
        ("[]", "`products` is empty"),
        ("[12 x A-1, B-2]", "room for 12"),
        ("[[A-1], B-2]", "item 1 of `products` should be text"),
        ("product.colour", "`product` has no `colour`"),
    ],
)
def test_what_names_no_products_is_told(shop: Path, written: str, said: str, capsys) -> None:
    change(shop, "[C-3, A-1]", written)

    assert main(["check", str(shop)]) != 0
    assert said in capsys.readouterr().err


def test_an_unknown_column_of_the_products_is_told(shop: Path) -> None:
    change(Path("campaigns/copy.csv"), '""title""', '""titel""')

    with pytest.raises(InputError, match="`products` has no `titel`"):
        ids(shop)


def test_a_group_that_cannot_be_whole_is_set_aside_and_its_last_picture_stays(shop: Path) -> None:
    run(shop)
    Path("campaigns/blue.png").unlink()
    outcome = run(shop)

    assert [reject.sku for reject in outcome.rejects] == ["C-3", "together--shelf"]
    assert "`shelf` cannot be shown without `C-3`: photo `blue.png` is not there" in outcome.rejects[1].problem.message
    assert outcome.orphans == ()
    assert len(pictures(OUTPUT)) == 4


def test_a_photo_that_turns_out_damaged_spoils_the_group_and_not_the_others_own_pictures(shop: Path) -> None:
    photo = Path("campaigns/blue.png")
    photo.write_bytes(photo.read_bytes()[:-40])
    outcome = run(shop)

    assert {reject.sku for reject in outcome.rejects} == {"C-3", "together--shelf"}
    assert {name.split("--")[0] for name in pictures(OUTPUT)} == {"amazon-main/A-1", "amazon-main/B-2"}


def test_a_rules_group_goes_on_without_a_product_that_cannot_be_shown(shop: Path) -> None:
    change(shop, "products: [C-3, A-1]", "products: product.price | number >= 10")
    Path("campaigns/green.png").unlink()
    outcome = run(shop)

    assert entry(TOGETHER)["products"] == ["A-1", "C-3"]
    assert any("`shelf` goes without `B-2`" in reject.problem.message for reject in outcome.rejects)


def test_a_product_that_does_not_take_part_sets_the_group_aside(shop: Path) -> None:
    change(shop, "file: products.csv", "file: products.csv\n  where: product.title != 'Ball'")
    outcome = run(shop)

    assert "which `where` leaves out" in outcome.rejects[0].problem.message


def test_a_second_run_makes_no_group_again_and_a_new_photo_only_what_shows_it(shop: Path) -> None:
    run(shop)
    before = tree(OUTPUT)

    assert run(shop).made == 0
    assert tree(OUTPUT) == before
    draw_product(Path("campaigns/red.png"), "orange")
    assert run(shop).made == 2


def test_why_names_the_product_that_was_added(shop: Path) -> None:
    run(shop)
    file = next(OUTPUT.glob("instagram-feed-square/*"))
    change(shop, "[C-3, A-1]", "[C-3, A-1, B-2]")

    explanation = explain(assetgen.load(shop), file)

    assert "`B-2` was added to the picture" in explanation.reasons
    assert not any("photo" in reason for reason in explanation.reasons)


@pytest.mark.parametrize(
    ("term", "found"), [("sku:A-1", 2), ("sku:B-2", 1), ("sku:together--*", 1), ("scene:shelf", 1)]
)
def test_what_shows_a_product_is_selected_by_its_sku(shop: Path, term: str, found: int) -> None:
    assert run(shop, select=[term]).made == found


def test_a_group_whose_scene_is_gone_is_an_orphan(shop: Path) -> None:
    run(shop)
    change(shop, "    products: [C-3, A-1]\n", "")

    assert [orphan.id for orphan in run(shop).orphans] == [TOGETHER]


def test_a_scene_can_have_a_layout_of_its_own(shop: Path) -> None:
    layouts = Path("templates/layouts")
    (layouts / "bold.yaml").write_text((layouts / "card.yaml").read_text().replace("copy.headline", "brand.name"))
    change(shop, "products: [C-3, A-1]", "layout: bold")

    plan = assetgen.plan(assetgen.load(shop), select=["scene:shelf"], limit=1, provider=Flat())
    (item,) = plan

    assert isinstance(item, ProductPlan)
    assert item.planned[0].asset.inputs["words 2"] == "Plain"


# Bundles


def bundle(row: str) -> None:
    """A row that lists others, in a table with a column for that."""
    table = Path("campaigns/products.csv")
    first, *rest = table.read_text().splitlines()
    table.write_text("\n".join([f"{first},products", *(f"{line}," for line in rest), row]) + "\n")


def test_a_bundle_is_a_product_that_shows_others(small: Path) -> None:
    bundle('D-4,Set,50.00,EUR,,"A-1, 2 x B-2"')
    run(small)

    assert entry("amazon-main/D-4--packshot--all")["products"] == ["A-1", "B-2", "B-2"]
    assert "Set for €50.00" in entry_words("instagram-feed-square/D-4--shelf--en-US")


def entry_words(asset: str) -> set[str]:
    plan = assetgen.plan(assetgen.load(Path("campaigns/small.yaml")), provider=Flat())
    planned = (p for item in plan if isinstance(item, ProductPlan) for p in item.planned)
    return next(set(p.asset.inputs.values()) for p in planned if p.asset.id == asset)


def test_a_bundle_with_a_photo_of_its_own_shows_that(small: Path) -> None:
    bundle("D-4,Set,50.00,EUR,red.png,A-1")
    run(small)

    assert entry("amazon-main/D-4--packshot--all")["products"] == ["D-4"]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("A-1; B-22", "`D-4` shows `B-22`, but no row has that sku"),
        ("A-1, D-4", "which is a bundle itself"),
        ("13 x A-1", "bundles 13 products"),
    ],
)
def test_a_bundle_that_cannot_be_shown_is_set_aside(small: Path, listed: str, said: str, capsys) -> None:
    bundle(f'D-4,Set,50.00,EUR,,"{listed}"')

    assert main(["run", str(small), "-s", "channel:amazon-main"]) == 1
    stderr = capsys.readouterr().err
    assert said in stderr
    assert "campaigns/products.csv:5" in stderr
    assert len(pictures(OUTPUT)) == 3


# Sizes


def with_heights(*heights: str) -> None:
    table = Path("campaigns/products.csv")
    rows = table.read_text().splitlines()
    table.write_text("\n".join(f"{row},{cell}" for row, cell in zip(rows, ("height_mm", *heights), strict=True)) + "\n")


def test_a_height_in_the_table_counts_where_a_product_stands_in_a_set_and_nowhere_else(small: Path) -> None:
    run(small)
    with_heights("60", "", "")

    assert run(small).made == 1


@pytest.mark.parametrize("cell", ["60", "60 mm", "6 cm", "0.06 m"])
def test_heights_are_read_with_their_units(small: Path, cell: str) -> None:
    with_heights("60", "", "")
    run(small)
    change(Path("campaigns/products.csv"), ",60", f",{cell}")

    assert run(small).made == 0


@pytest.mark.parametrize("cell", ["tall", "0", "-3", "12 parsecs"])
def test_a_cell_that_is_no_height_is_found_and_the_picture_made(small: Path, cell: str) -> None:
    with_heights(cell, "", "")
    outcome = run(small)

    assert outcome.made == 6
    checks = entry("instagram-feed-square/A-1--shelf--en-US")["checks"]
    assert [check["rule"] for check in checks if f"`{cell}`" in check["message"]] == ["size"]  # type: ignore[attr-defined]
