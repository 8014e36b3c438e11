"""What may be spent."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from assetgen.amounts import currency_of
from assetgen.config.strict import Strict, written_otherwise


def _code(written: object) -> object:
    if isinstance(written, str) and (code := currency_of(written)) and code != written:
        raise written_otherwise(code)
    return written


Currency = Annotated[
    str, Field(pattern="^[A-Z]{3}$", description="A currency, such as EUR or USD."), BeforeValidator(_code)
]


Amount = Annotated[Decimal, Field(ge=0)]


class Budget(Strict):
    """The most that may be spent. Each limit that is given holds."""

    run: Amount | None = Field(default=None, description="For one run.")
    campaign: Amount | None = Field(default=None, description="For all runs of this campaign together.")
    month: Amount | None = Field(default=None, description="For all campaigns of this folder, in a month (UTC).")
    currency: Currency = "USD"
    rates: dict[Currency, Annotated[Decimal, Field(gt=0)]] = Field(
        default_factory=dict, description="What one unit of another currency is worth in it, such as {USD: 0.92}."
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Budget:
        if not any(limit is not None for _, limit in self.limits):
            raise ValueError("the budget has no limit: give `run`, `campaign` or `month`")
        return self

    def __str__(self) -> str:
        """The budget in words: `20 USD for a run, 300 USD for a month`."""
        return ", ".join(f"{most} {self.currency} for a {name}" for name, most in self.limits if most is not None)

    @property
    def limits(self) -> tuple[tuple[str, Decimal | None], ...]:
        return ("run", self.run), ("campaign", self.campaign), ("month", self.month)
