"""The words that a kind of file knows, and what they mean, read from the model's JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from assetgen.model.brief import KeyPath
from assetgen.sources.document import Value, value_at

Schema = dict[str, Any]


@cache
def _schema(model: type[BaseModel]) -> Schema:
    """The schema of a model, which takes a tenth of a second and is asked for by each row with a mistake."""
    return model.model_json_schema()


class Vocabulary:
    """What may stand where in one kind of file."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._root = _schema(model)
        self._definitions: dict[str, Schema] = self._root.get("$defs", {})

    def keys(self, document: Value, path: KeyPath) -> list[str]:
        """The keys that may stand in the mapping at this path."""
        return [key for schema in self._at(document, path) for key in schema.get("properties", {})]

    def meaning(self, document: Value, path: KeyPath) -> str | None:
        """What the value at this path is for: the model's own words, written like a hint."""
        described = (schema["description"] for schema in self._at(document, path) if "description" in schema)
        text = " ".join(next(described, "").partition("\n\n")[0].split()).removesuffix(".")
        return re.sub(r"^[A-Z](?=[a-z ])", lambda first: first[0].lower(), text) or None

    def size(self, document: Value, path: KeyPath) -> int | None:
        """How many values the list at this path has."""
        return next((schema["maxItems"] for schema in self._at(document, path) if "maxItems" in schema), None)

    def kinds(self, document: Value, path: KeyPath) -> list[str]:
        """The kinds of layer that may stand at this path."""
        choices = (
            schema["discriminator"]["mapping"] for schema in self._at(document, path) if "discriminator" in schema
        )
        return [kind for mapping in choices for kind in mapping]

    def _at(self, document: Value, path: KeyPath) -> list[Schema]:
        schemas = list(self._branches(self._root, document))
        for depth, part in enumerate(path, start=1):
            value = value_at(document, path[:depth])
            below = [below for schema in schemas for below in _below(schema, part)]
            schemas = [branch for schema in below for branch in self._branches(schema, value)]
        return schemas

    def _branches(self, schema: Schema, value: Value) -> Iterator[Schema]:
        """The schema and all that it refers to; of layers only the kind that the value names."""
        yield schema
        if "$ref" in schema:
            yield from self._branches(self._definitions[schema["$ref"].rpartition("/")[2]], value)
        choice = schema.get("discriminator")
        if choice and isinstance(value, dict):
            kind = choice["mapping"].get(value.get(choice["propertyName"]))
            if kind:
                yield from self._branches({"$ref": kind}, value)
            return
        for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
            yield from self._branches(branch, value)


def _below(schema: Schema, part: str | int) -> Iterator[Schema]:
    if isinstance(part, str) and part in schema.get("properties", {}):
        yield schema["properties"][part]
    elif isinstance(part, str):
        yield from (any_key for any_key in _any_key(schema) if isinstance(any_key, dict))
    else:
        fixed = schema.get("prefixItems", ())
        items = fixed[part] if part < len(fixed) else schema.get("items")
        if isinstance(items, dict):
            yield items


def _any_key(schema: Schema) -> Iterator[Any]:
    """What stands under keys that people choose themselves; with a pattern for the key or without."""
    yield from schema.get("patternProperties", {}).values()
    yield schema.get("additionalProperties")
