from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """What a rule found on a finished picture, in a marketer's words."""

    rule: str
    level: Level
    message: str
