"""Parquet files. The only file that knows pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assetgen.catalog.cells import text
from assetgen.catalog.raw_table import ROWS, Head, Record, Table
from assetgen.errors import InputError, Location, Problem, SetupError
from assetgen.extras import pip_install


def table(path: Path, file: str) -> Table:
    """The file as a table. Raises SetupError without pyarrow, InputError for what is no Parquet file."""
    try:
        from pyarrow import ArrowInvalid
        from pyarrow.parquet import read_schema
    except ImportError as error:
        hint = f"install it with `{pip_install('parquet')}`"
        raise SetupError(Problem("reading Parquet needs pyarrow", Location(file), hint)) from error
    try:
        header = tuple(read_schema(path).names)
    except ArrowInvalid as error:
        raise InputError(Problem("this is not a Parquet file", Location(file))) from error
    return Table(file, (Head(1, header),), lambda _head, _width: _records(path, file))


def _records(path: Path, file: str) -> Iterator[Record]:
    from pyarrow.parquet import ParquetFile

    number = 0
    with ParquetFile(path) as source:
        for batch in source.iter_batches(batch_size=ROWS):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield Record(Location(file, row=number), tuple(map(text, cells)))
