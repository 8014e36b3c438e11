"""How fast a provider is asked, and when it is asked again, later or not any more."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from assetgen.production.campaign_run import RunOptions
from assetgen.production.campaign_run import run as work
from assetgen.production.events import Events
from assetgen.production.scope import Scope
from tests.imageserver import Answer, ImageServer, RateLimit, broken, dropped, overloaded, rate_limited
from tests.kit import change, pictures, with_model, with_quick

OUTPUT = Path("output/small")


def run(campaign: Path, *options: str) -> int:
    return main(["run", str(campaign), *options])


def images(server: ImageServer) -> int:
    return sum("/images/" in call.path for call in server.calls)


def test_no_more_requests_are_under_way_than_allowed(many: Path, server: ImageServer) -> None:
    server.latency = 0.1
    with_quick(many, parallel=4)

    assert run(many) == 0
    assert 1 < server.most_at_once <= 4
    assert len(server.billed) == 12


def test_images_per_minute_are_spread_out(many: Path, server: ImageServer) -> None:
    with_quick(many, parallel=12, images_per_minute=1200)
    begun = time.monotonic()
    run(many)

    assert time.monotonic() - begun > 11 * 60 / 1200
    assert len(server.billed) == 12


def test_tokens_per_minute_are_spread_out(many: Path, server: ImageServer) -> None:
    """Each prompt counts for about twenty."""
    with_quick(many, parallel=12, tokens_per_minute=22_000)
    begun = time.monotonic()
    run(many)

    assert time.monotonic() - begun > 11 * 60 * 15 / 22_000


def test_what_was_asked_too_often_is_asked_again_and_paid_once(many: Path, server: ImageServer) -> None:
    server.answer = lambda _call, nth: rate_limited() if nth % 2 else None
    with_quick(many)

    assert run(many) == 0
    assert len(server.billed) == 12
    assert images(server) > 12


def test_a_true_limit_of_the_server_is_kept_to(many: Path, server: ImageServer) -> None:
    server.limit = RateLimit(4, 0.3)
    with_quick(many, parallel=12)

    assert run(many) == 0
    assert len(server.billed) == 12


@pytest.mark.parametrize("fault", [broken(), overloaded(), Answer(status=409), Answer(status=408)])
def test_a_server_out_of_order_is_asked_again(small: Path, server: ImageServer, fault: Answer) -> None:
    patient = Answer(status=fault.status, code=fault.code, headers={"retry-after-ms": "20"})
    server.answer = lambda _call, nth: patient if nth == 1 else None
    with_model(small)

    assert run(small) == 0
    assert (images(server), len(server.billed)) == (2, 1)


def test_a_server_that_stays_out_of_order_is_not_called_any_more_and_says_so(
    many: Path, server: ImageServer, capsys
) -> None:
    server.answer = lambda _call, _nth: Answer(status=500, headers={"retry-after-ms": "10"})
    with_quick(many, parallel=4)

    assert run(many) == 4
    told = capsys.readouterr().err
    assert "provider `openai` is not called any more: it failed 6 times in a row" in told
    assert "12 pictures could not be made" in told
    assert images(server) < 12


def test_a_broken_connection_may_have_cost_something_and_is_not_tried_again(small: Path, server: ImageServer) -> None:
    server.answer = lambda _call, nth: dropped() if nth == 1 else None
    with_model(small)

    assert run(small) == 4
    assert images(server) == 1
    assert run(small) == 0


def test_a_timeout_is_asked_again_only_where_one_says_so(small: Path, server: ImageServer, capsys) -> None:
    server.answer = lambda _call, nth: Answer(delay=1.5) if nth == 1 else None
    with_model(small, timeout=0.7)
    assert run(small) == 4
    assert "no answer in 0.7 s; the picture may have been made and paid for" in capsys.readouterr().err
    assert images(server) == 1

    server.answer = lambda _call, nth: Answer(delay=1.5) if nth == 2 else None
    change(small, '"timeout": 0.7', '"timeout": 0.7, "resend_on_timeout": true')
    assert run(small) == 0
    assert images(server) == 3


def test_pictures_are_made_while_other_plates_are_awaited(many: Path, server: ImageServer) -> None:
    """The last plate is held back until the first pictures are there; without overlap it would never be sent."""

    def once_pictures_are_there(_call: object, nth: int) -> Answer | None:
        deadline = time.monotonic() + 20
        while nth == 12 and len(pictures(OUTPUT)) < 8 and time.monotonic() < deadline:
            time.sleep(0.02)
        return Answer(status=400, message="nothing was made meanwhile") if time.monotonic() > deadline else None

    server.answer = once_pictures_are_there
    with_quick(many, parallel=2)

    assert run(many) == 0
    assert len(pictures(OUTPUT)) == 12


def test_a_run_that_is_stopped_keeps_what_was_under_way(many: Path, server: ImageServer) -> None:
    class Stopped(BaseException):
        pass

    class Impatient(Events):
        def step(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002 - as Events has it
            if (stage, done) == ("plates", 3):
                raise Stopped

    server.latency = 0.05
    with_quick(many, parallel=4)
    with pytest.raises(Stopped):
        work(assetgen.load(many), scope=Scope(), options=RunOptions(), progress=Impatient())

    billed = len(server.billed)
    assert billed < 12
    assert run(many) == 0
    assert len(server.billed) == 12
