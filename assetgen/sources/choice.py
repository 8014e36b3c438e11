"""The channels of a campaign: named one by one, by sets, or with lines of their own."""

from __future__ import annotations

from assetgen.config.campaign import Campaign
from assetgen.config.channel import WRITTEN, Channel, ChannelRow, Presets
from assetgen.errors import InputError, Problem, did_you_mean
from assetgen.model.brief import Marked, Marks
from assetgen.sources.channel_files import changed
from assetgen.sources.collected_errors import Attempts


def chosen_channels(campaign: Marked[Campaign], presets: Presets, attempt: Attempts) -> tuple[Channel, ...]:
    """Each channel once, where it is first named; what an entry of its own says of it holds wherever that stands."""
    rows, marks = campaign.value.channels, campaign.marks
    named = [attempt(_named, row, presets, marks, n) or () for n, row in enumerate(rows)]
    attempt(_check_once, rows, marks)
    own = {channel.id: channel for row, found in zip(rows, named, strict=True) if row.lines for channel in found}
    known = {**presets.channels, **own}
    return tuple(known[name] for name in dict.fromkeys(channel.id for found in named for channel in found))


def _named(row: ChannelRow, presets: Presets, marks: Marks, n: int) -> tuple[Channel, ...]:
    if row.id in presets.channels:
        channel = changed(presets.channels[row.id], row.lines, marks, "channels", n)
        if not WRITTEN & {*channel.formats}:
            message = f"`{row.id}` takes {' or '.join(channel.formats)} alone, which is not written"
            written = f"written are {', '.join(sorted(WRITTEN))}: add one that the channel takes"
            raise InputError(Problem(message, marks.at("channels", n, "formats"), written))
        return (channel,)
    place = marks.at("channels", n, "id")
    if row.id not in presets.sets:
        otherwise = "`assetgen channels` lists the channels, `assetgen channels sets` the sets"
        if row.lines.keys() & {"width", "height"}:
            otherwise = "a channel of your own stands in templates/channels.yaml, with `id`, `width` and `height`"
        hint = did_you_mean(row.id, (*presets.channels, *presets.sets), otherwise=otherwise)
        raise InputError(Problem(f"there is no channel or set `{row.id}`", place, hint))
    if row.lines:
        hint = "name the set alone, and below it each channel that is to be different, with its lines"
        raise InputError(Problem(f"`{row.id}` is a set: lines belong to a single channel", place, hint))
    return tuple(presets.channels[name] for name in presets.sets[row.id].channels)


def _check_once(rows: tuple[ChannelRow, ...], marks: Marks) -> None:
    """Refuses a channel that is changed twice: that would be two pictures under one id. Raises InputError."""
    first: dict[str, int] = {}
    for n, row in enumerate(rows):
        if row.lines and row.id in first:
            line = marks.at("channels", first[row.id]).line
            hint = "put all lines into one entry; a second size is a channel of its own, in templates/channels.yaml"
            message = f"`{row.id}` is changed twice; the first time in line {line}"
            raise InputError(Problem(message, marks.at("channels", n, "id"), hint))
        if row.lines:
            first[row.id] = n
