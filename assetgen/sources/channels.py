"""The channel presets: the pack that comes with the program, and the workspace's own rows over it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from assetgen.model.channel import Channel, ChannelTable
from assetgen.sources.document import Document, Value, read
from assetgen.sources.parse import parse

PACK = Path(__file__).parents[1] / "data" / "channels.yaml"


def channels(root: Path | None = None) -> dict[str, Channel]:
    """Every channel by its id. A row in the `templates/channels.yaml` below `root` adds a channel, or changes one."""
    known = dict(_shipped())
    own = root / "templates" / "channels.yaml" if root else None
    if own and own.is_file():
        rows = _over(read(own), read(PACK))
        known |= {row.id: row for row in parse(rows, ChannelTable).value.channels}
    return known


@cache
def _shipped() -> dict[str, Channel]:
    """They never change while the program runs."""
    return {row.id: row for row in parse(read(PACK), ChannelTable).value.channels}


def _over(own: Document, pack: Document) -> Document:
    """The workspace's rows, each filled up from the pack's row of the same id."""
    shipped = {row["id"]: row for row in _rows(pack.value)}
    rows: list[Value] = [{**shipped.get(row.get("id"), {}), **row} for row in _rows(own.value)]
    return replace(own, value={**own.value, "channels": rows})


def _rows(value: dict[str, Value]) -> list[dict[str, Value]]:
    rows = value.get("channels")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
