from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli import console, options
from assetgen.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from assetgen.model.channel import Channel


def channels(
    name: Annotated[str | None, typer.Argument(metavar="ID", help="Show one channel with its source.")] = None,
    json: options.Json = False,
) -> None:
    """List the channels, or show what is known about one."""
    from assetgen.sources import channels as read_channels

    known = read_channels(Path())
    if name is not None and name not in known:
        hint = did_you_mean(name, known, otherwise="`assetgen channels` lists them")
        raise InputError(Problem(f"channel `{name}` is not defined", hint=hint))
    shown = [known[name]] if name else list(known.values())
    if json:
        for channel in shown:
            console.result(channel.model_dump_json())
    elif name:
        _describe(known[name])
    else:
        for channel in shown:
            console.result(
                f"{channel.id:<34} {channel.width:>5} x {channel.height:<5} {channel.shape:<10} {channel.name}"
            )


def _describe(channel: Channel) -> None:
    width = max(map(len, type(channel).model_fields))
    for field, value in channel.model_dump(mode="json", exclude_defaults=True).items():
        console.result(f"{field.replace('_', ' '):<{width}}  {value}")
