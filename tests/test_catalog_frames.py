"""Product tables that a program holds as a DataFrame: read as a file with the same cells would be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from assetgen.catalog import read_table
from assetgen.catalog.frame_table import read_frame
from assetgen.config.product_table import Columns, Products
from assetgen.errors import InputError
from assetgen.model.product import Product, Reject
from tests.conftest import ROOT

EXPORTS = ROOT / "tests" / "exports"
ASKED = Products(file="-")


def products(frame: pd.DataFrame, asked: Products = ASKED) -> list[Product]:
    return [row for row in read_frame(frame, asked) if isinstance(row, Product)]


@pytest.mark.parametrize(("file", "separator"), [("woocommerce.csv", ","), ("google.tsv", "\t"), ("meta.csv", ",")])
def test_a_frame_gives_the_products_of_the_file_that_it_came_from(file: str, separator: str) -> None:
    from_file = read_table(EXPORTS / file)
    width = len(from_file.recognised.names)
    rows = [record.cells for record in from_file.recognised.table.records(from_file.recognised.head, width)
            if not isinstance(record, Reject)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(from_file.recognised.header))

    asked = Products(file="-", format=from_file.format.name)  # Google and Meta are told apart by what separates cells
    found = {product.sku: product.fields for product in products(frame, asked)}

    assert found == {row.sku: row.fields for row in from_file if isinstance(row, Product)}
    assert found


def test_cells_are_what_a_sheet_would_show() -> None:
    frame = pd.DataFrame(
        {
            "sku": ["007", "B", "C"],
            "price": [24.0, 19.5, None],
            "stock": pd.array([3, None, 12], dtype="Int64"),
            "new": [True, False, True],
            "since": [pd.Timestamp("2026-03-01"), pd.NaT, pd.Timestamp("2026-03-02 10:00")],
            "photo": [["a.png", "b.png"], None, ()],
            "kind": pd.Categorical(["x", None, "y"]),
        }
    )
    first, second, third = products(frame)

    assert (first.fields["price"], second.fields["price"], third.fields["price"]) == ("24", "19.5", "")
    assert [each.fields["stock"] for each in (first, second, third)] == ["3", "", "12"]
    assert [each.fields["new"] for each in (first, second)] == ["TRUE", "FALSE"]
    assert [each.fields["since"] for each in (first, second, third)] == ["2026-03-01", "", "2026-03-02 10:00:00"]
    assert [photo.address for photo in first.photos] == ["a.png", "b.png"]
    assert [each.fields["kind"] for each in (first, second, third)] == ["x", "", "y"]


def test_a_bad_row_of_a_frame_is_told_by_its_number() -> None:
    frame = pd.DataFrame({"sku": ["A", "", "A"], "title": ["x", "y", "z"]}, index=[7, 8, 9])

    rejects = [row.problem for row in read_frame(frame, ASKED) if isinstance(row, Reject)]

    assert [(str(problem.location), problem.message) for problem in rejects] == [
        ("products frame (row 2)", "the row has no sku"),
        ("products frame (row 3)", "the sku `A` stands already in row 1"),
    ]


def test_a_catalogue_keeps_the_frame_as_it_was() -> None:
    frame = pd.DataFrame({"sku": ["A"], "title": ["before"]})
    catalog = read_frame(frame, ASKED)
    frame.loc[0, "title"] = "after"

    assert [row.fields["title"] for row in catalog if isinstance(row, Product)] == ["before"]


def test_settings_hold_for_a_frame_too() -> None:
    frame = pd.DataFrame({"Nr": ["A"], "Preis": [3]})
    (product,) = products(frame, Products(file="-", columns=Columns(sku="Nr", price="Preis"), currency="EUR"))

    assert (product.sku, product.fields["price"], product.fields["currency"]) == ("A", "3", "EUR")


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"sku": []}), "the table has no rows below its header\n  --> products frame"),
        (pd.DataFrame({"name": ["A"]}), "the table has no column `sku`"),
        (pd.DataFrame([["A"]], columns=pd.MultiIndex.from_tuples([("a", "sku")])), "have 2 levels of names"),
    ],
)
def test_a_frame_that_is_no_product_table_is_told(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        read_frame(frame, ASKED)


def test_reading_files_does_not_import_pandas(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("sku,title\nA,x\n", encoding="utf-8")
    code = "import sys; from pathlib import Path; from assetgen.catalog import read_table;"
    code += " list(read_table(Path(sys.argv[1])));"
    code += "print('pandas' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code, str(table)], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


class Wordless:
    def __str__(self) -> str:
        raise RuntimeError("no words")


def _endless() -> list[object]:
    held: list[object] = []
    held.append(held)
    return held


@pytest.mark.parametrize(
    ("cell", "told"),
    [("\ud800", "half a character"), (Wordless(), "RuntimeError: no words"), (_endless(), "RecursionError")],
    ids=["half a character", "wordless", "endless"],
)
@pytest.mark.parametrize("column", ["sku", "title"])
def test_a_cell_that_is_no_text_sets_its_row_aside(column: str, cell: object, told: str) -> None:
    frame = pd.DataFrame({"sku": ["A", "B"], "title": ["Ball", "Cup"], "photo": ["a.png", "b.png"]}, dtype=object)
    frame[column] = pd.Series([cell, "B"], dtype=object)
    aside, row = read_frame(frame, ASKED)

    assert isinstance(row, Product)
    assert isinstance(aside, Reject)
    assert f"the cell `{column}` is no text" in aside.problem.message
    assert told in aside.problem.message


def test_a_column_whose_name_is_no_text_is_told() -> None:
    with pytest.raises(InputError, match="the name of column 2 is no text: RuntimeError: no words"):
        read_frame(pd.DataFrame({"sku": ["A"], Wordless(): ["x"]}), ASKED)
