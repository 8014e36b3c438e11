"""A provider of somebody else's: the one that the docs show, installed as a package and run as a program."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.kit import change, manifest, pictures, write

Program = Callable[..., "subprocess.CompletedProcess[str]"]

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "our-paper"
version = "1.0"

"""


def shown_in_docs(language: str, word: str) -> str:
    """The first example in this language that has the word in it."""
    text = (ROOT / "docs/engineers.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return next(block for block in blocks if word in block)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that pip put the package of the docs into."""
    source, target = tmp_path_factory.mktemp("our-paper"), tmp_path_factory.mktemp("installed")
    write(source / "our_paper.py", shown_in_docs("python", "class Paper"))
    write(source / "pyproject.toml", PROJECT + shown_in_docs("toml", "assetgen.providers"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, capture_output=True)
    return target


@pytest.fixture
def program(installed: Path) -> Program:
    """assetgen in a process of its own, beside that package."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)])}
        command = [sys.executable, "-m", "assetgen", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop, whose plates are of paper."""
    change(small, "layout: card\n", f"layout: card\n{shown_in_docs('yaml', 'name: paper')}")
    return small


def plate_colours() -> set[object]:
    """Of the stored plates, each at a corner."""
    plates = [path for path in Path(".assetgen/store/plates").rglob("*") if path.is_file() and path.suffix != ".json"]
    return {corner(path) for path in plates}


def corner(picture: Path) -> object:
    with Image.open(picture) as image:
        return image.getpixel((0, 0))


def test_an_installed_provider_makes_plates_in_its_settings(shop: Path, program: Program) -> None:
    ended = program("run", str(shop))

    assert ended.returncode == 0, ended.stderr
    assert plate_colours() == {(0xAA, 0xBB, 0xCC)}
    assert len(pictures(Path("output/small"))) == 6
    scenic = [asset for asset in manifest(Path("output/small"))["assets"] if asset["scene"] == "shelf"]
    assert {(asset["provider"], asset["price"]["amount"]) for asset in scenic} == {("paper", "0")}


def test_a_setting_of_an_installed_provider_is_part_of_the_key(shop: Path, program: Program) -> None:
    def keys() -> set[str]:
        lines = [json.loads(line) for line in program("plan", str(shop), "--json").stdout.splitlines()]
        return {line["plate_key"] for line in lines if line.get("plate_key")}

    before = keys()
    change(shop, "#aabbcc", "#112233")
    after = keys()

    assert (len(before), len(after)) == (1, 1)
    assert before != after


def test_a_misspelt_setting_of_an_installed_provider_is_told(shop: Path, program: Program) -> None:
    change(shop, "colour:", "color:")
    ended = program("check", str(shop))

    assert ended.returncode == 2
    assert "did you mean `colour`?" in ended.stderr
