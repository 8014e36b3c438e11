"""A channel as a marketer would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetgen.config.channel import Channel, Insets

EVIDENCE = {
    "official-page": "the platform's own page was read; whatever it demands may fail a file",
    "official-copy": "a copy of the platform's own words was read; whatever it demands may fail a file",
    "secondary": "told by others; only size, format and weight may fail a file, the rest are warnings",
    "memory": "from memory, no source was found: it only warns. Look it up before you rely on it",
}
AI_METADATA = {
    "required-keep-iptc": "the mark of origin must be in the file, and must stay in it",
    "read-by-platform": "the platform reads the mark of origin, and may show a label of its own",
    "label-required-cn": "rules of mainland China: a label that people see, and a mark in the file",
    "none-known": "no rule is known",
}


def lines(channel: Channel, today: date) -> Iterator[tuple[str, str]]:
    """What is known, each with its label."""
    yield "place", f"{channel.platform}, {channel.kind}"
    yield "size", f"{channel.width} x {channel.height} px, {channel.shape}, {channel.aspect}"
    yield "also taken", "no other size" if channel.size_rule == "exact" else _also_taken(channel)
    first, *others = channel.formats
    yield "formats", f"{first}, else {', '.join(others)}" if others else first
    yield "weight", _weight_limits(channel)
    yield "keep free", _margins(channel.safe_area)
    for box in channel.keep_out:
        across, down = f"{box.x0:.0%} to {box.x1:.0%} from the left", f"{box.y0:.0%} to {box.y1:.0%} from the top"
        yield "covered", f"{across}, {down}: {box.why}"
    yield "background", "pure white, with the product alone" if channel.background == "white" else "any"
    yield "words", "none, nor a logo or badge" if channel.overlays == "forbidden" else "allowed"
    if channel.min_product_fill or channel.max_product_fill:
        yield "product", _between(channel.min_product_fill, channel.max_product_fill)
    yield "colour", f"{channel.color}, {channel.dpi} dpi"
    yield "made by AI", AI_METADATA[channel.ai_metadata]
    if channel.checks:
        yield "checks", ", ".join(f"{rule}: {level}" for rule, level in channel.checks.items())
    if channel.notes:
        yield "good to know", channel.notes
    yield "source", channel.source
    if channel.official_page:
        yield "official page", channel.official_page
    yield "evidence", f"{channel.evidence}: {EVIDENCE[channel.evidence]}"
    days = channel.days(today)
    yield "as of", "nobody knows when" if days is None else f"{channel.checked}, {days} days ago"


def changes(channel: Channel, shipped: Channel) -> Iterator[str]:
    """The lines that differ, `max_bytes` from 8000000 to 300000."""
    old, new = shipped.model_dump(mode="json"), channel.model_dump(mode="json")
    for field in new:
        if new[field] != old[field]:
            yield f"`{field}` from {_value(old[field])} to {_value(new[field])}"


def _also_taken(channel: Channel) -> str:
    """Sizes that the platform takes, beside the one that is made."""
    parts = ["any ratio" if channel.ratio_tolerance >= 1 else f"this ratio, give or take {channel.ratio_tolerance:.0%}"]
    if channel.min_width or channel.min_height:
        least = [
            f"{side} px {way}" for side, way in ((channel.min_width, "wide"), (channel.min_height, "high")) if side
        ]
        parts.append(f"at least {' and '.join(least)}")
    if channel.max_side:
        parts.append(f"no side over {channel.max_side} px")
    if channel.max_megapixels:
        parts.append(f"at most {channel.max_megapixels:g} megapixels")
    return ", ".join(parts)


def _weight_limits(channel: Channel) -> str:
    limits = [f"at least {_weight(channel.min_bytes)}"] if channel.min_bytes else []
    limits += [f"at most {_weight(channel.max_bytes)}"] if channel.max_bytes else ["no limit is published"]
    return ", ".join(limits)


def _weight(count: int) -> str:
    return f"{count / 1_000_000:g} MB" if count >= 1_000_000 else f"{count / 1000:g} kB"  # noqa: PLR2004 - MB, kB


def _margins(area: Insets) -> str:
    sides = [f"{100 * share:.3g}% {side}" for side, share in area.model_dump().items() if share]
    return f"{', '.join(sides)}: no words, no logo, no faces" if sides else "nothing"


def _between(least: float | None, most: float | None) -> str:
    limits = [f"at least {least:.0%}"] if least else []
    limits += [f"at most {most:.0%}"] if most else []
    return f"{', '.join(limits)} of the frame"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "none"
    return "none" if value is None else str(value)
