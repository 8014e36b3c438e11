"""A part of a workbook that is small enough to be held: the attributes of its elements, and its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NoReturn
from xml.parsers import expat

from assetgen.catalog.excel.cell_text import unescaped


class WorkbookPart:
    """The elements of a part by name, with their attributes, and the texts that cells share; empty until it is fed."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._elements: list[tuple[str, str, Mapping[str, str]]] = []
        self._around = [""]
        self._text: list[str] = []
        self._parser = strict_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        """Reads the next piece; an empty one is the last. Raises ExpatError."""
        self._parser.Parse(piece, not piece)

    def attributes(self, name: str, inside: str | None = None) -> Iterator[Mapping[str, str]]:
        """The attributes of all elements of a name, or of those inside another, by their names without namespaces."""
        return (found for here, around, found in self._elements if here == name and inside in {None, around})

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        bare = local(name)
        if bare == "si":
            self._text = []
        elif bare == "t":
            self._parser.CharacterDataHandler = None if "rPh" in self._around else self._text.append
        elif bare not in {"r", "rPr", "sz", "color", "rFont", "family", "scheme", "charset"}:  # of a million texts
            self._elements.append((bare, self._around[-1], {local(key): value for key, value in attributes.items()}))
        self._around.append(bare)

    def _end(self, name: str) -> None:
        self._around.pop()
        bare = local(name)
        if bare == "t":
            self._parser.CharacterDataHandler = None
        elif bare == "si":
            self.texts.append(unescaped("".join(self._text)))


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def strict_parser() -> expat.XMLParserType:
    """A parser that refuses document types: the entities that they declare can unfold without end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> NoReturn:
    raise ValueError("it has a document type, which workbooks do not have")
