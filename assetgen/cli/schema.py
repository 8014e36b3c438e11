"""The command `assetgen schema`: JSON Schemas for editors."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from assetgen.cli.terminal import console

Kind = Literal["campaign", "brand", "layout", "channels"]


def schema(kind: Annotated[Kind, typer.Argument(help="Which kind of file.", show_default=False)]) -> None:
    """Print the JSON Schema of a kind of file.

    Editors use it to check while you type.
    """
    from assetgen.sources import schema as schema_of

    console.result(json.dumps(schema_of(kind), indent=2, ensure_ascii=False))
