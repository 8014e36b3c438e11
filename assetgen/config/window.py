"""The days on which something holds."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from assetgen.config.strict import Strict, written_otherwise
from assetgen.config.written_days import days_meant


def _as_in_files(value: object) -> object:
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise written_otherwise() from None  # there is no such day
    raise written_otherwise(*days_meant(value))


Day = Annotated[date, BeforeValidator(_as_in_files)]
"""A day, which is written as year-month-day and in no other way."""


class Window(Strict):
    """The days from one until another, both included; open where a day is left out."""

    starts: Day | None = Field(default=None, alias="from", description="The first day, such as 2026-11-27.")
    until: Day | None = Field(default=None, description="The last day, such as 2026-11-30.")

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.starts and self.until and self.starts > self.until:
            message = f"it ends on {self.until}, before it begins on {self.starts}"
            raise ValueError(message, "exchange the two days, or change one of them")
        return self

    def holds(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.until is None or day <= self.until)

    def meets(self, other: Window) -> bool:
        """Whether both hold on some day."""
        starts = max(self.starts or date.min, other.starts or date.min)
        return starts <= min(self.until or date.max, other.until or date.max)
