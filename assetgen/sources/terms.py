"""The words that prompts are checked for: those that come along, and the workspace's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import yaml

from assetgen.errors import InputError, Problem
from assetgen.sources.document import read_document

FILE = "terms.yaml"


def read_terms(root: Path) -> dict[str, str]:
    """Terms and why they are doubtful; `templates/terms.yaml` adds, replaces, and with an empty value takes away."""
    shipped = yaml.safe_load(files("assetgen").joinpath("data/prompt_terms.yaml").read_text(encoding="utf-8"))
    own = root / "templates" / FILE
    return dict(_joined(shipped, dict(_checked(own)) if os.path.lexists(own) else {}))


def _checked(file: Path) -> Iterator[tuple[str, str | None]]:
    document = read_document(file)
    for term, reason in document.value.items():
        if not isinstance(reason, str | None):
            hint = "write the term, a colon and the reason"
            raise InputError(Problem(f"`{term}` needs a reason in one line", document.marks.at(term), hint))
        yield term.strip(), reason


def _joined(shipped: dict[str, str], own: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    for term, reason in {**shipped, **own}.items():
        if reason:
            yield term, reason
