"""Keys: a digest over every input that changes a result, and over nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def digest(data: bytes) -> str:
    """The SHA-256 of the data as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def key(inputs: Mapping[str, object]) -> str:
    """The digest of the inputs' canonical JSON: the order in which they were written does not matter."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return digest(text.encode(errors="backslashreplace"))
