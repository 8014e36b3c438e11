"""How several products are written in one cell or line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_COUNTED = re.compile(r"(\d{1,2}) ?[x×] ?(\S.*)")


def skus(names: Iterable[str]) -> tuple[str, ...]:
    """The skus in a text: `2 x MUG` is `MUG` twice; empty names are left out."""
    return tuple(sku for name in names if name.strip() for sku in _copies(name.strip()))


def _copies(name: str) -> Sequence[str]:
    counted = _COUNTED.fullmatch(name)
    return [counted[2]] * int(counted[1]) if counted else [name]
