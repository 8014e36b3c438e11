"""What comes of the attacks of one kind, counted."""

from __future__ import annotations

import re
import resource
import signal
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.kinds import KINDS
from tests.fuzz.trial import Attack, Bench, Ended

SLOW, LARGE = 10.0, 1_000_000_000
"""Seconds and bytes of memory that no input is worth."""


class Tally:
    """What came of the attacks of one kind."""

    def __init__(self, kind: str) -> None:
        self.kind, self.tried, self.faults = kind, 0, Counter[str]()
        self.problems = self.placed = self.hinted = self.slow = self.peak = 0
        self.first: dict[str, str] = {}

    def add(self, attack: Attack, ended: Ended) -> None:
        self.tried += 1
        self.problems += ended.problems
        self.placed += ended.placed
        self.hinted += ended.hinted
        self.slow += ended.seconds > SLOW
        if ended.fault:
            where = _where(ended.fault)
            self.faults[where] += 1
            self.first.setdefault(where, f"{attack.command} {dict(attack.files)}"[:3000] + f"\n{ended.fault[-3000:]}")
        self.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    def line(self) -> str:
        share = f"{self.hinted / self.problems:4.0%}" if self.problems else "   -"
        place = f"{self.placed / self.problems:4.0%}" if self.problems else "   -"
        faults = f"{self.faults.total():4} ({len(self.faults)})"
        counts = f"{self.tried:6} {faults:>9} {self.slow:5} {self.peak / 1e6:6.0f} {self.problems:7}"
        return f"{self.kind:14} {counts} {place} {share}"


def _where(fault: str) -> str:
    """The exception and the last line of ours that it came through, by which faults are told apart."""
    ours = re.findall(r'File "\S*/(assetgen/\S+)", line (\d+)', fault)
    last = fault.strip().splitlines()[-1]
    return f"{':'.join(ours[-1]) if ours else ''} {last.partition(':')[0][:80]}"


ENDLESS = 60
"""Seconds after which an attack is ended, and counted as one that would not."""


class TooLong(BaseException):
    """An attack has taken as long as that."""


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TooLong


def attacked(kind: str, seconds: float, number: int) -> Tally:
    """Attacks of a kind for so many seconds; the same number gives the same ones."""
    tally = Tally(kind)
    signal.signal(signal.SIGALRM, _too_long)
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        attacks, until = KINDS[kind](bench), time.monotonic() + seconds

        @settings(
            max_examples=40,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(attacks)
        def attack_some(attack: Attack) -> None:
            signal.alarm(ENDLESS)
            try:
                ended = bench.attempt(attack)
            except TooLong:
                ended = Ended(-1, "TooLong", ENDLESS, 0, 0, 0, "")
            signal.alarm(0)
            tally.add(attack, ended)

        while time.monotonic() < until:
            seed(number)(attack_some)()
            number += 1
    return tally
