"""The format that a table is in, and the one of its first rows that is the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from assetgen.catalog.format import Entry, Format, spelled
from assetgen.catalog.formats.plain import FORMAT as PLAIN
from assetgen.catalog.formats.plain import format_with
from assetgen.catalog.installed_formats import format_named, installed_formats
from assetgen.catalog.raw_table import Head, Record, Table
from assetgen.catalog.suggestions import likely, nearest
from assetgen.config.product_table import Columns, Products
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.product import LISTS, Reject
from assetgen.promises import promised

_SHOWN = 12
"""The most columns of a table that nobody knows which are named."""


@dataclass(frozen=True)
class Recognised:
    """A table, the format it is in and why; `names` are the columns of its header as templates write them."""

    table: Table
    head: int
    format: Format
    names: tuple[str, ...]
    why: str

    @property
    def header(self) -> tuple[str, ...]:
        return self.table.heads[self.head].cells

    @property
    def place(self) -> Location:
        return Location(self.table.file, self.table.heads[self.head].line)

    @cached_property
    def originals(self) -> Mapping[str, str]:
        """Columns called like something that the format fills, by what templates call that which stood there."""
        filled = (*self.format.fills, *(LISTS if self.format.fills_lists else ()))
        return {f"original_{name}": name for name in self.names if name in filled}

    def rows(self) -> Iterator[Entry | Reject]:
        """The rows below the header. Raises InputError at the first byte that is not text."""
        above = [head.cells for head in self.table.heads[: self.head]]
        records = self.table.records(self.head, len(self.names))
        with self.format.blamed():
            unread = self.format.unread(above)
            promised(int, unread, "what `unread` gives")
        for record in islice(records, unread, None):
            yield self._entry(record) if isinstance(record, Record) else record

    def _entry(self, record: Record) -> Entry:
        cells = dict(zip(self.names, record.cells, strict=True))
        cells.pop("", None)
        return Entry(record.location, cells)


def recognise(tables: Sequence[Table], asked: Products) -> Recognised:
    """The table among these that holds the products, and its format as the campaign asks for it or its columns tell.

    Raises InputError where no table is in a format that is known, or not in the one that is asked for.
    """
    if asked.format is None or asked.format == PLAIN.name:
        told = None if asked.format or asked.columns != Columns() else _told(tables)
        return told or _plain(tables[0], asked)
    return _as_asked(tables, format_named(asked.format))


def _told(tables: Iterable[Table]) -> Recognised | None:
    """The table whose columns tell its format.

    Labels above a header may hold the same words, so the last of the rows that look most like it is taken.
    """
    found = [match for table in tables for match in _matches(table)]
    return max(reversed(found), key=_likeness, default=None)  # `max` takes the first of equals


def _matches(table: Table) -> Iterator[Recognised]:
    known = installed_formats()
    for n, head in enumerate(table.heads):
        for format_ in known:
            names = _names(format_, head)
            marks = (*format_.marks, *(format_.marks_of_csv if table.delimiter in {",", ";"} else ()))
            if mark := next((mark for mark in marks if mark <= set(names)), None):
                cells = (cell for name, cell in zip(names, head.cells, strict=True) if name in mark)
                yield Recognised(table, n, format_, names, f"told by {_quoted(cells)}")
                break


def _likeness(found: Recognised) -> int:
    return len(found.format.usual & set(found.names))


def _as_asked(tables: Iterable[Table], format_: Format) -> Recognised:
    """The table in the format that is asked for: its header is the row that has most of the format's columns."""
    every = [
        Recognised(table, n, format_, _names(format_, head), "it is asked for")
        for table in tables
        for n, head in enumerate(table.heads)
    ]
    fitting = [one for one in reversed(every) if set(format_.keys) & set(one.names)]
    if not fitting:
        keys = " or ".join(f"`{key}`" for key in format_.keys)
        message = f"the table has no column {keys}, by which a {format_.title} tells its products apart"
        raise InputError(Problem(message, every[0].place, _found(every[0].header)))
    return max(fitting, key=_likeness)


def _plain(table: Table, asked: Products) -> Recognised:
    format_ = format_with(asked.columns)
    header = table.heads[0].cells
    names = tuple(map(spelled, header))
    place = Location(table.file, table.heads[0].line)
    problems = [*_collisions(header, names, place), *_unknown(header, names, asked.columns, place)]
    if not problems and format_.keys[0] not in names:
        problems = [_without_sku(header, names, asked, place)]
    if problems:
        raise InputError(*problems)
    why = "it is asked for" if asked.format else "its columns are those of no other format"
    return Recognised(table, 0, format_, names, "the campaign names its columns" if asked.columns != Columns() else why)


def _names(format_: Format, head: Head) -> tuple[str, ...]:
    """The columns as templates write them.

    Exports may name two columns alike, and nobody can change that: the second is `name_2`.
    """
    count: Counter[str] = Counter()
    names = []
    with format_.blamed():
        written = [format_.spell(cell) for cell in head.cells]
        promised(list[str], written, "what `spell` gives")
    for name in written:
        count[name] += 1
        names.append(f"{name}_{count[name]}" if name and count[name] > 1 else name)
    return tuple(names)


def _collisions(header: Sequence[str], names: tuple[str, ...], place: Location) -> Iterator[Problem]:
    for here, name in enumerate(names):
        there = names.index(name)
        if name and there != here:
            first, second = header[there].strip(), header[here].strip()
            message = f"the columns `{first}` and `{second}` are one to templates: `product.{name}`"
            yield Problem(message, place, hint="rename or remove one of them")


def _unknown(header: Sequence[str], names: Sequence[str], wanted: Columns, place: Location) -> Iterator[Problem]:
    for name, columns in wanted:
        for column in columns if isinstance(columns, tuple) else filter(None, [columns]):
            if spelled(column) not in names:
                message = f"the table has no column `{column}`, which the campaign's `columns` names for `{name}`"
                guess = likely(header).get(name)
                hint = f"did you mean `{guess}`?" if guess else did_you_mean(column, header)
                yield Problem(message, place, f"{hint} {_found(header)}" if hint else _found(header))


def _without_sku(header: Sequence[str], names: Sequence[str], asked: Products, place: Location) -> Problem:
    """A table without skus: what was expected, and what it may be instead."""
    sentences = []
    if not asked.format and (near := nearest(names, installed_formats())):
        format_, shared, missing = near
        sentences.append(f"it is most like a {format_.title}, with {_quoted(shared)}, but without {_quoted(missing)};")
    guess = {name: column.strip() for name, column in likely(header).items() if spelled(column) != name}
    if guess:
        columns = ", ".join(f"{name}: {column}" for name, column in guess.items())
        sentences.append(f"perhaps `columns: {{{columns}}}` in the campaign's `products`;")
    message = "the table has no column `sku`" + ("" if asked.format else ", and is in no other format that is known")
    return Problem(message, place, " ".join([*sentences, _found(header)]))


def _found(header: Iterable[str]) -> str:
    return f"the table has {_quoted(header)}"


def _quoted(columns: Iterable[str]) -> str:
    names = [f"`{column.strip()}`" for column in columns if column.strip()]
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
