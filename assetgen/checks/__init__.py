"""Rules on a finished picture: measured on the encoded file read back, never on what was meant to be written.

To add a rule, write a function that yields a `Fault` for all that is wrong, and name it in its file's RULES. Each file
is an entry point of `assetgen.checks`, and so are the rules that others install.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from assetgen.checks.rule import Basis, Fault, Rule, Strictness
from assetgen.checks.subject import Subject
from assetgen.files.decode import Unreadable
from assetgen.model.finding import Finding, Level
from assetgen.plugins import loaded, package_of, plugins, refuse_plugin, refuse_second
from assetgen.promises import promised

__all__ = [
    "Basis",
    "Fault",
    "Level",
    "Rule",
    "Subject",
    "duplicates",
    "findings",
    "prompt",
    "rules",
    "rules_for_keys",
    "strictness",
]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that are installed, by the names of their entry points; those of one entry point in their own order.

    Raises SetupError where an entry point names something else, or two rules have one name.
    """
    found: dict[str, Rule] = {}
    for rule in _installed():
        if rule.name in found:
            refuse_second(f"the rule `{rule.name}`", found[rule.name].package, rule.package)
        found[rule.name] = rule
    return tuple(found.values())


def _installed() -> Iterator[Rule]:
    for point in plugins("checks").values():
        named = loaded(point)
        for rule in named if isinstance(named, list | tuple) else (named,):
            try:
                promised(Rule, rule, "what it names")
            except (TypeError, ValueError) as error:
                refuse_plugin(point, str(error))
            yield replace(rule, package=package_of(point))


@cache
def rules_for_keys() -> str:
    """All rules with their recipes and data, as one line for keys: a rule that is new or changed judges files anew."""
    return ", ".join(sorted(rule.of_key for rule in rules()))


def findings(subject: Subject, strictness: Strictness) -> tuple[Finding, ...]:
    """The findings of all rules; none of them means that the file may go out."""
    try:
        subject.pixels  # noqa: B018 - a file that is cut off says so only when it is decoded
        found = (finding for rule in rules() for finding in rule.findings(subject, strictness))
        return tuple(found)
    except Unreadable as error:
        return (Finding("readable", Level.ERROR, f"the file {error}"),)
