"""Logos: an SVG that only draws, or a PNG."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from assetgen.errors import InputError, Location, Problem
from assetgen.file_bytes import Unopened, read_whole
from assetgen.files.decode import Unreadable, measure
from assetgen.picture.vector import PNG, NotAPicture, rasterise
from assetgen.sources.document import shown_path

PLAIN = "export it as a plain SVG, with pictures and fonts turned into paths"
ACTIVE = frozenset({"script", "foreignObject", "iframe", "handler", "listener"})
SLOW = frozenset({"feTurbulence", "feMorphology", "feConvolveMatrix"})
# Blanks are given back to nobody, or `url( #a)` would be tried in all ways, and one of them would lead outside.
OUTSIDE = re.compile(r"@import|url\(\s*+['\"]?+\s*+(?!#|data:image/)", re.IGNORECASE)
_CHOSEN = re.compile(r"[.#]?[\w-]+|\*")
_NUMBER = re.compile(r"[\d.]++")
INSIDE = re.compile(r"url\(\s*+['\"]?+\s*+#([^'\")\s]++)", re.IGNORECASE)

MOST_BYTES = 20_000_000
"""The bytes of a logo at most."""

MOST_PIXELS = 25_000_000
"""The pixels of a logo at most, or of all pictures within it: a canvas shows no more of it."""

MOST_STYLE = 20_000
"""The letters of style sheets at most: each rule is held against each element."""

MOST_DRAWN = 20_000
"""The things that a logo draws at most, those counted again that it uses again."""

FEW_POINTS = 40
"""The points of a line that count as one thing; twice as many count as four, for all may cross one another."""

DEEPEST = 100
"""How deep elements stand in each other at most, and how many uses lead to another."""


def read_logo(path: Path, place: Location, what: str = "logo") -> bytes:
    """The bytes of an SVG or PNG, whatever its name says. Raises InputError at `place` for anything else.

    An SVG that holds scripts, leads outside or draws without end is refused where it does.
    """
    try:
        data = read_whole(path, MOST_BYTES)
    except Unopened as error:
        raise InputError(Problem(f"the {what} `{path.name}` {error}", place, "export it as SVG")) from error
    if not data.startswith(PNG) and not _Guard(shown_path(path), what).is_drawing(data):
        raise InputError(Problem(f"the {what} `{path.name}` is not an SVG or PNG picture", place, "export it as SVG"))
    try:
        too_large = data.startswith(PNG) and _too_large(math.prod(measure(data)))
        if not too_large:
            rasterise(data, 8, 8)
    except (NotAPicture, Unreadable) as error:
        raise InputError(Problem(f"the {what} `{path.name}` {error}", place, "export it as SVG")) from error
    if too_large:
        raise InputError(Problem(f"the {what} `{path.name}` {too_large}", place, "export it smaller, or as SVG"))
    return data


class _Guard:
    """Reads an SVG and raises InputError at the first thing that does more than draw."""

    def __init__(self, file: str, what: str) -> None:
        self._file = file
        self._what = what
        self._root: str | None = None
        self._in_style = False
        self._style = 0  # letters of style sheets so far
        self._pixels = 0  # of the pictures within, so far
        self._around: list[str] = []  # the ids of the elements that the present one stands in, itself last
        self._drawn = _DrawnCount()
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True  # or a word of a style sheet may come in two pieces
        self._parser.EntityDeclHandler = self._entity  # before any of them could unfold; expat fetches none
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._element
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def is_drawing(self, data: bytes) -> bool:
        """Reads the file through. Whether it is an SVG; one that is cut off is, and drawing finds out."""
        with suppress(expat.ExpatError, ValueError, LookupError):  # of an unknown encoding, or no XML at all
            self._parser.Parse(data, True)  # noqa: FBT003 - expat's own
        if self._root == "svg" and self._drawn.whole() > MOST_DRAWN:
            raise self._refused(f"the {self._what} draws more than {MOST_DRAWN:,} things, using some again and again")
        return self._root == "svg"

    def _entity(self, name: str, *_: object) -> None:
        raise self._refused(f"the {self._what} declares the entity `{name}`")

    def _instruction(self, name: str, _data: str) -> None:
        if name == "xml-stylesheet":
            raise self._refused(f"the {self._what} leads outside, to a style sheet")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        element = _local(name)
        self._root = self._root or element
        if element in ACTIVE | SLOW:
            raise self._refused(f"the {self._what} holds a `<{element}>`")
        self._in_style = element == "style"
        self._around.append(attributes.get("id", ""))
        points = sum(len(_NUMBER.findall(attributes.get(name, ""))) for name in ("d", "points")) // 2
        weight = 1 + (points // FEW_POINTS) ** 2
        if len(self._around) > DEEPEST or self._drawn.count(self._around, weight) > MOST_DRAWN:
            raise self._refused(f"the {self._what} holds too many things, too many in each other, or too long a line")
        classes = (f".{each}" for each in attributes.get("class", "").split())
        self._drawn.use(self._around, [element, "*", f"#{self._around[-1]}", *classes])
        for key, value in attributes.items():
            self._attribute(_local(key), value.strip())

    def _attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            raise self._refused(f"the {self._what} holds a script, `{key}`")
        if key in {"href", "src"} and not value.startswith(("#", "data:image/")):
            raise self._refused(f"the {self._what} leads outside, to `{value[:60]}`")
        if OUTSIDE.search(value):
            raise self._refused(f"the {self._what} leads outside, in its `{key}`")
        if key in {"href", "src"} and value.startswith("data:"):
            self._embedded(value)
        used = [f"={value[1:]}"] if key == "href" and value.startswith("#") else _used(value)
        self._drawn.use(self._around, used)

    def _embedded(self, address: str) -> None:
        """Looks at a picture within the drawing as at one that comes alone."""
        try:
            self._pixels += math.prod(measure(base64.b64decode(address.partition(",")[2])))
        except (Unreadable, binascii.Error, ValueError) as error:
            reason = str(error) if isinstance(error, Unreadable) else "cannot be read"
            raise self._refused(f"a picture within the {self._what} {reason}") from error
        if too_large := _too_large(self._pixels):
            raise self._refused(f"what the {self._what} holds of pictures {too_large}")

    def _end(self, _name: str) -> None:
        self._in_style = False
        self._around.pop()

    def _text(self, text: str) -> None:
        if not self._in_style:
            return
        self._style += len(text)
        if self._style > MOST_STYLE:
            raise self._refused(f"the {self._what} has more than {MOST_STYLE:,} letters of style sheets")
        if OUTSIDE.search(text):
            raise self._refused(f"the {self._what}'s style sheet leads outside")
        for rule in text.split("}"):
            chosen, _, said = rule.partition("{")
            self._drawn.choose(_CHOSEN.findall(chosen), _used(said))

    def _refused(self, message: str) -> InputError:
        place = Location(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        return InputError(Problem(message, place, PLAIN))


class _DrawnCount:
    """How much a drawing draws: what stands in each thing with a name, and what that uses.

    Names are `=` and an id; selectors of style sheets, whose rules use things too; and none for the whole.
    """

    def __init__(self) -> None:
        self._own = Counter[str]()
        self._uses = defaultdict[str, Counter[str]](Counter)

    def count(self, around: list[str], weight: int) -> int:
        """Counts an element for the whole and for all with these ids in which it stands; how much the whole has."""
        self._own.update(dict.fromkeys(_named(around), weight))
        return self._own[""]

    def use(self, around: list[str], used: list[str]) -> None:
        """Notes what is used within the elements of these ids."""
        for name in _named(around):
            self._uses[name].update(used)

    def choose(self, selectors: list[str], used: list[str]) -> None:
        """Notes what a rule of a style sheet uses, for all elements that it may be about."""
        for name in selectors if used else ():
            self._uses[name].update(used)

    def whole(self) -> int:
        """The elements drawn, counted no further than to too many; they are too many where uses go in circles."""
        weights = {name: self._own[name] for name in (*self._own, *self._uses)}
        for _ in range(DEEPEST):  # as many rounds as uses lead to another
            grown = {name: self._weight(name, weights) for name in weights}
            if grown == weights or grown[""] > MOST_DRAWN:
                return grown.get("", 0)
            weights = grown
        return MOST_DRAWN + 1

    def _weight(self, name: str, weights: dict[str, int]) -> int:
        used = (times * weights.get(other, 0) for other, times in self._uses[name].items())
        return min(self._own[name] + sum(used), MOST_DRAWN + 1)


def _too_large(pixels: int) -> str | None:
    if pixels <= MOST_PIXELS:
        return None
    return f"has {pixels / 1e6:,.0f} megapixels, the most is {MOST_PIXELS // 1_000_000}"


def _named(ids: list[str]) -> set[str]:
    return {"", *(f"={each}" for each in ids if each)}


def _used(said: str) -> list[str]:
    """What an attribute or a rule uses of its own drawing."""
    return [f"={each}" for each in INSIDE.findall(said)]


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
