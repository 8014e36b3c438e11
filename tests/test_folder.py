"""Plates made elsewhere: their prompts go out, and their pictures come in by their keys."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

import assetgen
from assetgen.cli import main
from assetgen.model.outcome import Outcome
from tests.kit import change, manifest, pictures, tree

OUTPUT = Path("output/small")
PLATES = Path("campaigns/plates")
CHOICE = "provider: {name: folder, folder: plates, sizes: {square: 160x160, portrait: 128x160}}"


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop with two scenes, whose plates come from a folder that is still empty."""
    change(small, "  shelf:\n    prompt: shelf\n", "  shelf:\n    prompt: shelf\n  ledge:\n    prompt: shelf\n")
    change(small, "layout: card", f"layout: card\n{CHOICE}")
    PLATES.mkdir()
    return small


def run(campaign: Path) -> Outcome:
    return assetgen.run(assetgen.load(campaign))


def exported(campaign: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, str]]:
    capsys.readouterr()
    assert main(["prompts", "export", str(campaign), *options]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def draw(name: str, size: Sequence[int] = (160, 160), colour: str = "#b0c4b1") -> Path:
    path = PLATES / name
    Image.new("RGB", (size[0], size[1]), colour).save(path)
    return path


@pytest.fixture
def keys(shop: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The key of each scene's plate."""
    return {row["scene"]: row["key"] for row in exported(shop, capsys)}


def problem(outcome: Outcome) -> str:
    (found,) = {str(failure.problem) for failure in outcome.failures}
    return found


def test_an_export_says_what_to_make_and_how_to_name_it(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf, ledge = exported(shop, capsys)

    assert list(shelf) == ["key", "width", "height", "ratio", "mode", "take", "scene", "prompt", "file"]
    assert (shelf["scene"], ledge["scene"]) == ("shelf", "ledge")
    assert (shelf["width"], shelf["height"], shelf["ratio"], shelf["mode"]) == ("160", "160", "1:1", "plate")
    assert shelf["prompt"].startswith("a shelf in shelf\n\nA product will be placed")
    assert shelf["file"] == f"{shelf['key'][:12]}.png"


def test_a_spreadsheet_carries_out_no_prompt(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("templates/prompts/shelf.j2"), "a shelf", "=HYPERLINK(1) a shelf")

    assert {prompt["prompt"][:5] for prompt in exported(shop, capsys)} == {" =HYP"}


def test_pictures_named_as_the_export_says_become_the_plates(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for row in exported(shop, capsys):
        draw(row["file"], colour="#336699" if row["scene"] == "shelf" else "#993333")

    assert main(["run", str(shop)]) == 0
    assert len(pictures(OUTPUT)) == 9
    (picture,) = (OUTPUT / name for name in pictures(OUTPUT) if "square/A-1--shelf" in name)
    with Image.open(picture) as image:
        corner = image.getpixel((5, 1075))
    assert corner == pytest.approx((0x33, 0x66, 0x99), abs=40)


def test_the_second_run_does_nothing(shop: Path, keys: dict[str, str]) -> None:
    for key in keys.values():
        draw(f"{key}.png")
    run(shop)
    before = tree(OUTPUT)
    (PLATES / f"{keys['shelf']}.png").unlink()  # it is in the store

    assert (run(shop).made, tree(OUTPUT)) == (0, before)


@pytest.mark.parametrize("name", ["{key}.webp", "{key:.8}.jpg", "ann_an_oak_shelf_{key:.12}.png", "Final {key:.9}.PNG"])
def test_a_name_may_hold_a_part_of_the_key_anywhere(shop: Path, keys: dict[str, str], name: str) -> None:
    draw(name.format(key=keys["shelf"]))

    assert {failure.id.split("--")[1] for failure in run(shop).failures} == {"ledge"}


def test_too_short_a_part_of_a_key_is_none(shop: Path, keys: dict[str, str]) -> None:
    draw(f"{keys['shelf'][:7]}.png")

    assert len(run(shop).failures) == 6


def test_a_list_names_files_that_hold_no_key(shop: Path, keys: dict[str, str]) -> None:
    change(shop, "folder: plates,", "folder: plates, list: plates/list.csv,")
    for name in keys:
        draw(f"{name}.png")
    rows = "".join(f"{key[:10]};{name}.png\n" for name, key in keys.items())
    (PLATES / "list.csv").write_text(f"key;file\n{rows}", encoding="utf-8-sig")

    assert run(shop).exit_code == 0


def test_the_export_itself_is_a_list_with_its_column_filled_in(shop: Path) -> None:
    change(shop, "folder: plates,", "folder: plates, list: plates.csv,")
    table = Path("campaigns/plates.csv")
    assert main(["prompts", "export", str(shop), "-o", str(table)]) == 0
    for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))):
        draw(f"{row['scene']}.png")
        change(table, row["file"], f"{row['scene']}.png")

    assert run(shop).exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,file\n", "the list has no column `key`\n  --> campaigns/plates/list.csv:1"),
        ("file,key\n\na.png,oops\n", "`oops` is not the key of a plate\n  --> campaigns/plates/list.csv:3"),
    ],
    ids=["column", "key"],
)
def test_a_list_that_makes_no_sense_stops_the_run(
    shop: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(shop, "folder: plates,", "folder: plates, list: plates/list.csv,")
    (PLATES / "list.csv").write_text(text, encoding="utf-8")

    assert main(["run", str(shop)]) == 2
    assert message in capsys.readouterr().err


def test_a_missing_picture_is_told_with_the_way_out_and_the_others_are_made(
    shop: Path, keys: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    draw(f"{keys['shelf']}.png")

    assert main(["run", str(shop)]) == 1
    assert len(pictures(OUTPUT)) == 6
    told = capsys.readouterr().err
    start = keys["ledge"][:12]
    assert f"there is no picture for plate `{start}` of 160 x 160 pixels yet" in told
    assert f"hint: put it there as `campaigns/plates/{start}.png`" in told
    assert "`assetgen prompts export`" in told


def test_a_picture_that_comes_later_completes_the_campaign(shop: Path, keys: dict[str, str]) -> None:
    draw(f"{keys['shelf']}.png")
    run(shop)
    draw(f"{keys['ledge']}.png")

    assert (run(shop).made, run(shop).exit_code) == (3, 0)


def test_a_plan_warns_of_a_folder_that_is_not_there(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    PLATES.rmdir()

    assert main(["plan", str(shop)]) == 0
    assert "there is no folder `campaigns/plates`" in capsys.readouterr().err


def test_another_size_is_taken_and_said(shop: Path, keys: dict[str, str]) -> None:
    draw(f"{keys['shelf']}.png", (320, 320))
    draw(f"{keys['ledge']}.png")
    run(shop)

    checks = {asset["scene"]: asset["checks"] for asset in manifest(OUTPUT)["assets"]}
    said = "the provider sent 320 x 320 pixels, 160 x 160 were asked for"
    assert said in {check["message"] for check in checks["shelf"]}
    assert said not in {check["message"] for check in checks["ledge"]}


def test_other_proportions_are_refused(shop: Path, keys: dict[str, str]) -> None:
    draw(f"{keys['ledge']}.png", (160, 150))
    name = draw(f"{keys['shelf']}.png", (320, 200))

    assert f"`{name}` has 320 x 200 pixels, 160 x 160 were asked for" in problem(run(shop))


def test_a_file_that_is_no_picture_is_named(shop: Path, keys: dict[str, str]) -> None:
    draw(f"{keys['ledge']}.png")
    (PLATES / f"{keys['shelf']}.png").write_text("oops")

    assert f"`campaigns/plates/{keys['shelf']}.png` is a text, not a picture" in problem(run(shop))


def test_of_two_files_for_one_plate_a_person_has_to_choose(shop: Path, keys: dict[str, str]) -> None:
    draw(f"{keys['ledge']}.png")
    one, other = sorted((draw(f"{keys['shelf']}.png"), draw(f"{keys['shelf'][:12]} brighter.jpg")))

    assert f"`{one}` and `{other}` are both for plate" in problem(run(shop))


def test_moving_the_folder_changes_nothing(shop: Path, keys: dict[str, str]) -> None:
    for key in keys.values():
        draw(f"{key}.png")
    run(shop)
    PLATES.rename("elsewhere")
    change(shop, "folder: plates,", "folder: ../elsewhere,")

    assert run(shop).summary.to_do == 0


def test_files_declare_who_made_the_plates(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(shop, "folder: plates,", "folder: plates, made_by: people,")
    for row in exported(shop, capsys):
        draw(row["file"])
    run(shop)

    codes = {asset["scene"]: asset["digital_source_type"] for asset in manifest(OUTPUT)["assets"]}
    assert (codes["shelf"], codes["ledge"]) == ("digitalCreation", "digitalCreation")


def test_midjourney_gets_one_line_that_ends_with_the_proportions(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(shop, "instagram-feed-square", "instagram-feed-portrait")
    change(shop, "portrait: 128x160", "portrait: 1152x1440")
    change(Path("templates/layouts/card.yaml"), "square:", "square: &drawn")
    with Path("templates/layouts/card.yaml").open("a") as layout:
        layout.write("portrait: *drawn\n")
    prompt = exported(shop, capsys, "--midjourney")[0]["prompt"]

    assert prompt.startswith("a shelf in shelf A product")
    assert prompt.endswith(" --ar 4:5")


def test_what_is_stored_is_exported_only_when_asked(
    shop: Path, keys: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    draw(f"{keys['shelf']}.png")
    run(shop)

    assert [row["scene"] for row in exported(shop, capsys)] == ["ledge"]
    assert [row["scene"] for row in exported(shop, capsys, "--all")] == ["shelf", "ledge"]


@pytest.mark.parametrize("options", [["--json"], ["--format", "json"]])
def test_scripts_get_json_lines(shop: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "export", str(shop), *options]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["scene"], line["width"]) for line in lines] == [("shelf", 160), ("ledge", 160)]


def test_keys_of_another_provider_are_exported_with_a_warning(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "layout: card", "layout: card\nprovider: openai")

    assert main(["prompts", "export", str(small)]) == 0
    told = capsys.readouterr()
    assert "a shelf in shelf" in told.out
    assert "those of provider `openai`" in told.err
    assert "`provider: {name: folder, folder: plates}`" in told.err
