"""Plates from a slow server: how near a run comes to what the server allows, and how much memory it takes.

python -m benchmarks.pace            all rows, about four minutes
python -m benchmarks.pace limit      only the rows whose names begin so
python -m benchmarks.pace --kills    what each of thirty kills costs
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.imageserver import Answer, Call, RateLimit, overloaded
from tests.imageserver.replies import Reply, json_reply
from tests.test_kills import PLATES, Lives, Ordeal, Server, shop

LATENCY, PARALLEL = 2.0, 50

DOWN = (10.0, 13.0)
"""Seconds after the first call between which a server that breaks down is of no use."""

HEAD = """\
| server | ideal | first call to last answer | ratio | whole command | pictures by then | answers | peak memory |
|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Case:
    """A server.

    spread: seconds between its fastest and its slowest answer; refused: the share of calls that get a 429 at once;
    rate: pictures a second at most.
    """

    name: str
    plates: int = 500
    spread: float = 0.0
    refused: float = 0.0
    rate: int = 0
    overloaded: bool = False
    gone: bool = False

    @property
    def ideal(self) -> float:
        """Seconds that nobody could be faster than: full rounds, or the rate, and the time that it was down."""
        rounds = self.plates / PARALLEL * LATENCY
        steady = (self.plates - self.rate) / self.rate + LATENCY if self.rate else 0.0
        away = DOWN[1] - DOWN[0] if self.overloaded or self.gone else 0.0
        return max(rounds, steady) + away + LATENCY * self.gone  # what broke off has to be made by a second run


CASES = (
    Case("100 plates", plates=100),
    Case("500 plates"),
    Case("500 plates, 1.5 to 2.5 s each", spread=1.0),
    Case("refuses 20 % of all calls", refused=0.2),
    Case("limit of 20 pictures a second", rate=20),
    Case("overloaded for 3 s", overloaded=True),
    Case("gone for 3 s", gone=True),
)


class Whim(RateLimit):
    """Refuses a share of all calls, whoever asks how often."""

    def __init__(self, share: float) -> None:
        super().__init__(10_000, 1.0)
        self._share = share
        self._chance = random.Random(500)

    def take(self, images: int) -> float:  # noqa: ARG002 - part of the socket
        return 1.0 if self._chance.random() < self._share else 0.0


@dataclass(frozen=True)
class Answered:
    """One call: when it came, when its answer was ready, and its status; 0 is a connection that broke."""

    came: float
    ready: float
    status: int


class Timed(Server):
    """A server as a case describes it, which writes down what it answers when."""

    def __init__(self, case: Case, answers: list[Answered], port: int = 0) -> None:
        super().__init__()
        self.port, self.latency = port, LATENCY - case.spread / 2
        chance = random.Random(500)
        self.answer = lambda _call, _nth: Answer(delay=chance.uniform(0, case.spread))
        self.limit = RateLimit(case.rate, 1.0) if case.rate else Whim(case.refused) if case.refused else None
        self.began = 0.0
        self._case = case
        self._answers = answers

    def _respond(self, call: Call, request_id: str) -> Reply | None:
        came = time.time()
        self.began = self.began or came
        if self._case.overloaded and DOWN[0] <= came - self.began < DOWN[1]:
            reply: Reply | None = json_reply(overloaded().error(), status=503)
        else:
            reply = super()._respond(call, request_id)
        self._answers.append(Answered(came, time.time(), reply.status if reply else 0))
        return reply


def serve(case: Case, line: Connection) -> None:
    """Sends its address, and all answers when it is asked for them."""
    answers: list[Answered] = []
    with Timed(case, answers) as server:
        line.send(server.url)
        if case.gone:
            while not server.began or time.time() < server.began + DOWN[0]:
                time.sleep(0.01)
        else:
            line.recv()
    if case.gone:
        time.sleep(DOWN[1] - DOWN[0])
        with Timed(case, answers, server.port):
            line.recv()
    line.send(answers)


@contextmanager
def serving(case: Case) -> Iterator[Connection]:
    """A server in a process of its own, so that its work is not counted."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(case, theirs), daemon=True)
    process.start()
    try:
        yield ours
    finally:
        process.kill()
        process.join()


def run(campaign: Path) -> tuple[int, float]:
    """The exit code and the peak megabytes of one command."""
    command = [sys.executable, "-m", "assetgen", "run", str(campaign)]
    process = subprocess.Popen(command, cwd=campaign.parent.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        print(said)
    return process.returncode, used.ru_maxrss / 1024


def finished(campaign: Path) -> tuple[list[tuple[float, float]], float]:
    """When the commands began and ended that it takes until everything is made, and their peak megabytes."""
    spans: list[tuple[float, float]] = []
    most, code = 0.0, 1
    while code == 1 and len(spans) < 3:
        started = time.time()
        code, peak = run(campaign)
        spans.append((started, time.time()))
        most = max(most, peak)
    return spans, most


def asking(answers: list[Answered], spans: list[tuple[float, float]]) -> float:
    """Seconds from the first call to the last answer of each command, added up."""
    total = 0.0
    for began, ended in spans:
        own = [answer for answer in answers if began <= answer.came <= ended]
        total += max(answer.ready for answer in own) - min(answer.came for answer in own)
    return total


def overlapped(folder: Path) -> int:
    """How many pictures were finished when the last plate came."""
    plates = [path.stat().st_mtime for path in (folder / ".assetgen/store/plates").glob("*/*") if not path.suffix]
    pictures = [path.stat().st_mtime for path in (folder / "output").rglob("*.jpg")]
    return sum(made <= max(plates) for made in pictures)


def measure(case: Case) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as folder, serving(case) as line:
        campaign = shop(Path(folder), case.plates, line.recv(), f"parallel: {PARALLEL}")
        spans, peak = finished(campaign)
        line.send("done")
        answers: list[Answered] = line.recv()
        took = asking(answers, spans)
        statuses = Counter(answer.status for answer in answers)
        said = ", ".join(f"{count} x {status or 'broken off'}" for status, count in statuses.most_common())
        whole = " + ".join(f"{ended - began:.1f} s" for began, ended in spans)
        made = f"{overlapped(Path(folder))} of {case.plates}"
    ratio = f"{took / case.ideal:.2f}"
    return f"| {case.name} | {case.ideal:.1f} s | {took:.1f} s | {ratio} | {whole} | {made} | {said} | {peak:.0f} MB |"


def print_kills() -> None:
    print("| kill | in flight | billed so far | stored so far |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, Server() as server, closing(Lives()) as lives:
        ordeal = Ordeal(Path(folder), server)
        ordeal.go_through(lives)
        ordeal.finish()
    for number, kill in enumerate(ordeal.kills, 1):
        print(f"| {number} | {kill.in_flight} | {kill.billed} | {len(kill.prompts)} |")
    lost = sum(kill.in_flight for kill in ordeal.kills)
    print(f"| finished | {lost} in all | {len(server.billed)} | {PLATES} |")


def main() -> None:
    begins = sys.argv[1] if sys.argv[1:] else ""
    print(HEAD, flush=True)
    for case in CASES:
        if case.name.startswith(begins):
            print(measure(case), flush=True)


if __name__ == "__main__":
    print_kills() if sys.argv[1:] == ["--kills"] else main()
