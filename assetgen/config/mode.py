"""The part that a provider has in the product of a scene."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What draws the product: nothing (plate), the provider from its photo (edit, variation) or from words (text)."""

    PLATE = "plate"
    EDIT = "edit"
    TEXT = "text"
    VARIATION = "variation"

    @property
    def sends_photo(self) -> bool:
        return self in {Mode.EDIT, Mode.VARIATION}

    @property
    def draws_product(self) -> bool:
        return self is not Mode.PLATE
