"""The channel presets: the pack that comes with the program, and the workspace's own rows over it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assetgen.config.channel import Channel, ChannelTable, Presets
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.brief import Marked, Marks
from assetgen.sources.collected_errors import in_reading_order
from assetgen.sources.contradictions import contradictions
from assetgen.sources.document import Value, read_document
from assetgen.sources.parse import parse, parse_settings

PACK = Path(__file__).parents[1] / "data" / "channels.yaml"


def channels(root: Path | None = None) -> dict[str, Channel]:
    """Every channel by its id. A row in the `templates/channels.yaml` below `root` adds a channel, or changes one."""
    return dict(presets(root).channels)


def presets(root: Path | None = None) -> Presets:
    """Channels and sets, those of the `templates/channels.yaml` below `root` first. Raises InputError."""
    shipped = pack()
    file = root / "templates" / "channels.yaml" if root else None
    if file is None or not os.path.lexists(file):
        return shipped
    own = read_own(file).value
    return Presets({**shipped.channels, **{row.id: row for row in own.channels}}, {**shipped.sets, **own.sets})


@cache
def pack() -> Presets:
    """The pack that comes with the program, which never changes while it runs."""
    table = _dated(parse(read_document(PACK), ChannelTable).value)
    return Presets({row.id: row for row in table.channels}, table.sets)


def read_own(file: Path) -> Marked[ChannelTable]:
    """A person's own table, its rows filled up from the pack's of the same id. Raises InputError with all problems."""
    document = read_document(file)
    table = parse(document, ChannelTable, filled=_filled(document.value, pack().channels))
    problems = [*_row_problems(table), *_set_problems(table)]
    if problems:
        raise InputError(*in_reading_order(problems))
    return Marked(_dated(table.value), table.marks)


def changed(channel: Channel, lines: dict[str, Any], marks: Marks, *place: str | int) -> Channel:
    """The channel with the lines that stand at this place of a file. Raises InputError with all problems."""
    row = parse_settings(Channel, lines, marks, *place, known=_known(channel, lines))
    problems = list(contradictions(row, marks, *place))
    if problems:
        raise InputError(*problems)
    return row


def _filled(value: dict[str, Value], shipped: Mapping[str, Channel]) -> dict[str, Value]:
    rows = value.get("channels")
    return {**value, "channels": [_over(row, shipped) for row in rows]} if isinstance(rows, list) else value


def _over(row: Value, shipped: Mapping[str, Channel]) -> Value:
    name = row.get("id") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(name, str):
        return row
    return {**(_known(shipped[name], row) if name in shipped else _own(name, row)), **row}


def _own(name: str, row: Mapping[str, Value]) -> dict[str, Any]:
    """What holds of a channel of one's own where its row says nothing: whoever writes it knows what it takes."""
    return {
        "name": name,
        "platform": "our own",
        "kind": "web",
        "aspect": f"{row.get('width')}:{row.get('height')}",
        "formats": ["jpg", "png"],
        "source": "our own",
        "evidence": "official-page",
    }


def _known(channel: Channel, lines: Mapping[str, Value]) -> dict[str, Any]:
    """What holds where `lines` say nothing. A new size brings its own ratio."""
    known = channel.model_dump(mode="json")
    size = {**known, **lines}
    return {**known, "aspect": f"{size['width']}:{size['height']}"} if lines.keys() & {"width", "height"} else known


def _dated(table: ChannelTable) -> ChannelTable:
    rows = tuple(row.model_copy(update={"checked": row.checked or table.checked}) for row in table.channels)
    return table.model_copy(update={"channels": rows})


def _row_problems(table: Marked[ChannelTable]) -> Iterator[Problem]:
    first: dict[str, Location] = {}
    for n, row in enumerate(table.value.channels):
        yield from contradictions(row, table.marks, "channels", n)
        place = table.marks.at("channels", n, "id")
        if row.id in first:
            message = f"the channel `{row.id}` is given twice; the first is in line {first[row.id].line}"
            yield Problem(message, place, "keep one of them, or give one another id")
        first.setdefault(row.id, place)


def _set_problems(table: Marked[ChannelTable]) -> Iterator[Problem]:
    known = {*pack().channels, *(row.id for row in table.value.channels)}
    for name, group in table.value.sets.items():
        if name in known:
            message = f"`{name}` is the name of a channel already"
            yield Problem(message, table.marks.key("sets", name), "give the set a name of its own")
        for n, channel in enumerate(group.channels):
            if channel not in known:
                hint = did_you_mean(channel, known, otherwise="sets name channels; `assetgen channels` lists them")
                yield Problem(f"there is no channel `{channel}`", table.marks.at("sets", name, "channels", n), hint)
