"""Rows that belong together, brought together while a table is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assetgen.catalog.format import Entry, set_aside
from assetgen.catalog.seen_names import Seen
from assetgen.model.product import Reject

WINDOW = 10_000
"""The most rows that are held at a time.

Shops export a product's rows one after the other; a sheet sorted by something else comes together as far as this goes.
"""


def families(rows: Iterable[Entry | Reject], key: Callable[[Entry], str]) -> Iterator[list[Entry] | Reject]:
    """The rows with the same key, as lists in the order of their first rows.

    A row that comes when its family has left the window is set aside, and so is one without a key.
    """
    held: dict[str, list[Entry]] = {}
    count = 0
    with Seen() as gone:
        for entry in rows:
            if isinstance(entry, Reject):
                yield entry
            elif not (name := key(entry)):
                yield set_aside(entry, "the row does not say which product it belongs to")
            elif name in held:
                held[name].append(entry)
                count += 1
            elif earlier := gone.place(name):
                message = f"the row belongs to `{name}`, of which other rows stand more than {WINDOW} rows above"
                yield set_aside(entry, message, f"they begin in {earlier}; sort the table by product")
            else:
                held[name] = [entry]
                count += 1
            while count > WINDOW:
                first = next(iter(held))  # the family that began first
                family = held.pop(first)
                count -= len(family)
                gone.note(first, family[0].location)
                yield family
        yield from held.values()
