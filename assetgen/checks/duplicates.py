"""Pairs of pictures that look the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

ALIKE = 4
"""The bits, of 64, in which the hashes of two pictures that look alike may differ."""


def pairs_alike(looks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pairs of names whose looks, as `perceptual_hash` gives them, hardly differ."""
    bits = {name: int(look, 16) for name, look in looks.items()}
    for one, other in combinations(bits, 2):
        if (bits[one] ^ bits[other]).bit_count() <= ALIKE:
            yield one, other
