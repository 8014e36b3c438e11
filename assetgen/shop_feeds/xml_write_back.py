"""XML feeds written back: items stay the bytes that they are, and only single elements in them are replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from assetgen.catalog.recognition import Recognised
from assetgen.catalog.xml_feed import GOOGLE, ITEMS, PIECE
from assetgen.errors import InputError, Location, Problem
from assetgen.shop_feeds.picture_columns import Changes

_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")


class _Element(NamedTuple):
    """An element right below an item. start, end: its bytes in the feed, both tags included."""

    name: str
    google: bool
    start: int
    end: int
    text: str


@dataclass
class _XmlItem:
    line: int
    elements: list[_Element] = field(default_factory=list)

    def called(self, column: str) -> list[_Element]:
        """The elements of this name: Google's where the item has them, as when it is read."""
        found = [each for each in self.elements if each.name == column]
        return [each for each in found if each.google] or found

    def cell_of(self, column: str) -> str:
        """The texts of the elements of this name, with commas between, as when the feed is read."""
        return ",".join(each.text for each in self.called(column))


def rewritten_xml(path: Path, recognised: Recognised, changes: Changes) -> Iterator[bytes]:
    """The file anew, with the changes of each item. Raises InputError for a feed in UTF-16."""
    file = recognised.table.file
    parser = _Parser()
    with path.open("rb") as source:
        if source.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            hint = "save it as UTF-8, or give the feed a `format`"
            raise InputError(Problem("a feed in UTF-16 cannot be written back", Location(file), hint))
        source.seek(0)
        for piece in chain(iter(partial(source.read, PIECE), b""), [b""]):
            for item in parser.feed(piece):
                texts = changes.in_row(Location(file, item.line), item.cell_of) if item.elements else {}
                end = item.elements[-1].end if texts else parser.base
                base = parser.base
                yield _XmlPart(parser.take(end), base, item, parser.prefix).changed(texts)
            yield parser.take(parser.safe)
    yield parser.rest


class _Edit(NamedTuple):
    """The bytes of an item's part of the feed that give way to others."""

    start: int
    end: int
    text: bytes


class _XmlPart(NamedTuple):
    """The bytes of the feed from `base` to the end of an item's last element. prefix: of Google's names."""

    text: bytes
    base: int
    item: _XmlItem
    prefix: str

    def changed(self, texts: Mapping[str, Sequence[str]]) -> bytes:
        edits = [edit for column, addresses in texts.items() for edit in self._edits(column, addresses)]
        done, place = b"", 0
        for edit in sorted(edits, key=lambda edit: edit[:2]):
            done += self.text[place : edit.start] + edit.text
            place = edit.end
        return done + self.text[place:]

    def _edits(self, column: str, addresses: Sequence[str]) -> Iterator[_Edit]:
        """The edits that leave one element for each address.

        New ones stand in the place of those that are there, and behind the last; surplus ones go.
        """
        there = self.item.called(column)
        for element, address in zip(there, addresses, strict=False):
            if element.text != address:
                start, end = element.start - self.base, element.end - self.base
                yield _Edit(start, end, _refilled(self.text[start:end], address))
        for element in there[len(addresses) :]:
            yield _Edit(self._blank_before(element), element.end - self.base, b"")
        if missing := addresses[len(there) :]:
            behind = there[-1] if there else self.item.elements[-1]
            start, end = behind.start - self.base, behind.end - self.base
            indent = self.text[self._blank_before(behind) : start]
            name = _name(self.text[start:end]) if there else f"{self.prefix}{column}".encode()
            yield _Edit(end, end, b"".join(indent + _element(b"<" + name + b">", name, text) for text in missing))

    def _blank_before(self, element: _Element) -> int:
        return len(self.text[: element.start - self.base].rstrip())


def _refilled(element: bytes, text: str) -> bytes:
    opening = _TAG.match(element)
    tag = opening[0] if opening else element
    if tag.endswith(b"/>"):
        tag = tag[:-2].rstrip() + b">"
    return _element(tag, _name(element), text)


def _element(opening: bytes, name: bytes, text: str) -> bytes:
    return opening + escape(text).encode() + b"</" + name + b">"


def _name(element: bytes) -> bytes:
    found = re.match(rb"<([^\s/>]+)", element)
    return found[1] if found else b""


class _Parser:
    """Finds where the items of a feed are, and the elements right below them. It keeps the bytes until they are taken.

    base: the place of the first byte that is kept. prefix: what Google's names begin with.
    """

    def __init__(self) -> None:
        self.base = 0
        self.prefix = ""
        self._kept = bytearray()
        self._items: list[_XmlItem] = []
        self._item: _XmlItem | None = None
        self._from = self._start = 0
        self._depth = 0
        self._text: list[str] = []
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text.append
        parser.StartNamespaceDeclHandler = self._declare

    def feed(self, piece: bytes) -> list[_XmlItem]:
        """The items that end in this piece; an empty one is the last."""
        self._kept += piece
        self._parser.Parse(piece, not piece)
        found, self._items = self._items, []
        return found

    def take(self, end: int) -> bytes:
        part = bytes(self._kept[: end - self.base])
        del self._kept[: end - self.base]
        self.base = end
        return part

    @property
    def safe(self) -> int:
        """Nothing that is still open begins before this byte; what follows may not have been looked at."""
        return self._from

    @property
    def rest(self) -> bytes:
        return bytes(self._kept)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if self._item is None:
            self._from = self._parser.CurrentByteIndex
            if name.rpartition(" ")[2] in ITEMS:
                self._item = _XmlItem(self._parser.CurrentLineNumber)
            return
        if self._depth == 0:
            self._start = self._parser.CurrentByteIndex
            self._text.clear()
            self._text.extend(filter(None, [attributes.get("href")]))
        self._depth += 1

    def _close(self, name: str) -> None:
        if self._item is None:
            self._from = self._parser.CurrentByteIndex
        elif self._depth == 0:
            self._items.append(self._item)
            self._item = None
            self._from = self._parser.CurrentByteIndex
        else:
            self._depth -= 1
            if self._depth == 0:
                space, _, bare = name.rpartition(" ")
                text = "".join(self._text).strip()
                self._item.elements.append(_Element(bare, space == GOOGLE, self._start, self._end(), text))

    def _end(self) -> int:
        """The byte behind the element that closes here: an empty one may have but one tag."""
        tag = _TAG.match(self._kept, self._start - self.base)
        if tag and tag[0].endswith(b"/>"):
            return self.base + tag.end()
        return self.base + self._kept.index(b">", self._parser.CurrentByteIndex - self.base) + 1

    def _declare(self, prefix: str | None, address: str) -> None:
        if address == GOOGLE:
            self.prefix = f"{prefix}:" if prefix else ""
