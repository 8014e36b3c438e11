"""The days on which something holds."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from assetgen.config.strict import Strict


class Window(Strict):
    """The days from one until another, both included; open where a day is left out."""

    starts: date | None = Field(default=None, alias="from", description="The first day, such as 2026-11-27.")
    until: date | None = Field(default=None, description="The last day.")

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.starts and self.until and self.starts > self.until:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.starts}")
        return self

    def holds(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.until is None or day <= self.until)

    def meets(self, other: Window) -> bool:
        """Whether both hold on some day."""
        starts = max(self.starts or date.min, other.starts or date.min)
        return starts <= min(self.until or date.max, other.until or date.max)
