"""The rules as a table for the docs."""

from __future__ import annotations

from assetgen.checks import rules
from assetgen.checks.rule import Basis, Rule
from assetgen.model.finding import Level

_EVIDENCE = {Basis.MEASURE: "not from `memory`", Basis.PLATFORM: "`official-page` or `-copy`", Basis.OURS: "any"}


def rule_table() -> str:
    """Markdown: each rule with what it demands, how hard it is at most, and the evidence that allows an error."""
    head = "| rule | what holds | at most | on evidence |\n|---|---|---|---|"
    return "\n".join([head, *map(_row, rules())])


def _row(rule: Rule) -> str:
    evidence = _EVIDENCE[rule.basis] if rule.level is Level.ERROR else "any"
    return f"| `{rule.name}` | {rule.demands} | {rule.level.value} | {evidence} |"
