"""The format that a table is in, and the one of its first rows that is the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product

from assetgen.catalog.format import Entry, Format, set_aside, spelled
from assetgen.catalog.formats.plain import FORMAT as PLAIN
from assetgen.catalog.formats.plain import format_with
from assetgen.catalog.installed_formats import format_named, installed_formats
from assetgen.catalog.raw_table import MOST_COLUMNS, Head, Record, Table
from assetgen.catalog.suggestions import likely, nearest
from assetgen.config.product_table import Columns, Products
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.product import LISTS, TEXTS, Reject
from assetgen.model.spreadsheet_errors import UNSAVED, failed_formula, is_spreadsheet_error
from assetgen.promises import promised

_SHOWN = 12
"""The most columns of a table that nobody knows which are named."""

_WANTED = ("title", "price", "photo")
"""What a product needs besides a sku for a picture that says something."""


@dataclass(frozen=True)
class Recognised:
    """A table, the format it is in and why; `names` are the columns of its header as templates write them.

    names_columns: the campaign says which of them hold what.
    """

    table: Table
    head: int
    format: Format
    names: tuple[str, ...]
    why: str
    names_columns: bool = False

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
        return {
            f"original_{name}": name for name in self.names if name in filled and f"original_{name}" not in self.names
        }

    @property
    def suggested(self) -> Mapping[str, str]:
        """The columns that likely hold what a plain table lacks, by its name; nothing where columns are named."""
        if self.format.name != PLAIN.name or self.names_columns:
            return {}
        found = self._likely(frozenset(TEXTS))
        return {name: found[name] for name in _WANTED if name not in self.names and name in found}

    @property
    def unknown_price(self) -> str | None:
        """A column that its format does not know, and that may hold a price all the same."""
        return self._likely(self.format.usual).get("price") if self.format.name != PLAIN.name else None

    def _likely(self, known: frozenset[str]) -> dict[str, str]:
        found = likely([cell for cell, name in zip(self.header, self.names, strict=True) if name not in known])
        return {name: column.strip() for name, column in found.items()}

    def rows(self) -> Iterator[Entry | Reject]:
        """The rows below the header. Raises InputError at the first byte that is not text."""
        above = [head.cells for head in self.table.heads[: self.head]]
        records = self.table.records(self.head, len(self.names))
        with self.format.blamed():
            unread = self.format.unread(above)
            promised(int, unread, "what `unread` gives")
        for record in islice(records, unread, None):
            yield self._entry(record) if isinstance(record, Record) else record

    def _entry(self, record: Record) -> Entry | Reject:
        cells = dict(zip(self.names, record.cells, strict=True))
        cells.pop("", None)
        entry = Entry(record.location, cells)
        if any(map(is_spreadsheet_error, record.cells)):
            return self._with_errors(entry)
        if any("\0" in cell for cell in record.cells):
            return set_aside(entry, "the row has empty bytes in its text", "save or export the table again")
        return entry

    def _with_errors(self, entry: Entry) -> Entry | Reject:
        """The row, set aside if the spreadsheet has an error in a cell that is needed; templates find the others."""
        errors = {name: cell.strip() for name, cell in entry.cells.items() if is_spreadsheet_error(cell)}
        needed = next((name for name in errors if name in self.format.usual or name in TEXTS), None)
        if needed is None:
            return entry
        column = self.header[self.names.index(needed)].strip()
        sku = "" if self.format.keys[0] in errors else entry.first(*self.format.keys)
        if errors[needed] == UNSAVED:
            message = f"the cell `{column}` has a formula whose result is not in the file"
            return set_aside(entry, message, "open the workbook in Excel and save it", sku or None)
        return Reject(sku or None, failed_formula(column, errors[needed], entry.location))


def recognise(tables: Sequence[Table], asked: Products) -> Recognised:
    """The table among these that holds the products, and its format as the campaign asks for it or its columns tell.

    Raises InputError where no table is in a format that is known, or not in the one that is asked for.
    """
    shown = [table for table in tables if not table.hidden] or tables
    for table in shown:
        _check_width(table)
    found = _recognised(shown, asked)
    if problem := found.table.heads[found.head].problem or _no_text(found):
        raise InputError(problem)
    return found


def _recognised(tables: Sequence[Table], asked: Products) -> Recognised:
    if asked.format is None or asked.format == PLAIN.name:
        told = None if asked.format or asked.columns != Columns() else _told(tables)
        if told is None and asked.format is None:
            _refuse_other_language(tables, installed_formats())
        return told or _plain(tables, asked)
    return _as_asked(tables, format_named(asked.format))


def _check_width(table: Table) -> None:
    for head in table.heads:
        if len(head.cells) > MOST_COLUMNS:
            message = f"the table has {len(head.cells):,} columns, more than {MOST_COLUMNS:,}"
            raise InputError(Problem(message, Location(table.file, head.line), "take those out that nobody needs"))


def _no_text(found: Recognised) -> Problem | None:
    if any("\0" in cell for cell in found.header):
        return Problem("the file has empty bytes in its text: it is no table", found.place, "save or export it again")
    return None


def _refuse_other_language(tables: Iterable[Table], formats: Iterable[Format]) -> None:
    """Raises InputError for an export that its cells give away, but whose headers nobody knows."""
    for table in tables:
        for row, format_ in product(table.heads[1:], formats):
            cells = {cell.strip().lower() for cell in row.cells}
            if format_.giveaways and all(words & cells for words in format_.giveaways):
                message = f"this is {_one(format_)}, but its headers are in a language that is not known"
                hint = (
                    "export it from a shop in English (your profile has a language), or say which `columns` hold what;"
                )
                place = Location(table.file, table.heads[0].line)
                raise InputError(Problem(message, place, f"{hint} {_found(table.heads[0].cells)}"))


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
    best = max(fitting, key=_likeness, default=None)
    if best is None or not any(mark <= set(best.names) for mark in (*format_.marks, *format_.marks_of_csv)):
        _refuse_other_language([one.table for one in every[:1]], [format_])
    if best is None:
        keys = " or ".join(f"`{key}`" for key in format_.keys)
        message = f"the table has no column {keys}, by which {_one(format_)} tells its products apart"
        raise InputError(every[0].table.heads[0].problem or Problem(message, every[0].place, _found(every[0].header)))
    return best


def _plain(tables: Sequence[Table], asked: Products) -> Recognised:
    """The first table as a plain one. Its header is the first row, or that below a title which has the sku."""
    format_ = format_with(asked.columns)
    why = "it is asked for" if asked.format else "its columns are those of no other format"
    named = asked.columns != Columns()
    why = "the campaign names its columns" if named else why
    table = tables[0]
    n = next((n for n, head in enumerate(table.heads) if _has_header(head, format_)), 0)
    header, place = table.heads[n].cells, Location(table.file, table.heads[n].line)
    names = tuple(map(spelled, header))
    problems = [*_collisions(header, names, place), *_unknown(header, names, asked.columns, place)]
    if not problems and format_.keys[0] not in names:
        problems = [table.heads[n].problem or _without_sku(tables, names, asked, place)]
    if problems:
        raise InputError(*problems)
    return Recognised(table, n, format_, names, why, named)


def _has_header(head: Head, format_: Format) -> bool:
    names = set(map(spelled, head.cells))
    return format_.keys[0] in names and len(names) > 1


def _names(format_: Format, head: Head) -> tuple[str, ...]:
    """The columns as templates write them.

    Exports may name two columns alike, and nobody can change that: the second is `name_2`.
    """
    with format_.blamed():
        return _spelled_with(format_.spell, head.cells)


@lru_cache(maxsize=128)  # most formats spell alike, and a header may be wide
def _spelled_with(spell: Callable[[str], str], header: tuple[str, ...]) -> tuple[str, ...]:
    count: Counter[str] = Counter()
    names = []
    written = [spell(cell) for cell in header]
    promised(list[str], written, "what `spell` gives")
    for name in written:
        count[name] += 1
        names.append(f"{name}_{count[name]}" if name and count[name] > 1 else name)
    return tuple(names)


def _collisions(header: Sequence[str], names: tuple[str, ...], place: Location) -> Iterator[Problem]:
    first_places: dict[str, int] = {}
    for here, name in enumerate(names):
        there = first_places.setdefault(name, here)
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


def _without_sku(tables: Sequence[Table], names: Sequence[str], asked: Products, place: Location) -> Problem:
    """A table without skus: what was expected, and what it may be instead."""
    header, *others = tables[0].heads[0].cells, *tables[1:]
    sentences = []
    fitting = [table for table in others if any(_has_header(head, PLAIN) for head in table.heads)]
    if not fitting and "sku" not in likely(header):
        fitting = [table for table in others if "sku" in likely(table.heads[0].cells)]
    if other := next(iter(fitting), None):
        sentences.append(f"the sheet `{other.sheet}` has one: make it the first, or hide those before it;")
    elif not asked.format and (near := nearest(names, installed_formats())):
        format_, shared, missing = near
        sentences.append(f"it is most like {_one(format_)}, with {_quoted(shared)}, but without {_quoted(missing)};")
    guess = {name: column.strip() for name, column in likely(header).items() if spelled(column) != name}
    if guess and not other:
        columns = ", ".join(f"{name}: {column}" for name, column in guess.items())
        sentences.append(f"perhaps `columns: {{{columns}}}` in the campaign's `products`;")
    message = "the table has no column `sku`" + ("" if asked.format else ", and is in no other format that is known")
    return Problem(message, place, " ".join([*sentences, _found(header)]))


def _one(format_: Format) -> str:
    """A table of a format, in a sentence: `an Amazon listing spreadsheet`."""
    return f"{'an' if format_.title[0] in 'AEIOe' else 'a'} {format_.title}"


def _found(header: Iterable[str]) -> str:
    return f"the table has {_quoted(header)}"


def _quoted(columns: Iterable[str]) -> str:
    names = [f"`{column.strip()}`" for column in columns if column.strip()]
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
