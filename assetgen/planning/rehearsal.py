"""A campaign as it would be: on another day, or in other languages. It is made apart, and never goes out."""

from __future__ import annotations

from dataclasses import replace

from assetgen.model.brief import Brief


def on_its_day(brief: Brief) -> Brief:
    """The rehearsal of a campaign on the day that its brief goes by: of Christmas Eve it is `spring-on-2026-12-24`."""
    return rehearsal(brief, f"on-{brief.today.isoformat()}")


def rehearsal(brief: Brief, how: str) -> Brief:
    """The same campaign under a name and in an output folder of its own, both with `how` at their end."""
    name, output = f"{brief.name}-{how}", brief.output.with_name(f"{brief.output.name}-{how}")
    return replace(brief, name=name, output=output, rehearses=brief.account)
