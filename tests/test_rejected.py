"""A file that breaks a rule is kept apart, and the last good one stays where it is."""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path

import pytest
from PIL import Image

from assetgen.cli import main
from tests.kit import CHANNELS, STRICT, change, manifest, pictures, write

DEGRADED = 1


@pytest.fixture(scope="module")
def _rejects(_shop_with_pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a shop whose square pictures break a rule that came later; tests copy it."""
    folder = tmp_path_factory.mktemp("rejects")
    shutil.copytree(_shop_with_pictures, folder, dirs_exist_ok=True)
    write(folder / "templates/channels.yaml", STRICT)
    with chdir(folder):
        assert main(["run", "campaigns/small.yaml"]) == DEGRADED
    return folder


@pytest.fixture
def broken(_rejects: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its square pictures break a rule that came later."""
    shutil.copytree(_rejects, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "campaigns/small.yaml"


def rejected() -> dict[str, dict[str, str]]:
    assets = manifest(Path("output/small"))["assets"]
    return {asset["id"]: asset for asset in assets if asset["state"] == "rejected"}


def test_it_goes_to_a_folder_of_its_own_and_the_last_good_one_stays(made: Path) -> None:
    good = pictures(Path("output/small"))
    write(Path("templates/channels.yaml"), STRICT)

    assert main(["run", str(made)]) == DEGRADED

    found = rejected()
    assert set(found) == {f"instagram-feed-square/{sku}--shelf--en-US" for sku in ("A-1", "B-2", "C-3")}
    assert all(asset["file"].startswith("rejected/instagram-feed-square/") for asset in found.values())
    assert {asset["stale"] for asset in found.values()} < good
    assert pictures(Path("output/small")) == good | {asset["file"] for asset in found.values()}


def test_the_reason_is_told_once_for_all(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("templates/channels.yaml"), STRICT)
    main(["run", str(made)])

    said = capsys.readouterr().err
    assert "3 pictures rejected: the text lies where Instagram feed post 1:1 puts its buttons" in said


def test_a_second_run_makes_nothing_and_still_says_so(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = manifest(Path("output/small"))
    capsys.readouterr()

    assert main(["run", str(broken)]) == DEGRADED

    said = capsys.readouterr()
    assert "0 pictures made" in said.out
    assert "3 pictures rejected" in said.err
    assert manifest(Path("output/small")) == before


def test_the_plan_tells_them_from_what_is_up_to_date(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    main(["plan", str(broken)])

    assert "6 assets: 3 up to date, 3 rejected" in capsys.readouterr().out


def test_once_it_is_good_again_nothing_else_is_left(broken: Path) -> None:
    write(Path("templates/channels.yaml"), CHANNELS)

    assert main(["run", str(broken)]) == 0

    assert {Path(name).parts[0] for name in pictures(Path("output/small"))} == {"instagram-feed-square", "amazon-main"}
    assert len(pictures(Path("output/small"))) == 6


def test_rejected_again_it_keeps_the_last_good_one(broken: Path) -> None:
    stale = {asset["stale"] for asset in rejected().values()}
    change(Path("campaigns/copy.csv"), "Now here", "Here now")

    assert main(["run", str(broken)]) == DEGRADED

    assert {asset["stale"] for asset in rejected().values()} == stale
    assert len(pictures(Path("output/small"))) == 9


def test_one_that_was_never_good_has_no_file_in_its_place(small: Path) -> None:
    write(Path("templates/channels.yaml"), STRICT)

    assert main(["run", str(small)]) == DEGRADED

    assert {asset["stale"] for asset in rejected().values()} == {None}
    assert not Path("output/small/instagram-feed-square").exists()


def test_what_nothing_asks_for_goes_with_its_last_good_file(broken: Path) -> None:
    change(broken, "[instagram-feed-square, amazon-main]", "[amazon-main]")

    assert main(["run", str(broken), "--prune"]) == 0

    assert {Path(name).parts[0] for name in pictures(Path("output/small"))} == {"amazon-main"}


def test_why_finds_a_rejected_file(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next(iter(rejected().values()))["file"]
    capsys.readouterr()

    assert main(["why", f"output/small/{file}"]) == 0
    assert "rejected" in capsys.readouterr().out


def test_check_looks_at_the_finished_files_too(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(made), "--files"]) == 0
    spoilt = next(Path("output/small/amazon-main").glob("A-1*"))
    Image.new("RGB", (900, 900), "#eeeeee").save(spoilt)
    capsys.readouterr()

    assert main(["check", str(made), "--files"]) == DEGRADED

    said = capsys.readouterr().out
    assert "  error   white-background: " in said
    assert "6 files: " in said


def test_before_the_first_run_there_are_no_files_to_check(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(small), "--files"]) == 2
    assert "has no files yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        (
            "{contrst: error}",
            "there is no rule `contrst`\n  --> campaigns/small.yaml:11:10\nhint: did you mean `contrast`?",
        ),
        ("{duplicate: error}", "`duplicate` cannot be an error"),
    ],
)
def test_a_rule_that_cannot_be_so_is_told(
    small: Path, capsys: pytest.CaptureFixture[str], checks: str, said: str
) -> None:
    change(small, "layout: card\n", f"layout: card\nchecks: {checks}\n")

    assert main(["check", str(small)]) == 2
    assert said in capsys.readouterr().err


def test_a_channel_knows_the_rules_too(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("templates/channels.yaml"), STRICT.replace("checks: {keep-out:", "checks: {keepout:"))

    assert main(["check", str(small)]) == 2
    assert "did you mean `keep-out`?" in capsys.readouterr().err
