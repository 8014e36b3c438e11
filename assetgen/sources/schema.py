"""JSON Schemas, with which editors complete and check the files as they are written."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assetgen.model.brand import Brand
from assetgen.model.campaign import Campaign
from assetgen.model.channel import ChannelTable
from assetgen.model.layout import Layout

KINDS: dict[str, type[BaseModel]] = {"campaign": Campaign, "brand": Brand, "layout": Layout, "channels": ChannelTable}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one of `KINDS`."""
    found = KINDS[kind].model_json_schema()
    if kind == "channels":  # a row may change only some lines of a shipped one
        found["$defs"]["Channel"]["required"] = ["id"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
