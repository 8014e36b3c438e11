"""Logos: an SVG that only draws, or a PNG."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.parsers import expat

from assetgen.errors import InputError, Location, Problem
from assetgen.picture.vector import is_picture
from assetgen.sources.document import read_bytes, shown_path

PNG = b"\x89PNG\r\n\x1a\n"
SVG = re.compile(rb"\s*(<\?xml.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE svg.*?>\s*)*<svg[\s>]", re.DOTALL)

PLAIN = "export it as a plain SVG, with pictures and fonts turned into paths"
ACTIVE = frozenset({"script", "foreignObject", "iframe", "handler", "listener"})
OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!#|data:image/)", re.IGNORECASE)


def read_logo(path: Path, place: Location, what: str = "logo") -> bytes:
    """The bytes of an SVG or PNG, whatever its name says. Raises InputError at `place` for anything else.

    An SVG that holds scripts or leads outside is refused where it does.
    """
    data = read_bytes(path, place)
    drawn = bool(SVG.match(data.removeprefix(b"\xef\xbb\xbf")))
    if drawn:
        _Guard(shown_path(path), what).read(data)
    if (drawn or data.startswith(PNG)) and is_picture(data):
        return data
    raise InputError(Problem(f"the {what} `{path.name}` is not an SVG or PNG picture", place, "export it as SVG"))


class _Guard:
    """Reads an SVG and raises InputError at the first thing that does more than draw."""

    def __init__(self, file: str, what: str) -> None:
        self._file = file
        self._what = what
        self._in_style = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True  # or a word of a style sheet may come in two pieces
        self._parser.EntityDeclHandler = self._entity  # before any of them could unfold; expat fetches none
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._element
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, data: bytes) -> None:
        """Reads the file through; what is no XML at all is left for the drawing to find out."""
        try:
            self._parser.ParseFile(io.BytesIO(data))
        except expat.ExpatError:
            return

    def _entity(self, name: str, *_: object) -> None:
        raise self._refused(f"the {self._what} declares the entity `{name}`")

    def _instruction(self, name: str, _data: str) -> None:
        if name == "xml-stylesheet":
            raise self._refused(f"the {self._what} leads outside, to a style sheet")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        element = _local(name)
        if element in ACTIVE:
            raise self._refused(f"the {self._what} holds a `<{element}>`")
        self._in_style = element == "style"
        for key, value in attributes.items():
            self._attribute(_local(key), value.strip())

    def _attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            raise self._refused(f"the {self._what} holds a script, `{key}`")
        if key in {"href", "src"} and not value.startswith(("#", "data:image/")):
            raise self._refused(f"the {self._what} leads outside, to `{value[:60]}`")
        if OUTSIDE.search(value):
            raise self._refused(f"the {self._what} leads outside, in its `{key}`")

    def _end(self, _name: str) -> None:
        self._in_style = False

    def _text(self, text: str) -> None:
        if self._in_style and OUTSIDE.search(text):
            raise self._refused(f"the {self._what}'s style sheet leads outside")

    def _refused(self, message: str) -> InputError:
        place = Location(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        return InputError(Problem(message, place, PLAIN))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
