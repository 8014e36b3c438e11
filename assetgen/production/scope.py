"""The part of a campaign that is meant, and what of it is to be made once more."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assetgen.planning.selection import Selection


class Step(StrEnum):
    """The steps of making a picture that can be asked for again; each ends in composing."""

    PLATE = "plate"
    CUTOUT = "cutout"
    COMPOSE = "compose"


@dataclass(frozen=True)
class Scope:
    """The part of a campaign that is meant: all of it, a selection, the first few products, or a step once more."""

    select: Selection = field(default_factory=Selection)
    limit: Annotated[int, Field(ge=1, le=sys.maxsize)] | None = None
    force: Step | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left out, so that what is not seen is an orphan."""
        return not self.select and self.limit is None

    @property
    def again(self) -> bool:
        """Whether photos are to be cut out once more."""
        return self.force == Step.CUTOUT
