"""The base of all models for files that people write."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Name = Annotated[str, Field(pattern=NAME, description="Small letters, digits and hyphens.")]


def written_otherwise(*meant: object) -> PydanticCustomError:
    """The error of a value in another form than files have it; `meant` are those that it may be, as files do."""
    return PydanticCustomError(
        "written_otherwise", "write {meant}", {"meant": " or ".join(f"`{each}`" for each in meant)}
    )


class Strict(BaseModel):
    """What a person wrote in a file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
