"""The rules as a table for the docs."""

from __future__ import annotations

from assetgen.checks import RULES
from assetgen.checks.rule import Basis, Rule

_EVIDENCE = {
    Basis.MEASURE: "all rows but those from `memory`",
    Basis.PLATFORM: "rows from the platform's own words: `official-page`, `official-copy`",
    Basis.OURS: "none needed: it is our own",
}


def table() -> str:
    """Markdown: each rule with what it demands, how hard it is, and on what evidence it is as hard as that."""
    head = "| rule | a finished file keeps it if | at most | as hard on |\n|---|---|---|---|"
    return "\n".join([head, *map(_row, RULES)])


def _row(rule: Rule) -> str:
    return f"| `{rule.name}` | {rule.demands} | {rule.level.value} | {_EVIDENCE[rule.basis]} |"
