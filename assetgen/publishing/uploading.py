"""Finished files brought to where shops and crawlers fetch them.

Nothing is taken away before its time, but what shows a cutout that a person has taken back.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import islice
from pathlib import Path, PurePath
from urllib.parse import quote

from assetgen.config.feed import Feed
from assetgen.config.publishing import Publish
from assetgen.errors import InputError, PluginError, Problem, SetupError
from assetgen.fingerprint import digest
from assetgen.ledger import Ledger, only_run
from assetgen.model.brief import Brief
from assetgen.model.finding import KeptBack
from assetgen.model.made import Made
from assetgen.planning.asset_names import digits_of, safe_name
from assetgen.planning.cutout_words import COLUMN as WORDS
from assetgen.plural import counted
from assetgen.ports import Target
from assetgen.publishing.places import find_target
from assetgen.publishing.retired import Retired, Withdrawn
from assetgen.publishing.words_since import words_since

FOREVER = "public, max-age=31536000, immutable"
"""The cache header of files: a name never gets other contents, for it carries their digest."""

AT_ONCE = 16
"""Uploads side by side: they wait for the network more than they work."""

MANY = 25
"""The number of files that could not be published after which the place is taken to be out of order."""


_GONE = -1
"""The size of a file of which nothing but its name is known."""


@dataclass
class Published:
    """What was done, or would be: names of files below the target.

    refused: why files are not those that were made, so that they stay at home; failures: why others did not arrive.
    failed: what cannot be had at the target for either reason. only_there: what can be had at the target alone.
    notes: what else a person should know.
    """

    uploaded: list[str] = field(default_factory=list)
    there: int = 0
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    only_there: list[str] = field(default_factory=list)
    failures: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def publish(
    brief: Brief, *, dry_run: bool = False, wait: float = 0, say: Callable[[str], None] = lambda _: None
) -> Published:
    """Uploads what is missing, and removes what nothing has asked for since `keep_days`, or a person has taken back.

    Nothing doubtful is sent: each file is compared with what was made, and one that was cut off or replaced stays at
    home while the others go. What is removed was uploaded before; files of others at the target are left alone.
    Raises InputError without `publish` in the campaign, before its first run and for a rehearsal, SetupError where the
    target cannot be used. Single files that could not be brought over are in the result.
    """
    said = wanted_of(brief)
    place = find_target(said.to, brief.root, brief.campaign.marks.at("publish", "to"))
    with nullcontext() if dry_run else only_run(brief.home, wait=wait, say=say):
        present, done = place.present(brief.name), Published()
        withdrawn = Withdrawn()
        asked = list(_asked_for(brief, done, withdrawn))
        missing = []
        for file, whole in zip(asked, _whole(brief.output, asked), strict=True):
            name = public_name(brief, file.path)
            there = name in present and file.size in {_GONE, present[name]}
            done.there += there
            if whole and not there:
                missing.append(name)
            elif not whole:
                done.refused.append(_doubt(file))
                (done.only_there if there else done.failed).append(name)
        names = {public_name(brief, file.path) for file in asked}
        feeds = {feed_name(brief, feed) for feed in brief.campaign.value.feeds if feed.upload}
        retired = Retired(place, brief.name, present.keys() - names - feeds, done.notes)
        done.removed = sorted({*retired.expired(said.keep_days), *retired.all_of(withdrawn)})
        if dry_run:
            done.uploaded = missing
            return done
        _upload(brief, place, missing, done)
        place.remove(done.removed)
        retired.write(without=done.removed)
    return done


def wanted_of(brief: Brief) -> Publish:
    """The rule for publishing. Raises InputError without `publish` in the campaign, and where that is no real one."""
    said, mark = brief.campaign.value.publish, brief.campaign.marks.at("publish", "to")
    if brief.rehearses:
        message = f"`{brief.name}` is a rehearsal of `{brief.rehearses}`, and never goes out"
        raise InputError(Problem(message, hint="load the campaign without `on` and `pseudo` to publish it"))
    if said and "://" not in said.to and (brief.root / said.to / brief.name).resolve() == brief.output.resolve():
        message = f"the campaign would be published to where its pictures are made: `{said.to}`"
        raise InputError(Problem(message, mark, hint="choose another folder for `to`"))
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


@dataclass(frozen=True)
class _Outgoing:
    """A file that should be out: its path in the output folder, its bytes, and the digest, or how that begins."""

    path: str
    size: int
    digest: str


def _asked_for(brief: Brief, done: Published, withdrawn: Withdrawn) -> Iterator[_Outgoing]:
    """All files that may go out; in place of one that is kept back the last good one, of which only its name tells.

    Those of scenes that are not for today stay: they were made on another day, or by a clock that was wrong. So do
    those that people say no to, or have taken their word back for; withdrawn gets what must not be out any longer.
    """
    with records_of(brief) as ledger:
        orphans, early = ledger.orphans(), {made.id: made for made in for_another_day(brief, ledger)}
        done.failed += [public_name(brief, made.path) for made in early.values()]
        done.refused += [_not_today(name, brief) for name in sorted({made.scene for made in early.values()})]
        since = words_since(brief, ledger)
        withdrawn.products.update(map(safe_name, since.denied))
        kept_back, denied, waiting = 0, set[str](), set[str]()
        for made in ledger.everything():
            if made.id in since.taken or made.id in since.stale:
                withdrawn.assets.add(public_name(brief, made.id))
            if made.id in orphans or made.id in early:
                continue
            kept_back += made.kept_back is not None
            if not made.kept_back and made.id in since.taken:
                denied.add(since.taken[made.id])
            elif not made.kept_back and made.id in since.waiting:
                waiting.add(since.waiting[made.id])
            elif not made.kept_back:
                yield _Outgoing(made.path, made.size, made.digest)
            elif made.stale and made.id not in since.stale:
                file = brief.output / made.stale
                yield _Outgoing(made.stale, file.stat().st_size if file.is_file() else _GONE, digits_of(made.stale))
            elif made.kept_back is KeptBack.HELD:
                withdrawn.assets.add(public_name(brief, made.id))
        done.refused += [_no_longer_right(sku) for sku in sorted(waiting)]
        done.notes += [
            f"the pictures of `{sku}` are taken back: `{WORDS}` says no, or what may be one" for sku in sorted(denied)
        ]
        if kept_back:
            done.notes.append(f"{counted(kept_back, 'file')} held or rejected, kept at home: see report.html")


def _whole(output: Path, files: Sequence[_Outgoing]) -> Iterator[bool]:
    """Whether each file is the one that was made: every byte is looked at, for sizes and dates can be made to agree."""

    def look(file: _Outgoing) -> bool:
        try:
            with (output / file.path).open("rb") as source:
                return bool(file.digest) and file_digest(source, "sha256").hexdigest().startswith(file.digest)
        except OSError:
            return False

    with ThreadPoolExecutor(AT_ONCE) as readers:
        yield from readers.map(look, files)


def for_another_day(brief: Brief, ledger: Ledger) -> Iterator[Made]:
    """The files of scenes that are not for today, which a run of today would have called orphans."""
    others, orphans = {name for name, scene in brief.scenes.items() if not scene.holds(brief.today)}, ledger.orphans()
    if others:
        yield from (made for made in ledger.everything() if made.scene in others and made.id not in orphans)


def _not_today(name: str, brief: Brief) -> Problem:
    scene = brief.scenes[name]
    days = f"from {scene.starts or 'any day'} until {scene.until or 'further notice'}"
    message = f"the pictures of scene `{name}` were made for another day: it is for the days {days}"
    hint = "they stay at home; `assetgen run` makes what is for today"
    return Problem(message, brief.campaign.marks.at("scenes", name), hint)


def _no_longer_right(sku: str) -> Problem:
    message = f"the word for the cutout of `{sku}` is gone since its pictures were made"
    return Problem(message, hint="they stay at home; `assetgen run` looks whether they need it")


def _doubt(file: _Outgoing) -> Problem:
    message = f"`{file.path}` is not the file that was made: it was removed, cut off or replaced"
    return Problem(message, hint="it stays at home; `assetgen run` makes it again")


@contextmanager
def records_of(brief: Brief, *, keeping: bool = False) -> Iterator[Ledger]:
    """The records of what was made of the campaign; keeping: they are written to as well.

    Raises InputError before its first run.
    """
    file = brief.home / "ledger.sqlite"
    if not file.exists():
        raise _no_pictures(brief)
    ledger = Ledger(file, brief.name, keeping=keeping)
    try:
        if next(ledger.everything(), None) is None:  # else all that is out would be taken for old
            raise _no_pictures(brief)
        yield ledger
    finally:
        ledger.close()


def _no_pictures(brief: Brief) -> InputError:
    rehearsed = sorted(path.parent.name for path in brief.output.parent.glob(f"{brief.output.name}-on-*/manifest.json"))
    hint = "make them first, with `assetgen run`"
    if rehearsed:
        hint = f"{hint}; `{rehearsed[-1]}` is a rehearsal of another day, and never goes out"
    return InputError(Problem(f"campaign `{brief.name}` has no pictures yet", hint=hint))


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
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        data = (brief.output / name.removeprefix(public_name(brief, ""))).read_bytes()
        if not digest(data).startswith(digits_of(name)):
            return Problem(f"`{name}` was replaced while it was to be published", hint="run and publish again")
        place.put(name, data, kind=kind, cache=FOREVER)
        there = place.get(name)
        whole = there is not None and digest(there) == digest(data)
        if not whole:
            place.remove([name])  # or the next time it would be taken for the whole
    except (SetupError, PluginError) as error:
        return error.problems[0]
    except OSError as error:
        return Problem(f"`{name}` cannot be read: {error.strerror}", hint="run and publish again")
    if not whole:
        return Problem(f"`{name}` did not arrive as it was sent", hint="publish again: only what is missing is sent")
    return None
