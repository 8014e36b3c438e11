from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """What a person wrote in a file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
