"""The command `assetgen channels`: the channels that are known, sets of them, and rows of your own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from assetgen import clock
from assetgen.cli.terminal import channel_in_words, console, options
from assetgen.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from assetgen.config.channel import Channel

T = TypeVar("T")

app = typer.Typer(help="List the channels, show one, list sets of them, look after your own.")

OUTDATED = 1
_LIST = "`assetgen channels list` lists them all"

Platform = Annotated[str, typer.Option("--platform", metavar="TEXT", help="Only of this platform, such as pinterest.")]
Shape = Annotated[str, typer.Option("--shape", metavar="TEXT", help="Only of this shape, such as tall or banner.")]
Kind = Annotated[
    str, typer.Option("--kind", metavar="TEXT", help="Only ad, organic, listing, feed, web, email or print.")
]
Search = Annotated[
    str, typer.Option("--search", metavar="TEXT", help="Only with this word in id, name, platform or notes.")
]


@app.callback(invoke_without_command=True)
def without_a_word(
    context: typer.Context,
    platform: Platform = "",
    shape: Shape = "",
    kind: Kind = "",
    search: Search = "",
    workspace: options.Workspace = None,
    json: options.Json = False,
) -> None:
    """List the channels, all of them or some, as `channels list` does; or show one, and look after your own."""
    if not context.invoked_subcommand:
        list_(platform, shape, kind, search, workspace, json)


@app.command(name="list")
def list_(
    platform: Platform = "",
    shape: Shape = "",
    kind: Kind = "",
    search: Search = "",
    workspace: options.Workspace = None,
    json: options.Json = False,
) -> None:
    """List the channels, all of them or some. A part of a word is enough."""
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import channels

    found = list(channels(templates_around(workspace)).values())
    for field, part in (("platform", platform), ("shape", shape), ("kind", kind)):
        _check_known(found, field, part)
    wanted = {"platform": platform, "shape": shape, "kind": kind}
    found = [channel for channel in found if _fits(channel, wanted, search)]
    _list(found, json=json)
    if not found:
        console.note("no channel is all of that")


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A channel, such as amazon-main.")],
    workspace: options.Workspace = None,
    json: options.Json = False,
) -> None:
    """Show one channel in full, with its source and how good that is."""
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import presets

    known = presets(templates_around(workspace))
    if name in known.sets:
        hint = f"`assetgen channels sets {name}` shows it"
        raise InputError(Problem(f"`{name}` is a set of channels", hint=hint))
    channel = _named(known.channels, name, "channel", _LIST)
    if json:
        console.json_result(_facts(channel))
        return
    console.result(f"{channel.id}: {channel.name}\n")
    for label, text in channel_in_words.lines(channel, _today()):
        console.result(f"{label:<16}{text}")


@app.command()
def sets(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Show the channels of this set.")] = None,
    workspace: options.Workspace = None,
    json: options.Json = False,
) -> None:
    """List the sets of channels that a campaign can name, or show one."""
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import presets

    known = presets(templates_around(workspace))
    if name:
        one = _named(known.sets, name, "set", "`assetgen channels sets` lists them")
        if not json:
            console.result(f"{one.purpose}\n")
        _list((known.channels[channel] for channel in one.channels), json=json)
        return
    for each, group in known.sets.items():
        if json:
            console.json_result({"name": each, **group.model_dump(mode="json")})
        else:
            console.result(f"{each:<20}{len(group.channels):>3}  {group.purpose}")


@app.command()
def outdated(
    days: Annotated[
        int, typer.Option("--days", min=0, metavar="N", help="How old is not too old; 180 if not given.")
    ] = 180,
    workspace: options.Workspace = None,
    json: options.Json = False,
) -> None:
    """List the channels whose facts are old, the oldest first."""
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import channels

    today, known = _today(), channels(templates_around(workspace))
    ages = [(channel.days(today), channel) for channel in known.values()]
    old = sorted(((age, channel.id) for age, channel in ages if age is not None and age > days), reverse=True)
    for age, name in old:
        channel = known[name]
        if json:
            console.json_result(_facts(channel))
        else:
            console.result(f"{age:>5} days  {name:<34} {channel.official_page or channel.source}")
    for name in (channel.id for age, channel in ages if age is None):
        console.note(f"nobody knows how old `{name}` is: give it `checked`, the day of its facts")
    console.note(f"{len(old)} of {len(known)} channels are older than {days} days")
    if old:
        raise typer.Exit(OUTDATED)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Your own rows, such as templates/channels.yaml.")],
    json: options.Json = False,
) -> None:
    """Say what is wrong in a file of channels of your own, and what it changes of those that are known."""
    from assetgen.sources import pack, read_own

    if not file.is_file():
        raise InputError(Problem(f"there is no file `{file}`"))
    own, shipped = read_own(file), pack()
    rows, groups = own.value.channels, own.value.sets
    changed = [(n, row, shipped.channels[row.id]) for n, row in enumerate(rows) if row.id in shipped.channels]
    notes = [
        Problem(f"`{name}` comes with assetgen; this takes its place", own.marks.key("sets", name))
        for name in groups
        if name in shipped.sets
    ]
    for n, row, known in changed:
        said = ", ".join(channel_in_words.changes(row, known)) or "nothing"
        notes.append(Problem(f"`{row.id}` comes with assetgen; this changes {said}", own.marks.at("channels", n)))
    console.problems(notes, kind="note")
    new = len(rows) - len(changed)
    if json:
        console.json_result({"file": str(file), "new": new, "changed": len(changed), "sets": len(groups)})
        return
    console.result(f"{file} is in order; channels: {new} new, {len(changed)} changed; sets: {len(groups)}")


def _today() -> date:
    return clock.today("UTC")


def _check_known(channels: Iterable[Channel], field: str, part: str) -> None:
    """Refuses a word that is part of no value of this field. Raises InputError."""
    words = sorted({getattr(channel, field) for channel in channels})
    if not any(part.casefold() in word.casefold() for word in words):
        raise InputError(Problem(f"there is no {field} `{part}`", hint=did_you_mean(part, words, otherwise=_LIST)))


def _fits(channel: Channel, wanted: Mapping[str, str], word: str) -> bool:
    text = f"{channel.id} {channel.name} {channel.platform} {channel.notes}"
    fields = all(part.casefold() in getattr(channel, field).casefold() for field, part in wanted.items())
    return fields and word.casefold() in text.casefold()


def _named(known: Mapping[str, T], name: str, what: str, otherwise: str) -> T:
    if name not in known:
        hint = did_you_mean(name, known, otherwise=otherwise)
        raise InputError(Problem(f"there is no {what} `{name}`", hint=hint))
    return known[name]


def _list(channels: Iterable[Channel], *, json: bool) -> None:
    for c in channels:
        if json:
            console.json_result(_facts(c))
        else:
            console.result(
                f"{c.id:<34} {c.width:>5} x {c.height:<5} {c.shape:<10} {c.kind:<8} {c.evidence:<14} {c.name}"
            )


def _facts(channel: Channel) -> dict[str, object]:
    return {**channel.model_dump(mode="json"), "shape": channel.shape.value, "days": channel.days(_today())}
