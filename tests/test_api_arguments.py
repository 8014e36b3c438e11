"""What callers of the Python API hand over by mistake: each is told in a sentence, before any work is done."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import assetgen
from tests.kit import Flat, write

Call = Callable[[assetgen.Brief], object]

api: Any = assetgen
"""As those see it who have no type checker."""


@pytest.fixture
def brief(small: Path) -> assetgen.Brief:
    return assetgen.load(small)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda _: api.load(None), "assetgen.load takes the path of a campaign file"),
        (lambda _: api.load(b"campaigns/small.yaml"), "assetgen.load takes the path of a campaign file"),
        (api.load, "a campaign file, as a str or a Path, not a Brief"),
        (lambda b: api.load(b.file, on="2026-01-01"), "`on` is a day such as datetime.date(2026, 11, 27)"),
        (lambda b: api.load(b.file, on=5), "`on` is a day"),
        (lambda b: api.load(b.file, pseudo="no"), "`pseudo` is True or False, not 'no'"),
        (lambda b: api.plan(b, select=3), "`select` is a text such as 'sku:MUG-*', or several, not 3"),
        (lambda b: api.plan(b, select=[3]), "`select` is a text"),
        (lambda b: api.plan(b, select=None), "`select` is a text"),
        (lambda b: api.plan(b, select=b"sku:A"), "`select` is a text"),
        (lambda b: api.plan(b, limit="2"), "a whole number, not '2'"),
        (lambda b: api.plan(b, limit=1.5), "a whole number, not 1.5"),
        (lambda b: api.plan(b, limit=True), "a whole number, not True"),
        (lambda b: api.plan(b, offline="no"), "`offline` is True or False"),
        (lambda b: api.plan(b, provider="studio"), "an object of a class of providers, not 'studio'"),
        (lambda b: api.plan(b, provider=Flat), "not the class Flat"),
        (lambda b: api.plan(b, provider=type("Odd", (Flat,), {"modes": None})()), "`modes` is of type NoneType"),
        (lambda b: api.plan(b, events=print), "`events` is an object such as assetgen.Events(note=print)"),
        (lambda b: api.check(b, events=api.Events), "not the class Events"),
        (lambda _: api.Events(note=3), "Events takes a function for `note`, not 3"),
        (lambda b: api.run(b, jobs="2"), "`jobs` is so many pictures at once, a whole number, not '2'"),
        (lambda b: api.run(b, jobs=1.5), "a whole number, not 1.5"),
        (lambda b: api.run(b, batch="no"), "`batch` is True or False"),
        (lambda b: api.run(b, plan=3), "assetgen.run takes the path of a saved plan"),
        (lambda b: api.run(b, summary=3), "assetgen.run takes the path of the summary"),
        (lambda _: api.preview(None), "assetgen.preview takes the name of a layout, as a str, not None"),
        (lambda _: api.preview(["card"]), "the name of a layout, as a str, not a list"),
        (lambda _: api.preview("card", file=3), "assetgen.preview takes the path of the picture to be written"),
        (lambda _: api.why(3), "assetgen.why takes the path of a finished picture"),
        (lambda _: api.diff(None, "b"), "assetgen.diff takes the path of a manifest"),
        (lambda _: api.inspect(3), "assetgen.inspect takes the path of a picture or a folder"),
        (lambda _: api.inspect([None]), "assetgen.inspect takes the path of a picture or a folder"),
        (lambda _: api.inspect("campaigns", channel=3), "takes the id of a channel, as a str, not 3"),
        (lambda _: api.spend(3), "assetgen.spend takes the path of a folder"),
        (lambda b: api.publish(b, dry_run="no"), "`dry_run` is True or False"),
    ],
)  # fmt: skip
def test_what_is_of_another_type_is_told_in_a_sentence(brief: assetgen.Brief, call: Call, told: str) -> None:
    with pytest.raises(TypeError) as error:
        call(brief)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda _: api.load("a\0b"), "no file can have such a name"),
        (lambda b: api.run(b, jobs=0), "`jobs` is so many pictures at once, at least 1, not 0"),
        (lambda b: api.run(b, jobs=-3), "at least 1, not -3"),
        (lambda b: api.plan(b, limit=0), "`limit` is the first so many products, at least 1, not 0"),
    ],
)
def test_what_is_of_no_use_is_told_in_a_sentence(brief: assetgen.Brief, call: Call, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        call(brief)


@pytest.mark.parametrize("on", [date(2026, 1, 1), datetime(2026, 1, 1, 12)])  # noqa: DTZ001 - a day is in no zone
def test_a_day_is_a_date_with_or_without_a_time(small: Path, on: date) -> None:
    assert assetgen.load(small, on=on).today == date(2026, 1, 1)


def test_a_plan_is_gone_through_in_the_thread_that_began_with_it(brief: assetgen.Brief) -> None:
    items, told = iter(assetgen.plan(brief, provider=Flat())), list[str]()
    next(items)

    def elsewhere() -> None:
        with pytest.raises(ValueError, match="by the thread that began with it") as error:
            next(items)
        told.append(str(error.value))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert told
    assert list(items), "the thread that began goes on"


@pytest.mark.parametrize(
    "text",
    ['{"assets": [{"id": 3}]}', '{"assets": [3]}', '{"assets": [{"id": "a", "sha256": "b", "file": 1}]}', "[[]]"],
)
def test_what_is_no_manifest_is_told(tmp_path: Path, text: str) -> None:
    file = write(tmp_path / "manifest.json", text)
    with pytest.raises(assetgen.InputError, match="this is not a manifest"):
        assetgen.diff(file, file)
