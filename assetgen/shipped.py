"""The lists that come along, in `assetgen/data`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


def shipped_text(name: str) -> bytes:
    """A list as its file has it. name: that of the file, as `ad_words`."""
    return files("assetgen").joinpath(f"data/{name}.yaml").read_bytes()


@cache
def shipped(name: str) -> Any:
    """What a list holds, read once a process: whoever asks changes nothing in it."""
    import yaml

    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C it is eight times as fast
    return yaml.load(shipped_text(name), Loader=safe)  # noqa: S506 - both are safe
