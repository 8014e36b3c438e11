"""What spreadsheets leave in the tables that they save."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assetgen.cli import main
from tests.kit import change


def saved(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def products(path: Path, capsys: pytest.CaptureFixture[str], code: int = 0) -> list[Any]:
    assert main(["products", str(path), "--json"]) == code
    *rows, _ = map(json.loads, capsys.readouterr().out.splitlines())
    return rows


def test_escapes_are_undone_and_lines_end_as_they_are_shown(tmp_path, capsys):
    path = saved(tmp_path / "t.xlsx", ["sku", "title"], ["A", "Speckled_x000D_\nMug"], ["B", "Part_x005F_x0041_"])
    assert [row["fields"]["title"] for row in products(path, capsys)] == ["Speckled\nMug", "Part_x0041_"]


def test_a_text_that_cells_share_is_undone_as_well_and_readings_above_it_are_not_read(tmp_path, capsys):
    texts = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>sku</t></si><si><t>title</t></si>'
        "<si><r><t>a_x000D_</t></r><r><t>b</t></r><rPh><t>reading</t></rPh></si></sst>"
    )
    row = '<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}" t="s"><v>{2}</v></c></row>'
    main_ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {main_ns}><sheetData>{row.format(1, 0, 1)}{row.format(2, 2, 2)}</sheetData></worksheet>"
    plain, file = saved(tmp_path / "t.xlsx", ["x"]), io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            if "sharedStrings" not in name:
                content = source.read(name)
                if name.endswith("workbook.xml.rels"):
                    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                    more = b'<Relationship Id="t" Type="' + kind + b'" Target="sharedStrings.xml"/></Relationships>'
                    content = content.replace(b"</Relationships>", more)
                target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
        target.writestr("xl/sharedStrings.xml", texts)
    plain.write_bytes(file.getvalue())
    (row_,) = products(plain, capsys)
    assert row_["fields"] == {"sku": "a\nb", "title": "a\nb"}


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NV", "#WERT!", "#¡REF!", "#####"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_error_of_the_spreadsheet_is_no_text(tmp_path, capsys, error, ending):
    """Where it is needed, its row is set aside; elsewhere it is left for the template that asks for it to refuse."""
    rows: list[list[object]] = [["sku", "title", "price", "shelf"], ["A", error, 1, "x"], ["B", "Cup", 2, error]]
    path = tmp_path / f"t{ending}"
    if ending == ".xlsx":
        saved(path, *rows)
    else:
        path.write_text("\n".join(";".join(map(str, row)) for row in rows), encoding="utf-8")
    aside, kept = products(path, capsys, code=1)
    assert aside["reason"] == f"the spreadsheet has an error in `title`: `{error}`"
    assert aside["sku"] == "A"
    assert kept["fields"]["shelf"] == error


def test_a_formula_whose_result_was_not_saved_sets_its_row_aside(tmp_path, capsys):
    path = saved(tmp_path / "t.xlsx", ["sku", "title"], ["A", '=CONCATENATE("a","b")'], ["B", "Cup"])
    aside, _ = products(path, capsys, code=1)
    assert aside["reason"] == "the cell `title` has a formula whose result is not in the file"


def test_dates_times_truths_and_numbers_are_as_the_sheet_shows_them(tmp_path, capsys):
    cells = [date(2026, 3, 1), datetime.fromisoformat("2026-03-01T12:30"), True, 24.0, 19.99, 4012345678901, 1 / 3]
    path = saved(tmp_path / "t.xlsx", ["sku", *"abcdefg"], ["A", *cells])
    (row,) = products(path, capsys)
    assert list(row["fields"].values())[1:] == [
        *("2026-03-01", "2026-03-01 12:30:00", "TRUE", "24", "19.99", "4012345678901", "0.333333333333333"),
    ]


def test_a_number_is_not_read_in_the_language_of_the_texts_beside_it(small, capsys):
    saved(
        small.parent / "products.xlsx",
        ["sku", "title", "price", "rrp", "photo"],
        ["A-1", "Ball", 21.165, 1, "red.png"],
        ["B-2", "Cup", "1.299 €", "1.499", "green.png"],
        ["C-3", "Box", 30.5, 21.165, "blue.png"],
    )
    change(small, "  file: products.csv", "  file: products.xlsx\n  numbers: german\n  currency: EUR")
    words = "{{ product.price | money }} instead of {{ product.rrp | money }}"
    (small.parent / "copy.csv").write_text(f"key,en-US\nheadline,Now\noffer,{words}\n")

    assert main(["plan", str(small), "--json"]) == 0
    *rows, _ = map(json.loads, capsys.readouterr().out.splitlines())
    assert {row["sku"]: row.get("reason") for row in rows} == {
        "A-1": "`21.165` can be 21165 or 21.165 (its price)",
        "B-2": "never made",
        "C-3": "`21.165` can be 21165 or 21.165 (in campaigns/copy.csv:3)",
    }


def test_a_hidden_sheet_is_passed_and_a_sheet_behind_another_is_named(tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["How to use this"])
    sheet = book.create_sheet("Products")
    sheet.append(["sku", "title"])
    sheet.append(["A", "Mug"])
    book.save(tmp_path / "t.xlsx")
    assert main(["products", str(tmp_path / "t.xlsx")]) == 2
    assert "the sheet `Products` has one: make it the first, or hide those before it" in capsys.readouterr().err

    book["Notes"].sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    assert [row["sku"] for row in products(tmp_path / "t.xlsx", capsys)] == ["A"]


def test_a_sheet_of_products_in_another_language_is_named(tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.append(["How to use this"])
    book.create_sheet("Artikel").append(["Artikelnummer", "Bezeichnung", "VK-Preis"])
    book.save(path := tmp_path / "book.xlsx")
    assert main(["products", str(path)]) == 2
    assert "the sheet `Artikel` has one: make it the first, or hide those before it" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_header_below_a_title_is_found(tmp_path, capsys, ending):
    path = tmp_path / f"t{ending}"
    if ending == ".xlsx":
        saved(path, ["Autumn list"], [], ["sku", "title"], ["A", "Mug"])
    else:
        path.write_text("Autumn list\n\nsku;title\nA;Mug\n")
    assert [row["fields"]["title"] for row in products(path, capsys)] == ["Mug"]


def test_a_line_that_names_the_separator_is_taken_for_what_it_is(tmp_path, capsys):
    path = tmp_path / "t.csv"
    for sign in ";|,":
        path.write_text(f"sep={sign}\nsku{sign}title\nA{sign}Mug\n", encoding="utf-8-sig")
        (row,) = products(path, capsys)
        assert (row["sku"], row["place"]) == ("A", f"{path}:3 (row 1)")


def test_a_table_of_western_excel_is_read_with_a_notice(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes("sku;title\nA;Müesli – 5 €\nB;„Crème brûlée“ œuf\nC;São João ª ½\n".encode("cp1252"))
    assert main(["products", str(path)]) == 0
    said = capsys.readouterr()
    assert "A  Müesli – 5 €" in said.out
    assert "it is read as Windows-1252" in said.err


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Biały kubek", "cp1250"),
        ("Příliš žluťoučký", "cp1250"),
        ("Синяя чашка", "cp1251"),
        ("红色杯子", "gb18030"),
        ("マグカップ", "shift_jis"),
        ("Κούπα", "cp1253"),
        ("ağaç kaşık", "cp1254"),
        ("Café Möbel", "mac_roman"),
        ("Mädchen", "cp437"),
    ],
)
def test_a_text_that_is_not_certainly_western_is_refused_with_its_byte(tmp_path, capsys, text, codec):
    path = tmp_path / "t.csv"
    path.write_bytes(f"sku;title\nA;{text}\n".encode(codec))
    assert main(["products", str(path)]) == 2
    said = capsys.readouterr().err
    assert "is not UTF-8 text" in said
    assert "t.csv:2:" in said


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_is_read_however_it_is_written(tmp_path, capsys, codec):
    path = tmp_path / "t.csv"
    path.write_bytes("sku;title\nA;Müesli\n".encode(codec))
    (row,) = products(path, capsys)
    assert row["fields"]["title"] == "Müesli"


def test_a_campaign_is_told_of_the_encoding_too(small, capsys):
    table = small.parent / "products.csv"
    table.write_bytes(table.read_text().replace("Cup", "Müslischale").encode("cp1252"))
    assert main(["check", str(small)]) == 0
    assert "it is read as Windows-1252" in capsys.readouterr().err


PHOTOS = ("Körperöl.jpg", "Ko\u0308rpero\u0308l.jpg")


@pytest.mark.parametrize(("disk", "cell"), [PHOTOS, PHOTOS[::-1]])
def test_a_photo_is_found_however_its_letters_are_written(small, disk, cell):
    folder = small.parent / "fotos"
    folder.mkdir()
    (small.parent / "red.png").rename(folder / disk)
    change(small.parent / "products.csv", "red.png", f"fotos\\{cell}")
    assert main(["check", str(small)]) == 0


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Red.PNG", "did you mean `red.png`?"),
        ("rot-red.png", "did you mean `red.png`?"),
        ("C:\\Users\\me\\Pictures\\red.png", "is a path of one computer"),
        ("\\\\server\\share\\red.png", "is a path of one computer"),
    ],
)
def test_a_photo_that_is_not_there_is_told_with_the_nearest_name(small, capsys, cell, said):
    change(small.parent / "products.csv", "red.png", cell)
    assert main(["check", str(small)]) == 1
    assert said in capsys.readouterr().err
