"""Fields whose words are not known before somebody asks, such as the names of what is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True)
class KnownWords:
    """The annotation of a text that is one of the words which `words` gives; editors are told them as well."""

    words: Callable[[], Sequence[str]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, inner: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(inner) | {"enum": [*self.words()]}

    def _checked(self, word: str) -> str:
        if word not in self.words():
            expected = ", ".join(f"'{known}'" for known in self.words())
            raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": expected})
        return word
