"""What is damaged, replaced or broken costs the pictures that need it, and is made good by this or the next run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydantic import PrivateAttr

import assetgen
from assetgen.errors import Problem, ProviderError
from assetgen.model.outcome import Outcome
from assetgen.model.request import ALONE, Attached, Generated, Request
from tests.kit import Flat, change, manifest, pictures, tree

OUTPUT, STORE = Path("output/small"), Path(".assetgen/store")
DEGRADED = 1


def run(campaign: Path, *, provider: Flat | None = None, again: bool = False) -> Outcome:
    brief, maker = assetgen.load(campaign), provider or Flat()
    return assetgen.run(brief, provider=maker, force_step="compose" if again else None, jobs=2)


@pytest.fixture
def white(small: Path) -> Path:
    """The small shop on a white channel only, with all its pictures: no plates, so that a run takes no time."""
    change(small, "[instagram-feed-square, amazon-main]", "[amazon-main]")
    assert run(small).made == 3
    return small


@pytest.fixture
def scenic(small: Path) -> Path:
    """The small shop on one channel with a plate, with all its pictures."""
    change(small, "[instagram-feed-square, amazon-main]", "[instagram-feed-square]")
    assert run(small).made == 3
    return small


def objects(kind: str) -> list[Path]:
    return sorted(path for path in (STORE / kind).rglob("*") if path.is_file() and not path.suffix)


def files() -> dict[str, str]:
    """The digests of pictures and records; a manifest also tells how long the work took."""
    return {name: digest for name, digest in tree(OUTPUT).items() if name.endswith((".jpg", ".json")) and "/" in name}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def flip(path: Path) -> None:
    """One other byte in the middle, with the size and the date as they were."""
    stat, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def says(text: str | bytes) -> Callable[[Path], object]:
    data = text.encode() if isinstance(text, str) else text
    return lambda path: path.with_suffix(".json").write_bytes(data)


def put_folder(path: Path) -> None:
    path.with_suffix(".json").unlink()
    path.with_suffix(".json").mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "bytes cut off": cut,
    "a byte flipped": flip,
    "empty": lambda path: path.write_bytes(b""),
    "record cut off": lambda path: cut(path.with_suffix(".json")),
    "record not UTF-8": says(b'{"verdict": "\xff"}'),
    "record a list": says("[]"),
    "record of another shape": says('{"verdict": 3}'),
    "record gone": lambda path: path.with_suffix(".json").unlink(),
    "record a folder": put_folder,
}


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "record a folder"])
def test_a_cutout_that_is_damaged_is_cut_out_again_and_nothing_is_said(white: Path, damage: str) -> None:
    before, stored = tree(OUTPUT), {path: path.read_bytes() for path in objects("cutouts")}
    for path in stored:
        DAMAGES[damage](path)

    outcome = run(white, again=True)

    assert (outcome.made, outcome.rejects, outcome.failures, outcome.exit_code) == (3, (), (), 0)
    assert pictures(OUTPUT) == {name for name in before if name.endswith(".jpg")}
    assert {path: path.read_bytes() for path in objects("cutouts")} == stored
    assert run(white).made == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_plate_that_is_damaged_is_asked_for_again_and_it_is_said(
    scenic: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = objects("plates")
    provider, noted = Flat(), list[str]()
    DAMAGES[damage](path)
    if damage == "a byte flipped":  # seen where it is used: nobody reads all plates for a plan
        outcome = run(scenic, provider=provider, again=True)
        assert (len(outcome.failures), outcome.exit_code, provider.asked) == (3, DEGRADED, [])
        assert "the stored background of scene `shelf` is damaged" in outcome.failures[0].problem.message
    if damage == "record a folder":
        path.with_suffix(".json").rmdir()

    events = assetgen.Events(note=noted.append)
    outcome = assetgen.run(assetgen.load(scenic), provider=provider, force_step="compose", events=events)

    assert (outcome.made, outcome.exit_code, len(provider.asked)) == (3, 0, 1)
    said = "the stored background of scene `shelf` is damaged: it is asked for again, and paid for again"
    assert any(said in each for each in noted)
    assert run(scenic, provider=provider, again=True).exit_code == 0
    assert len(provider.asked) == 1


def test_a_damaged_plate_that_nothing_has_to_be_made_from_is_left_alone(scenic: Path) -> None:
    cut(objects("plates")[0])
    provider = Flat()

    assert (run(scenic, provider=provider).made, provider.asked) == (0, [])


def test_a_damaged_thumbnail_or_preview_stops_no_report(white: Path) -> None:
    for path in (*objects("thumbs"), *objects("previews")):
        cut(path)
    (OUTPUT / "report.html").unlink()

    assert run(white).exit_code == 0
    assert (OUTPUT / "report.html").exists()


def test_records_that_are_gone_come_back(white: Path) -> None:
    before = files()
    shutil.rmtree(OUTPUT / "records")

    assert run(white).exit_code == 0
    assert files() == before


def test_a_finished_file_with_one_other_byte_is_made_again_though_size_and_date_are_the_same(white: Path) -> None:
    before = files()
    flip(OUTPUT / min(pictures(OUTPUT)))

    assert run(white).made == 1
    assert files() == before


class Meddling(Flat):
    """Does something while the last plate is asked for: by then every row is planned, and the last one waits for it."""

    _then: list[Callable[[], object]] = PrivateAttr(default_factory=list)

    @property
    def then(self) -> list[Callable[[], object]]:
        return self._then

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        if "Box" in request.prompt:
            for meddle in self._then:
                meddle()
        return super().generate(request, attached)


@pytest.fixture
def waiting(small: Path) -> Path:
    """The small shop on one channel, nothing made yet, whose products have a plate each."""
    change(small, "[instagram-feed-square, amazon-main]", "[instagram-feed-square]")
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a shelf for {{ product.title }}")
    return small


RED, BLUE = Path("campaigns/red.png"), Path("campaigns/blue.png")


@pytest.mark.parametrize("what", ["replaced", "gone"])
def test_a_photo_that_changes_after_it_was_planned_is_never_cut_out_under_the_digest_of_the_old_one(
    waiting: Path, what: str
) -> None:
    blue = BLUE.read_bytes()

    def meddle() -> None:
        stat = BLUE.stat()
        BLUE.unlink()
        if what == "replaced":
            BLUE.write_bytes(RED.read_bytes())
            os.utime(BLUE, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    provider = Meddling()
    provider.then.append(meddle)
    outcome = run(waiting, provider=provider)
    assert (outcome.made, len(outcome.rejects), outcome.exit_code) == (2, 1, DEGRADED)
    assert outcome.rejects[0].sku == "C-3"
    said = "went away while the run was at work" if what == "gone" else "was replaced while the run was at work"
    assert f"photo `blue.png` {said}" in outcome.rejects[0].problem.message

    BLUE.write_bytes(blue)
    assert run(waiting).exit_code == 0
    (file,) = OUTPUT.glob("instagram-feed-square/C-3--*.jpg")
    with Image.open(file) as image:
        red, _, blueness = np.asarray(image.resize((32, 32))).reshape(-1, 3).astype(int).T
    assert (blueness - red).max() > 100, "the picture of the blue thing shows the blue thing"
    assert (red - blueness).max() < 50, "and nothing red"


def test_a_fault_that_nobody_foresaw_costs_its_picture_and_the_rest_is_made_and_told(
    waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tripped: list[str] = []

    def trip_once(image: Image.Image, file: Any, kind: str, **options: Any) -> None:
        if kind == "JPEG" and not tripped:
            tripped.append(kind)
            raise ValueError("nobody thought of this")
        save(image, file, kind, **options)

    save = Image.Image.save
    monkeypatch.setattr(Image.Image, "save", trip_once)
    outcome = run(waiting, provider=Flat())

    assert (outcome.made, len(outcome.failures), outcome.exit_code) == (2, 1, DEGRADED)
    assert "a fault that nobody foresaw: ValueError: nobody thought of this" in outcome.failures[0].problem.message
    assert [failed["id"] for failed in manifest(OUTPUT)["failed"]] == [outcome.failures[0].id]


class Surrogate(Flat):
    """Refuses one request, and notes something about the others, in words that hold half a surrogate pair."""

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        if "Box" in request.prompt:
            raise ProviderError(Problem("no \ud83d today"))
        return Generated(super().generate(request, attached).data, notes=("made \ud83d",))


def test_half_a_surrogate_pair_in_a_message_is_written_everywhere(waiting: Path, tmp_path: Path) -> None:
    outcome = assetgen.run(assetgen.load(waiting), provider=Surrogate(), summary=tmp_path / "summary.md")

    assert (outcome.made, len(outcome.failures)) == (2, 1)
    assert manifest(OUTPUT)["failed"][0]["message"] == "no \\ud83d today"
    for name in (OUTPUT / "report.html", tmp_path / "summary.md"):
        assert "ud83d today" in name.read_text(encoding="utf-8")
    assert run(waiting).made == 1


def test_a_name_that_is_taken_costs_one_picture(waiting: Path) -> None:
    change(waiting, "[instagram-feed-square]", "[instagram-feed-square, amazon-main]")
    OUTPUT.mkdir(parents=True)
    (OUTPUT / "amazon-main").write_text("a note", encoding="utf-8")

    outcome = run(waiting)
    assert (outcome.made, len(outcome.failures), outcome.exit_code) == (3, 3, DEGRADED)
    assert "is a file, and a folder should be there" in outcome.failures[0].problem.message


def test_only_our_own_parts_are_swept_away(white: Path) -> None:
    ours, notes = OUTPUT / f".{'0a' * 16}.part", OUTPUT / "amazon-main/.notes.part"
    ours.write_text("killed", encoding="utf-8")
    notes.write_text("mine", encoding="utf-8")

    assert run(white).exit_code == 0
    assert not ours.exists()
    assert notes.exists()


def test_a_lost_workspace_makes_nothing_anew_buys_nothing_and_changes_no_byte(small: Path) -> None:
    run(small)
    before = tree(OUTPUT)
    shutil.rmtree(".assetgen")
    provider = Flat()

    outcome = run(small, provider=provider)

    assert (outcome.made, provider.asked, outcome.exit_code) == (0, [], 0)
    assert tree(OUTPUT) == before


def test_pictures_that_are_made_again_in_a_lost_workspace_have_the_names_they_had(small: Path) -> None:
    run(small)
    before = pictures(OUTPUT)
    shutil.rmtree(".assetgen")
    shutil.rmtree(OUTPUT)

    assert run(small).made == 6
    assert pictures(OUTPUT) == before


def test_orphans_are_found_though_the_ledger_is_lost_and_nothing_of_others_is_removed(small: Path) -> None:
    run(small)
    old = {name for name in pictures(OUTPUT) if "/C-3--" in name}
    mine = [OUTPUT / "amazon-main/holiday.jpg", OUTPUT / "amazon-main/D-4--packshot--all--0123abcd.jpg"]
    for file in mine:
        file.write_bytes(b"a holiday")
    lines = (OUTPUT / "manifest.json").read_text(encoding="utf-8")
    forged = lines.replace("amazon-main/A-1--packshot--all--", "../../campaigns/A-1--packshot--all--")
    (OUTPUT / "manifest.json").write_text(forged, encoding="utf-8")
    shutil.rmtree(".assetgen")
    change(Path("campaigns/products.csv"), "C-3,Box,30.00,EUR,blue.png\n", "")

    outcome = assetgen.run(assetgen.load(small), provider=Flat(), prune=True)

    assert {orphan.path for orphan in outcome.orphans} == old
    assert not old & pictures(OUTPUT)
    assert all(file.exists() for file in mine)
    assert tree(Path("campaigns")).keys() >= {"red.png", "green.png", "blue.png"}


def test_what_changed_since_is_told_by_a_manifest_alone(small: Path) -> None:
    run(small)
    shutil.rmtree(".assetgen")
    change(Path("campaigns/products.csv"), "10.00", "8.00")

    outcome = run(small)
    assert {file.reason for file in outcome.files} == {"words: “Ball for €10.00” became “Ball for €8.00”"}


def test_other_users_of_the_machine_cannot_look_into_the_workspace(white: Path) -> None:
    assert Path(".assetgen").stat().st_mode & 0o007 == 0
