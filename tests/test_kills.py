"""A run that is killed again and again loses what was in flight, and pays for nothing twice.

`python -m benchmarks.pace --kills` prints what each kill costs.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from assetgen.ledger import Ledger
from tests import kit
from tests.conftest import ROOT
from tests.imageserver import Call, ImageServer
from tests.imageserver.replies import Reply

pytestmark = pytest.mark.usefixtures("loopback")

KILLS, PLATES, PARALLEL, LATENCY = 30, 180, 6, 0.15
LAZY = ("pandas", "openai.resources.images", "babel.dates", "babel.numbers", "PIL.JpegImagePlugin")
KILLED = -signal.SIGKILL
PRICE = Decimal("0.01")
LAYOUT = "rectangle: [{layer: plate}, {layer: product, box: [0.2, 0.2, 0.8, 0.95]}]"
PROVIDER = "{{name: openai, model: own, family: compatible, sizes: {{square: 256x256}}, base_url: {url}, {more}}}"


def shop(folder: Path, products: int, url: str, more: str) -> Path:
    """The campaign file of a shop in which every product has a plate of its own; `more` is said of the provider."""
    campaign = kit.shop(folder)
    photos = ("red", "green", "blue")
    rows = [f"P-{n},Thing {n},10.00,EUR,{photos[n % 3]}.png" for n in range(products)]
    kit.write(folder / "campaigns/products.csv", "\n".join(["sku,title,price,currency,photo", *rows]))
    kit.write(folder / "templates/prompts/shelf.j2", "a shelf for {{ product.title }}")
    kit.write(folder / "templates/layouts/card.yaml", LAYOUT)
    provider = PROVIDER.format(url=url, more=more)
    kit.change(campaign, "[instagram-feed-square, amazon-main]", f"[display-300x250]\nprovider: {provider}")
    return campaign


class Server(ImageServer):
    """Knows the model of the shop, and does `then` when it has taken a call in and not answered yet."""

    def __init__(self) -> None:
        super().__init__()
        self.key, self.models["own"], self.latency = "", None, LATENCY
        self.then: Callable[[Call], None] = lambda _: None

    def _respond(self, call: Call, request_id: str) -> Reply | None:
        reply = super()._respond(call, request_id)
        self.then(call)
        return reply

    def come_to_rest(self) -> None:
        """Waits until everything is worked off that a process sent before it died."""
        before = -1
        while before != len(self.calls) or not all(call.status for call in self.calls):
            before = len(self.calls)
            time.sleep(0.1)


def key_of(pid: int) -> str:
    """The key that a process sends, by which its calls are known from those that another sent before it died."""
    return f"life-{pid}"


class Lives:
    """Processes of the command line, forked from one that has imported everything: they start at once."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.test_kills"]
        self._parent = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = 0

    def close(self) -> None:
        self._parent.communicate()

    def begin(self, *arguments: str) -> None:
        assert self._parent.stdin
        print(json.dumps(arguments), file=self._parent.stdin, flush=True)
        self.pid = int(self._read())

    def kill(self) -> None:
        os.killpg(self.pid, signal.SIGKILL)

    def end(self) -> int:
        """Its exit code, once it has one."""
        return int(self._read())

    def whole(self, *arguments: str) -> int:
        self.begin(*arguments)
        return self.end()

    def _read(self) -> str:
        assert self._parent.stdout
        return self._parent.stdout.readline()


def fork_lives() -> None:
    for name in (
        "assetgen.cli.terminal.progress_line",
        "assetgen.production.campaign_run",
        "assetgen.providers.openai.wire",
        *LAZY,
    ):
        import_module(name)
    from assetgen.cli import main

    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os.setpgid(0, 0)
            os.environ["OPENAI_API_KEY"] = key_of(os.getpid())
            sys.stdout = sys.stderr = io.StringIO()
            os._exit(main(json.loads(line)))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


@dataclass(frozen=True)
class Kill:
    """How things stood after it; prompts: of all plates that were stored by then."""

    in_flight: int
    billed: int
    prompts: frozenset[str]


