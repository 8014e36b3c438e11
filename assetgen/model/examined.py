"""What was looked at before money is spent, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assetgen.errors import Problem
from assetgen.fingerprint import Json

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Examined:
    """One thing: `subject` in a word, what is so, and the way out.

    problem: a run would not get through. warning: it would, and somebody should know.
    """

    level: Level
    subject: str
    message: str
    hint: str | None = None

    @classmethod
    def of(cls, problem: Problem, subject: str, level: Level = "problem") -> Examined:
        return cls(level, subject, problem.message, problem.hint)

    def as_json(self) -> dict[str, Json]:
        return {"level": self.level, "subject": self.subject, "message": self.message, "hint": self.hint}
