from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FontFile:
    """A font that a workspace brings along: its file, the digest of it, its family names and what it can draw."""

    path: Path
    digest: str
    families: frozenset[str]
    covers: frozenset[str]
