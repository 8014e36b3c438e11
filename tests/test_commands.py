"""The commands around a run, as a user types them."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from assetgen.cli import main
from tests.conftest import ROOT
from tests.kit import change, pictures, tree

OUTPUT = Path("output/small")


@pytest.fixture
def quick(small: Path) -> Path:
    """The small shop with the studio at its smallest."""
    change(small, "layout: card", "layout: card\nprovider: {name: studio, megapixels: 0.25}")
    return small


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_plan_prints_an_object_for_each_asset_and_a_summary_last(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(small), "--json"]) == 0
    *assets, last = lines(capsys)

    assert len(assets) == 6
    assert all(asset["state"] == "new" and asset["asset_key"] for asset in assets)
    numbers = last["summary"]
    assert isinstance(numbers, dict)
    assert numbers["requests"] == 1
    assert {key: numbers[key] for key in ("assets", "new", "changed", "up_to_date", "orphan")} == {
        "assets": 6, "new": 6, "changed": 0, "up_to_date": 0, "orphan": 0,
    }  # fmt: skip
    assert not OUTPUT.exists()


def test_a_rule_that_no_row_keeps_is_not_taken_for_nothing_to_do(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "file: products.csv", "file: products.csv\n  where: product.title == 'Bal'")

    assert main(["plan", str(small)]) == 0
    assert "no row takes part" in capsys.readouterr().out


def test_the_exit_code_of_plan_tells_whether_there_is_work(quick: Path) -> None:
    assert main(["plan", str(quick), "--detailed-exitcode"]) == 2
    assert main(["run", str(quick)]) == 0
    assert main(["plan", str(quick), "--detailed-exitcode"]) == 0


def test_a_saved_plan_is_done_exactly(quick: Path) -> None:
    assert main(["plan", str(quick), "-s", "sku:A-1", "-o", "plan.json"]) == 0
    assert main(["run", str(quick), "--plan", "plan.json"]) == 0

    assert {name.split("/")[1].split("--")[0] for name in pictures(OUTPUT)} == {"A-1"}


def test_a_saved_plan_is_refused_when_an_input_has_moved(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", str(quick), "-o", "plan.json"])
    change(Path("campaigns/products.csv"), "10.00", "11.00")

    assert main(["run", str(quick), "--plan", "plan.json"]) == 2
    assert "the plan no longer holds" in capsys.readouterr().err
    assert not pictures(OUTPUT)


def test_a_saved_plan_says_itself_what_to_make(quick: Path) -> None:
    main(["plan", str(quick), "-o", "plan.json"])

    assert main(["run", str(quick), "--plan", "plan.json", "-s", "sku:A-1"]) == 2
    assert not OUTPUT.exists()


def test_a_ledger_of_another_version_is_refused_before_anything_is_made(
    quick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["plan", str(quick)])
    with closing(sqlite3.connect(".assetgen/ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA user_version = 99")

    assert main(["run", str(quick)]) == 3
    assert "another version" in capsys.readouterr().err


def test_why_says_what_changed_in_plain_words(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(quick)])
    file = next(name for name in sorted(pictures(OUTPUT)) if "instagram-feed-square/A-1" in name)
    capsys.readouterr()
    change(Path("campaigns/products.csv"), "10.00", "9.50")

    assert main(["why", str(OUTPUT / file)]) == 0
    said = capsys.readouterr().out
    assert "“Ball for €10.00” became “Ball for €9.50”" in said


def test_why_shows_the_two_prompts(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(quick)])
    file = next(name for name in sorted(pictures(OUTPUT)) if "instagram-feed-square/A-1" in name)
    change(Path("templates/prompts/shelf.j2"), "a shelf", "an oak shelf")

    assert main(["why", str(OUTPUT / file)]) == 0
    assert "“a shelf in shelf” became “an oak shelf in shelf”" in capsys.readouterr().out


@pytest.mark.parametrize("stage", ["plate", "cutout", "compose"])
def test_a_forced_stage_makes_the_selected_pictures_again(quick: Path, stage: str, capsys) -> None:
    main(["run", str(quick)])
    capsys.readouterr()

    assert main(["run", str(quick), "--force-step", stage, "-s", "sku:A-1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["made"] == 2


def test_prune_removes_what_nothing_asks_for(quick: Path) -> None:
    main(["run", str(quick)])
    change(Path("campaigns/products.csv"), "C-3,Box,30.00,EUR,blue.png\n", "")

    assert main(["run", str(quick), "--prune"]) == 0
    assert not any("C-3" in name for name in pictures(OUTPUT))


def test_limit_takes_the_first_products(quick: Path) -> None:
    main(["run", str(quick), "--limit", "1"])

    assert {name.split("/")[1].split("--")[0] for name in pictures(OUTPUT)} == {"A-1"}


def test_check_finds_problems_and_makes_nothing(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(small)]) == 0
    Path("campaigns/red.png").write_text("<html>")
    assert main(["check", str(small)]) == 1
    assert "is a web page" in capsys.readouterr().err
    assert not OUTPUT.exists()


@pytest.mark.parametrize("kind", ["campaign", "brand", "layout", "channels"])
def test_schema_prints_a_json_schema(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", kind]) == 0
    assert "properties" in json.loads(capsys.readouterr().out)


def test_cutout_writes_a_picture_and_says_how_far_to_trust_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = ROOT / "campaigns/photos/lamp.jpg"

    assert main(["cutout", str(photo), "-o", str(tmp_path), "--json"]) == 0
    (said,) = lines(capsys)
    assert said["verdict"] == "good"
    with Image.open(tmp_path / "lamp.png") as picture:
        assert (picture.mode, picture.size) == ("RGBA", (1200, 1200))


def test_cutout_refuses_what_is_no_photo_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.jpg"
    page.write_text("<html>")

    assert main(["cutout", str(page), str(ROOT / "campaigns/photos/lamp.jpg"), "-o", str(tmp_path)]) == 1
    assert "is a web page" in capsys.readouterr().err
    assert (tmp_path / "lamp.png").exists()


def test_cutouts_are_never_written_over_each_other(tmp_path: Path) -> None:
    assert main(["cutout", "a/lamp.jpg", "b/lamp.jpg", "-o", str(tmp_path)]) == 2


def test_cache_counts_and_tidies(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(quick)])
    capsys.readouterr()
    assert main(["cache", "stats"]) == 0
    assert "plates" in capsys.readouterr().out
    Path("campaigns/red.png").write_bytes(Path("campaigns/blue.png").read_bytes())
    main(["run", str(quick)])
    assert main(["cache", "prune"]) == 0
    before = tree(OUTPUT)
    main(["run", str(quick)])
    assert tree(OUTPUT) == before


def test_init_lays_down_a_campaign_and_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "shop")]) == 0
    assert (tmp_path / "shop/campaigns/spring.yaml").exists()
    assert main(["init", str(tmp_path / "shop")]) == 2
    assert "already" in capsys.readouterr().err


def test_an_unknown_field_to_select_by_is_explained(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(small), "-s", "chanel:x"]) == 2
    assert "did you mean `channel`?" in capsys.readouterr().err


@contextmanager
def started(campaign: Path) -> Iterator[subprocess.Popen[str]]:
    """A run in a process of its own, that can be disturbed."""
    command = [sys.executable, "-m", "assetgen", "run", str(campaign)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.wait(60)


def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(quick: Path) -> None:
    with started(quick) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the plan: the work begins
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()

    assert process.returncode == 130
    assert "stopped" in said
    assert main(["run", str(quick)]) == 0
    assert len(pictures(OUTPUT)) == 6


def test_what_a_run_killed_at_its_report_left_behind_goes_with_the_next(quick: Path) -> None:
    assert main(["run", str(quick)]) == 0
    (OUTPUT / f".{uuid4().hex}.part").touch()
    assert main(["run", str(quick)]) == 0
    assert not list(OUTPUT.rglob(".*"))


def test_a_killed_run_leaves_only_whole_files_and_the_next_one_finishes(quick: Path) -> None:
    chance = random.Random(7)
    stored: set[str] = set()
    for _ in range(4):
        with started(quick) as process:
            time.sleep(chance.uniform(0.5, 4))
            process.send_signal(signal.SIGKILL)
        stored |= whole(Path(".assetgen/store/plates"))
        for name in pictures(OUTPUT):
            assert name.rsplit("--", 1)[1].split(".")[0] == tree(OUTPUT)[name][:8]

    assert main(["run", str(quick)]) == 0
    assert len(pictures(OUTPUT)) == 6
    assert stored <= whole(Path(".assetgen/store/plates"))
    assert not list(OUTPUT.rglob(".*"))
    assert not list(Path(".assetgen/store").rglob(".*"))


def whole(folder: Path) -> set[str]:
    """Files under a final name; what a killed run was still writing has a hidden one."""
    return {name for name in tree(folder) if not Path(name).name.startswith(".")}


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    code = (
        "import sys; from assetgen.cli import main; main(['--help']);"
        "print([m for m in ('pandas', 'openai', 'numpy', 'pyvips', 'PIL', 'cv2') if m in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert ended.stdout.splitlines()[-1] == "[]"
