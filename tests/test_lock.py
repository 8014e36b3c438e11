"""One run at a time works in a folder."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer

import pytest

from assetgen.cli import main
from tests.kit import change

NEEDS_SOMETHING = 3
LEDGER = Path(".assetgen/ledger.sqlite")
HOLD = """
import sys
from pathlib import Path
from assetgen.ledger import only_run
with only_run(Path(".assetgen")):
    print(flush=True)
    sys.stdin.read()
"""


@contextmanager
def busy() -> Iterator[subprocess.Popen[str]]:
    """Another process at work in this folder."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_run_says_who_is_at_work_and_makes_nothing(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with busy() as other:
        assert main(["run", str(small)]) == NEEDS_SOMETHING
        said = capsys.readouterr().err

    assert "another run is at work in this folder: since 2" in said
    assert f"process {other.pid}" in said
    assert not Path("output").exists()


def test_looking_is_allowed_meanwhile(small: Path) -> None:
    with busy():
        assert main(["plan", str(small)]) == 0
        assert main(["check", str(small)]) == 0


@pytest.mark.parametrize("words", ["cache prune", "batch collect {}", "batch cancel {}", "publish {}", "feeds {}"])
def test_changing_something_is_not(small: Path, words: str) -> None:
    feed = "feeds: [{file: feed.csv, pictures: {photo: amazon-main}}]"
    change(
        small, "layout: card\n", f"layout: card\npublish: {{to: public, base_url: https://cdn.example.com}}\n{feed}\n"
    )
    with busy():
        assert main(words.format(small).split()) == NEEDS_SOMETHING


def test_a_killed_process_keeps_no_lock(small: Path) -> None:
    with busy() as other:
        other.send_signal(signal.SIGKILL)
        other.wait()

        assert main(["run", str(small)]) == 0


def test_who_waits_hears_of_it_and_then_has_the_folder(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with busy() as other:
        Timer(0.5, other.kill).start()
        assert main(["cache", "prune", "--wait", "60"]) == 0

    said = capsys.readouterr().err
    assert said.count("waiting: another run is at work in this folder: since 2") == 1


@pytest.mark.parametrize("wait", [["--wait"], ["--wait", "60"]])
def test_waiting_goes_with_and_without_a_number(small: Path, wait: list[str]) -> None:
    assert main(["cache", "prune", *wait]) == 0


def test_a_ledger_that_another_program_holds_is_told_by_its_name(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(small)]) == 0
    with closing(sqlite3.connect(LEDGER, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert main(["run", str(small)]) == NEEDS_SOMETHING
        assert main(["plan", str(small)]) == 0  # who only looks is not in the way

    said = capsys.readouterr().err
    assert "ledger.sqlite` is held by another program" in said
    assert "full" not in said


LOOKING = [
    "plan {}",
    "spend",
    "check {} --files",
    "ledger export payments.csv",
    "batch status {}",
    "run {}",
    "cache prune",
]


@pytest.mark.parametrize("words", LOOKING)
def test_a_damaged_ledger_is_named_and_not_its_lock(made: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    pages = bytearray(LEDGER.read_bytes())
    pages[4096:] = bytes(byte ^ 0x5A for byte in pages[4096:])
    LEDGER.write_bytes(pages)

    assert main(words.format(made).split()) == NEEDS_SOMETHING
    said = capsys.readouterr().err
    assert "ledger.sqlite` is damaged" in said
    assert "lock" not in said


@pytest.mark.parametrize(
    ("change_to", "words"),
    [
        ("UPDATE spend SET amount = 'abc'", "spend"),
        ("UPDATE assets SET record = '{cut'", "check {} --files"),
        ("UPDATE assets SET record = '[]'", "check {} --files"),
        ("UPDATE assets SET record = '{cut'", "cache prune"),
        ("INSERT INTO batches VALUES ('t', 'b', 'small', 'openai', '2026', '{cut')", "plan {}"),
        ("UPDATE spend SET provider = CAST(x'ff80' AS TEXT)", "spend --by provider"),
    ],
)
def test_values_of_a_ledger_that_mean_nothing_are_damage(
    made: Path, change_to: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(LEDGER)) as ledger:
        ledger.execute(change_to)
        ledger.commit()

    assert main(words.format(made).split()) == NEEDS_SOMETHING
    assert "ledger.sqlite` is damaged" in capsys.readouterr().err
