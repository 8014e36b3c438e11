"""XML feeds, RSS 2.0 and Atom: an item is a row, and every element in it a column."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from assetgen.catalog.raw_table import Head, Record, Table
from assetgen.errors import InputError, Location, Problem

GOOGLE = "http://base.google.com/ns/1.0"
ITEMS = frozenset(["item", "entry"])

_Way = tuple[str, ...]
"""The names of an element and of those around it within an item, each with its namespace and a blank before it."""

_Item = dict[_Way, str]

PIECE = 1 << 16

MOST_ELEMENTS = 2_000
"""The most different elements that the items of a feed have; each is a column of every row."""

DEEPEST = 50
"""The most elements within elements of an item."""

_AGAIN = "save or export the feed again"


class _Reader:
    """Collects the items of a feed as they end: the texts of the elements in each, by their ways there."""

    def __init__(self, file: str) -> None:
        self.items: list[tuple[int, _Item]] = []
        self._file = file
        self._item: dict[_Way, list[str]] | None = None
        self._line = 0
        self._path: list[str] = []
        self._text: list[str] = []
        self._leaf = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, data: bytes, *, last: bool) -> None:
        """Reads the next piece of the file. Raises InputError where it is no XML."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            place = Location(self._file, error.lineno, error.offset + 1)
            reason = expat.ErrorString(error.code)
            raise InputError(Problem(f"this is no XML that can be read: {reason}", place, _AGAIN)) from error
        except (LookupError, ValueError) as error:  # an encoding that is not known, or of several bytes a letter
            problem = Problem(
                f"the encoding that the feed names cannot be read: {error}", self._place, "save it as UTF-8"
            )
            raise InputError(problem) from error

    @property
    def _place(self) -> Location:
        return Location(self._file, self._parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._item is not None:
            self._path.append(name)
            if len(self._path) > DEEPEST:
                message = f"more than {DEEPEST} elements are inside one another here"
                raise InputError(Problem(message, self._place, "a feed has an element for each thing it says"))
            self._text.clear()
            self._leaf = True
            if "href" in attributes:  # Atom's link
                self._text.append(attributes["href"])
        elif name.rpartition(" ")[2] in ITEMS:
            self._item, self._line = {}, self._parser.CurrentLineNumber

    def _end(self, _name: str) -> None:
        if self._item is None:
            return
        if not self._path:
            self.items.append((self._line, {way: ",".join(texts) for way, texts in self._item.items()}))
            self._item = None
            return
        if self._leaf:
            texts = self._item.setdefault(tuple(self._path), [])
            if text := "".join(self._text).strip():
                texts.append(text)
        self._leaf = False
        self._path.pop()

    def _refuse(self, *_: object) -> NoReturn:
        """Refuses a document type: the entities that it declares can unfold to gigabytes."""
        message = "a feed has no document type, and this file begins with one"
        raise InputError(Problem(message, self._place, "take the line with `<!DOCTYPE` out"))


def table(path: Path, file: str) -> Table:
    """The feed as a table.

    Its columns are all elements that any item has; what repeats stands in one cell, with commas between.
    """
    ways: dict[_Way, None] = {}
    for line, item in _items(path, file):
        ways |= dict.fromkeys(item)
        if len(ways) > MOST_ELEMENTS:
            message = f"the items of the feed have more than {MOST_ELEMENTS:,} different elements"
            raise InputError(
                Problem(message, Location(file, line), "each element is a column: give them the same names")
            )
    header = tuple(_column(way, ways) for way in ways)
    return Table(file, (Head(1, header),), lambda _head, _width: _records(path, file, tuple(ways)), xml=True)


def _records(path: Path, file: str, ways: tuple[_Way, ...]) -> Iterator[Record]:
    for number, (line, item) in enumerate(_items(path, file), start=1):
        yield Record(Location(file, line, row=number), tuple(item.get(way, "") for way in ways))


def _items(path: Path, file: str) -> Iterator[tuple[int, _Item]]:
    reader = _Reader(file)
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            reader.feed(piece, last=False)
            yield from reader.items
            reader.items.clear()
        reader.feed(b"", last=True)


def _column(way: _Way, ways: Container[_Way]) -> str:
    """The column of an element: `g:price` is `price`.

    So is `price`, unless the feed has both; then that is `item.price`.
    """
    bare = tuple(part.rpartition(" ")[2] for part in way)
    google = tuple(f"{GOOGLE} {part}" for part in bare)
    return ".".join(("item", *bare) if way != google and google in ways else bare)
