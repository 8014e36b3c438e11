"""Docstrings read as sentences on their own, wherever they are shown: in a hover, in `help()`, in a search."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

HOUSE = ROOT / "assetgen"
FILES = sorted(HOUSE.rglob("*.py"))

BARE = set(
    """
    above after along among and as at because before behind below beside between beyond but by for from if in into
    of on or over since so than that through till to under unless until when which who whom whose with within
    without
    """.split()  # noqa: SIM905 - forty quoted words are no list that one can read
)
"""First words that leave a docstring without its subject. How, what, where, whether and why begin a clause."""

Said = tuple[int, str]
"""A docstring and the line of what it belongs to."""


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_docstring_begins_with_its_thing(path: Path) -> None:
    wrong = [f"{line}: {text[:70]}" for line, text in _said(ast.parse(path.read_text("utf-8"))) if _leans(text)]
    assert not wrong, "\n".join(["these docstrings say nothing without what stands beside them:", *wrong])


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_docstring_ends_as_a_sentence_does(path: Path) -> None:
    said = _said(ast.parse(path.read_text("utf-8")))
    wrong = [f"{line}: ...{text[-70:]}" for line, text in said if not re.search(r"[.:!?`)]$", text)]
    assert not wrong, "\n".join(["these docstrings have no end:", *wrong])


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_constant_has_a_docstring_of_its_own(path: Path) -> None:
    body = ast.parse(path.read_text("utf-8")).body
    wrong = [node.lineno for node in body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)]
    assert not wrong, f"lines {wrong} name several constants at once: one line and one docstring for each"


def test_what_leans_is_seen() -> None:
    assert _leans("Of each window.")
    assert _leans("size: in pixels.")
    assert not _leans("`size` in pixels.")
    assert not _leans("The size in pixels.")
    assert not _leans("How far a shadow reaches.")


def _leans(text: str) -> bool:
    first = re.split(r"[\s,.:;]", text, maxsplit=1)[0]
    return first.lower() in BARE or bool(re.match(r"[a-z]", text))


def _said(node: ast.Module | ast.ClassDef) -> Iterator[Said]:
    """The docstrings of a module or a class and of all that is public in it; those of its constants too."""
    if text := ast.get_docstring(node):
        yield getattr(node, "lineno", 1), text
    for inner in node.body:
        if isinstance(inner, ast.ClassDef) and not inner.name.startswith("_"):
            yield from _said(inner)
        elif isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
            if text := ast.get_docstring(inner):
                yield inner.lineno, text
        elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant) and inner is not node.body[0]:
            yield inner.lineno, str(inner.value.value).strip()
