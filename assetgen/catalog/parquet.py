"""Parquet files. The only file that knows pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.catalog.cells import text
from assetgen.catalog.raw_table import ROWS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem, SetupError
from assetgen.extras import pip_install

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_MAGIC = b"PAR1"
"""How every Parquet file begins."""


def table(path: Path, file: str) -> Table:
    """The file as a table. Raises SetupError without pyarrow, InputError for what is no Parquet file."""
    try:
        import pyarrow.parquet as _  # noqa: F401 - whether it is there
    except ImportError as error:
        hint = f"install it with `{pip_install('parquet')}`"
        raise SetupError(Problem("reading Parquet needs pyarrow", Location(file), hint)) from error
    with path.open("rb") as source:
        if source.read(4) != _MAGIC:
            raise InputError(Problem("this is not a Parquet file", Location(file), "save or export it again"))
    with _opened(path, file) as parquet:
        header = tuple(parquet.schema_arrow.names)
    return Table(file, (Head(1, header),), lambda _head, _width: _records(path, file))


def _records(path: Path, file: str) -> Iterator[Record]:
    number = 0
    with _opened(path, file) as source:
        for batch in source.iter_batches(batch_size=ROWS):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield Record(Location(file, row=number), tuple(map(text, cells)))


@contextmanager
def _opened(path: Path, file: str) -> Iterator[ParquetFile]:
    """The file. Whatever its damage raises inside becomes an InputError: pyarrow raises many things."""
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as source:
            yield source
    except Exception as error:  # Arrow has no list of what damaged files make it raise
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        message = f"the Parquet file is damaged: {reason}"
        raise InputError(Problem(message, Location(file), "save or export it again")) from error
