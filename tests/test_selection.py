"""Words of `--select`: each is called by something, or told with the one that was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from tests.kit import change

NEEDS_MENDING = 2


@pytest.mark.parametrize(
    ("term", "hint"),
    [
        ("channel:amazon-mian", "did you mean `amazon-main`?"),
        ("channel:amazon-main,instagram-feed-sqare", "did you mean `instagram-feed-square`?"),
        ("state:nwe", "did you mean `new`?"),
        ("scene:shelff", "did you mean `shelf`?"),
        ("locale:en-us", "did you mean `en-US`?"),
        ("audience:young", "the campaign has no audiences"),
        ("sku:A-11", "did you mean `A-1`?"),
        ("sku:MUG-*", "look at `where`"),
        ("channel:!amazon-main", "`channel:instagram-feed-square`"),
        ("colour:red", "fields are sku, channel"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "run"])
def test_a_word_that_nothing_is_called_by(
    small: Path, term: str, hint: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(small), "-s", term]) == NEEDS_MENDING
    assert hint in capsys.readouterr().err
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("term", "assets"),
    [("channel:amazon-*", 3), ("locale:all", 3), ("scene:packshot", 3), ("sku:A-1,B-*", 4), ("state:up-to-date", 0)],
)
def test_a_word_that_something_is_called_by(small: Path, term: str, assets: int) -> None:
    assert assetgen.plan(assetgen.load(small), select=term).summary.assets == assets


def test_what_is_true_of_no_asset_together_is_nothing_to_do(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(small), "-s", "state:changed"]) == 0
    assert "no picture is all of what was selected" in capsys.readouterr().out


def test_a_row_that_is_set_aside_was_selected_all_the_same(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("campaigns/red.png").unlink()

    assert main(["plan", str(small), "-s", "sku:A-1"]) == 0
    assert "red.png" in capsys.readouterr().err


def test_a_term_of_another_kind_is_told(small: Path) -> None:
    with pytest.raises(TypeError, match="`select` is a text such as 'sku:MUG-\\*', or several"):
        assetgen.plan(assetgen.load(small), select=[5])  # type: ignore[list-item]


def test_a_budget_that_does_not_suffice_has_a_code_of_its_own(small: Path) -> None:
    change(small, "layout: card", "layout: card\nprovider: {name: openai}\nbudget: {run: 0.001, currency: USD}")

    assert main(["plan", str(small)]) == 0
    assert main(["plan", str(small), "--detailed-exitcode"]) == 5


def test_a_plan_that_was_carried_out_says_so(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[amazon-main]")
    assert main(["plan", str(small), "-o", "plan.json"]) == 0
    assert main(["run", str(small), "--plan", "plan.json"]) == 0
    assert main(["run", str(small), "--plan", "plan.json"]) == NEEDS_MENDING
    assert "this plan was carried out" in capsys.readouterr().err
    change(Path("campaigns/products.csv"), "green.png", "blue.png")
    assert main(["run", str(small), "--plan", "plan.json"]) == NEEDS_MENDING
    assert "is different now" in capsys.readouterr().err


@pytest.mark.parametrize("limit", [-3, 0, "three", 10**30])
def test_a_plan_with_a_limit_that_is_none_is_no_plan(
    small: Path, limit: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(small), "-o", "plan.json"]) == 0
    *assets, last = Path("plan.json").read_text().splitlines()
    said = json.loads(last)
    said["scope"]["limit"] = limit
    Path("plan.json").write_text("\n".join([*assets, json.dumps(said)]) + "\n")

    assert main(["run", str(small), "--plan", "plan.json"]) == NEEDS_MENDING
    assert "this is not a saved plan" in capsys.readouterr().err
