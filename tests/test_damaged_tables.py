"""Product tables that are damaged, hostile or in the way: never a traceback, always a place and a way out."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetgen.cli import main
from tests.kit import change

FEED = "<?xml version='1.0' encoding='UTF-8'?><rss xmlns:g='http://base.google.com/ns/1.0'>{}</rss>"
ITEM = "<item><g:id>{0}</g:id><title>T {0}</title><link>l</link><g:image_link>https://x.example/{0}.jpg</g:image_link></item>"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def workbook() -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["sku", "title", "price"])
    for n in range(20):
        book.active.append([f"A-{n}", f"Müg <{n}>", 24.5 + n])
    book.save(file)
    return file.getvalue()


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"sku": [f"A-{n}" for n in range(200)], "title": ["Mug"] * 200}), file, row_group_size=40)
    return file.getvalue()


WHOLE = {
    ".xlsx": workbook(),
    ".parquet": parquet(),
    ".xml": FEED.format("".join(map(ITEM.format, range(20)))).encode(),
    ".csv": b"sku;title;price\n" + b"".join(f'A-{n};"M""ug {n}";1,5\n'.encode() for n in range(20)),
}

Damage = list[tuple[float, int, bytes]]
DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 80), st.binary(max_size=8)), min_size=1, max_size=5)
"""Where bytes are lost, as a share of the file, how many, and what stands there instead."""


def damaged(data: bytes, damage: Damage) -> bytes:
    for share, lost, found in damage:
        place = int(share * len(data))
        data = data[:place] + found + data[place + lost :]
    return data


def repacked(part: str, content: bytes, book: bytes = WHOLE[".xlsx"]) -> bytes:
    """The workbook with another content of one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return file.getvalue()


def content(part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WHOLE[".xlsx"])) as book:
        return book.read(part)


