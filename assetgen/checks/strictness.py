"""Problems with what a file says of how hard rules are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetgen.checks import rules
from assetgen.errors import did_you_mean

DUPLICATE = "duplicate"
"""The name of the rule about two pictures at once, see `duplicates`."""


def strictness_problems(strictness: Mapping[str, str]) -> Iterator[tuple[str, str, str | None]]:
    """The names that say something impossible, each with a message and a way out."""
    known = [*(rule.name for rule in rules()), DUPLICATE]
    for name, said in strictness.items():
        if name not in known:
            hint = did_you_mean(name, known, otherwise="`assetgen inspect --rules` lists them all")
            yield name, f"there is no rule `{name}`", hint
        elif name == DUPLICATE and said == "error":
            yield name, f"`{name}` cannot be an error: of two that look alike, neither is wrong", "make it a warning"
