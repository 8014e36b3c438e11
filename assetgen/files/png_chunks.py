"""What a PNG is made of, one piece after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

_MOST = 10_000
"""The chunks that are looked at: a file may be made of nothing else."""


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and length of the first 10,000 chunks: https://www.w3.org/TR/png-3/#5Chunk-layout."""
    return islice(_all_chunks(data), _MOST)


def _all_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], at + 8, length
        at += length + 12
