"""The words that prompts are checked for: those that come along, and the workspace's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from assetgen.errors import InputError, Problem
from assetgen.shipped import shipped
from assetgen.sources.document import read_document

FILE = "terms.yaml"


def read_terms(root: Path) -> dict[str, str]:
    """Terms and why they are doubtful; `templates/terms.yaml` adds, replaces, and with an empty value takes away."""
    own = root / "templates" / FILE
    return dict(_joined(shipped("prompt_terms"), dict(_checked(own)) if os.path.lexists(own) else {}))


def _checked(file: Path) -> Iterator[tuple[str, str | None]]:
    document = read_document(file)
    for term, reason in document.value.items():
        if not isinstance(reason, str | None):
            hint = "write the term, a colon and the reason"
            raise InputError(Problem(f"`{term}` needs a reason in one line", document.marks.at(term), hint))
        yield term.strip(), reason


def _joined(ours: dict[str, str], own: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    for term, reason in {**ours, **own}.items():
        if reason:
            yield term, reason
