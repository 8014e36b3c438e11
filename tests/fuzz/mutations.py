"""Ways to spoil a file: its bytes, its lines, the values in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import yaml
from hypothesis import strategies as st

NASTY_TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "1e308",
    "1" * 40,
    "NaN",
    "inf",
    "null",
    "No",
    "2026-13-45",
    "1.12.2026",
    "#222",
    "red",
    "../../x",
    "/etc/hostname",
    "a/b",
    "con",
    "C:\\x.png",
    "http://[::1",
    "https://127.0.0.1:1/a.png",
    "{{",
    "{{ x }}",
    "{% for i in range(9) %}",
    "{{ product.title | upper }}",
    "{#",
    "'",
    '"',
    "`",
    "a\nb",
    "\t",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\ufeff",
    "\U0001f980",
    "مرحبا",
    "e\u0301" * 30,
    "ﬁ",
    "x" * 5000,
    " , ".join("abcdefghij") * 30,
    "=1+1",
    "#N/A",
    "1.299",
    "1.299,00 €",
    "-5",
    "&amp;",
    "<b>",
    "en-US",
    "A-1",
    "red.png",
    "instagram-feed-square",
)
"""What people and exports write where something else is wanted."""

NASTY_VALUES: tuple[object, ...] = (
    *NASTY_TEXTS,
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    float("inf"),
    float("nan"),
    [],
    [[]],
    {},
    {"a": 1},
    [None],
    ["x"] * 300,
    {str(n): n for n in range(300)},
)

NASTY_LINES = ("<<: *a", "\ttab: 1", "? x", "- y", "&a b", "!!python/x", "%", "}")
"""What belongs nowhere in a document."""

Spoiled = st.SearchStrategy[bytes]
Draw = Callable[[st.SearchStrategy[Any]], Any]
"""What hypothesis hands to a composite: it draws a value of a strategy."""


def damaged(data: bytes) -> Spoiled:
    """The bytes with some of them changed, cut off, left out, doubled or put in."""
    where = st.integers(0, max(len(data) - 1, 0))

    @st.composite
    def draw(draw: Draw) -> bytes:
        spoiled = bytearray(data)
        for _ in range(draw(st.integers(1, 6))):
            at, length = draw(where), draw(st.integers(1, 60))
            match draw(st.sampled_from("xcidr")):
                case "x":
                    spoiled[at : at + 1] = bytes([draw(st.integers(0, 255))])
                case "c":
                    del spoiled[at:]
                case "i":
                    spoiled[at:at] = draw(st.binary(max_size=40))
                case "d":
                    spoiled[at:at] = spoiled[at : at + length]
                case _:
                    del spoiled[at : at + length]
        return bytes(spoiled)

    return draw()


def spoiled_yaml(data: bytes) -> Spoiled:
    """The document with a value, a key or a line that does not belong there, or with damaged bytes."""
    return st.one_of(_spoiled_tree(data), _spoiled_lines(data), damaged(data))


def _spoiled_tree(data: bytes) -> Spoiled:
    @st.composite
    def draw(draw: Draw) -> bytes:
        tree = yaml.safe_load(data)
        for _ in range(draw(st.integers(1, 3))):
            spots = list(_spots(tree))
            if not spots:
                break
            holder, key = draw(st.sampled_from(spots))
            _spoil(holder, key, draw(st.sampled_from("vvvkda")), draw)
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        return text.encode("utf-8", "surrogatepass")

    return draw()


def _spoil(holder: Any, key: Any, way: str, draw: Draw) -> None:
    value = deepcopy(draw(st.sampled_from(NASTY_VALUES)))  # what comes next may spoil it further
    if way == "v" or isinstance(holder, list):
        holder[key] = value
    elif way == "k":
        holder[draw(st.sampled_from(NASTY_TEXTS))] = holder.pop(key)
    elif way == "d":
        del holder[key]
    else:
        holder[f"{key}x"] = value


def _spots(tree: Any) -> Any:
    """Every place in a document, as what holds it and its key."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _spots(tree[key])


def _spoiled_lines(data: bytes) -> Spoiled:
    lines = data.decode().splitlines()

    @st.composite
    def draw(draw: Draw) -> bytes:
        spoiled, at = list(lines), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from("idtr")):
            case "i":
                spoiled.insert(at, draw(st.sampled_from(NASTY_LINES)))
            case "d":
                spoiled.insert(at, spoiled[at])
            case "t":
                spoiled[at] = " " * draw(st.integers(0, 5)) + spoiled[at].strip()
            case _:
                del spoiled[at]
        return "\n".join(spoiled).encode()

    return draw()


def spoiled_table(data: bytes, delimiter: str = ",") -> Spoiled:
    """The table with nasty cells, columns that are missing or doubled, another encoding, or damaged bytes."""
    rows = list(csv.reader(io.StringIO(data.decode()), delimiter=delimiter))

    @st.composite
    def draw(draw: Draw) -> bytes:
        spoiled = [list(row) for row in rows]
        for _ in range(draw(st.integers(1, 4))):
            row = draw(st.sampled_from(spoiled))
            if not row:
                continue
            at = draw(st.integers(0, len(row) - 1))
            match draw(st.sampled_from("cccdi")):
                case "c":
                    row[at] = draw(st.sampled_from(NASTY_TEXTS))
                case "d":
                    del row[at]
                case _:
                    row.insert(at, row[at])
        file = io.StringIO()
        separator = draw(st.sampled_from((delimiter, delimiter, ";", "\t", "|")))
        csv.writer(file, delimiter=separator, lineterminator=draw(st.sampled_from(("\n", "\r\n", "\r")))).writerows(
            spoiled
        )
        codec = draw(st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "shift-jis")))
        return file.getvalue().encode(codec, "replace")

    return st.one_of(draw(), draw(), damaged(data))
