"""One run at a time works in a folder."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assetgen.cli import main
from tests.kit import change

NEEDS_SOMETHING = 3
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
