from __future__ import annotations

import datetime as dt
import itertools
import tracemalloc
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest

from assetgen.catalog import Catalog, read_table
from assetgen.errors import InputError, Location
from assetgen.model.product import Product, Reject


def table(tmp_path: Path, text: str | bytes, name: str = "products.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def skus(catalog: Catalog) -> list[str]:
    return [row.sku for row in catalog if isinstance(row, Product)]


def rejects(catalog: Catalog) -> list[tuple[int | None, str]]:
    found = [row.problem for row in catalog if isinstance(row, Reject)]
    return [(problem.location.line if problem.location else None, problem.message) for problem in found]


def test_every_cell_stays_the_text_it_was(tmp_path):
    (product,) = read_table(table(tmp_path, 'SKU,country,price,sale,note\n007,NA,24.00,, 5" wide \n'))
    assert isinstance(product, Product)
    assert product.sku == "007"
    assert product.fields == {
        "sku": "007",
        "country": "NA",
        "price": "24.00",
        "sale": "",
        "note": ' 5" wide ',
        "original_price": "24.00",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_in_the_header(tmp_path, delimiter):
    text = '"sku","a, b; and c"\n"M","x;y,z"\n'.replace('","', f'"{delimiter}"')
    (product,) = read_table(table(tmp_path, text, "products.tsv" if delimiter == "\t" else "products.csv"))
    assert isinstance(product, Product)
    assert product.fields == {"sku": "M", "a_b_and_c": "x;y,z"}


def test_a_row_knows_its_line_after_blank_lines_and_texts_of_several_lines(tmp_path):
    catalog = read_table(
        table(tmp_path, '\n"sku",text\r\n\r\nA,"one\r\ntwo\r\n\r\nfour"\r\n,\r\nB,"say ""hi"""\r\nC,x')
    )
    places = [row.location for row in catalog if isinstance(row, Product)]
    assert [(place.line, place.row) for place in places] == [(4, 1), (9, 2), (10, 3)]
    texts = [row.fields["text"] for row in catalog if isinstance(row, Product)]
    assert texts == ["one\r\ntwo\r\n\r\nfour", 'say "hi"', "x"]


def test_a_bad_row_is_set_aside_and_the_rest_goes_on(tmp_path):
    catalog = read_table(table(tmp_path, "sku,title\nA,a\nB\nC,c,c\n ,d\nA,again\nF,f\n"))
    assert skus(catalog) == ["A", "F"]
    assert rejects(catalog) == [
        (3, "the header names 2 columns, but the row has 1"),
        (4, "the header names 2 columns, but the row has 3"),
        (5, "the row has no sku"),
        (6, "the sku `A` stands already in line 2"),
    ]


@pytest.mark.parametrize("rest", ['D,"d, d"\nE,e\n', "D,d\nE,e\n"])
def test_a_stray_quote_spoils_only_its_own_row(tmp_path, rest):
    catalog = read_table(table(tmp_path, f'sku,title\nA,a\nB,"b\nC,c\n{rest}'))
    assert skus(catalog) == ["A", "C", "D", "E"]
    assert rejects(catalog) == [(3, "a quote is opened and not closed in this row")]


def test_columns_are_named_as_templates_write_them(tmp_path):
    catalog = read_table(table(tmp_path, "Sku , Sale Price,größe (cm),价格,\nA,1,2,3,4\n"))
    assert catalog.columns[:4] == ("sku", "sale_price", "größe_cm", "价格")
    assert catalog.recognised.header == ("Sku ", " Sale Price", "größe (cm)", "价格", "")
    (product,) = catalog
    assert isinstance(product, Product)
    assert product.fields == {
        "sku": "A",
        "sale_price": "",
        "größe_cm": "2",
        "价格": "3",
        "original_sale_price": "1",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        ("sku,title\n,\n", "the table has no rows below its header"),
        ("number,title\n1,a\n", "the table has no column `sku`"),
        ("sku,Sale Price,sale_price\n1,2,3\n", "the columns `Sale Price` and `sale_price` are one to templates"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_at_once(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        read_table(table(tmp_path, text))


def test_a_missing_column_is_told_with_those_that_are_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        read_table(table(tmp_path, "skuu,title\n1,a\n"))
    assert str(raised.value) == (
        "the table has no column `sku`, and is in no other format that is known\n  --> products.csv:1\n"
        "hint: perhaps `columns: {sku: skuu}` in the campaign's `products`; the table has `skuu`, `title`"
    )


def test_text_in_another_encoding_is_found_by_line_and_byte(tmp_path):
    rows = "".join(f"{n},Mug\n" for n in range(3000))
    with pytest.raises(InputError) as raised:
        skus(read_table(table(tmp_path, f"sku,title\n{rows}X,bia\u0142y\n".encode("cp1250"))))
    (problem,) = raised.value.problems
    assert problem.message == "the byte 0xb3 is not UTF-8 text"
    assert problem.location == Location(str(tmp_path / "products.csv"), 3002, 6)
    assert problem.hint == 'save the table as "CSV UTF-8"; Excel offers it under "Save as"'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_spreadsheets_may_mark_their_encoding(tmp_path, encoding):
    (product,) = read_table(table(tmp_path, "sku,title\nA,café\n".encode(encoding)))
    assert isinstance(product, Product)
    assert product.fields == {"sku": "A", "title": "café"}


def workbook(tmp_path: Path, *rows: list[object], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell, style in (formats or {}).items():
        sheet[cell].number_format = style
    file = tmp_path / "products.xlsx"
    book.save(file)
    return file


def test_cells_of_a_workbook_read_as_they_show(tmp_path):
    day = dt.datetime(2026, 3, 1)  # noqa: DTZ001 - sheets know no time zones
    header: list[object] = ["sku", "price", "stock", "share", "from", "new", "gap"]
    file = workbook(tmp_path, header, [7, 24, 5.0, 0.1 + 0.2, day, True, None], formats={"A2": "000", "B2": "0.00"})
    (product,) = read_table(file)
    assert isinstance(product, Product)
    assert list(product.fields.values()) == ["007", "24.00", "5", "0.3", "2026-03-01", "TRUE", "", "24.00"]


def test_rows_of_a_workbook_know_their_line(tmp_path):
    catalog = read_table(workbook(tmp_path, ["sku", "title"], [], ["A"], ["B", "b", "too much"], ["C", "c"]))
    assert [(row.sku, row.location.line) for row in catalog if isinstance(row, Product)] == [("A", 3), ("C", 5)]
    assert rejects(catalog) == [(4, "the header names 2 columns, but the row has 3")]


def test_a_parquet_file_is_read_as_text(tmp_path):
    columns = {"SKU": ["007", "008"], "price": [24.0, 24.5], "stock": [3, None]}
    pa.parquet.write_table(pa.table(columns), tmp_path / "products.parquet")
    rows = list(read_table(tmp_path / "products.parquet"))
    assert [row.fields for row in rows if isinstance(row, Product)] == [
        {"sku": "007", "price": "24", "stock": "3", "original_price": "24"},
        {"sku": "008", "price": "24.5", "stock": "", "original_price": "24.5"},
    ]


@pytest.mark.parametrize("name", ["products.xlsx", "products.parquet", "products.pdf"])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name):
    with pytest.raises(InputError):
        read_table(table(tmp_path, b"nothing of the kind", name))


def test_a_catalog_can_be_read_again_and_again(tmp_path):
    catalog = read_table(table(tmp_path, "sku\nA\nB\n"))
    assert skus(catalog) == skus(catalog) == ["A", "B"]


def test_memory_does_not_grow_with_the_table(tmp_path):
    file = tmp_path / "long.csv"
    with file.open("w") as rows:
        rows.write("sku,title,price\n")
        rows.writelines(f"SKU-{n},A mug for day {n},24.00\n" for n in range(30_000))
    catalog = iter(read_table(file))
    next(catalog)
    tracemalloc.start()
    try:
        next(itertools.islice(catalog, 5_000, None))
        early = tracemalloc.get_traced_memory()[0]
        last = next(itertools.islice(catalog, 20_000, None))
        late = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert isinstance(last, Product)
    assert late - early < 1_000_000
