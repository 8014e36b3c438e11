"""Time is asked for in one place, and `SOURCE_DATE_EPOCH` is the present everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import assetgen
from assetgen import clock
from assetgen.cli import main
from assetgen.ledger import Ledger
from tests import kit
from tests.conftest import ROOT

EPOCH = "1790000000"
"""2026-09-21 14:13:20 UTC."""

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
"""What tells the time of day; `time.monotonic` and `time.perf_counter` only tell how long something takes."""


def asked(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            whose = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            yield whose, node.attr
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (("time", alias.name) for alias in node.names)


def test_only_one_file_asks_what_time_it_is() -> None:
    asking = {
        file.relative_to(ROOT).as_posix() for file in (ROOT / "assetgen").rglob("*.py") if CLOCKS & {*asked(file)}
    }
    assert asking == {"assetgen/clock.py"}


def test_two_runs_in_two_fresh_folders_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    made = []
    for name in ("one", "two"):
        campaign = kit.shop(tmp_path / name)
        kit.change(campaign, "layout: card", "layout: card\nprovider: studio")
        monkeypatch.chdir(tmp_path / name)
        assert main(["run", str(campaign)]) in {0, 1}
        made.append(kit.tree(tmp_path / name / "output"))

    one, two = made
    assert one == two
    assert {"small/manifest.json", "small/report.html"} < set(one)
    assert len(kit.pictures(tmp_path / "one/output/small")) == 6


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", date(2026, 9, 22)), ("Pacific/Pago_Pago", date(2026, 9, 21))]
)
def test_the_day_of_a_campaign_follows_a_fixed_present_in_its_own_zone(
    small: Path, monkeypatch: pytest.MonkeyPatch, zone: str, day: date
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    kit.change(small, "layout: card", f"layout: card\ntime_zone: {zone}")

    assert assetgen.load(small).today == day
    assert assetgen.load(small, on=date(2027, 1, 2)).today == date(2027, 1, 2)


def test_a_fixed_present_without_a_zone_is_the_same_day_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790031599")  # 2026-09-21 22:59:59 UTC
    assert clock.today() == date(2026, 9, 21)


@pytest.mark.parametrize("value", ["yesterday", "1e9", "99999999999999999"])
def test_a_present_that_is_no_time_is_refused(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert main(["check", str(small)]) == 3
    assert f"`{value}` in the variable SOURCE_DATE_EPOCH is no time" in capsys.readouterr().err


def test_payments_of_earlier_versions_count_in_their_month(tmp_path: Path) -> None:
    """They end in `+00:00` where those of today end in `Z`."""
    month = clock.written(clock.real_now())[:7]
    rows = [
        (f"{month}-01T00:00:00+00:00", "Small", "openai", "m", "1.25", "USD", "paid", "a", "", "1"),
        (f"{month}-01T00:00:01Z", "Small", "openai", "m", "0.50", "USD", "paid", "b", "", "2"),
        ("2020-01-31T23:59:59+00:00", "Small", "openai", "m", "4.00", "USD", "paid", "c", "", "3"),
    ]
    ledger = Ledger(tmp_path / "ledger.sqlite", "Small")
    try:
        assert ledger.payments.restore(rows) == len(rows)
        assert ledger.payments.spent().month == {"USD": Decimal("1.75")}
        assert [(each.name, each.calls) for each in ledger.payments.report("day", month=month)] == [(f"{month}-01", 2)]
        assert [row[0] for row in ledger.payments.everything()] == sorted(row[0] for row in rows)
    finally:
        ledger.close()


def test_payments_go_by_the_real_month_whatever_the_present_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = (clock.written(clock.real_now()), "Small", "openai", "m", "1.25", "USD", "paid", "a", "", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")  # the year 2100
    ledger = Ledger(tmp_path / "ledger.sqlite", "Small")
    try:
        ledger.payments.restore([row])
        assert ledger.payments.spent().month == {"USD": Decimal("1.25")}
    finally:
        ledger.close()
