"""Products whose pictures are to be made, held back until their plates are settled."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from assetgen.production.pictures import Job

MOST = 256
"""The most products that wait for their plates at once: the rest of the table is not read before there is room."""


class Queue:
    """A queue of jobs in the order of the table, but for those that wait for their plates. For the driver's thread."""

    def __init__(self, jobs: Iterable[Job], awaited: Iterable[str]) -> None:
        """Begins with all jobs. `awaited`: keys of plates that `settled` will be told of, whether they came or not."""
        self._jobs = iter(jobs)
        self._awaited = set(awaited)
        self._ready: deque[Job] = deque()
        self._missing: dict[int, tuple[Job, set[str]]] = {}
        self._waiting_for: defaultdict[str, list[int]] = defaultdict(list)

    def draw(self) -> Job | None:
        """The next job that has all it needs; None while there is none."""
        while not self._ready and len(self._missing) < MOST and (job := next(self._jobs, None)):
            keys = {asset.plate.key for asset in job.assets if asset.plate} & self._awaited
            if not keys:
                return job
            number = id(job)  # a job cannot be a key; `_missing` keeps it alive, so that no other gets its id
            self._missing[number] = (job, keys)
            for key in keys:
                self._waiting_for[key].append(number)
        return self._ready.popleft() if self._ready else None

    def settled(self, key: str) -> None:
        """Hears that nothing more is asked for a plate; jobs that waited for it alone are ready."""
        self._awaited.discard(key)
        for number in self._waiting_for.pop(key, ()):
            job, missing = self._missing[number]
            missing.discard(key)
            if not missing:
                del self._missing[number]
                self._ready.append(job)
