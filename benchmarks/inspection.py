"""How long `assetgen inspect` takes over a thousand files, on one core and on all: python -m benchmarks.inspection"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assetgen.production.campaign_run import cores
from benchmarks.checks import subjects

FILES = 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [(subject.row.id, subject.header.format, subject.data) for subject in subjects()]
        for n in range(FILES):
            channel, ending, data = made[n % len(made)]
            path = folder / channel / f"{n:04}.{ending}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        everything = sorted(os.sched_getaffinity(0))
        for used in (everything[:1], everything):
            seconds = timed(folder, set(used))
            print(f"{FILES} files on {len(used)} of {cores()} cores: {seconds:.1f} s, {FILES / seconds:.0f} a second")


def timed(folder: Path, used: set[int]) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "assetgen", "inspect", str(folder)]
    ended = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, preexec_fn=lambda: os.sched_setaffinity(0, used)
    )
    seconds = time.perf_counter() - started
    print(ended.stdout.splitlines()[-1])
    return seconds


if __name__ == "__main__":
    main()
