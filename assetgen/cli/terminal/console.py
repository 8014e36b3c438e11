"""Everything that is printed: results to stdout, the rest to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assetgen.errors import Problem
from assetgen.plural import counted

if TYPE_CHECKING:
    from rich.console import Console

    from assetgen.desk.campaign_check import CampaignCheck
    from assetgen.desk.words_check import Fit
    from assetgen.fingerprint import Json
    from assetgen.ledger import Expense
    from assetgen.model.asset import Summary
    from assetgen.model.cutting import Cutout
    from assetgen.model.inspected import Inspected
    from assetgen.model.outcome import Outcome, Rejected


_COLOURS = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}
_FEW = 4  # channels of a size
_MOST = 20  # problems of a kind; a thousand of them scroll everything else away


def result(text: str) -> None:
    typer.echo(text)


def json_result(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


def note(text: str) -> None:
    typer.echo(text, err=True)


def problems(found: Iterable[Problem], *, kind: str = "error") -> None:
    """The message, the place and the way out of each, a blank line between two."""
    for n, problem in enumerate(found):
        if n:
            note("")
        note(f"{_styled(f'{kind}:', fg=_COLOURS[kind], bold=True)} {problem.message}")
        if problem.location:
            note(f"  --> {problem.location}")
        if problem.hint:
            note(f"{_styled('hint:', fg=typer.colors.CYAN)} {problem.hint}")


def _styled(text: str, *, fg: str, bold: bool = False) -> str:
    """See https://no-color.org; what is no terminal gets no colours anyway."""
    return text if os.environ.get("NO_COLOR") else typer.style(text, fg=fg, bold=bold)


def sizes_in_words(summary: Summary) -> Iterator[str]:
    """A line for each size of plates to be asked for: how many, the price, and for which shapes and channels."""
    from assetgen.model.asset import Bill

    for size in summary.sizes:
        each = Bill(1, size.bill.amount and size.bill.amount / size.bill.requests, size.bill.currency)
        price = f"{each} each" if size.bill.amount else str(size.bill)
        names = ", ".join(size.channels[:_FEW]) + (", …" if len(size.channels) > _FEW else "")
        yield f"  {size.bill.requests:>4} x {size.width} x {size.height}, {price}: {', '.join(size.shapes)} ({names})"


def cutouts_in_words(summary: Summary) -> str:
    """`cutouts made before: 6 good, 2 to look at`; nothing while there are none."""
    words = {"good": "good", "check": "to look at", "needs-model": "no use"}
    counts = [f"{count} {words[verdict]}" for verdict, count in sorted(summary.cutouts.items())]
    return f"cutouts made before: {', '.join(counts)}" if counts else ""


def checkup(found: CampaignCheck) -> None:
    """What is wrong and what is doubtful, then the plan and the words in numbers."""
    problems((reject.problem for reject in found.rejects), kind="warning")
    problems(found.overfull[:_MOST])
    problems((*found.small[:_MOST], *found.warnings), kind="warning")
    if max(len(found.overfull), len(found.small)) > _MOST:
        note("and more words like these; `--fit` lists them all")
    result(str(found.summary))
    if found.fits:
        result(_words_in_words(found))


def _words_in_words(found: CampaignCheck) -> str:
    """`words in 84 places: all fit`; a place is a layer on a channel in a language."""
    parts = [f"{len(found.overfull)} too long"] if found.overfull else []
    parts += [f"{len(found.small)} small"] if found.small else []
    return f"words in {counted(len(found.fits), 'place')}: {', '.join(parts) or 'all fit'}"


def fits(found: Sequence[Fit]) -> None:
    """A table of the words that come out smallest, or not at all."""
    rows = [("locale", "layout", "shape", "channel", "px", "share", "lines", "layer", "words")]
    for each in found:
        set_as = (f"{each.size:g}", f"{each.shrink:.0%}", f"{each.lines}") if each.size else ("too long", "", "")
        layout, channel = Path(each.origin.layout.file).stem, each.channel
        text = " / ".join(each.text.splitlines())
        rows.append((each.locale, layout, channel.shape.value, channel.id, *set_as, each.layer, text))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False))
        result("  ".join((*cells, row[-1])))


