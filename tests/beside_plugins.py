"""Packages of plug-ins: taken from the docs, installed by pip, and assetgen as a program beside them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import invalidate_caches
from pathlib import Path

from assetgen import plugins
from assetgen.checks import rules, rules_for_keys
from assetgen.config.layout import Layout, layer_kinds
from assetgen.prompts.filter_socket import filters
from tests.kit import ROOT, write

Program = Callable[..., "subprocess.CompletedProcess[str]"]

PAGE = ROOT / "docs/plugins.md"
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "our-plugins"
version = "1.0"

[tool.hatch.build.targets.wheel]
include = ["*.py"]
"""


def shown_in_docs(language: str, word: str) -> str:
    """The first example in this language that has the word in it."""
    return next(text for kind, text in _examples() if kind == language and word in text)


def _examples() -> list[tuple[str, str]]:
    return re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def install_those_of_the_docs(folder: Path) -> Path:
    """The folder into which pip put one package with every plug-in that the docs show."""
    source, target, points, code = folder / "source", folder / "installed", "", ""
    for kind, text in _examples():
        if kind == "python":
            code = text
        elif kind == "toml" and (named := re.search(r'"(\w+):', text)):
            points += f"\n{text}"
            write(source / f"{named[1]}.py", code)
    write(source / "pyproject.toml", PROJECT + points)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, capture_output=True)
    return target


def lay_beside(folder: Path, name: str, points: str, modules: Mapping[str, str] = {}) -> Path:
    """The folder in which a package lies as pip would leave it."""
    for module, code in modules.items():
        write(folder / f"{module}.py", code)
    info = folder / f"{name}-1.0.dist-info"
    write(info / "METADATA", f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\n")
    write(info / "entry_points.txt", points)
    return folder


def run_beside(*folders: Path) -> Program:
    """assetgen in a process of its own, beside what is installed in these folders."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*map(str, folders), str(ROOT)])}
        command = [sys.executable, "-m", "assetgen", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@contextmanager
def beside(folder: Path) -> Iterator[None]:
    """What is installed in a folder is so for this process, until the end of the block: a process costs seconds."""
    sys.path.insert(0, str(folder))
    _look_again()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None)).startswith(str(folder)):
                del sys.modules[name]
        _look_again()


def _look_again() -> None:
    invalidate_caches()
    for known in (plugins.plugins, rules, rules_for_keys, filters, layer_kinds):
        known.cache_clear()


@contextmanager
def layers_beside(folder: Path) -> Iterator[None]:
    """As `beside`, and layouts may have the layers of the folder."""
    with beside(folder):
        Layout.model_rebuild(force=True)
        yield
    Layout.model_rebuild(force=True)
