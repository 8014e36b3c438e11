"""Fonts that a workspace brings along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FontFile:
    """A font that a workspace brings along: its file, the digest of it, its family names and what it can draw.

    weights: the lightest and the boldest, from 1 to 1000; they differ in a variable font. slanted: it has an italic.
    """

    path: Path
    digest: str
    families: frozenset[str]
    covers: frozenset[str]
    weights: tuple[float, float] = (400, 400)
    slanted: bool = False
