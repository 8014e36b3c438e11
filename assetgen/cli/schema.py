"""The command `assetgen schema`: JSON Schemas for editors."""

from __future__ import annotations

import json as json_text
from typing import Annotated, Literal

import typer

from assetgen.cli.terminal import console, options

EXAMPLES = ("assetgen schema campaign > campaign.schema.json",)

Kind = Literal["campaign", "brand", "layout", "channels"]


def schema(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="`campaign`, `brand`, `layout` or `channels`.")],
    json: options.Json = False,
) -> None:
    """Print the JSON Schema of a kind of file.

    Editors use it to check while you type.
    """
    from assetgen.sources import schema as schema_of

    text = json_text.dumps(schema_of(kind), indent=None if json else 2, ensure_ascii=False)
    console.result(text)
