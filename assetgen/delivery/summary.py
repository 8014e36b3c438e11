"""How a run went, as Markdown: for the summary of a CI job, or a message to the team."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from assetgen.disk import replace_if_changed
from assetgen.errors import Problem
from assetgen.model.asset import money
from assetgen.model.outcome import Outcome
from assetgen.printable import printable

_MOST = 20
"""Problems of a kind; the report has them all."""


def write_summary(path: Path, name: str, outcome: Outcome) -> bool:
    """Whether it was written: two runs that went alike give the same text."""
    return replace_if_changed(path, (f"{printable(line)}\n" for line in _lines(name, outcome)))


def _lines(name: str, outcome: Outcome) -> Iterator[str]:
    yield f"## {_plain(name)}"
    yield ""
    yield from _numbers(outcome)
    if outcome.causes:
        yield from ("", "### What changed, and why", "")
    for cause in outcome.causes:
        named = ", ".join(f"`{example}`" for example in cause.examples)
        more = " …" if cause.count > len(cause.examples) else ""
        yield f"- **{cause.count:,}** {_plain(cause.name)}: {named}{more}"
    rejected = Counter(message for made in outcome.rejected for message in {f.message for f in made.errors})
    failed = Counter(failure.problem.message for failure in outcome.failures)
    held = Counter(f"{_where(each.problem)}; {each.problem.hint}" for each in outcome.held)
    set_aside = Counter(_where(reject.problem) for reject in outcome.rejects)
    yield from _listed("Waiting for a person's word; the last good files stay", held)
    yield from _listed("Rejected; the last good files stay", rejected)
    yield from _listed("Could not be made", failed)
    yield from _listed("Rows set aside; their last good files stay", set_aside)
    if outcome.warnings:
        yield from ("", "### Warnings about what was made", "")
    for rule in outcome.warnings:
        yield f"- **{rule.count:,}** {rule.name}, such as: {_plain(rule.examples[0])}"


def _numbers(outcome: Outcome) -> Iterator[str]:
    spent = ", ".join(money(amount, currency) for currency, amount in outcome.spent.items() if amount)
    numbers: dict[str, int | str] = {
        "assets": outcome.summary.assets,
        "made": outcome.made,
        "up to date": outcome.summary.up_to_date,
        "held": len(outcome.held_files),
        "rejected": len(outcome.rejected),
        "rows set aside": len(outcome.rejects),
        "not made": len(outcome.failures),
        "orphans": len(outcome.orphans) - outcome.pruned,
        "spent": spent or "nothing",
    }
    yield f"| {' | '.join(numbers)} |"
    yield f"|{' ---: |' * len(numbers)}"
    yield f"| {' | '.join(f'{value:,}' if isinstance(value, int) else value for value in numbers.values())} |"


def _listed(title: str, problems: Mapping[str, int]) -> Iterator[str]:
    if not problems:
        return
    yield from ("", f"### {title}", "")
    ordered = sorted(problems.items(), key=lambda item: (-item[1], item[0]))
    for message, count in islice(ordered, _MOST):
        yield f"- {_plain(message)}" + (f" (**{count:,}** times)" if count > 1 else "")
    if len(ordered) > _MOST:
        yield f"- and {len(ordered) - _MOST:,} more; see report.html"


def _where(problem: Problem) -> str:
    return f"{problem.location}: {problem.message}" if problem.location else problem.message


def _plain(text: str) -> str:
    """Words from a table must not turn into a heading, a link or a picture; a plain `word` stays as it is."""
    return re.sub(r"(`[\w.:-]*`)|([\\*_\[\]<>#|!])", lambda found: found[1] or f"\\{found[2]}", " ".join(text.split()))
