"""What plates may cost, what they did cost, and what stops a run that would spend more."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assetgen.cli import main
from tests.imageserver import Answer, ImageServer, dropped, no_credit, rate_limited
from tests.kit import change, manifest, pictures, with_model

OUTPUT = Path("output/small")
CENTS: dict[str, Any] = {"prices": {"image": "0.10"}}
"""So that three plates cost 0.30; the server says nothing about usage."""


@pytest.fixture
def flat(server: ImageServer) -> ImageServer:
    """A service that says nothing about tokens."""
    server.answer = lambda _call, _nth: Answer(usage=False)
    return server


def run(campaign: Path, *options: str) -> int:
    return main(["run", str(campaign), *options])


def spent(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    capsys.readouterr()
    main(["spend", "--json", *options])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_was_paid_is_worked_out_from_the_usage_in_the_answer(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, quality="low")
    run(small)

    [asset] = [a for a in manifest(OUTPUT)["assets"] if a["id"].startswith("instagram-feed-square/A-1")]
    prompt = len(str(server.calls[0].body["prompt"])) // 4
    tokens = round(200 * 3.5 * 1264 * 1264 / 1024**2)
    expected = (prompt * 5 + tokens * 30) / 1e6
    assert float(asset["price"]["amount"]) == pytest.approx(expected, rel=0.01)
    assert float(str(spent(capsys, "--by", "campaign")[0]["amount"])) == pytest.approx(expected, rel=0.01)


def test_every_paid_call_is_in_the_ledger_with_its_request_id(small: Path, server: ImageServer) -> None:
    with_model(small, each=True)
    run(small)

    with closing(sqlite3.connect(".assetgen/ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT request_id, state, model FROM spend").fetchall()
    assert {request for request, _, _ in rows} == {bill.request_id for bill in server.billed}
    assert {(state, model) for _, state, model in rows} == {("paid", "gpt-image-2.6-flare")}


def test_spend_sums_up_by_campaign_model_and_day(small: Path, flat: ImageServer, capsys) -> None:
    with_model(small, each=True, **CENTS)
    run(small)
    capsys.readouterr()
    main(["spend"])

    table = capsys.readouterr().out
    assert "campaign    calls         amount\nsmall           3       0.30 USD" in table
    assert "gpt-image-2.6-flare        3       0.30 USD" in table
    assert spent(capsys, "--month", "1999-01") == []


def test_a_plan_shows_prices_in_the_currency_of_the_budget(small: Path, flat: ImageServer, capsys) -> None:
    with_model(small, each=True, budget="{run: 5, currency: EUR, rates: {USD: 0.5}}", **CENTS)
    main(["plan", str(small)])

    assert "3 requests, 0.15 EUR\n     3 x 1264 x 1264, 0.05 EUR each" in capsys.readouterr().out


def test_without_a_rate_the_price_is_unknown_to_the_budget(small: Path, flat: ImageServer, capsys) -> None:
    with_model(small, each=True, budget="{run: 5, currency: EUR}", **CENTS)

    assert run(small) == 5
    assert "give a rate, such as `rates: {USD: 0.92}` in the budget" in capsys.readouterr().err
    assert not flat.billed


def test_a_budget_without_room_for_one_request_is_told_by_the_plan(small: Path, flat: ImageServer, capsys) -> None:
    with_model(small, each=True, budget="{run: 0.05}", **CENTS)

    assert main(["plan", str(small)]) == 0
    told = capsys.readouterr().err
    assert "there is no room for a single request, the cheapest costs 0.10 USD" in told
    assert run(small) == 5
    assert not flat.billed


def test_a_budget_may_be_spent_to_the_last_cent(small: Path, flat: ImageServer) -> None:
    with_model(small, each=True, parallel=1, budget="{run: 0.30, campaign: 0.30, month: 0.30}", **CENTS)

    assert run(small) == 0
    assert len(flat.billed) == 3


def test_a_run_that_would_not_fit_spends_nothing_and_partly_makes_what_fits(
    small: Path, flat: ImageServer, capsys
) -> None:
    with_model(small, each=True, budget="{run: 0.25}", **CENTS)
    assert run(small) == 5
    assert not flat.billed

    assert run(small, "--partly") == 5
    assert len(flat.billed) == 2
    assert len(pictures(OUTPUT)) == 3 + 2
    assert (
        "1 picture could not be made: 0.10 USD more would be too much: the budget for one run"
        in capsys.readouterr().err
    )

    assert run(small, "--partly") == 0
    assert len(flat.billed) == 3


def test_pictures_that_cost_more_than_expected_stop_the_run_before_the_next_call(
    small: Path, server: ImageServer, capsys
) -> None:
    """The table says 0.01, the usage says more: what was really paid is what counts."""
    with_model(small, each=True, parallel=1, budget="{run: 0.05}", prices={"image": "0.01", "image_out": "30"})

    assert run(small) == 5
    assert len(server.billed) < 3
    assert "is left" not in capsys.readouterr().out
    assert len(pictures(OUTPUT)) == 3 + len(server.billed)


def test_calls_in_flight_count_before_the_next_one_goes_out(small: Path, flat: ImageServer) -> None:
    flat.latency = 0.3
    with_model(small, each=True, parallel=8, budget="{run: 0.25}", **CENTS)
    run(small, "--partly")

    assert len(flat.billed) == 2


def test_the_budget_of_the_month_counts_all_campaigns_of_the_workspace(small: Path, flat: ImageServer, capsys) -> None:
    with_model(small, each=True, budget="{month: 0.35}", **CENTS)
    run(small)
    other = small.with_name("other.yaml")
    other.write_text(small.read_text().replace("name: Small", "name: Other"))
    change(Path("templates/prompts/shelf.j2"), "a shelf", "another shelf")

    assert run(other) == 5
    assert "the budget for one month is 0.35 USD, of which 0.05 USD are left" in capsys.readouterr().err
    assert len(flat.billed) == 3


def test_the_budget_of_a_campaign_counts_its_runs_together(small: Path, flat: ImageServer) -> None:
    with_model(small, each=True, budget="{campaign: 0.35}", **CENTS)
    run(small)
    change(Path("templates/prompts/shelf.j2"), "a shelf", "another shelf")

    assert run(small, "--partly") == 5
    assert len(flat.billed) == 3


def test_an_unknown_price_and_a_budget_go_together_only_when_allowed(small: Path, server: ImageServer, capsys) -> None:
    server.models["local"] = None
    with_model(small, model="local", family="compatible", budget="{run: 1}")
    assert run(small) == 5
    assert "is unknown" in capsys.readouterr().err

    assert run(small, "--allow-unknown-price") == 0
    assert spent(capsys, "--by", "model")[0]["amount"] is None


def test_a_call_whose_answer_was_lost_counts_as_spent(small: Path, flat: ImageServer, capsys) -> None:
    flat.answer = lambda _call, _nth: dropped()
    with_model(small, budget="{run: 1}", **CENTS)

    assert run(small) == 4
    assert "may have been paid for" in capsys.readouterr().err
    assert spent(capsys, "--by", "campaign") == [
        {
            "by": "campaign",
            "name": "small",
            "calls": 1,
            "unconfirmed": 1,
            "unpriced": 0,
            "amount": "0.10",
            "estimated": "0.10",
            "currency": "USD",
        }
    ]


def test_a_call_that_was_turned_away_costs_nothing(small: Path, flat: ImageServer, capsys) -> None:
    flat.answer = lambda _call, nth: rate_limited() if nth == 1 else Answer(usage=False)
    with_model(small, **CENTS)
    run(small)

    assert spent(capsys, "--by", "campaign")[0]["calls"] == 1


def test_an_account_without_credit_stops_the_calls_at_once(small: Path, flat: ImageServer, capsys) -> None:
    flat.answer = lambda _call, _nth: no_credit()
    with_model(small, each=True, parallel=1, **CENTS)

    assert run(small) == 4
    assert len(flat.calls) == 1
    assert "3 pictures could not be made: the provider's account has no credit left" in capsys.readouterr().err


def test_a_ledger_of_the_version_before_keeps_its_payments(small: Path, flat: ImageServer, capsys) -> None:
    Path(".assetgen").mkdir()
    with closing(sqlite3.connect(".assetgen/ledger.sqlite")) as old:
        old.execute("CREATE TABLE spend (plate, campaign, provider, at, amount TEXT, currency TEXT, request_id TEXT)")
        old.execute("INSERT INTO spend VALUES ('p', 'winter', 'openai', '2026-01-02T03:04:05', '1.50', 'USD', 'r')")
        old.execute("PRAGMA user_version = 1")
        old.commit()

    assert spent(capsys, "--by", "campaign")[0]["amount"] == "1.50"
