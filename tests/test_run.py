"""What a run makes, and above all what it does not make again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import assetgen
from assetgen.errors import BudgetError
from assetgen.model.outcome import Outcome
from assetgen.model.request import ALONE, Attached, Generated, Request
from tests.kit import Flat, change, draw_product, manifest, pictures, size, tree

OUTPUT = Path("output/small")


def run(campaign: Path, *, select: Sequence[str] = (), provider: Flat | None = None) -> Outcome:
    return assetgen.run(assetgen.load(campaign), select=select, provider=provider or Flat())


def orphans() -> set[str]:
    """The products whose files the manifest calls orphans."""
    return {asset["sku"] for asset in manifest(OUTPUT)["assets"] if asset["state"] == "orphan"}


def test_a_run_makes_every_product_for_every_channel_in_its_size(small: Path) -> None:
    outcome = run(small)

    assert (outcome.made, outcome.exit_code) == (6, 0)
    sizes = {name.split("/")[0]: size(OUTPUT / name) for name in pictures(OUTPUT)}
    assert sizes == {"instagram-feed-square": (1080, 1080), "amazon-main": (1000, 1000)}


def test_products_share_a_plate_and_white_channels_need_none(small: Path) -> None:
    provider = Flat()
    run(small, provider=provider)

    assert len(provider.asked) == 1


def test_a_second_run_asks_for_nothing_and_changes_no_byte(small: Path) -> None:
    run(small)
    before = tree(OUTPUT)
    provider = Flat()
    outcome = run(small, provider=provider)

    assert outcome.made == 0
    assert provider.asked == []
    assert tree(OUTPUT) == before


def test_a_new_price_remakes_the_pictures_that_show_it_and_buys_no_plate(small: Path) -> None:
    run(small)
    before = pictures(OUTPUT)
    change(Path("campaigns/products.csv"), "20.00", "17.00")
    provider = Flat()
    run(small, provider=provider)

    assert provider.asked == []
    assert {name.split("--")[0] for name in pictures(OUTPUT) - before} == {"instagram-feed-square/B-2"}
    assert len(pictures(OUTPUT)) == len(before)  # the old picture has made room for the new one


def test_an_edited_comment_in_a_template_changes_nothing(small: Path) -> None:
    run(small)
    prompt = Path("templates/prompts/shelf.j2")
    prompt.write_text("{# warmer this year? #}\n" + prompt.read_text())

    assert run(small).summary.to_do == 0


def test_an_edited_prompt_buys_a_plate_and_remakes_what_shows_it(small: Path) -> None:
    run(small)
    change(Path("templates/prompts/shelf.j2"), "a shelf", "an oak shelf")
    provider = Flat()
    outcome = run(small, provider=provider)

    assert (len(provider.asked), outcome.made) == (1, 3)


def test_a_new_photo_under_the_same_name_is_noticed(small: Path) -> None:
    run(small)
    draw_product(Path("campaigns/red.png"), "orange")

    assert run(small).made == 2


def test_a_moved_photo_changes_nothing(small: Path) -> None:
    run(small)
    Path("campaigns/red.png").rename("campaigns/ball.png")
    change(Path("campaigns/products.csv"), "red.png", "ball.png")

    assert run(small).made == 0


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: file.write_bytes(b"oops")], ids=["deleted", "overwritten"])
def test_a_file_that_was_harmed_is_made_again(small: Path, harm) -> None:
    run(small)
    before = tree(OUTPUT)
    harm(OUTPUT / min(pictures(OUTPUT)))

    assert run(small).made == 1
    assert pictures(OUTPUT) == {name for name in before if name in pictures(OUTPUT)}


def test_takes_are_other_requests_for_the_same_idea(small: Path) -> None:
    change(small, "layout: card", "layout: card\ntakes: 2")
    provider = Flat()
    run(small, provider=provider)

    assert [request.take for request in provider.asked] == [1, 2]
    assert sum("--take2--" in name for name in pictures(OUTPUT)) == 3


def test_an_orphan_is_listed_and_only_removed_when_asked(small: Path) -> None:
    run(small)
    change(Path("campaigns/products.csv"), "C-3,Box,30.00,EUR,blue.png\n", "")
    outcome = run(small)

    assert {orphan.id.split("--")[0] for orphan in outcome.orphans} == {"amazon-main/C-3", "instagram-feed-square/C-3"}
    assert len(pictures(OUTPUT)) == 6
    assert orphans() == {"C-3"}


def test_a_run_of_a_selection_leaves_orphans_what_they_are(small: Path) -> None:
    run(small)
    change(Path("campaigns/products.csv"), "C-3,Box,30.00,EUR,blue.png\n", "")
    run(small)
    run(small, select=["sku:A-1"])

    assert orphans() == {"C-3"}


def test_an_orphan_that_is_asked_for_again_is_one_no_more(small: Path) -> None:
    run(small)
    change(Path("campaigns/products.csv"), "C-3,Box,30.00,EUR,blue.png\n", "")
    run(small)
    change(Path("campaigns/products.csv"), "B-2", "C-3,Box,30.00,EUR,blue.png\nB-2")

    assert run(small).made == 0
    assert orphans() == set()


def test_a_refused_request_fails_its_assets_and_the_rest_goes_on(small: Path) -> None:
    change(small, "  shelf:\n    prompt: shelf\n", "  shelf:\n    prompt: shelf\n  cliff:\n    prompt: shelf\n")
    outcome = run(small, provider=Flat(refuses=("cliff",)))

    assert (outcome.made, len(outcome.failures), outcome.exit_code) == (6, 3, 1)
    assert "was refused" in outcome.failures[0].problem.message


class Faulty(Flat):
    """Breaks over one word, as a plug-in may that nobody has tried."""

    breaks: str = "cliff"

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        if self.breaks in request.prompt:
            raise KeyError(self.breaks)
        return super().generate(request, attached)


def test_an_exception_in_a_provider_is_a_failed_request_that_may_have_been_paid_for(small: Path) -> None:
    change(small, "    prompt: shelf\n", "    prompt: shelf\n  cliff:\n    prompt: shelf\n")
    outcome = run(small, provider=Faulty(cost=Decimal("0.25")))

    assert (outcome.made, len(outcome.failures), outcome.exit_code) == (6, 3, 1)
    messages = {failure.problem.message for failure in outcome.failures}
    assert messages == {"provider `flat` failed with KeyError: 'cliff'"}
    assert outcome.spent == {"USD": Decimal("0.50")}  # its note stays, and the other's answer says no cost


def test_when_every_request_is_refused_the_provider_is_to_blame(small: Path) -> None:
    assert run(small, provider=Flat(refuses=("shelf",))).exit_code == 4


def test_a_plan_over_budget_spends_nothing(small: Path) -> None:
    change(small, "layout: card", "layout: card\nbudget: {run: 1, currency: USD}")
    provider = Flat(cost="1.50")

    with pytest.raises(BudgetError, match="the budget for one run is 1"):
        run(small, provider=provider)
    assert provider.asked == []


def test_an_unknown_price_stops_a_run_that_has_a_budget(small: Path) -> None:
    change(small, "layout: card", "layout: card\nbudget: {run: 1, currency: USD}")

    with pytest.raises(BudgetError, match="unknown"):
        run(small, provider=Flat(cost=None))


def test_a_selection_makes_just_that(small: Path) -> None:
    run(small, select=["sku:A-*,B-*", "channel:amazon-*"])

    assert {name.split("--")[0] for name in pictures(OUTPUT)} == {"amazon-main/A-1", "amazon-main/B-2"}


def test_a_row_that_is_set_aside_keeps_its_last_good_picture(small: Path) -> None:
    run(small)
    before = pictures(OUTPUT)
    Path("campaigns/red.png").unlink()
    outcome = run(small)

    assert [reject.sku for reject in outcome.rejects] == ["A-1"]
    assert (outcome.exit_code, outcome.orphans) == (1, ())
    assert pictures(OUTPUT) == before
