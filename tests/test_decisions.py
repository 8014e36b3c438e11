"""The decisions of docs/architecture.md up to the twelfth, each by its number: what is made, and how it is kept."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import assetgen
from assetgen.cli import main
from assetgen.fingerprint import digest, key
from assetgen.model.asset import Asset
from assetgen.production.plan_stream import ProductPlan
from assetgen.sources import channels
from tests.conftest import ROOT
from tests.imageserver import Answer, ImageServer
from tests.kit import Flat, change, manifest, pictures, tree, with_model

OUTPUT = Path("output/small")
NUMBERED = re.compile(r"^(\d+)\. \*\*(.+?)\*\*", re.MULTILINE)


def planned(campaign: Path) -> list[Asset]:
    plan = assetgen.plan(assetgen.load(campaign), provider=Flat())
    return [each.asset for item in plan if isinstance(item, ProductPlan) for each in item.planned]


def plates() -> list[bytes]:
    kept = Path(".assetgen/store/plates").rglob("*")
    return [path.read_bytes() for path in sorted(kept) if path.is_file() and not path.suffix]


def requests(campaign: Path) -> int:
    return assetgen.plan(assetgen.load(campaign), provider=Flat()).summary.bill.requests


def test_every_numbered_decision_has_a_test_with_its_number() -> None:
    said = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").partition("## Decisions")[2]
    numbers = [int(number) for number, _ in NUMBERED.findall(said.partition("\n## ")[0])]
    here = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").glob("test_decisions*.py")))
    tested = [int(number) for number in re.findall(r"^def test_decision_(\d\d)_", here, re.MULTILINE)]

    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted(set(tested)) == numbers


def test_decision_01_the_product_is_pasted_from_the_pixels_of_its_photo(made: Path) -> None:
    [ball] = [asset for asset in manifest(OUTPUT)["assets"] if asset["id"].startswith("instagram-feed-square/A-1")]
    with Image.open(OUTPUT / ball["file"]) as picture:
        middle = np.asarray(picture.convert("RGB"))[640:720, 500:580]

    assert ball["sources"]["request"]["mode"] == "plate"
    assert "Ball" not in ball["sources"]["request"]["prompt"]
    assert np.abs(middle.mean(axis=(0, 1)) - (255, 0, 0)).max() < 12


def test_decision_02_an_assets_key_is_the_digest_of_its_inputs_and_why_names_them(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assets = planned(made)
    assert [asset.key for asset in assets] == [key(asset.inputs) for asset in assets]
    assert len({asset.key for asset in assets}) == 6

    change(Path("campaigns/products.csv"), "10.00", "9.00")
    capsys.readouterr()
    assert main(["why", f"{OUTPUT}/{next(n for n in pictures(OUTPUT) if 'square/A-1' in n)}"]) == 0
    told = capsys.readouterr().out
    assert "€10.00" in told
    assert "€9.00" in told


def test_decision_03_a_channel_of_a_known_shape_buys_nothing(small: Path) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[instagram-story]")
    change(
        Path("templates/layouts/card.yaml"), "square:", "tall: [{layer: plate}]\nskyscraper: [{layer: plate}]\nsquare:"
    )
    assert requests(small) == 1

    change(small, "[instagram-story]", "[instagram-story, instagram-story-ad, display-160x600]")
    assert len(planned(small)) == 9
    assert requests(small) == 1

    change(small, "display-160x600]", "display-160x600, instagram-feed-square]")
    assert requests(small) == 2


def test_decision_04_assets_that_cannot_differ_are_one_asset(small: Path) -> None:
    change(
        Path("campaigns/copy.csv"),
        "key,en-US\nheadline,Now here\noffer,{{",
        "key,en-US,de-DE\nheadline,Now,Da\noffer,x,{{",
    )
    change(small, "[en-US]", "[en-US, de-DE]")
    change(small, "  shelf:\n    prompt: shelf\n", "  shelf:\n    prompt: shelf\n  floor:\n    prompt: shelf\n")

    ids = [asset.id for asset in planned(small)]
    assert len([each for each in ids if each.startswith("instagram-feed-square/A-1--")]) == 4
    assert [each for each in ids if each.startswith("amazon-main/A-1--")] == ["amazon-main/A-1--packshot--all"]


def test_decision_05_the_table_is_read_row_by_row_and_never_held(small: Path) -> None:
    rows, wide = 1200, "x" * 20_000
    with Path("campaigns/products.csv").open("w", encoding="utf-8") as table:
        table.write("sku,title,price,currency,photo,story\n")
        table.writelines(f"P-{n},Thing,1.00,EUR,red.png,{wide}\n" for n in range(rows))
    change(small, "[instagram-feed-square, amazon-main]", "[amazon-main]")
    plan = iter(assetgen.plan(assetgen.load(small), provider=Flat()))
    next(plan)  # what is imported, and what the first row needs, is not the table

    tracemalloc.start()
    try:
        assert sum(isinstance(item, ProductPlan) for item in plan) == rows - 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < rows * len(wide) / 2


def test_decision_06_what_was_paid_for_is_safe_before_anything_else_happens_to_it(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The power cut is in test_disk.py, the kill in test_kills.py."""
    server.answer = lambda _call, _nth: Answer(malformed=True)
    with_model(small)

    assert main(["run", str(small)]) == 4
    [kept] = [path for path in Path(".assetgen/store/unusable").rglob("*") if path.is_file() and not path.suffix]
    assert str(kept) in capsys.readouterr().err
    with closing(sqlite3.connect(".assetgen/ledger.sqlite")) as ledger:
        assert ledger.execute("SELECT state FROM spend").fetchall() == [("paid",)]


