"""JSON Schemas, with which editors complete and check the files as they are written."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assetgen.config.brand import Brand
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel, ChannelRow, ChannelTable
from assetgen.config.layout import Layout

KINDS: dict[str, type[BaseModel]] = {"campaign": Campaign, "brand": Brand, "layout": Layout, "channels": ChannelTable}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one of `KINDS`."""
    found = KINDS[kind].model_json_schema()
    row = Channel.model_json_schema()
    row["required"] = ["id"]  # an entry may change only some lines of a known channel
    if kind == "channels":
        found["$defs"]["Channel"]["required"] = row["required"]
    if kind == "campaign":
        found["$defs"] |= {**row.pop("$defs"), "ChannelRow": row | {"description": ChannelRow.__doc__}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
