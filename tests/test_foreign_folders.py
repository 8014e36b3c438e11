"""Folders that cannot be written, and files that cannot be read: who only looks can, and the rest is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import assetgen
from assetgen.cli import main
from tests.kit import change, pictures, tree
from tests.rights import read_only, unreadable

NEEDS_MENDING = 2
NEEDS_SOMETHING = 3
Said = pytest.CaptureFixture[str]

LOOKING = [
    "check {}",
    "plan {}",
    "batch status {}",
    "prompts export {}",
    "spend",
    "cache stats",
    "layouts list",
    "layouts preview card -o {aside}/card.png",
    "ledger export {aside}/payments.csv",
    "products campaigns/products.csv",
]


@pytest.mark.parametrize("words", LOOKING)
def test_looking_needs_to_write_nothing(small: Path, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    before = tree(Path())
    with read_only(Path()):
        assert main(words.format(small, aside=tmp_path_factory.mktemp("aside")).split()) == 0

    assert tree(Path()) == before


@pytest.mark.parametrize("words", [*LOOKING, "check {} --files", "why {file}", "diff {manifest} {manifest}"])
def test_nor_where_everything_was_made(made: Path, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    output = Path("output/small")
    file, manifest = output / min(pictures(output)), output / "manifest.json"
    aside = tmp_path_factory.mktemp("aside")
    with read_only(Path()):
        assert main(words.format(made, aside=aside, file=file, manifest=manifest).split()) == 0


def test_what_was_made_and_paid_is_known_in_a_read_only_folder(made: Path, capsys: Said) -> None:
    with read_only(Path()):
        assert assetgen.plan(assetgen.load(made)).summary.up_to_date == 6
        assert [(paid.name, paid.calls) for paid in assetgen.spend()] == [("small", 1)]


def test_what_a_killed_run_wrote_last_is_known_too(made: Path) -> None:
    ledger = assetgen.spend()
    shutil.copy(".assetgen/ledger.sqlite", "copy")
    with read_only(Path()):
        assert assetgen.spend() == ledger


@pytest.mark.parametrize("words", ["run {}", "cache prune", "ledger restore payments.csv"])
def test_whoever_writes_is_told_which_folder_and_what_to_do(small: Path, words: str, capsys: Said) -> None:
    assert main(["ledger", "export", "payments.csv"]) == 0
    with read_only(Path()):
        assert main(words.format(small).split()) == NEEDS_SOMETHING
    said = capsys.readouterr().err

    assert ".assetgen` could not be written: this user may not" in said
    assert "choose another place" in said
    assert "full" not in said


def test_a_ledger_that_cannot_be_written_makes_no_run(made: Path, capsys: Said) -> None:
    Path(".assetgen/lock.sqlite").unlink()
    change(Path("campaigns/products.csv"), "10.00", "11.00")
    with read_only(Path(".assetgen/ledger.sqlite")):
        assert main(["run", str(made)]) == NEEDS_SOMETHING

    assert "ledger.sqlite` could not be written: this user may not" in capsys.readouterr().err


def _a_file(home: Path) -> None:
    home.write_text("not a folder")


def _a_link_to_nowhere(home: Path) -> None:
    home.symlink_to("/nowhere/state")


@pytest.mark.parametrize(
    ("lay", "reason"),
    [(_a_file, "a file"), (_a_link_to_nowhere, "a link to `/nowhere/state`, which is not there")],
)
@pytest.mark.parametrize("words", ["plan {}", "run {}", "spend", "cache stats", "cache prune"])
def test_what_stands_in_the_place_of_the_state_is_named(
    small: Path, lay: Callable[[Path], None], reason: str, words: str, capsys: Said
) -> None:
    lay(Path(".assetgen"))

    assert main(words.format(small).split()) == NEEDS_SOMETHING
    assert reason in capsys.readouterr().err


FILES = [
    "campaigns/small.yaml",
    "campaigns/products.csv",
    "campaigns/copy.csv",
    "templates/brands/plain.yaml",
    "templates/layouts/card.yaml",
    "templates/prompts/shelf.j2",
]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_may_not_be_read_is_named(small: Path, name: str, capsys: Said) -> None:
    with unreadable(Path(name)):
        assert main(["plan", str(small)]) == NEEDS_MENDING
    said = capsys.readouterr().err

    assert "read" in said
    assert Path(name).name in said


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_a_file_is_called_a_folder(small: Path, name: str, capsys: Said) -> None:
    Path(name).unlink()
    Path(name).mkdir()

    assert main(["plan", str(small)]) == NEEDS_MENDING
    said = capsys.readouterr().err
    assert "is a folder" in said
    assert Path(name).name in said


def test_a_logo_that_may_not_be_read_is_named(small: Path, capsys: Said) -> None:
    logo = Path("templates/brands/logo.svg")
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nlogo: logo.svg")
    with unreadable(logo):
        assert main(["plan", str(small)]) == NEEDS_MENDING

    assert "logo.svg` may not be read" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["templates/layouts", "templates/prompts"])
def test_templates_that_may_not_be_read_are_never_taken_for_none(small: Path, name: str, capsys: Said) -> None:
    with unreadable(Path(name)):
        assert main(["plan", str(small)]) == NEEDS_MENDING

    assert f"`{name}` may not be read" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["plan {}", "run {}", "cache prune"])
def test_a_store_that_may_not_be_read_is_named(made: Path, words: str, capsys: Said) -> None:
    with unreadable(Path(".assetgen/store/cutouts")):
        assert main(words.format(made).split()) == NEEDS_SOMETHING

    assert ".assetgen/store/cutouts" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "plan {} -o {folder}",
        "run {} --summary {folder}",
        "ledger export {folder}",
        "prompts export {} -o {folder}",
        "layouts preview card -o {folder}",
    ],
)
@pytest.mark.parametrize("folder", ["/", "templates", "."])
def test_a_folder_is_no_file_to_write(small: Path, words: str, folder: str, capsys: Said) -> None:
    assert main(words.format(small, folder=folder).split()) == NEEDS_SOMETHING
    assert "a folder stands there" in capsys.readouterr().err
    assert not Path("output").exists()


@pytest.mark.parametrize("words", ["cache stats -w {long}", "ledger export {long}", "inspect {long}"])
def test_a_name_that_no_disk_takes_is_told(small: Path, words: str, capsys: Said) -> None:
    assert main(words.format(long="x" * 300).split()) == NEEDS_SOMETHING
    assert "the name is too long" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["spend", "cache stats", "cache prune", "ledger export payments.csv"])
def test_a_folder_that_is_no_workspace_is_never_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(words.split()) == NEEDS_MENDING
    assert "is a workspace" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_workspace_is_found_upwards(made: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.chdir("output/small")

    assert main(["spend"]) == 0
    assert "small" in capsys.readouterr().out
    assert main(["layouts", "list"]) == 0
    assert "card " in capsys.readouterr().out


def test_a_folder_that_was_named_must_be_one(made: Path, capsys: Said) -> None:
    assert main(["spend", "-w", "output"]) == NEEDS_MENDING
    assert f"the nearest one is `{Path.cwd()}`" in capsys.readouterr().err
