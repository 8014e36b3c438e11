"""The rooms of docs/architecture.md: imports go down, through the faces of rooms, and every name is there once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

HOUSE = ROOT / "assetgen"

PLAN = re.compile(r"^(?P<floor>[ \d]\d)? +(?P<name>\w+)(?P<file>\.py)?  +(?P<what>\S.*)$")
"""A line of the plan in docs/architecture.md; a room within the one above has no floor of its own."""


MOST_FILES = 25
"""Files in a room, its face among them; what is larger is two rooms."""

MOST_LINES = 300
"""Lines in a file."""

ONLY_IN = {
    "pandas": {"catalog", "frames"},
    "pyarrow": {"catalog"},
    "typer": {"cli"},
    "rich": {"cli"},
    "openai": {"providers"},
    "obstore": {"publishing"},
    "httpx2": {"providers", "web"},
    "httpcore2": {"web"},
    "rembg": set(),  # tests alone hold what we know of models against it
    "onnxruntime": {"cutters"},
    "pooch": {"cutters"},
    "c2pa": {"credentials"},
    "cryptography": {"credentials"},
    "sqlite3": {"ledger", "catalog"},
    "threading": {"production", "photos", "cutters", "patience"},  # cutters let one photo at a time into a model
    "concurrent": {"production", "photos", "publishing", "desk"},
    "pyvips": {"picture", "files", "cutout", "likeness"},
    "PIL": {"picture", "files", "cutters", "providers", "credentials", "sources"},
    "cv2": {"picture", "files", "cutout", "cutters", "likeness", "checks", "studio", "providers", "production"},
    "babel": {"amounts", "prompts", "delivery", "catalog", "sources", "planning", "picture"},
    "fontTools": {"picture", "sources"},
    "budoux": {"picture"},
}


@cache
def plan() -> list[tuple[str, int, str]]:
    """Each line of the plan of the house: dotted name, floor, and what the room or file is for."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    drawn = text.partition("## The house")[2].partition("```\n")[2].partition("```")[0]
    found, outer, floor = list[tuple[str, int, str]](), "", 0
    for line in drawn.splitlines():
        parts = PLAN.match(line)
        assert parts, f"docs/architecture.md: this line of the plan has another form: {line}"
        if parts["floor"]:
            outer, floor = f"assetgen.{parts['name']}", int(parts["floor"])
        found.append((outer if parts["floor"] else f"{outer}.{parts['name']}", floor, parts["what"]))
    return found


@cache
def floors() -> dict[str, int]:
    """The floor of each room and of each file beside the rooms. Those on one floor do not know each other."""
    return {on_ground(name): floor for name, floor, _ in plan()}


@cache
def sources() -> dict[str, Path]:
    """Every module of the house by its dotted name; a room goes by the name of its folder."""
    paths = sorted(HOUSE.rglob("*.py"))
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(sources()[module].read_text(encoding="utf-8"))


def is_room(module: str) -> bool:
    return sources()[module].name == "__init__.py"


def rooms() -> list[str]:
    return [module for module in sources() if is_room(module) and module != "assetgen"]


def room_of(module: str) -> str:
    return module if is_room(module) else module.rpartition(".")[0]


def on_ground(module: str) -> str:
    """What stands on a floor: a room with all that is in it, or a file beside the rooms."""
    return module.split(".")[1] if "." in module else "assetgen"


@cache
def imported(module: str) -> frozenset[tuple[str, str]]:
    """Of the whole file, late imports too: from which module, and what of it; nothing for a module as a whole."""
    return frozenset(_imported(module))


def _imported(module: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole, "") if whole in sources() else (node.module, alias.name)


def used(module: str) -> frozenset[str]:
    """The modules of the house that it imports."""
    return frozenset(there for there, _ in imported(module) if there in sources())


def doors(room: str) -> frozenset[str]:
    """What the face of a room lets others import: files, and names that it brings along."""
    for node in tree(room).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def knocks(module: str) -> Iterator[tuple[str, str]]:
    """At which rooms it asks for what; a room within a room may open all of the outer one."""
    here = room_of(module)
    for there, name in imported(module):
        if there not in sources() or there == "assetgen":
            continue
        room, door = (there, name) if is_room(there) and name else (there.rpartition(".")[0], there.rpartition(".")[2])
        if room not in {"assetgen", here} and not here.startswith(f"{room}."):
            yield room, door


@pytest.mark.parametrize("module", [module for module in sources() if module not in {"assetgen", "assetgen.__main__"}])
def test_imports_go_down(module: str) -> None:
    floor, here = floors(), on_ground(module)
    for there in {on_ground(name) for name in used(module)} - {here}:
        assert there in floor, f"{module} must not know the whole package"
        assert floor[there] < floor[here], f"{here} (floor {floor[here]}) must not know {there} (floor {floor[there]})"


def test_the_plan_in_the_docs_shows_every_room_and_no_other() -> None:
    beside = {module for module in sources() if room_of(module) == "assetgen" and not is_room(module)}
    assert {name for name, _, _ in plan()} == {*rooms(), *beside} - {"assetgen.__main__"}


@pytest.mark.parametrize("module", sources())
def test_rooms_are_entered_through_their_faces(module: str) -> None:
    for room, door in knocks(module):
        assert door in doors(room), f"{module} imports `{door}`, which is not in `__all__` of {room}"


@pytest.mark.parametrize("room", rooms())
def test_a_face_says_what_its_room_is_for_and_opens_no_door_that_nobody_uses(room: str) -> None:
    assert ast.get_docstring(tree(room)), f"{room} does not say what it is for"
    asked = {door for module in sources() for there, door in knocks(module) if there == room}
    idle = (
        doors(room) - asked - {alias for module in ("assetgen", "assetgen.__main__") for _, alias in imported(module)}
    )
    assert not idle - entered_from_outside(room), f"nobody imports these from {room}"


def entered_from_outside(room: str) -> set[str]:
    """What entry points of this distribution name, and what the docs import to show it to others."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md")))
    shown = re.findall(rf"^from {re.escape(room)} import (.+)$", pages, re.MULTILINE)
    named = {line.rpartition(":")[2].strip('"') for line in text.splitlines() if f'"{room}' in line}
    return named | {name for names in shown for name in names.split(", ")}


@pytest.mark.parametrize("room", rooms())
def test_a_room_can_be_taken_in_at_a_glance(room: str) -> None:
    files = [module for module in sources() if room_of(module) == room]
    assert len(files) <= MOST_FILES, f"{room} has {len(files)} files"


@pytest.mark.parametrize("module", sources())
def test_a_file_is_one_thing(module: str) -> None:
    assert len(sources()[module].read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_two_files_have_one_name() -> None:
    stems = Counter(path.stem for path in sources().values() if not path.stem.startswith("__"))
    assert [name for name, count in stems.items() if count > 1] == []


def test_no_two_classes_have_one_name() -> None:
    """A word for each idea: a private class counts as well, for both are read by the same people."""
    names = Counter(
        node.name.lstrip("_")
        for module in sources()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ClassDef)
    )
    assert sorted(name for name, count in names.items() if count > 1) == []


def test_no_file_needs_itself() -> None:
    """Circles of imports, late ones counted. A face stands for what it imports itself."""
    TopologicalSorter({module: used(module) - {module} for module in sources()}).prepare()


@pytest.mark.parametrize(("package", "owners"), ONLY_IN.items())
def test_packages_stay_in_the_rooms_that_own_them(package: str, owners: set[str]) -> None:
    for module in sources():
        if any(there.split(".")[0] == package for there, _ in imported(module)):
            assert on_ground(module) in owners, f"{module} imports {package}"
