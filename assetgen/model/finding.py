"""What rules find on finished pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assetgen.fingerprint import Json


class Level(StrEnum):
    """How hard a finding is: a broken rule, a doubt for a person to settle, a warning, or what could not be checked."""

    ERROR = "error"
    HELD = "held"
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


class KeptBack(StrEnum):
    """Why a finished file does not go out, and the folder that it lies in: broke a rule, or waits for a person's word.

    Such files are kept to look at, and nothing takes them for finished.
    """

    REJECTED = "rejected"
    HELD = "held"

    @property
    def level(self) -> Level:
        """The level of the findings that keep a file back so."""
        return Level.ERROR if self is KeptBack.REJECTED else Level.HELD

    @classmethod
    def by(cls, findings: Iterable[Finding]) -> KeptBack | None:
        """Why a file with these findings is kept back, if it is: a broken rule goes before a doubt."""
        levels = {finding.level for finding in findings}
        return next((each for each in cls if each.level in levels), None)

    @classmethod
    def at(cls, path: str) -> KeptBack | None:
        """Why the file at a path in the output folder is kept back, if it is."""
        return next((each for each in cls if path.startswith(f"{each}/")), None)
