"""An estimate counts until a real cost is known, whatever an answer says, and budgets hold."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import assetgen
from assetgen.cli import main
from assetgen.ledger.payments import COLUMNS
from assetgen.model.request import ALONE, Attached, Generated, Price, Request
from assetgen.pricing import believed
from assetgen.providers.openai import OpenAI
from tests.imageserver import Answer, ImageServer
from tests.kit import Flat, manifest, with_model, write

OUTPUT = Path("output/small")
HALF = "{run: 0.70, campaign: 0.70, month: 0.70}"
"""Room for two pictures at what one is expected to cost, which is over 0.23 and below 0.35."""


def picture() -> str:
    file = BytesIO()
    Image.new("RGB", (1264, 1264), "beige").save(file, "png")
    return base64.b64encode(file.getvalue()).decode()


def saying(usage: object) -> Answer:
    """A good picture, with this for its usage."""
    body = json.dumps({"data": [{"b64_json": picture()}], "usage": usage})
    return Answer(body=body.encode(), content_type="application/json")


def tokens(made: object, read: object = 10) -> dict[str, object]:
    return {"input_tokens": read, "output_tokens": made, "total_tokens": 0}


def spent(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    main(["spend", "--json", "--by", "campaign"])
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("parallel", "answers"),
    [
        pytest.param(1, [saying(None), saying(tokens(-1_000_000_000))], id="none and a negative one"),
        pytest.param(8, [saying(tokens(10**30)), Answer(body=b"<html>welcome</html>")], id="absurd, and a web page"),
    ],
)
def test_no_more_is_asked_for_than_the_estimates_leave_room_for(
    many: Path, server: ImageServer, capsys: pytest.CaptureFixture[str], parallel: int, answers: list[Answer]
) -> None:
    server.answer = lambda _call, nth: answers[nth % len(answers)]
    with_model(many, each=True, parallel=parallel, budget=HALF)
    for _ in range(2):
        assert main(["run", str(many), "--partly"]) == 5

    assert len(server.billed) == 2
    found = spent(capsys)
    assert (found["calls"], found["unpriced"], found["unconfirmed"]) == (2, 2, 0)
    assert Decimal(str(found["amount"])) == Decimal(str(found["estimated"]))
    assert Decimal("0.46") < Decimal(str(found["amount"])) < Decimal("0.70")


@pytest.mark.parametrize(
    "usage",
    [
        pytest.param("free", id="text"),
        pytest.param(tokens(float("nan")), id="NaN"),
        pytest.param(tokens({"image": 9000}), id="nested"),
        pytest.param([], id="list"),
        pytest.param({}, id="empty"),
        pytest.param(tokens(0, 0), id="zero"),
        pytest.param(tokens(0, 10**6), id="nothing made"),
    ],
)
def test_a_usage_that_is_none_tells_no_cost(server: ImageServer, usage: object) -> None:
    server.answer = lambda _call, _nth: saying(usage)
    with closing(OpenAI()) as provider:
        assert provider.generate(Request("tea", 1024, 1024)).cost is None


def test_what_is_known_and_what_is_estimated_is_told_apart(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = lambda _call, nth: saying(None) if nth == 1 else None
    with_model(small, each=True, parallel=1)
    assert main(["run", str(small)]) == 0

    found = spent(capsys)
    assert (found["calls"], found["unpriced"]) == (3, 1)
    assert 0 < Decimal(str(found["estimated"])) < Decimal(str(found["amount"]))
    main(["spend", "--by", "campaign"])
    assert "   1 whose answer did not say, 0." in capsys.readouterr().out
    assert sum(asset["price"] is None for asset in manifest(OUTPUT)["assets"] if asset["scene"] == "shelf") == 1


def test_a_cost_that_is_not_believed_is_told_with_its_picture(small: Path, server: ImageServer) -> None:
    server.answer = lambda _call, _nth: saying(tokens(10**8))
    with_model(small)
    main(["run", str(small)])

    notes = {found["message"] for asset in manifest(OUTPUT)["assets"] for found in asset["checks"]}
    assert any("says that it cost 3000.00 USD, and 0." in note and "not believed" in note for note in notes)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("0.31", True),
        ("31", True),
        ("33", False),
        ("0", False),
        ("-0.01", False),
        ("NaN", False),
        ("Infinity", False),
        ("1E+25", False),
    ],
)
def test_a_cost_is_believed_up_to_a_hundred_times_its_estimate(said: str, holds: object) -> None:
    cost = Price(Decimal(said), "USD")

    assert (believed(cost, Price(Decimal("0.32"), "USD")) == cost) == holds


def test_where_nothing_was_expected_nothing_may_be_the_cost() -> None:
    free = Price(Decimal(0), "USD")

    assert believed(free, free) == believed(free, None) == free


class Odd(Flat):
    """A provider of somebody else's, whose answers name a cost that is none."""

    cost: Decimal | None = Decimal("0.30")

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        data = super().generate(request, attached).data
        return Generated(data, cost=Price(0.3, "USD"))  # type: ignore[arg-type] # as its author did not know better


