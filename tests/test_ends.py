"""How commands end: in words, with a code that says who has to act, whatever happens to them or to their outputs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from assetgen.cli import main
from assetgen.cli.commands import app
from assetgen.disk import write_whole
from assetgen.errors import SetupError
from assetgen.printable import on_one_line, printable
from tests.kit import change
from tests.oddserver import answer, dripping, odd_server

FAULT = 70
INTERRUPTED = 130
NEEDS_MENDING = 2
NEEDS_SOMETHING = 3
Said = pytest.CaptureFixture[str]
HELD_BACK = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066"


def fails_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is to be put on the disk meets an error that nobody has foreseen."""

    def fsync(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("error", [KeyError("x"), MemoryError(), RecursionError("too deep"), AssertionError()])
def test_what_nobody_has_foreseen_is_a_fault_with_a_code_of_its_own(
    small: Path, error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    fails_with(error, monkeypatch)

    assert main(["run", str(small)]) == FAULT
    said = capsys.readouterr().err
    assert f"this is a fault of assetgen, not of yours: {type(error).__name__}" in said
    assert "disk.py:" in said
    assert "Traceback" not in said
    (kept,) = Path(".assetgen").glob("fault-*.txt")
    assert str(kept) in said
    assert "Traceback" in kept.read_text()


def test_a_traceback_that_no_folder_takes_is_printed(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    fails_with(KeyError(HELD_BACK), monkeypatch)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    Path(".assetgen").symlink_to("/nowhere/state")

    def mkdir(*_: object, **__: object) -> None:
        raise KeyError(HELD_BACK)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert main(["run", str(small)]) == FAULT
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert not set(HELD_BACK) - set("]0;owned[2J31m") & set(said)


def test_an_interruption_is_no_fault(small: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    fails_with(KeyboardInterrupt(), monkeypatch)

    assert main(["run", str(small)]) == INTERRUPTED
    assert "fault" not in capsys.readouterr().err


KILL = "os.kill(os.getpid(), {number})"
WHILE_IMPORTING = """
import os, sys
from assetgen.cli import main
class Last:
    def __del__(self):
        {dying}
class Finder:
    def find_spec(self, name, *_):
        if name == "typer":
            Last()
            {looking}
sys.meta_path.insert(0, Finder())
sys.argv = ["assetgen", "schema", "campaign"]
sys.exit(main())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["looking", "dying"])
def test_a_signal_while_everything_is_being_imported_ends_in_a_word(number: signal.Signals, moment: str) -> None:
    # What is raised in a finaliser Python drops, and so the signal has to come once more.
    code = WHILE_IMPORTING.format(**{"looking": "pass", "dying": "pass", moment: KILL.format(number=int(number))})
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr.count("\n")) == (INTERRUPTED, 1)
    assert ended.stderr.startswith("stopped;")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_whose_photos_drip(small: Path, number: signal.Signals) -> None:
    asked = threading.Event()

    def drip(_line: str, _body: bytes) -> Iterator[bytes]:
        asked.set()
        return dripping(answer(b"x" * 9_999), 100)

    with odd_server(drip) as host:
        change(small, "  file: products.csv", "  file: products.csv\n  fetch: {internal_hosts: [127.0.0.1]}")
        change(Path("campaigns/products.csv"), "red.png", f"{host.url}/red.png")
        run = subprocess.Popen([sys.executable, "-m", "assetgen", "run", str(small)], stderr=subprocess.PIPE, text=True)
        assert asked.wait(60)
        run.send_signal(number)
        _, said = run.communicate()  # the photo would take a quarter of an hour

    assert (run.returncode, said.startswith("stopped;")) == (INTERRUPTED, True)


def assetgen(words: str, *, redirected: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, whose outputs the shell has put elsewhere."""
    command = f"{sys.executable} -m assetgen {words} {redirected}"
    env = {**os.environ, **environment}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=env)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_results_that_find_no_room_are_told_once(small: Path) -> None:
    ended = assetgen(f"plan {small} --json", redirected="> /dev/full")

    assert ended.returncode == NEEDS_SOMETHING
    assert "the results could not be printed: no space left on device" in ended.stderr
    assert ended.stderr.count("no space") == 1


@pytest.mark.parametrize("redirected", ["2>&-", "2> /dev/full", ">&- 2>&-", "< /dev/null 2>&- | true"])
def test_a_run_that_nobody_hears_does_its_work(small: Path, redirected: str) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[amazon-main]")

    assert assetgen(f"run {small}", redirected=redirected).returncode == 0
    assert len(list(Path("output/small/amazon-main").iterdir())) == 3


def test_a_terminal_without_the_letter_gets_it_written_out(small: Path) -> None:
    ended = assetgen(f"check {small} --fit", PYTHONIOENCODING="latin-1")

    assert ended.returncode == 0
    assert r"Ball for \u20ac10.00" in ended.stdout


def test_json_is_json_on_every_terminal(small: Path) -> None:
    change(Path("campaigns/copy.csv"), "Now here", "Nun 🐈 hier")
    ended = assetgen(f"check {small} --json --offline", PYTHONIOENCODING="latin-1")

    assert "\U0001f408" in {json.loads(line).get("text", "") for line in ended.stdout.splitlines()} or ended.returncode
    for line in ended.stdout.splitlines():
        json.loads(line)


def test_what_steers_a_terminal_is_written_out(small: Path, capsys: Said) -> None:
    change(Path("campaigns/products.csv"), "red.png", f'"{HELD_BACK}.png"')

    main(["plan", str(small)])
    main(["products", "campaigns/products.csv"])
    main(["run", str(small), "--summary", "summary.md"])
    said = "".join(capsys.readouterr()) + Path("summary.md").read_text()
    assert "\\u001b]0;owned" in said
    assert not set("\x1b\x07\x9b\u202e\u2066") & set(said)


def test_a_line_of_a_cell_begins_no_line_of_a_log() -> None:
    assert on_one_line("is not there:\r\n::warning::all is well") == "is not there: ::warning::all is well"
    assert printable("a\tb\r\nc\rd") == "a\tb\nc\\u000dd"


def test_a_disk_says_by_its_number_what_it_has_against_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {27: "grow so large", 28: "the disk is full", 30: "read-only", 24: "too many files open", 13: "may not"}
    for number, reason in words.items():
        fails_with(OSError(number, os.strerror(number)), monkeypatch)
        with pytest.raises(SetupError, match=reason):
            write_whole(tmp_path / "file", b"bytes", durable=True)


def commands(group: Any = None, before: str = "") -> list[str]:
    whole: Any = group or typer.main.get_command(app)
    found = list[str]()
    for name, command in whole.commands.items():
        below = commands(command, f"{before}{name} ") if hasattr(command, "commands") else []
        found += below or [f"{before}{name}"]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_has_json_and_help_in_whole_sentences(command: str, capsys: Said) -> None:
    assert main([*command.split(), "-h"]) == 0
    said = capsys.readouterr().out

    assert "--json" in said
    assert said.startswith(f"Usage: assetgen {command}")
    assert "<" not in said.replace("<LAYOUT>", "")
    assert "..." not in said


def test_help_has_all_commands_in_groups_with_examples(capsys: Said) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out

    assert [line[:-1] for line in said.splitlines() if line.endswith(":") and line[0] != " "] == [
        "Make", "Look", "Publish", "Keep", "Options", "Examples",
    ]  # fmt: skip
    listed = said[said.index("Make:") : said.index("Options:")]
    assert all(f"\n  {name.split()[0]} " in listed for name in commands())
    assert "--show-completion" in said
    assert "docs/engineers.md" in said


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("run x.yaml --dry-run", "has no option `--dry-run`", "`assetgen plan` shows"),
        ("run x.yaml --pruen", "has no option `--pruen`", "did you mean `--prune`?"),
        ("run x.yaml -z", "has no option `-z`", "`assetgen run --help`"),
        ("runn x.yaml", "has no command `runn`", "did you mean `run`?"),
        ("channels lsit", "has no command `lsit`", "did you mean `list`?"),
        ("run", "needs CAMPAIGN", "`assetgen run --help`"),
        ("run a.yaml b.yaml", "takes no `b.yaml`", "`assetgen run --help`"),
        ("plan x.yaml --limit many", "`--limit` is to be a number", "`assetgen plan --help`"),
        ("plan x.yaml --limit 0", "`--limit` is to be at least 1", "`assetgen plan --help`"),
        ("plan x.yaml --force-step plat", "`--force-step` knows no `plat`", "did you mean `plate`?"),
        ("schema brnd", "`KIND` knows no `brnd`", "did you mean `brand`?"),
        ("plan {} --on 24.12.2026", "`24.12.2026` is no day", "write 2026-12-24"),
        ("plan {} --on 2026/12/24", "`2026/12/24` is no day", "write 2026-12-24"),
        ("plan {} --on 12/24/2026", "`12/24/2026` is no day", "write 2026-12-24"),
        ("plan {} --on tomorrow", "`tomorrow` is no day", "as in 2026-12-24"),
        ("spend --month 12.2026", "`12.2026` is no month", "2026-12"),
    ],
)
def test_arguments_that_mean_nothing_are_told_in_our_words(
    small: Path, words: str, message: str, hint: str, capsys: Said
) -> None:
    assert main(words.format(small).split()) == NEEDS_MENDING
    said = capsys.readouterr().err
    assert message in said
    assert hint in said


def test_a_run_ends_with_its_most_frequent_warnings(made: Path, capsys: Said) -> None:
    assert main(["run", str(made), "--force-step", "compose", "-s", "channel:amazon-main"]) == 0
    assert "3 warnings: 3 upscaled, such as: the product photo is enlarged" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("layouts list", {"name", "description", "shapes"}),
        ("providers list", {"name", "package", "settings", "problem"}),
        ("channels list --shape banner", {"id", "width", "height"}),
        ("cache stats", {"kind", "files", "bytes"}),
        ("cache prune", {"removed", "bytes"}),
        ("ledger export payments.csv", {"file", "payments"}),
        ("models path u2net", {"name", "place"}),
        ("inspect --rules", {"rule", "level", "demands"}),
        ("init new", {"folder", "campaign"}),
    ],
)
def test_json_tells_what_the_words_tell(made: Path, words: str, facts: set[str], capsys: Said) -> None:
    assert main([*words.split(), "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert said
    assert all(facts <= set(line) for line in said)
