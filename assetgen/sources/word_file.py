"""The file in which people say that cutouts are right, for tables that nobody can write into."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.planning.cutout_words import words_in
from assetgen.sources.document import read_text, shown_path

_MOST_LETTERS = 1000
"""The letters of a line that are looked at: a sku and a word are far shorter."""


def read_word_file(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The words by sku, from lines such as `MUG-1,3f2a91bc`; what follows after a second comma is for people.

    Lines that begin with # are for people too, and the first may name the columns. Raises InputError with every line
    that says nothing.
    """
    words: dict[str, tuple[str, ...]] = defaultdict(tuple)
    problems = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        sku, cell = _cells(line)
        if not sku or sku.startswith("#") or (number == 1 and sku.lower() == "sku"):
            continue
        found = tuple(words_in(cell))
        if not found:
            hint = f"write the word that `assetgen check` names behind it, as in `{sku},3f2a91bc`"
            problems.append(Problem(f"nothing is said of `{sku}`", Location(shown_path(path), number), hint))
        words[sku] += found
    if problems:
        raise InputError(*problems)
    return words


def _cells(line: str) -> tuple[str, str]:
    """The first two cells of a line, between which there is a comma, a semicolon or a tab."""
    delimiter = next((sign for sign in "\t;" if sign in line), ",")
    cells: list[str] = next(csv.reader([line[:_MOST_LETTERS]], delimiter=delimiter), [])
    sku, word, *_ = (*cells, "", "")
    return sku.strip().removeprefix("\ufeff"), word
