"""A cutter and a table format of somebody else's: those that the docs show, and broken ones, installed and run."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.beside_plugins import Program, lay_beside, run_beside, shown_in_docs
from tests.kit import change, write

BROKEN = """\
from assetgen.catalog import Format, Item, SupplementFormat, columns
from assetgen.ports import Cutter


def product(entry):
    return Item(entry, entry.first("number"), {"price": str(int(entry.first("cents")) / 100)})


def read(rows, account):
    for number, entry in enumerate(rows()):
        if number == 1:
            raise KeyError("second")
        yield Item(entry, entry.first("key"), {})


BY_ROW = Format(
    "by-row", "broken list", ("number",), (columns("number cents"),), columns("number cents"), product,
    supplement=SupplementFormat(lambda row: row.nothing),
)
TOGETHER = Format("together", "broken list", ("key",), (columns("key word"),), columns("key word"), read=read)


class Faulty(Cutter):
    name = "faulty"

    def cut(self, photo, handling):
        return photo[..., 3]
"""


@pytest.fixture
def program(documented: Path, tmp_path: Path) -> Program:
    points = (
        "[assetgen.formats]\nby-row = our_broken:BY_ROW\ntogether = our_broken:TOGETHER\n"
        "[assetgen.cutters]\nfaulty = our_broken:Faulty\n"
    )
    return run_beside(documented, lay_beside(tmp_path / "broken", "our_broken", points, {"our_broken": BROKEN}))


def lines(ended: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.stdout.splitlines()]


ARTICLES = "article_no,article_name,till_price,picture\nA-1,Ball,10.00,red.png\nB-2,,20.00,green.png\n"


def test_a_table_is_told_by_the_columns_of_an_installed_format(small: Path, program: Program) -> None:
    write(Path("articles.csv"), ARTICLES)
    ended = program("products", "articles.csv", "--json")

    (product, reject), summary = lines(ended)[:-1], lines(ended)[-1]["summary"]
    assert (summary["format"], summary["why"]) == ("till", "told by `article_no`, `article_name`, `till_price`")
    assert [product["fields"][name] for name in ("title", "price", "currency", "photo")] == [
        "Ball",
        "10.00",
        "EUR",
        "red.png",
    ]
    assert (reject["reason"], ended.returncode) == ("article `B-2` has no name", 1)


def test_a_misspelt_format_is_told_with_its_place_and_the_nearest_that_is_installed(
    small: Path, program: Program
) -> None:
    change(small, "file: products.csv\n", "file: products.csv\n  format: til\n")
    ended = program("check", str(small))

    assert ended.returncode == 2
    assert "`format` cannot be `til`\n  --> campaigns/small.yaml:4:11\nhint: did you mean `till`?" in ended.stderr


def test_editors_are_told_what_is_installed(small: Path, program: Program) -> None:
    schema = json.loads(program("schema", "campaign").stdout)
    assert {"till", "google", "plain"} <= set(_words(schema["$defs"]["Feed"]["properties"]["format"]))
    assert {"auto", "rembg:u2net", "green-screen"} <= set(_words(schema["$defs"]["CutoutRule"]["properties"]["cutout"]))


def _words(schema: dict[str, Any]) -> list[str]:
    return [word for branch in schema["anyOf"] for word in branch.get("enum", [])]


def test_an_installed_format_writes_its_feeds(small: Path, program: Program) -> None:
    write(small.parent / "products.csv", ARTICLES)
    published = "publish: {to: public, base_url: https://cdn.example.com/shop}\n"
    change(
        small,
        "layout: card\n",
        f"layout: card\n{published}feeds: [{{file: till.xml, format: till, rows: all}}]\n",
    )
    assert "a supplemental till feed is no `.xml` file" in program("check", str(small)).stderr
    change(small, "till.xml", "till.csv")
    assert program("run", str(small), "--select", "channel:amazon-main").returncode == 1  # a row was set aside
    change(small, "format: till", "format: till, pictures: {picture: amazon-main}")
    change(small, "feeds: [", "feeds: [{file: bad.csv, format: by-row, pictures: {photo: amazon-main}, rows: all}, ")

    ended = program("feeds", str(small))

    assert "`bad.csv` stays as it is: format `by-row` of `our-broken` failed with AttributeError" in ended.stderr
    assert (Path("bad.csv").exists(), ended.returncode) == (False, 1)
    (row,) = csv.DictReader(Path("till.csv").read_text(encoding="utf-8").splitlines())
    assert row["article_no"] == "A-1"
    assert row["picture"].startswith("https://cdn.example.com/shop/small/")


def test_what_a_format_raises_sets_its_row_aside_with_its_name(small: Path, program: Program) -> None:
    write(Path("list.csv"), "number,cents\n1,100\n2,none\n3,300\n")
    ended = program("products", "list.csv", "--format", "by-row", "--json")

    assert [line.get("sku") for line in lines(ended)[:-1]] == ["1", None, "3"]
    reject = lines(ended)[1]
    assert reject["reason"].startswith("format `by-row` of `our-broken` failed with ValueError: invalid literal")
    assert (reject["place"], ended.returncode) == ("list.csv:3 (row 2)", 1)


def test_what_a_format_raises_over_all_rows_sets_the_rest_aside(small: Path, program: Program) -> None:
    write(Path("list.csv"), "key,word\n1,a\n2,b\n3,c\n")
    ended = program("products", "list.csv", "--json")

    assert [line.get("sku") for line in lines(ended)[:-1]] == ["1", None]
    assert lines(ended)[1]["reason"].startswith(
        "format `together` of `our-broken` failed with KeyError: 'second': rows that it had"
    )
    assert (lines(ended)[1]["place"], ended.returncode) == ("list.csv:3 (row 2)", 1)


def on_green(file: Path) -> None:
    photo = np.zeros((120, 120, 3), np.uint8)
    photo[...] = (20, 200, 40)
    photo[30:90, 40:80] = (180, 40, 60)
    Image.fromarray(photo).save(file)


def test_an_installed_cutter_cuts_photos(small: Path, program: Program) -> None:
    on_green(Path("photo.png"))
    ended = program("cutout", "photo.png", "--method", "green-screen", "--json")

    assert ended.returncode == 0, ended.stderr
    assert lines(ended)[0]["by"] == "green-screen"
    with Image.open("cutouts/photo.png") as cutout:
        alpha = np.asarray(cutout)[..., 3]
    assert (int(alpha[60, 60]), int(alpha[5, 5]), int((alpha > 0).sum())) == (255, 0, 60 * 40)


def cutout_keys(program: Program, campaign: Path) -> dict[str, str]:
    found = lines(program("plan", str(campaign), "--json", "--select", "channel:amazon-main"))
    return {line["sku"]: line["cutout_key"] for line in found if "cutout_key" in line}


def test_the_recipe_of_a_cutter_is_in_the_keys_of_what_it_cuts_and_of_nothing_else(
    small: Path, program: Program, documented: Path
) -> None:
    before = cutout_keys(program, small)
    write(small, small.read_text(encoding="utf-8") + shown_in_docs("yaml", "cutouts"))
    named = cutout_keys(program, small)
    code = documented / "our_cutter.py"
    kept = code.read_text(encoding="utf-8")
    try:
        code.write_text(kept.replace("recipe = 1", "recipe = 12"), encoding="utf-8")
        raised = cutout_keys(program, small)
    finally:
        code.write_text(kept, encoding="utf-8")

    assert len({before["A-1"], named["A-1"], raised["A-1"]}) == 3
    assert before.keys() == {"A-1", "B-2", "C-3"}
    for sku in ("B-2", "C-3"):
        assert before[sku] == named[sku] == raised[sku]


def test_what_a_cutter_raises_sets_its_product_aside_with_its_name(small: Path, program: Program) -> None:
    rule = shown_in_docs("yaml", "cutouts").replace("green-screen", "faulty")
    write(small, small.read_text(encoding="utf-8") + rule)
    on_green(small.parent / "red.png")

    ended = program("run", str(small), "--select", "channel:amazon-main")

    assert ended.returncode == 1
    assert "cutter `faulty` of `our-broken` failed with IndexError" in ended.stderr
    made = json.loads(Path("output/small/manifest.json").read_text(encoding="utf-8"))["assets"]
    assert {asset["sku"] for asset in made} == {"B-2", "C-3"}


def test_a_misspelt_cutter_is_told(small: Path, program: Program) -> None:
    rule = shown_in_docs("yaml", "cutouts").replace("green-screen", "greenscreen")
    write(small, small.read_text(encoding="utf-8") + rule)
    ended = program("check", str(small))

    assert ended.returncode == 2
    assert "did you mean `green-screen`?" in ended.stderr