class Ordeal:
    """One shop, one server, and a run that is not let be."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server = folder, server
        self.campaign = shop(folder, PLATES, server.url, f"parallel: {PARALLEL}, prices: {{image: {PRICE}}}")
        kit.change(self.campaign, "layout: card", "layout: card\nbudget: {run: 20, month: 50}")
        self.kills: list[Kill] = []

    def live(self, lives: Lives, further: int, seconds: float) -> None:
        """A run that dies so many calls and seconds after its first call."""
        before = len(self.server.calls)
        lives.begin("run", str(self.campaign))
        until = time.monotonic() + 60
        while len(self.server.calls) <= before + further:
            assert time.monotonic() < until, "it asked for too little"
            time.sleep(0.002)
        time.sleep(seconds)
        lives.kill()
        assert lives.end() == KILLED, "it was done before it was killed: the shop needs more products"
        self.server.come_to_rest()
        key = f"Bearer {key_of(lives.pid)}"
        asked = Counter(call.body["prompt"] for call in self.server.calls if call.headers.get("authorization") == key)
        assert set(asked.values()) == {1}, "a plate was asked for twice in one run"
        stored = frozenset(plate["request"]["prompt"] for plate in plates(self.folder).values())
        self.kills.append(Kill(len(asked.keys() - stored), len(self.server.billed), stored))

    def go_through(self, lives: Lives) -> None:
        chance = random.Random(20261101)
        for _ in range(KILLS):
            self.live(lives, chance.randrange(8), chance.uniform(0, 1.5 * LATENCY))

    def finish(self) -> None:
        command = [sys.executable, "-m", "assetgen", "run", str(self.campaign)]
        ended = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr


def plates(folder: Path) -> dict[str, Any]:
    """The records of all stored plates by key."""
    store = (path for path in (folder / ".assetgen/store/plates").glob("*/*") if not path.suffix)
    return {path.name: json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in store}


def spending(folder: Path) -> list[tuple[str, str, str | None]]:
    """Plate, state and request id of every call in the ledger."""
    with closing(sqlite3.connect(folder / ".assetgen/ledger.sqlite")) as ledger:
        return ledger.execute("SELECT plate, state, request_id FROM spend").fetchall()


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    with closing(Lives()) as lives:
        yield lives


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory, lives: Lives) -> Iterator[Ordeal]:
    """Killed thirty times, and then left to finish."""
    with Server() as server:
        ordeal = Ordeal(tmp_path_factory.mktemp("shop"), server)
        ordeal.go_through(lives)
        ordeal.finish()
        yield ordeal


def test_no_kill_loses_more_than_what_was_in_flight(ordeal: Ordeal) -> None:
    lost = [kill.in_flight for kill in ordeal.kills]

    assert max(lost) <= PARALLEL
    assert len(ordeal.server.billed) - len(plates(ordeal.folder)) <= sum(lost)


def test_a_plate_that_is_stored_is_never_paid_for_again(ordeal: Ordeal) -> None:
    for kill in ordeal.kills:
        assert kill.prompts.isdisjoint(bill.prompt for bill in ordeal.server.billed[kill.billed :])


def test_after_all_kills_every_picture_is_there_and_no_half_file(ordeal: Ordeal) -> None:
    assert len(kit.pictures(ordeal.folder / "output/small")) == PLATES
    assert len(plates(ordeal.folder)) == PLATES
    assert [name for name in kit.tree(ordeal.folder) if name.endswith(".part")] == []


def test_what_is_paid_is_stored_and_has_the_number_of_its_request(ordeal: Ordeal) -> None:
    paid = {(plate, request_id) for plate, state, request_id in spending(ordeal.folder) if state == "paid"}

    assert paid <= {(key, plate["request_id"]) for key, plate in plates(ordeal.folder).items()}
    assert {request_id for _, request_id in paid} <= {bill.request_id for bill in ordeal.server.billed}


def test_every_call_that_was_billed_is_counted_in_the_budget(ordeal: Ordeal) -> None:
    prompts = {key: plate["request"]["prompt"] for key, plate in plates(ordeal.folder).items()}
    counted = Counter(prompts[plate] for plate, _, _ in spending(ordeal.folder))
    unconfirmed = sum(state == "noted" for _, state, _ in spending(ordeal.folder))

    assert Counter(bill.prompt for bill in ordeal.server.billed) <= counted
    assert unconfirmed >= sum(kill.in_flight for kill in ordeal.kills)
    with closing(Ledger(ordeal.folder / ".assetgen/ledger.sqlite", "Small")) as ledger:
        assert ledger.payments.spent().month == {"USD": counted.total() * PRICE}


@pytest.mark.parametrize("moment", ["/v1/files", "/v1/batches"])
def test_a_run_killed_while_it_hands_in_a_batch_hands_it_in_once(moment: str, tmp_path: Path, lives: Lives) -> None:
    def strike(call: Call) -> None:
        if call.path == moment:
            server.then = lambda _: None
            lives.kill()

    with Server() as server:
        campaign = str(shop(tmp_path, 5, server.url, f"prices: {{image: {PRICE}}}"))
        server.then = strike
        assert lives.whole("run", campaign, "--batch") == KILLED
        assert lives.whole("run", campaign, "--batch") == 0
        server.finish_batches()
        assert lives.whole("run", campaign) == 0

    assert sum((call.method, call.path) == ("POST", "/v1/batches") for call in server.calls) == 1
    assert len(server.billed) == 5
    assert Counter(state for _, state, _ in spending(tmp_path)) == {"paid": 5}
    assert len(kit.pictures(tmp_path / "output/small")) == 5


if __name__ == "__main__":
    fork_lives()
