"""What was paid as a text file, and back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from assetgen.cli import main
from tests.imageserver import ImageServer
from tests.kit import with_model, write

LEDGER = Path(".assetgen/ledger.sqlite")


@pytest.fixture
def paid(small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]) -> Path:
    """The small shop with three plates that were paid for."""
    with_model(small, each=True)
    assert main(["run", str(small)]) == 0
    capsys.readouterr()
    return small


def spent(capsys: pytest.CaptureFixture[str]) -> str:
    main(["spend", "--by", "model"])
    return capsys.readouterr().out


def test_every_payment_is_a_line(paid: Path) -> None:
    assert main(["ledger", "export", "payments.csv"]) == 0

    with Path("payments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert {(row["campaign"], row["provider"], row["state"], row["currency"]) for row in rows} == {
        ("small", "openai", "paid", "USD")
    }
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def test_a_lost_ledger_knows_again_what_was_spent(paid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ledger", "export", "payments.csv"])
    capsys.readouterr()
    before = spent(capsys)
    for file in LEDGER.parent.glob("ledger.sqlite*"):
        file.unlink()

    assert main(["ledger", "restore", "payments.csv"]) == 0
    assert capsys.readouterr().out == "3 payments restored\n"
    assert spent(capsys) == before


def test_what_is_there_is_not_counted_twice(paid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ledger", "export", "payments.csv"])
    before = spent(capsys)

    assert main(["ledger", "restore", "payments.csv"]) == 0
    assert capsys.readouterr().out == "0 payments restored\n"
    assert spent(capsys) in before


def test_another_file_is_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("other.csv"), "a,b\n1,2\n")

    assert main(["ledger", "restore", "other.csv"]) == 2
    assert main(["ledger", "restore", "nothing.csv"]) == 2
    assert "this is no table of payments\n  --> other.csv:1" in capsys.readouterr().err
