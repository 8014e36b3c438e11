"""What was found of a picture file, wherever it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assetgen.fingerprint import Json
from assetgen.model.finding import Finding, Level


@dataclass(frozen=True)
class Inspected:
    """A file, the channel whose rules it was held to (None for none), plain facts by name, and the findings."""

    file: Path
    channel: str | None
    facts: Mapping[str, Json]
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level | None:
        """The level of the worst finding; None where there is nothing to say but what was not checked."""
        return next((level for level in (Level.ERROR, Level.WARNING) if self.of(level)), None)

    def of(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)

    def as_json(self) -> dict[str, Json]:
        return {
            "file": str(self.file),
            "channel": self.channel,
            **self.facts,
            "checks": [finding.as_json() for finding in self.findings],
        }
