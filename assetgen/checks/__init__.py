"""Rules on a finished picture: measured on the encoded file read back, never on what was meant to be written.

To add a rule, write a function that yields a `Fault` for all that is wrong, and name it in its file's RULES.
"""

from __future__ import annotations

from assetgen.checks import files, labels, listings, marks, reading, sharpness, sizes, white, wording, words
from assetgen.checks.rule import Rule, Strictness
from assetgen.checks.subject import Subject
from assetgen.files.decode import Unreadable
from assetgen.model.finding import Finding, Level

__all__ = ["RULES", "Subject", "duplicates", "findings", "prompt", "strictness"]

RULES: tuple[Rule, ...] = (
    *sizes.RULES,
    *files.RULES,
    *white.RULES,
    *listings.RULES,
    *words.RULES,
    *reading.RULES,
    *sharpness.RULES,
    *wording.RULES,
    *marks.RULES,
    *labels.RULES,
)


def findings(subject: Subject, strictness: Strictness) -> tuple[Finding, ...]:
    """All that the rules have to say; nothing means that the file may go out."""
    try:
        subject.pixels  # noqa: B018 - a file that is cut off says so only when it is decoded
        found = (finding for rule in RULES for finding in rule.findings(subject, strictness))
        return tuple(found)
    except Unreadable as error:
        return (Finding("readable", Level.ERROR, f"the file {error}"),)
