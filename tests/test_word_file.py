"""What people say in a file of their own, and columns that nearly say something: a slip in them is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assetgen.cli import main
from tests.kit import change, write

FILE = Path("campaigns/looked-at.csv")
TABLE = Path("campaigns/products.csv")
WORD = "3f2a91bc"
BROKEN_FILE = 2


@pytest.fixture
def shop(made: Path) -> Path:
    """The small shop, which is made, and names a file of words."""
    change(made, "layout: card\n", "layout: card\ncutout_ok: looked-at.csv\n")
    return made


def told(command: str, shop: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What a command that goes well says beside its result."""
    assert main([command, str(shop), *options]) == 0
    return capsys.readouterr().err


def refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["plan", str(shop)]) == BROKEN_FILE
    return capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "plan", "run"])
def test_a_word_for_a_sku_that_no_row_has_is_told_and_stops_nothing(
    command: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(FILE, f"sku,word\nA-1,{WORD}\nb-2,{WORD}\nQQ-77,{WORD}\n")

    err = told(command, shop, capsys)

    near = "warning: no row has the sku `b-2`\n  --> campaigns/looked-at.csv:3\nhint: did you mean `B-2`?\n"
    gone = (
        "warning: no row has the sku `QQ-77`\n  --> campaigns/looked-at.csv:4\nhint: if the shop does not have it any"
    )
    assert near in err
    assert gone in err
    assert "`A-1`" not in err


def test_scripts_are_told_of_it_by_a_run(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILE, f"BB-2,{WORD}\n")

    assert main(["run", str(shop), "--json"]) == 0

    (slip,) = json.loads(capsys.readouterr().out)["slips"]
    assert slip.startswith("no row has the sku `BB-2`\n  --> campaigns/looked-at.csv:1\nhint: did you mean `B-2`? if")


def test_where_not_all_rows_are_read_nobody_can_tell(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILE, f"QQ-77,{WORD}\nC-3,{WORD}\n")

    assert "no row" not in told("plan", shop, capsys, "--select", "sku:A-1")
    assert "no row" not in told("plan", shop, capsys, "--limit", "1")


def test_a_row_counts_though_it_takes_no_part_or_is_set_aside(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILE, f"A-1,{WORD}\nB-2,{WORD}\n")
    change(shop, "  file: products.csv\n", "  file: products.csv\n  where: product.title != 'Ball'\n")
    change(TABLE, "20.00", "twenty")

    main(["plan", str(shop)])

    err = capsys.readouterr().err
    assert "products.csv:3 (row 2)" in err
    assert "no row" not in err


def test_what_is_not_on_sale_is_in_the_table_all_the_same(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = "Handle,Title,Variant SKU,Variant Price,Image Src,Status,Option1 Name,Option1 Value\n"
    rows = "ball,Ball,A-1,10,red.png,active,Title,Default\ncup,Cup,B-2,20,green.png,draft,Title,Default\n"
    write(TABLE, header + rows)
    write(FILE, f"A-1,{WORD}\nB-2,{WORD}\nC-3,{WORD}\n")

    main(["plan", str(shop), "--offline"])

    said = capsys.readouterr()
    assert "1 product not on sale" in said.out
    assert [line for line in said.err.splitlines() if "no row" in line] == ["warning: no row has the sku `C-3`"]


def test_of_many_old_lines_three_are_told_and_first_what_is_only_spelled_otherwise(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = "".join(f"OLD-{n},{WORD}\n" for n in range(50_000))
    write(FILE, f"a1,{WORD}\n{old}")

    err = told("plan", shop, capsys)

    assert [line for line in err.splitlines() if line.startswith("warning")] == [
        "warning: no row has the sku `a1`",
        "warning: no row has the sku `OLD-49998`",
        "warning: no row has the sku `OLD-49999`",
        "warning: no row has the sku of 49998 more lines of this file",
    ]
    assert "hint: did you mean `A-1`?\n" in err


@pytest.mark.parametrize(
    "text",
    [
        "word,sku\n{word},B2\n",
        "by;Word;SKU\nAnna;{word};B2\n",
        "title\tsku\tcutout_ok\nCup\tB2\t{word}\n",
        "sep=;\nsku;word\nB2;{word}\n",
        "# looked at by Anna\n\nsku,word\r\nB2,{word}\r\n",
        "B2,{word}\rA-1,{word}\r",
        '"B2" , "{word} 1a2b3c4d", Anna\n',
        'B2,{word},"Anna; it is a little pale\nA-1,{word},"\n',
        'B2,{word},Anna 12" ; all well\n',
        "B2;{word};Anna, 30 November\n",
    ],
)
def test_the_file_is_read_as_people_write_it(text: str, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILE, text.format(word=WORD))

    err = told("plan", shop, capsys)

    assert "warning: no row has the sku `B2`\n" in err
    assert err.count("no row") == 1


@pytest.mark.parametrize(
    "text", ['A-1,{word}\n"B-2,{word}\nC-3,{word}\n', 'A-1,{word}\nB-2,"{word}, Anna\nC-3,{word}\n']
)
def test_an_open_quote_is_shown_and_swallows_no_lines(
    text: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(FILE, text.format(word=WORD))

    err = refused(shop, capsys)

    assert 'error: a quote is opened here and not closed: `"' in err
    assert "  --> campaigns/looked-at.csv:2\nhint: close the quote, or take it out\n" in err
    assert err.count("error:") == 1


def test_each_line_that_says_nothing_is_shown(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILE, f'B-2\n,{WORD}\nA-1,{WORD},"Anna says\nthat it is right"\n,,\n')

    err = refused(shop, capsys)

    assert "error: nothing is said of `B-2`\n  --> campaigns/looked-at.csv:1\nhint: write the word" in err
    assert "error: the line names no sku\n  --> campaigns/looked-at.csv:2\n" in err
    assert "looked-at.csv:4\nhint: write the word that `assetgen check` names behind it" in err
    assert "a line for people begins with #" in err
    assert err.count("error:") == 3


def test_words_before_skus_are_told_as_that(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILE, f"{WORD},A-1\n")

    err = told("plan", shop, capsys)

    assert f"the sku `{WORD}`\n  --> campaigns/looked-at.csv:1\nhint: in each line the sku comes first, and" in err


def test_a_file_that_is_missing_is_told_with_how_it_looks(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    err = refused(shop, capsys)

    assert "error: there is no file `looked-at.csv`\n  --> campaigns/small.yaml:" in err
    assert (
        "hint: make it, with a line for each product such as `MUG-SPK-01,3f2a91bc`, or leave `cutout_ok` out\n" in err
    )


MEANT = {
    "cutoutok": "cutout_ok",
    "Cutoud OK": "cutout_ok",
    "keep_hole": "keep_holes",
    "Keep Hloes": "keep_holes",
    "exposre": "exposure",
    "White Ballance": "white_balance",
    "keepshadow": "keep_shadow",
    "straigthen": "straighten",
    "cut-out": "cutout",
}


@pytest.mark.parametrize(("column", "ours"), MEANT.items(), ids=list(MEANT))
def test_a_column_that_is_nearly_one_about_cutouts_is_told(
    column: str, ours: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(TABLE, "photo\n", f"photo,{column}\n")
    for name in ("red", "green", "blue"):
        change(TABLE, f"{name}.png\n", f"{name}.png,\n")

    err = told("plan", made, capsys)

    assert (
        f"warning: the column `{column}` says nothing of how photos are cut out\n  --> campaigns/products.csv:1\n"
        in err
    )
    assert f"hint: did you mean `{ours}`? leave it, if it is a column of your own\n" in err
    assert err.count("did you mean") == 1


@pytest.mark.parametrize("command", ["check", "run"])
def test_so_it_is_by_the_other_commands(command: str, made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(TABLE, ",photo\n", ",photo,keep_hole\n")
    for name in ("red", "green", "blue"):
        change(TABLE, f"{name}.png\n", f"{name}.png,\n")

    assert "the column `keep_hole` says nothing" in told(command, made, capsys)


def test_columns_that_shops_have_are_their_own(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shops = "class,grass,glas,task,mark,crops,drop,straight,exposed,cutoff,balance,hole,product,shadow,Cutout OK?"
    change(TABLE, ",photo\n", f",photo,{shops}\n")
    for name in ("red", "green", "blue"):
        change(TABLE, f"{name}.png\n", f"{name}.png{',' * len(shops.split(','))}\n")

    assert "the column" not in told("plan", made, capsys)


def test_a_column_beside_the_right_one_is_nobodys_slip(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(TABLE, ",photo\n", ",photo,cutouts,cutout\n")
    for name in ("red", "green", "blue"):
        change(TABLE, f"{name}.png\n", f"{name}.png,,\n")

    assert "the column" not in told("plan", made, capsys)
