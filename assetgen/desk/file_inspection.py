"""The rules put to picture files as they lie on the disk, from anywhere."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from assetgen.checks import Subject, findings
from assetgen.config.channel import Channel
from assetgen.credentials.c2pa_reading import state
from assetgen.credentials.identity import anchors
from assetgen.errors import InputError, Problem, did_you_mean
from assetgen.file_bytes import Unopened, read_whole, require_file
from assetgen.files.decode import Unreadable
from assetgen.fingerprint import Json
from assetgen.ledger import Ledger
from assetgen.model.brief import Brief
from assetgen.model.finding import Finding, Level
from assetgen.model.inspected import Inspected
from assetgen.production.campaign_run import cores

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".bmp"}
"""The endings of files that are taken for pictures in a folder; a file that is named is always looked at."""

_SAID = {
    "digital_source_type": "Iptc4xmpExt:DigitalSourceType",
    "ai_system": "Iptc4xmpExt:AISystemUsed",
    "created": "xmp:CreateDate",
    "credit": "photoshop:Credit",
    "copyright": "dc:rights",
    "aigc": "TC260:AIGC",
}
"""What a file says about where it comes from, by our words and by the names in its XMP."""

FEW = 24
"""The number of files that are done before other processes would have started."""


@dataclass(frozen=True)
class FileToInspect:
    """A file to look at, and the rules to hold it to."""

    file: Path
    channel: Channel | None = None
    strictness: Mapping[str, str] = field(default_factory=dict)


def orders(named: Iterable[Path], channel: str | None, known: Mapping[str, Channel]) -> list[FileToInspect]:
    """The pictures among files and folders. Without a channel, a folder that is called like one tells it.

    Raises InputError for what is not there.
    """
    if channel is not None and channel not in known:
        hint = did_you_mean(channel, known, otherwise="`assetgen channels` lists them all")
        raise InputError(Problem(f"there is no channel `{channel}`", hint=hint))
    files = [file for path in named for file in _files(path)]
    return [FileToInspect(file, known.get(channel or file.absolute().parent.name)) for file in files]


def delivered(brief: Brief) -> list[FileToInspect]:
    """The files of a campaign that are asked for, those kept back included. Raises InputError before its first run."""
    file = brief.home / "ledger.sqlite"
    channels, strictness = {channel.id: channel for channel in brief.channels}, brief.campaign.value.checks
    ledger = Ledger(file, brief.name, keeping=False) if file.exists() else None
    if ledger is None:
        raise InputError(Problem(f"campaign `{brief.name}` has no files yet", hint="make them first: `assetgen run`"))
    try:
        made = (each for each in ledger.everything() if each.channel in channels)
        return [FileToInspect(brief.output / each.path, channels[each.channel], strictness) for each in made]
    finally:
        ledger.close()


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
    require_file(path)
    return [path]


def inspect(wanted: Sequence[FileToInspect]) -> Iterator[Inspected]:
    """Looks at files, in the order in which they were named; many are spread over all processors."""
    if len(wanted) <= FEW or cores() == 1:
        yield from map(_look_into, wanted)
        return
    # Forked children would inherit the threads of the libraries that draw.
    with ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn")) as workers:
        yield from workers.map(_look_into, wanted, chunksize=8)


def inspect_in_threads(wanted: Sequence[FileToInspect]) -> Iterator[Inspected]:
    """Looks at files as `inspect` does, in threads: other processes would run a caller's own script once more."""
    with ThreadPoolExecutor(cores()) as workers:
        yield from workers.map(_look_into, wanted)


def _look_into(order: FileToInspect) -> Inspected:
    channel = order.channel.id if order.channel else None
    try:
        subject = Subject(read_whole(order.file), order.file.name, order.channel)
    except Unopened as error:
        unread = Finding("readable", Level.ERROR, f"the file {error}")
        return Inspected(order.file, channel, {}, (unread,))
    return Inspected(order.file, channel, _facts(subject), findings(subject, order.strictness))


def _facts(subject: Subject) -> Mapping[str, Json]:
    try:
        header = subject.header
    except Unreadable:
        return {"bytes": len(subject.data)}
    says, credential = subject.xmp, state(subject.data, anchors())
    return {
        "format": header.format,
        "width": header.width,
        "height": header.height,
        "bytes": len(subject.data),
        "profile": header.profile,
        **{fact: says.get(name) for fact, name in _SAID.items()},
        "credential": str(credential) if credential else None,
    }
