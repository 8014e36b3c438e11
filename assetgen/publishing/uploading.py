"""Finished files brought to where shops and crawlers fetch them; nothing is taken away before its time."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import PurePath
from urllib.parse import quote

from assetgen import clock
from assetgen.config.feed import Feed
from assetgen.config.publishing import Publish
from assetgen.errors import InputError, PluginError, Problem, SetupError
from assetgen.fingerprint import digest
from assetgen.ledger import Ledger, only_run
from assetgen.model.brief import Brief
from assetgen.ports import Target
from assetgen.publishing.places import find_target

FOREVER = "public, max-age=31536000, immutable"
"""The cache header of files: a name never gets other contents, for it carries their digest."""

AT_ONCE = 16
"""Uploads side by side: they wait for the network more than they work."""

MANY = 25
"""The number of files that could not be published after which the place is taken to be out of order."""


@dataclass
class Published:
    """What was done, or would be: names of files below the target."""

    uploaded: list[str] = field(default_factory=list)
    there: int = 0
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    failures: list[Problem] = field(default_factory=list)


def publish(
    brief: Brief, *, dry_run: bool = False, wait: float = 0, say: Callable[[str], None] = lambda _: None
) -> Published:
    """Uploads what is missing, and removes what nothing has asked for since `keep_days`.

    Raises InputError without `publish` in the campaign or before its first run, SetupError where the target cannot be
    used. Single files that could not be brought over are in the result.
    """
    said = wanted_of(brief)
    place = find_target(said.to, brief.root, brief.campaign.marks.at("publish", "to"))
    with nullcontext() if dry_run else only_run(brief.home, wait=wait, say=say):
        sizes = {public_name(brief, path): size for path, size in _clean(brief)}
        present = place.present(brief.name)
        missing = [name for name, size in sizes.items() if present.get(name) != size]
        done = Published(there=len(sizes) - len(missing))
        feeds = {feed_name(brief, feed) for feed in brief.campaign.value.feeds if feed.upload}
        retired = _Retired(place, brief.name, present.keys() - sizes.keys() - feeds)
        done.removed = sorted(retired.expired(said.keep_days))
        if dry_run:
            done.uploaded = missing
            return done
        _upload(brief, place, missing, done)
        place.remove(done.removed)
        retired.write(without=done.removed)
    return done


def wanted_of(brief: Brief) -> Publish:
    """The rule for publishing. Raises InputError without `publish` in the campaign."""
    said = brief.campaign.value.publish
    if said is None:
        hint = "say where to, such as `publish: {to: s3://bucket/folder, base_url: https://cdn.example.com/folder}`"
        raise InputError(Problem("the campaign does not say where to publish", brief.campaign.marks.at(), hint))
    return said


def public_name(brief: Brief, path: str) -> str:
    """The name of a file at its target, where each campaign has a folder: none takes another's files for old."""
    return f"{brief.name}/{path}"


def feed_name(brief: Brief, feed: Feed) -> str:
    """The name of an uploaded feed, below the target."""
    return public_name(brief, PurePath(feed.file).name)


def public_address(brief: Brief, path: str) -> str:
    """The address at which the world finds a published file: ASCII, as RFC 3986 wants it."""
    return f"{wanted_of(brief).base_url.rstrip('/')}/{quote(public_name(brief, path))}"


def _clean(brief: Brief) -> Iterator[tuple[str, int]]:
    """Path and size of all files that may go out; in place of a rejected one the last good one."""
    with records_of(brief) as ledger:
        orphans = ledger.orphans()
        for made in ledger.everything():
            path = made.stale if made.rejected else made.path
            if made.id not in orphans and path and (brief.output / path).is_file():
                yield path, (brief.output / path).stat().st_size


@contextmanager
def records_of(brief: Brief, *, keeping: bool = False) -> Iterator[Ledger]:
    """The records of what was made of the campaign; keeping: they are written to as well.

    Raises InputError before its first run.
    """
    file = brief.home / "ledger.sqlite"
    if not file.exists():
        message = f"campaign `{brief.name}` has no pictures yet"
        raise InputError(Problem(message, hint="make them first, with `assetgen run`"))
    ledger = Ledger(file, brief.name, keeping=keeping)
    try:
        yield ledger
    finally:
        ledger.close()


def _upload(brief: Brief, place: Target, names: Iterable[str], done: Published) -> None:
    waiting = iter(names)
    with ThreadPoolExecutor(AT_ONCE) as callers:
        while part := list(islice(waiting, 8 * AT_ONCE)):
            for name, problem in callers.map(lambda name: (name, _brought(brief, place, name)), part):
                if problem:
                    done.failed.append(name)
                    done.failures.append(problem)
                else:
                    done.uploaded.append(name)
            if len(done.failures) > MANY:
                raise SetupError(*done.failures[:3])


def _brought(brief: Brief, place: Target, name: str) -> Problem | None:
    """Uploads a file, reads it back and compares, so that a shop never shows half a picture."""
    data = (brief.output / name.removeprefix(public_name(brief, ""))).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        place.put(name, data, kind=kind, cache=FOREVER)
        there = place.get(name)
        whole = there is not None and digest(there) == digest(data)
        if not whole:
            place.remove([name])  # or the next time it would be taken for the whole
    except (SetupError, PluginError) as error:
        return error.problems[0]
    if not whole:
        return Problem(f"`{name}` did not arrive as it was sent", hint="publish again: only what is missing is sent")
    return None


class _Retired:
    """The days since when files that are there are no longer asked for; kept beside them, for a CI job forgets."""

    def __init__(self, place: Target, campaign: str, unasked: Iterable[str]) -> None:
        self._place = place
        self._name = f"{campaign}/.retired.json"
        known = json.loads(place.get(self._name) or b"{}")
        today = clock.real_now().date().isoformat()
        self._since = {name: known.get(name, today) for name in unasked if name != self._name}

    def expired(self, days: int) -> list[str]:
        latest = (clock.real_now().date() - timedelta(days=days)).isoformat()
        return [name for name, since in self._since.items() if since <= latest]

    def write(self, *, without: Iterable[str]) -> None:
        gone = set(without)
        left = {name: since for name, since in sorted(self._since.items()) if name not in gone}
        text = json.dumps(left, indent=1).encode()
        if text != self._place.get(self._name):
            self._place.put(self._name, text, kind="application/json", cache="no-cache")