def test_an_amount_that_is_no_decimal_is_not_believed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = assetgen.run(assetgen.load(small), provider=Odd())

    assert outcome.exit_code == 0
    assert spent(capsys)["estimated"] == "0.30"


class Dear(Flat):
    """A provider whose prices are no prices."""

    amount: object

    def price(self, request: Request) -> Price | None:  # noqa: ARG002 - part of the socket
        return Price(self.amount, "USD")  # type: ignore[arg-type] # as its author did not know better


@pytest.mark.parametrize("amount", [0.3, Decimal("NaN"), Decimal(-1)], ids=str)
def test_a_price_that_can_be_none_is_told_by_the_name_of_its_provider(
    small: Path, capsys: pytest.CaptureFixture[str], amount: object
) -> None:
    outcome = assetgen.run(assetgen.load(small), provider=Dear(amount=amount))

    assert outcome.exit_code != 0
    told = [reject.problem.message for reject in outcome.rejects] + [each.problem.message for each in outcome.failures]
    assert told
    assert all("provider `flat` failed with" in message and "price" in message for message in told), told


def exported(**cells: str) -> str:
    """A table of one payment, in which these cells are others."""
    row = {
        "at": "2026-11-30T09:36:10Z",
        "campaign": "small",
        "provider": "openai",
        "model": "",
        "amount": "0.04",
        "currency": "USD",
        "state": "paid",
        "plate": "ab",
        "request_id": "",
        "run": "",
    }
    return f"{','.join(COLUMNS)}\n{','.join({**row, **cells}.values())}\n"


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        ({"amount": "abc"}, 36, "`abc` is no amount"),
        ({"amount": '"0,04"'}, 36, "`0,04` is no amount"),
        ({"amount": "NaN"}, 36, "`NaN` is no amount"),
        ({"amount": "-500"}, 36, "`-500` is no amount"),
        ({"amount": "1e30"}, 36, "`1e30` is no amount"),
        ({"amount": "1E+30"}, 36, "`1E+30` is no amount"),
        ({"amount": "Infinity"}, 36, "`Infinity` is no amount"),
        ({"currency": "usd"}, 41, "`usd` is no currency"),
        ({"currency": ""}, 41, "`` is no currency"),
        ({"state": "payed"}, 45, "`payed` is no state of a payment"),
        ({"at": "yesterday"}, 1, "`yesterday` is no time"),
        ({"at": "2026-13-30T09:36:10Z"}, 1, "is no time"),
        ({"campaign": " "}, 22, "cannot be empty"),
    ],
    ids=str,
)
def test_a_row_that_can_be_no_payment_is_not_restored(
    small: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, str], place: int, said: str
) -> None:
    write(Path("payments.csv"), exported(**cells))

    assert main(["ledger", "restore", "payments.csv"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert f"--> payments.csv:2:{place}\n" in told
    assert main(["spend"]) == 0


def test_a_row_with_a_cell_too_few_is_told_and_nothing_is_restored(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path("payments.csv"), exported() + "2026-11-30T09:36:10Z,small\n")

    assert main(["ledger", "restore", "payments.csv"]) == 2
    assert "this row has 2 cells, and a payment has 10\n  --> payments.csv:3" in capsys.readouterr().err
    write(Path("payments.csv"), exported())
    assert main(["ledger", "restore", "payments.csv"]) == 0
    assert spent(capsys)["amount"] == "0.04"
