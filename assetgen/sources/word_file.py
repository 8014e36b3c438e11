"""The file in which people say that cutouts are right, for tables that nobody can write into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.model.cutting import WordLine
from assetgen.planning.cutout_words import COLUMN, words_in
from assetgen.sources.document import read_text, shown_path

EXAMPLE = "MUG-SPK-01,3f2a91bc"
"""A line as it should be."""

_MOST_LETTERS = 1000
"""The letters of a line that are looked at: a sku and a word are far shorter."""

_SIGNS = ",;\t"
"""What may stand between the cells of a line."""

_FIRST_SIGN = re.compile(rf'\s*(?:"[^"]*"|[^"{_SIGNS}])*([{_SIGNS}])')
"""The first such sign that is in no quotes."""

_EXCEL = re.compile(r'"?sep=[,;|\t:^~]"?', re.IGNORECASE)
"""The line that Excel writes above a table to name what stands between cells."""

_FIRST_TWO = (0, 1)
"""The places of sku and word in a line, where no header says otherwise."""


def read_word_file(path: Path) -> Mapping[str, WordLine]:
    """What is said by sku, from lines such as `MUG-1,3f2a91bc`; what follows after a second comma is for people.

    Each line is read for itself, so that a quote left open swallows no others. Lines that begin with # are for people
    too, and the first of the others may name the columns, in any order. Raises InputError with every line that says
    nothing, or that nobody can read.
    """
    found: dict[str, WordLine] = {}
    problems: list[Problem] = []
    columns: tuple[int, int] | None = None
    for number, line in _lines(path):
        cells, place = list(_cells(line)), Location(shown_path(path), number)
        if columns is None:
            named = _named(cells)
            columns = named or _FIRST_TWO
            if named:
                continue
        sku, cell = (cells[n] if n < len(cells) else "" for n in columns)
        words = tuple(words_in(cell))
        if open_quote := next((cell for cell in (sku, cell) if cell.startswith('"')), None):
            hint = "close the quote, or take it out"
            problems.append(Problem(f"a quote is opened here and not closed: `{open_quote}`", place, hint))
        elif not (sku and words):
            hint = f"write the word that `assetgen check` names behind it, as in `{sku or 'MUG-1'},3f2a91bc`"
            said = f"nothing is said of `{sku}`" if sku else "the line names no sku"
            problems.append(Problem(said, place, f"{hint}; a line for people begins with #"))
        else:
            before = found.get(sku)
            found[sku] = WordLine((*before.words, *words), before.place) if before else WordLine(words, place)
    if problems:
        raise InputError(*problems)
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not for people, with their numbers."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", read_text(path)), 1):
        if line.strip(_SIGNS + ' "') and not line.lstrip().startswith("#") and not _EXCEL.fullmatch(line.strip()):
            yield number, line[:_MOST_LETTERS]


def _cells(line: str) -> Iterator[str]:
    """The cells of a line; one whose quote is not closed begins with it still."""
    sign = _FIRST_SIGN.match(line)
    between = re.escape(sign[1] if sign else ",")
    for cell in re.finditer(rf'\s*(?:"((?:[^"]|"")*)"\s*|([^{between}]*))(?:{between}|$)', line):
        yield (cell[1].replace('""', '"') if cell[1] is not None else cell[2]).strip()


def _named(cells: Sequence[str]) -> tuple[int, int] | None:
    """The places of sku and word in a line that names the columns."""
    names = [cell.lower() for cell in cells]
    if "sku" not in names:
        return None
    sku = names.index("sku")
    return sku, next((names.index(name) for name in ("word", COLUMN) if name in names), int(sku == 0))
