"""The command `assetgen inspect`: pictures from anywhere held to the rules; `check --files` prints the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options
from assetgen.model.finding import Level

if TYPE_CHECKING:
    from assetgen.fingerprint import Json
    from assetgen.model.inspected import Inspected

EXAMPLES = (
    "assetgen inspect output/spring/instagram-story",
    "assetgen inspect story.jpg --channel instagram-story",
)

BROKEN = 1

_SHOWN = 20
"""The most files that are all listed; of more, only those with something to say are."""


def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Pictures, or folders of them.")] = [],
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="ID", help="Hold them to this channel's rules; `assetgen channels list`."),
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules instead, and how hard they are.")] = False,
    json: options.Json = False,
) -> None:
    """Look at pictures from anywhere: what they are, what they say of themselves, and which rules they break."""
    if rules:
        _list_rules(json=json)
        return
    if not files:
        raise typer.BadParameter("name a picture or a folder, or ask for --rules")
    from assetgen.desk import file_inspection
    from assetgen.desk.workspaces import templates_around
    from assetgen.sources import channels

    wanted = file_inspection.orders(files, channel, channels(templates_around()))
    report(file_inspection.inspect(wanted), len(wanted), json=json)


def report(found: Iterator[Inspected], count: int, *, json: bool) -> None:
    """Prints each file as soon as it was looked at, and the table last; the command ends with 1 at a broken rule."""
    seen: list[Inspected] = []
    for inspected in found:
        seen.append(inspected)
        if json:
            console.json_result(inspected.as_json())
        elif count <= _SHOWN or inspected.level:
            _print_inspected(inspected)
    if not json and count > 1:
        console.result(_table(seen))
    if any(inspected.level is Level.ERROR for inspected in seen):
        raise typer.Exit(BROKEN)


def _table(seen: Sequence[Inspected]) -> str:
    levels = Counter((finding.rule, finding.level) for one in seen for finding in one.findings)
    rules = sorted({rule for rule, _ in levels})
    width = max(map(len, ("rule", *rules)))
    lines = [f"{'rule':<{width}} {'errors':>8} {'warnings':>9} {'not checked':>12}"]
    lines += [
        f"{rule:<{width}} {levels[rule, Level.ERROR]:>8} {levels[rule, Level.WARNING]:>9}"
        f" {levels[rule, Level.NOT_CHECKED]:>12}"
        for rule in rules
    ]
    worst = Counter(one.level for one in seen)
    told = f"{len(seen):,} files: {worst[None]:,} clean, {worst[Level.WARNING]:,} with warnings"
    return "\n".join([*(lines if rules else []), f"{told}, {worst[Level.ERROR]:,} that break a rule"])


def _list_rules(*, json: bool) -> None:
    from assetgen.checks import rules

    if json:
        for rule in rules():
            console.json_result({"rule": rule.name, "level": rule.level.value, "demands": rule.demands})
        return
    width = max(len(rule.name) for rule in rules())
    for rule in rules():
        console.result(f"{rule.name:<{width}}  {rule.level.value:<7}  {rule.demands}")


def _print_inspected(found: Inspected) -> None:
    """Prints `story.jpg: 1080 x 1920 jpg, 312 kB`, then a line for each finding; what was not checked on one line."""
    facts = found.facts
    size = f"{facts['width']} x {facts['height']} {facts['format']}, " if "width" in facts else ""
    held = f", as {found.channel}" if found.channel else ""
    console.result(f"{found.file}: {size}{round(int(str(facts.get('bytes', 0))) / 1000):,} kB{held}")
    if said := [text for text in (_origin(facts), facts.get("credit"), facts.get("credential")) if text]:
        console.result(f"  says {'; '.join(map(str, said))}")
    for finding in found.findings:
        if finding.level != "not checked":
            level = f"{finding.level.value:<7}"
            console.result(
                f"{finding.rule}: {finding.message}", begin=f"  {console.coloured(level, finding.level.value)} "
            )
    unchecked = dict.fromkeys(finding.rule for finding in found.findings if finding.level == "not checked")
    if unchecked:
        console.result(f"  not checked: {', '.join(unchecked)}")


def _origin(facts: Mapping[str, Json]) -> str:
    """The origin in a file, `compositeWithTrainedAlgorithmicMedia by gpt-image-2`; nothing where none is told."""
    source = str(facts.get("digital_source_type") or "").rpartition("/")[2]
    system = facts.get("ai_system")
    return f"{source} by {system}" if source and system else source
