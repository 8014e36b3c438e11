"""The base of all models for files that people write."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Small letters, digits and hyphens.")]


def written_otherwise(meant: str = "") -> PydanticCustomError:
    """The error of a value in another form than files have it: `meant` is the same one as it should be written."""
    return PydanticCustomError("written_otherwise", "write {meant}", {"meant": meant})


class Strict(BaseModel):
    """What a person wrote in a file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
