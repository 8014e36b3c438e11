"""Imports go down the floors of docs/architecture.md, and never up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = {
    "cli": 7,
    "production": 5,
    "sources": 4,
    "catalog": 4,
    "providers": 4,
    "cutters": 4,
    "credentials": 4,
    "delivery": 4,
    "publishing": 4,
    "fetching": 4,
    "store": 4,
    "ledger": 4,
    "disk": 3,
    "prompts": 2,
    "planning": 2,
    "pricing": 2,
    "ports": 2,
    "imaging": 2,
    "checks": 2,
    "model": 1,
    "fingerprint": 0,
    "errors": 0,
}
KNOW_EACH_OTHER = {2}  # it is all pure
FACADE = {"__init__", "__main__"}
ONLY_IN = {
    "pandas": "catalog",
    "openpyxl": "catalog",
    "pyarrow": "catalog",
    "typer": "cli",
    "rich": "cli",
    "openai": "providers",
    "obstore": "publishing",
    "httpx2": ("providers", "fetching"),
    "httpcore2": "fetching",
    "rembg": "cutters",
    "onnxruntime": "cutters",
    "pooch": "cutters",
    "c2pa": "credentials",
    "cryptography": "credentials",
    "sqlite3": ("ledger", "catalog"),
    "threading": ("production", "cutters"),  # which lets one photo at a time into a model
    "concurrent": "production",
}


def modules() -> list[Path]:
    return sorted((ROOT / "assetgen").rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT / "assetgen").parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> frozenset[str]:
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    here = room(path)
    if here in FACADE:
        return
    for name in imports(path):
        if not name.startswith("assetgen."):
            continue
        there = name.split(".")[1]
        if there == here or there not in FLOORS:
            continue
        same = FLOORS[there] == FLOORS[here]
        below = FLOORS[there] < FLOORS[here] or (same and FLOORS[here] in KNOW_EACH_OTHER)
        assert below, f"{here} (floor {FLOORS[here]}) must not know {there} (floor {FLOORS[there]})"


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in modules()} - FACADE == set(FLOORS)


@pytest.mark.parametrize(("package", "rooms"), ONLY_IN.items())
def test_packages_stay_in_the_room_that_owns_them(package: str, rooms: str | tuple[str, ...]) -> None:
    for path in modules():
        if any(name.split(".")[0] == package for name in imports(path)):
            assert room(path) in rooms, f"{path} imports {package}"
