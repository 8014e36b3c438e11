"""Every kind of bad input, through the command line: place, hint, exit code, and nothing written."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assetgen.cli import main
from tests.kit import change, manifest, pictures, size

OUTPUT = Path("output/small")


@pytest.fixture
def white(small: Path) -> Path:
    """The small shop on a white channel only: no plates, so that a run takes no time."""
    change(small, "channels: [instagram-feed-square, amazon-main]", "channels: [amazon-main]")
    return small


def refused(capsys: pytest.CaptureFixture[str], *said: str) -> None:
    """The run ends with exit code 2, says all this, and leaves nothing behind."""
    assert main(["run", "campaigns/small.yaml"]) == 2
    stderr = capsys.readouterr().err
    for words in said:
        assert words in stderr
    assert not OUTPUT.exists()


def test_broken_yaml(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "locales: [en-US]", "locales: [en-US")
    refused(capsys, "campaigns/small.yaml:", "error:", "hint:")


def test_an_unknown_key(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "layout: card", "layuot: card")
    refused(capsys, "`layuot`", "campaigns/small.yaml:10:1", "`layout`")


def test_a_wrong_type(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "layout: card", "layout: card\ntakes: many")
    refused(capsys, "`many`", "campaigns/small.yaml:11:8")


def test_a_missing_file(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "file: products.csv", "file: product.csv")
    refused(capsys, "product.csv", "campaigns/small.yaml:3:9", "`products.csv`")


def test_a_missing_campaign(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small.rename("campaigns/smal.yaml")
    refused(capsys, "small.yaml")


def test_a_typo_in_a_template(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("templates/prompts/shelf.j2").write_text("a shelf\nin {{ scene.name | titel }}\n")
    refused(capsys, "`titel`", "templates/prompts/shelf.j2:2:", "`title`")


def test_an_unknown_column(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("campaigns/copy.csv"), "product.title", "product.titel")
    refused(capsys, "`titel`", "campaigns/copy.csv:3", "`title`")


def test_an_unknown_channel(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "amazon-main", "amazon-mian")
    refused(capsys, "`amazon-mian`", "campaigns/small.yaml:11:35", "`amazon-main`")


@pytest.mark.parametrize("contents", ["Dear designer, here is the logo", "<svg cut off"])
def test_a_logo_that_is_no_image(small: Path, contents: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("templates/brands/logo.svg").write_text(contents)
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nlogo: logo.svg")
    refused(capsys, "logo.svg", "templates/brands/plain.yaml:2:7")


def test_an_empty_table(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("campaigns/products.csv").write_text("sku,title,price,currency,photo\n")
    refused(capsys, "campaigns/products.csv")


def test_a_table_without_a_sku_column(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("campaigns/products.csv"), "sku,", "article,")
    refused(capsys, "sku", "campaigns/products.csv:1", "`article`")


def test_a_character_that_no_font_has(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("campaigns/copy.csv"), "Now here", "விலை")
    refused(capsys, "`வ`, `ி`", "campaigns/copy.csv:2", "Tamil")


def test_words_that_the_brand_never_says(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nnever_say: [cheap]")
    change(Path("campaigns/copy.csv"), "Now here", "Cheap and here")
    refused(capsys, "`cheap`", "campaigns/copy.csv:2")


def test_all_problems_of_a_file_come_at_once(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "layout: card", "layuot: card\ntakes: many")
    change(small, "amazon-main", "amazon-mian")
    refused(capsys, "`layuot`", "`many`")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]), "damaged or cut off"),
        (lambda file: Image.new("1", (12_000, 9_000)).save(file, "png"), "108 megapixels"),
        (lambda file: file.write_text("<!doctype html><title>404</title>"), "is a web page"),
        (lambda file: file.write_bytes(b""), "is empty"),
        (Path.unlink, "is not there"),
    ],
    ids=["truncated", "huge", "html", "empty", "missing"],
)
def test_a_photo_that_is_no_use_sets_its_row_aside(white: Path, spoil, reason: str, capsys) -> None:
    spoil(Path("campaigns/green.png"))

    assert main(["run", str(white)]) == 1
    stderr = capsys.readouterr().err
    assert reason in stderr
    assert "campaigns/products.csv:3" in stderr
    assert {name.split("--")[0] for name in pictures(OUTPUT)} == {"amazon-main/A-1", "amazon-main/C-3"}
    (entry,) = manifest(OUTPUT)["set_aside"]
    assert entry["sku"] == "B-2"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A-1,Again,1.00,EUR,red.png", "`A-1`"),
        ("D-4,No photo,1.00,EUR,", "has no photo"),
        ("D-4,Too few", "the header names 5"),
        (",Nameless,1.00,EUR,red.png", "no sku"),
    ],
)
def test_a_bad_row_is_set_aside_and_the_rest_goes_on(white: Path, row: str, reason: str, capsys) -> None:
    table = Path("campaigns/products.csv")
    table.write_text(table.read_text() + row + "\n")

    assert main(["run", str(white)]) == 1
    stderr = capsys.readouterr().err
    assert reason in stderr
    assert "campaigns/products.csv:5" in stderr
    assert len(pictures(OUTPUT)) == 3


def test_a_sku_that_is_a_path_becomes_a_safe_name(white: Path) -> None:
    change(Path("campaigns/products.csv"), "A-1,", "../../etc/x,")
    change(Path("campaigns/products.csv"), "B-2,", "etc-x,")

    assert main(["run", str(white)]) == 0
    names = {path.name.split("--")[0] for path in (OUTPUT / "amazon-main").iterdir()}
    assert len(names) == 3
    assert not any("/" in name or name.startswith(".") for name in names)


def test_a_disk_that_takes_no_more_ends_the_run_with_nothing_half_written(white: Path) -> None:
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    command = [sys.executable, "-m", "assetgen", "run", str(white)]
    ended = subprocess.run(command, capture_output=True, text=True, preexec_fn=small_files_only, check=False)

    assert ended.returncode == 3, ended.stderr
    assert "could not be written" in ended.stderr
    assert list(Path("output").rglob(".*")) == []
    for name in pictures(OUTPUT):
        size(OUTPUT / name)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for one picture, where this machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root on Linux")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on_from_there(
    white: Path, tiny_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(white, "layout: card", f"layout: card\noutput: {tiny_disk}")

    assert main(["run", str(white)]) == 3
    assert "the disk is full" in capsys.readouterr().err
    assert not list(tiny_disk.rglob(".*"))
    for picture in tiny_disk.rglob("*.jpg"):
        size(picture)

    subprocess.run(["mount", "-o", "remount,size=9m", str(tiny_disk)], check=True)
    assert main(["run", str(white)]) == 0
    assert len(pictures(tiny_disk)) == 3


def test_the_plan_tells_of_errors_with_its_own_exit_code(small: Path) -> None:
    change(small, "layout: card", "layuot: card")

    assert main(["plan", str(small)]) == 2
    assert main(["plan", str(small), "--detailed-exitcode"]) == 1


@pytest.mark.parametrize("said", ["templates", "templates/x", "campaigns", ".", "output/..", "..", ".assetgen"])
def test_pictures_never_go_to_a_folder_that_has_other_things_in_it(
    small: Path, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "layout: card\n", f'layout: card\noutput: "{said}"\n')
    refused(capsys, f"pictures cannot go to `{said}`", "campaigns/small.yaml:11:9", "`output/small`")


def test_a_campaign_needs_a_name_of_its_own(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small.rename("campaigns/...yaml")

    assert main(["check", "campaigns/...yaml"]) == 2
    assert "needs a name before its ending" in capsys.readouterr().err


def test_check_says_of_photos_what_a_run_would_say(white: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    Image.fromarray(noise).save("campaigns/red.png")
    whole = Path("campaigns/green.png").read_bytes()
    Path("campaigns/green.png").write_bytes(whole[: len(whole) // 2])

    assert main(["check", str(white), "--no-cutouts"]) == 0
    capsys.readouterr()
    assert main(["check", str(white)]) == 1
    checked = capsys.readouterr().err
    assert "photo `red.png` cannot be cut out well" in checked
    assert "photo `green.png` is damaged or cut off" in checked
    assert not OUTPUT.exists()
    assert main(["run", str(white)]) == 1
    assert {line for line in checked.splitlines() if "photo" in line} <= {*capsys.readouterr().err.splitlines()}
    assert len(pictures(OUTPUT)) == 1