def expenses(column: str, found: Sequence[Expense]) -> None:
    """A table, the sum last where there is one currency."""
    from assetgen.model.asset import money

    if not found:
        result(f"by {column}: nothing was spent")
        return
    width = max(len(column), *(len(expense.name) for expense in found))
    result(f"{column:<{width}} {'calls':>8} {'amount':>14}")
    for expense in found:
        amount = "unknown" if expense.amount is None else money(expense.amount, expense.currency)
        doubtful = f"   {expense.unconfirmed} without an answer, as estimated" if expense.unconfirmed else ""
        result(f"{expense.name:<{width}} {expense.calls:>8} {amount:>14}{doubtful}")
    result("")


def expense_as_json(expense: Expense) -> dict[str, object]:
    amount = None if expense.amount is None else str(expense.amount)
    facts = {"name": expense.name, "calls": expense.calls, "unconfirmed": expense.unconfirmed}
    return {**facts, "amount": amount, "currency": expense.currency}


def cutout(file: Path, cutout: Cutout) -> None:
    """`mug.png: good, by plain`, then the reasons for doubt and what else was found."""
    result(f"{file}: {cutout.verdict}, by {cutout.by}")
    for message in (*cutout.reasons, *(finding.message for finding in cutout.findings)):
        result(f"  - {message}")


def inspected(found: Inspected) -> None:
    """`story.jpg: 1080 x 1920 jpg, 312 kB`, then a line for each finding; what was not checked on one line."""
    facts = found.facts
    size = f"{facts['width']} x {facts['height']} {facts['format']}, " if "width" in facts else ""
    held = f", as {found.channel}" if found.channel else ""
    result(f"{found.file}: {size}{round(int(str(facts.get('bytes', 0))) / 1000):,} kB{held}")
    if said := [text for text in (_origin(facts), facts.get("credit"), facts.get("credential")) if text]:
        result(f"  says {'; '.join(map(str, said))}")
    for finding in found.findings:
        if finding.level != "not checked":
            level = f"{finding.level.value:<7}"
            result(f"  {_styled(level, fg=_COLOURS[finding.level.value])} {finding.rule}: {finding.message}")
    unchecked = dict.fromkeys(finding.rule for finding in found.findings if finding.level == "not checked")
    if unchecked:
        result(f"  not checked: {', '.join(unchecked)}")


def _by_rule(rejected: Iterable[Rejected]) -> Counter[str]:
    """How many files break each rule, under the words of the first: the others differ in numbers."""
    words: dict[str, str] = {}
    found = Counter(finding.rule for file in rejected for finding in {f.rule: f for f in file.errors}.values())
    for finding in (f for file in rejected for f in file.errors):
        same = words.setdefault(finding.rule, finding.message).removesuffix(", and the like")
        if finding.message != same:
            words[finding.rule] = f"{same}, and the like"
    return Counter({words[rule]: times for rule, times in found.items()})


def _origin(facts: Mapping[str, Json]) -> str:
    """`compositeWithTrainedAlgorithmicMedia by gpt-image-2`; nothing where a file does not say."""
    source = str(facts.get("digital_source_type") or "").rpartition("/")[2]
    system = facts.get("ai_system")
    return f"{source} by {system}" if source and system else source


def outcome(outcome: Outcome) -> None:
    """What was made and where to look; what needs attention first, each problem once."""
    problems((reject.problem for reject in outcome.rejects[:_MOST]), kind="warning")
    failed = Counter(failure.problem for failure in outcome.failures)
    for problem, times in failed.most_common(_MOST):
        problems([replace(problem, message=f"{counted(times, 'picture')} could not be made: {problem.message}")])
    broken = _by_rule(outcome.rejected)
    for message, times in broken.most_common(_MOST):
        problems([Problem(f"{counted(times, 'picture')} rejected: {message}", hint="see the folder `rejected`")])
    if any(len(kind) > _MOST for kind in (outcome.rejects, failed, broken)):
        note("and more of them; report.html has them all")
    if outcome.orphans and not outcome.pruned:
        note(f"{counted(len(outcome.orphans), 'file')} of earlier runs that nothing asks for; `--prune` removes them")
    if outcome.waiting:
        note(
            f"{counted(outcome.waiting, 'picture')} wait for a batch: `assetgen batch status`, and the next run goes on"
        )
    result(f"{counted(outcome.made, 'picture')} made; see {_from_here(outcome.output / 'report.html')}")


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def is_terminal() -> bool:
    return sys.stderr.isatty()


def terminal() -> Console:
    from rich.console import Console

    return Console(stderr=True)