def told(path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a table that is refused: a message, a place and a hint."""
    path.write_bytes(data)
    assert main(["products", str(path)]) == 2
    said = capsys.readouterr().err
    assert "error: " in said
    assert any(f"--> {place}" in said for place in (path, path.name))
    assert "hint: " in said
    return said


@pytest.mark.parametrize("ending", WHOLE)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_damage_of_any_kind_is_told_or_does_no_harm(tmp_path, capsys, ending, damage):
    path = tmp_path / f"table{ending}"
    path.write_bytes(damaged(WHOLE[ending], damage))
    code = main(["products", str(path)])
    said = capsys.readouterr().err
    assert code in {0, 1, 2}
    assert code == 0 or (f"--> {path}" in said and "hint: " in said)


PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "_rels/.rels")


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_a_workbook_whose_parts_are_damaged_is_told_as_well(tmp_path, capsys, part, damage):
    path = tmp_path / "table.xlsx"
    path.write_bytes(repacked(part, damaged(content(part), damage)))
    code = main(["products", str(path)])
    assert code in {0, 1, 2}
    assert code == 0 or f"--> {path}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<c r="A1" t="s"><v>900</v></c>', "is damaged"),
        ('<c r="A1" t="s"><v>-1</v></c>', "a cell points to a text that is not there"),
        ('<c r="A1"><v>many</v></c>', "could not convert string to float"),
        ('<c r="A1"><v>1e999</v></c>', "`1e999` as a number"),
        ('<c r="?"><v>1</v></c>', "a cell called `?`"),
        ('<c r="ZZZ1"><v>1</v></c>', "a row of more than 16,384 cells"),
        ('<c r="A1" s="99"><v>1</v></c>', "is damaged"),
        (f'<c r="A1" t="inlineStr"><is><t>{"x" * 1_100_000}</t></is></c>', "a cell of more than 1,000,000 characters"),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_its_sheet_and_line(tmp_path, capsys, cell, reason):
    sheet = SHEET.format(f'<row r="7">{cell}</row>').encode()
    said = told(tmp_path / "t.xlsx", repacked("xl/worksheets/sheet1.xml", sheet), capsys)
    assert "the sheet `Sheet` is damaged" in said
    assert reason in said
    assert "t.xlsx:7" in said


def test_a_workbook_that_would_unfold_without_end_is_not_unfolded(tmp_path, capsys):
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 60_000_000 + b"</t></is></c></row>"
    said = told(tmp_path / "bomb.xlsx", repacked("xl/worksheets/sheet1.xml", cell), capsys)
    assert "unfolds to 60 MB from 0.1 MB" in said


def test_entities_are_unfolded_in_no_workbook_and_no_feed(tmp_path, capsys):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    sheet = laughs + SHEET.format('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>')
    assert "document type" in told(tmp_path / "t.xlsx", repacked("xl/worksheets/sheet1.xml", sheet.encode()), capsys)
    assert "document type" in told(tmp_path / "t.xml", (laughs + FEED.format("<item>&b;</item>")).encode(), capsys)


def test_what_is_no_workbook_is_told_what_it_is(tmp_path, capsys):
    assert "locked with a password" in told(tmp_path / "t.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, capsys)
    assert "this is not an Excel workbook" in told(tmp_path / "t.xlsx", b"sku,title\nA,B\n", capsys)
    assert "the workbook is damaged" in told(tmp_path / "t.xlsx", WHOLE[".xlsx"][:3000], capsys)


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (FEED.format("<item>" + "".join(f"<e{n}>x</e{n}>" for n in range(2001)) + "</item>"), "different elements"),
        (FEED.format("<item>" + "<a>" * 51 + "</a>" * 51 + "</item>"), "more than 50 elements are inside one another"),
        (FEED.replace("UTF-8", "UTF-a").format(""), "unknown encoding: UTF-a"),
        (FEED.replace("UTF-8", "gb2312").format(""), "multi-byte encodings are not supported"),
        (FEED.format("<item>"), "mismatched tag"),
    ],
)
def test_a_feed_that_is_too_much_is_told(tmp_path, capsys, feed, reason):
    assert reason in told(tmp_path / "t.xml", feed.encode(), capsys)


def test_a_table_may_be_wide_but_not_without_end(tmp_path, capsys):
    header = ",".join(["sku", *(f"c{n}" for n in range(20_000))])
    assert "20,001 columns, more than 20,000" in told(tmp_path / "t.csv", f"{header}\n".encode(), capsys)


def test_cells_of_any_length_are_read_up_to_ten_million_characters(tmp_path, capsys):
    path = tmp_path / "t.csv"
    pasted, too_long = "x" * 200_000, "x" * 10_000_001
    path.write_text(f'sku,"{pasted}"\nA,"{pasted}"\nB,"{too_long}"\nC,"last, but fine"\n')
    assert main(["products", str(path)]) == 1
    said = capsys.readouterr()
    assert "rows: 3 = 2 products" in said.out
    assert "the row has more than 10,000,000 characters" in said.err
    assert "t.csv:3 (row 2)" in said.err


def test_a_text_of_any_length_is_read_from_the_copy_table_too(small, capsys):
    change(small.parent / "copy.csv", "offer,", f'note,"{"x" * 200_000}"\noffer,')
    assert main(["check", str(small)]) == 2
    assert "the text has 200,000 characters, and templates have 100,000 at most" in capsys.readouterr().err


def test_an_open_quote_is_told_where_it_is_opened(tmp_path, small, capsys):
    path = tmp_path / "t.csv"
    path.write_text('sku,title,price\nA,"Mug,10\nB,"Cup",20\nC,Jug,30\n')
    assert main(["products", str(path)]) == 1
    said = capsys.readouterr()
    assert "a quote is opened and not closed in this row" in said.err
    assert "t.csv:2 (row 1)" in said.err
    assert "B  Cup" in said.out

    assert "a quote is opened and not closed in this line" in told(path, b'sku,"title,price\nA,Mug,1\n', capsys)

    change(small.parent / "copy.csv", "headline,Now here", 'headline,"Now here')
    assert main(["check", str(small)]) == 2
    said = capsys.readouterr()
    assert "a quote is opened and not closed" in said.err
    assert "copy.csv:2" in said.err


def test_a_row_with_empty_bytes_is_set_aside_and_a_file_of_them_refused(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes(b"sku,title\nA,b\0c\nB,ok\n")
    assert main(["products", str(path)]) == 1
    assert "empty bytes" in capsys.readouterr().err
    assert "it is no table" in told(path, b"sku,ti\0tle\nA,b\n", capsys)


def refused(campaign: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a campaign whose table is not there, at the place where the campaign names it."""
    assert main(["check", str(campaign)]) == 2
    said = capsys.readouterr().err
    assert "small.yaml:3:9" in said
    assert "did you mean `Products.csv`?" in said
    return said


def test_what_stands_in_the_place_of_a_table_is_told_what_it_is(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = small.parent / "products.csv"
    table.rename(small.parent / "Products.csv")
    assert "there is no file `products.csv`" in refused(small, capsys)
    table.mkdir()
    assert "`products.csv` is a folder, not a file" in refused(small, capsys)
    table.rmdir()
    os.mkfifo(table)
    assert "`products.csv`" in refused(small, capsys)
    assert main(["products", str(table)]) == 2
    assert "the product table is a pipe or a device, not a file" in capsys.readouterr().err


def test_a_photo_cell_of_a_hundred_thousand_blanks_is_a_photo_cell(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text(
        f'sku,photo\nA,"a.jpg{" " * 100_000}x"\nB,"https://x.example/a.jpg{chr(10) * 400}, https://x.example/b,c.jpg"\n'
    )
    assert main(["products", str(path)]) == 0
    assert "B  2 photos" in capsys.readouterr().out


def test_a_message_quotes_the_beginning_of_a_cell_without_end(small, capsys):
    change(Path("campaigns/products.csv"), "red.png", f"red.png{' ' * 100_000}x")
    assert main(["check", str(small)]) == 1
    assert 0 < len(capsys.readouterr().err) < 2000


@pytest.mark.parametrize("start", ["/", "~", "www."])
def test_a_photo_with_a_name_too_long_for_a_disk_is_no_fault_of_ours(small, capsys, start):
    change(Path("campaigns/products.csv"), "red.png", f"{start}{'a' * 300}.jpg")
    assert main(["check", "--no-cutouts", str(small)]) == 1
    assert f"warning: photo `{start}aaa" in capsys.readouterr().err
