"""What rules find on finished pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assetgen.fingerprint import Json


class Level(StrEnum):
    """How hard a finding is: a broken rule, a warning, or a rule that could not be checked."""

    ERROR = "error"
    WARNING = "warning"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """What a rule found on a finished picture, in a marketer's words."""

    rule: str
    level: Level
    message: str

    def as_json(self) -> dict[str, Json]:
        return {"rule": self.rule, "level": self.level.value, "message": self.message}
