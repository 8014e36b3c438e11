"""One bad input at the front door: the files are laid into a shop, a command is run, and how it ended is kept."""

from __future__ import annotations

import io
import json
import re
import shutil
import time
import traceback
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assetgen.cli import main
from tests import kit

PROMISED = frozenset(range(6)) | {130}
"""The exit codes of docs/engineers.md but for the one that says that the fault is ours."""


@dataclass(frozen=True, slots=True)
class Attack:
    """What is laid into the made shop, by paths in it, and the command that has to cope with it."""

    files: Mapping[str, bytes]
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended. `fault` is empty, or what went wrong that never may, such as a traceback's last lines."""

    code: int
    fault: str
    seconds: float
    problems: int
    placed: int
    hinted: int
    said: str


class Bench:
    """A small shop whose pictures are made, in which every attack gets a fresh copy."""

    def __init__(self, folder: Path) -> None:
        self._pristine = folder / "pristine"
        self._pristine.mkdir(parents=True)
        with chdir(self._pristine):
            shop = kit.shop(self._pristine)
            for number in range(2):  # what a logo and fonts have to do with it is tried as well
                (self._pristine / f"campaigns/extra{number}.txt").write_text("x")
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                assert main(["run", str(shop)]) == 0
                assert main(["plan", str(shop), "--output", "kept.plan"]) in {0, 2}

    def file(self, name: str) -> bytes:
        """The bytes of a file of the shop; `*` in its name stands for the first that fits."""
        return self.path(name).read_bytes()

    def name(self, pattern: str) -> str:
        return str(self.path(pattern).relative_to(self._pristine))

    def path(self, pattern: str) -> Path:
        return min(path for path in self._pristine.glob(pattern) if path.is_file())

    def attempt(self, attack: Attack) -> Ended:
        with TemporaryDirectory() as made:
            shop = Path(made) / "shop"
            shutil.copytree(self._pristine, shop)
            for name, data in attack.files.items():
                (shop / name).parent.mkdir(parents=True, exist_ok=True)
                (shop / name).write_bytes(data)
            with chdir(shop):
                return _ended(attack.command)


def _ended(command: tuple[str, ...]) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    fault, began = "", time.monotonic()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main(command)
    except Exception:  # noqa: BLE001 - whatever it is, it should not have come out
        code, fault = -1, traceback.format_exc()
    said = err.getvalue()
    if not fault and code not in PROMISED:
        told = [Path(name) for name in re.findall(r"\S+", said) if Path(name).is_file()]
        fault = "\n".join([f"exit code {code}", *(path.read_text(encoding="utf-8") for path in told[:1]), said[-500:]])
    if not fault and "--json" in command:
        fault = _invalid(out.getvalue())
    told_problems = re.split(r"(?m)^(?=(?:error|warning): )", said)[1:]
    return Ended(
        code,
        fault,
        time.monotonic() - began,
        len(told_problems),
        sum("\n  --> " in problem for problem in told_problems),
        sum("\nhint: " in problem for problem in told_problems),
        said,
    )


def _invalid(printed: str) -> str:
    for line in printed.splitlines():
        try:
            json.loads(line)
        except ValueError:
            return f"this is no JSON: {line[:200]}"
    return ""
