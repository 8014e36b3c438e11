"""The texts of a campaign: one row per key, one column per locale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assetgen.catalog.delimited import ragged_rows
from assetgen.catalog.raw_table import Record
from assetgen.errors import InputError, Location, Problem, nearest
from assetgen.file_bytes import reading
from assetgen.model.brief import Copy, TemplateText
from assetgen.model.product import Reject
from assetgen.sources.document import shown_path
from assetgen.sources.locales import column_for, locale_meant

_NO_TEXTS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers", ".parquet", ".json", ".yaml", ".yml", ".xml"})


def read_copy(path: Path, locales: tuple[str, ...]) -> Copy:
    """The texts in these locales; other columns are left out. Raises InputError with every gap."""
    header, *body = _rows(path)
    locales_here = [name.strip() for name in header.cells]
    column = {locale: column_for(locale, locales_here[1:]) for locale in locales}
    problems = [
        *_header_problems(header, [locale for locale in locales if column[locale] is None]),
        *_row_problems(body, locales_here, tuple(filter(None, column.values()))),
    ]
    if problems:
        raise InputError(*problems)
    return Copy(
        {
            row.cells[0].strip(): {
                locale: TemplateText(row.cells[locales_here.index(name)], row.location)
                for locale, name in column.items()
                if name
            }
            for row in body
        }
    )


def _rows(path: Path) -> Iterator[Record]:
    """The rows of the table, the header first. Raises InputError with all that cannot be taken apart."""
    problems = []
    if path.suffix.lower() in _NO_TEXTS:
        hint = "save it as *CSV UTF-8*, and name that file"
        raise InputError(Problem(f"a copy table is no `{path.suffix}` file", Location(shown_path(path)), hint))
    with reading(shown_path(path)):
        rows = list(ragged_rows(path, shown_path(path)))
    for row in rows:
        if isinstance(row, Reject):
            problems.append(row.problem)
        else:
            yield Record(replace(row.location, row=None), row.cells)
    if problems:
        raise InputError(*problems)


def _header_problems(header: Record, missing: list[str]) -> Iterator[Problem]:
    first, *columns = (name.strip() for name in header.cells)
    if first.lower() != "key":
        yield Problem(f"the first column is `{first}` and should be `key`", header.location, "call it `key`")
    for locale in missing:
        near = next((name for name in columns if locale_meant(name) in {locale, locale[:2]}), nearest(locale, columns))
        hint = f"call the column `{near}` so" if near else "add a column, or take the locale out of the campaign"
        yield Problem(f"there is no column for the locale `{locale}`", header.location, hint)


def _row_problems(rows: list[Record], header: list[str], locales: tuple[str, ...]) -> Iterator[Problem]:
    lines: dict[str, int | None] = {}
    for row in rows:
        key = row.cells[0].strip()
        if key in lines:
            yield Problem(f"the text `{key}` is given twice; the first is in line {lines[key]}", row.location)
        elif not re.fullmatch(r"[^\W\d]\w*", key):
            hint = "use letters, digits and underscores, so that layouts can write `copy.name`"
            yield Problem(f"`{key}` cannot be the name of a text", row.location, hint)
        elif len(row.cells) > len(header):
            hint = "a text that holds a comma needs quotes around it"
            yield Problem(f"the row has {len(row.cells)} cells, but the header names {len(header)}", row.location, hint)
        else:
            yield from _gaps(row, key, header, locales)
        lines.setdefault(key, row.location.line)


def _gaps(row: Record, key: str, header: list[str], locales: tuple[str, ...]) -> Iterator[Problem]:
    for name, cell in zip(header, [*row.cells, *[""] * len(header)], strict=False):
        if name in locales and not cell.strip():
            yield Problem(f"the text `{key}` is missing in `{name}`", row.location, "write it, or remove the row")