def test_decision_07_names_carry_the_digest_and_an_old_file_goes_when_its_successor_stands(made: Path) -> None:
    before = pictures(OUTPUT)
    change(Path("campaigns/products.csv"), "10.00", "9.00")
    assert main(["run", str(made)]) == 0

    after = pictures(OUTPUT)
    [gone], [new] = before - after, after - before
    assert gone.rpartition("--")[0] == new.rpartition("--")[0]
    assert all(digest((OUTPUT / name).read_bytes()).startswith(Path(name).stem[-8:]) for name in after)
    assert not list(Path.cwd().rglob("*.part"))


def test_decision_08_a_run_with_nothing_to_do_changes_no_byte(made: Path) -> None:
    before = tree(OUTPUT), {path: path.stat().st_mtime_ns for path in OUTPUT.rglob("*")}
    assert main(["run", str(made)]) == 0

    assert (tree(OUTPUT), {path: path.stat().st_mtime_ns for path in OUTPUT.rglob("*")}) == before


def test_decision_09_unknown_is_not_zero(small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.models["local"] = None
    with_model(small, model="local", family="compatible", budget="{run: 1000}")

    assert main(["plan", str(small)]) == 0
    assert "1 request, unknown" in capsys.readouterr().out
    assert main(["run", str(small)]) == 5
    assert not server.billed


def test_decision_10_the_offline_default_makes_the_same_anew_without_key_or_network(made: Path) -> None:
    """Whatever tries to connect, fails the test: see conftest.py."""
    [plate] = plates()
    shutil.rmtree(".assetgen")
    shutil.rmtree(OUTPUT)

    assert main(["run", str(made)]) == 0
    assert plates() == [plate]
    assert {float(asset["price"]["amount"]) for asset in manifest(OUTPUT)["assets"] if asset["price"]} <= {0.0}


def test_decision_11_each_channel_has_its_source_its_evidence_and_a_day() -> None:
    rows = channels().values()

    assert rows
    assert [row.id for row in rows if not (row.source.strip() and row.evidence and row.checked)] == []


def test_decision_12_every_file_says_where_it_comes_from(made: Path) -> None:
    assets = manifest(OUTPUT)["assets"]

    assert len(assets) == 6
    for asset in assets:
        said = f"digitalsourcetype/{asset['digital_source_type']}".encode()
        assert said in (OUTPUT / asset["file"]).read_bytes()
