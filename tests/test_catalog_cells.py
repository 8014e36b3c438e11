"""Cells by themselves: what is an amount, and what a text means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from assetgen.amounts import Ambiguous, Unread, currency_of, decimals_of, may_be, read_amount
from assetgen.catalog.cells import is_power, readable
from assetgen.catalog.markup import decoded, plain
from assetgen.model.spreadsheet_errors import failed_formula, is_spreadsheet_error


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("24.00 EUR", ("24.00", "EUR")),
        ("EUR 24.00", ("24.00", "EUR")),
        ("24.00", ("24.00", "")),
        ("1,299.50 USD", ("1299.50", "USD")),
        ("1.299,50 €", ("1299.50", "EUR")),
        ("€24,9", ("24.9", "EUR")),
        ("24,90", ("24.90", "")),
        ("CHF 1'299.50", ("1299.50", "CHF")),
        ("CLP $15.990", ("15990", "CLP")),
        ("COP $ 129.900,00", ("129900.00", "COP")),
        ("JP¥1,299", ("1299", "JPY")),
        ("15 000 F CFA", ("15000", "")),
        ("1’299", ("1299", "")),
        ("1 299,50 zł", ("1299.50", "PLN")),
        ("1\u202f299,50\xa0€", ("1299.50", "EUR")),
        ("$24.00", ("24.00", "")),
        ("R$ 24,00", ("24.00", "BRL")),
        ("₹1,29,900.00", ("129900.00", "INR")),
        ("1,29,900", ("129900", "")),
        ("1.299.000", ("1299000", "")),
        ("1299.000", ("1299.000", "")),
        ("0.999", ("0.999", "")),
        ("1.299,-", ("1299", "")),
        ("1'299.–", ("1299", "")),
        ("299:-", ("299", "")),
        (".99", ("0.99", "")),
        ("Rs.99", ("99", "")),
        ("١٬٢٩٩٫٥٠ ر.س.\u200f", ("1299.50", "SAR")),
        ("１，２９９．５０", ("1299.50", "")),
        ("-5.00", ("-5.00", "")),
        ("€-5", ("-5", "EUR")),
        ("5,00-", ("-5.00", "")),
        ("(5.00)", ("-5.00", "")),
        ("\u22125,00 €", ("-5.00", "EUR")),
    ],
)
def test_an_amount_is_parted_from_its_currency(cell, said):
    assert tuple(read_amount(cell)) == said


@pytest.mark.parametrize(
    "cell",
    ["", "on request", "free", "from 9.00", "ab 1.299 €", "12-15 EUR", "12 - 15", "12 15", "12/15", "24.00 kg", "=1+1",
     "1.299.00", "1,299,00", "4,00E+12", "5²", "1½", "nan", "UVP 12", "12 EUR USD", "1.299.-", "9" * 99],
)  # fmt: skip
def test_what_is_no_amount_is_not_read_as_one(cell):
    with pytest.raises(Unread, match="is not a number"):
        read_amount(cell)


@pytest.mark.parametrize(
    "cell", ["1.299", "1.299 €", "R$ 1.299", "1,299", "$1,299", "150.000 IDR", "EUR 12.605", "¥1,299"]
)
def test_what_can_be_read_in_two_ways_is_not_read_in_either(cell):
    with pytest.raises(Ambiguous, match="can be"):
        read_amount(cell)


def test_the_way_out_of_two_readings_names_both():
    with pytest.raises(Ambiguous) as refused:
        read_amount("1,299", "EUR")
    assert str(refused.value) == "`1,299` can be 1299 or 1.299"
    assert refused.value.hint == (
        "write 1299.00, or say `products: numbers: english` in the campaign; `german` if it is 1.299"
    )


@pytest.mark.parametrize(
    ("cell", "currency", "sign", "digits"),
    [
        ("1.299", "EUR", ",", "1299"),
        ("1.299", "EUR", ".", "1.2990"),
        ("1,299", "USD", ".", "1299"),
        ("120.000 ₫", "", None, "120000"),
        ("15.990", "CLP", None, "15990"),
        ("$15.990", "CLP", None, "15990"),
        ("1,299", "JPY", ",", "1299"),
        ("1200.00", "JPY", None, "1200"),
        ("1.299", "KWD", None, "1.2990"),
        ("1.299 KWD", "", ",", "1299"),
    ],
)
def test_the_decimals_of_a_currency_and_what_the_campaign_says_settle_a_reading(cell, currency, sign, digits):
    assert read_amount(cell, currency, sign).digits == digits


@pytest.mark.parametrize(("cell", "currency"), [("1.29", "VND"), ("15,99 CLP", ""), ("1299.5", "JPY")])
def test_decimals_of_a_currency_without_them_are_thousands_that_a_spreadsheet_ate(cell, currency):
    with pytest.raises(Ambiguous, match="has decimals, and"):
        read_amount(cell, currency)


def test_a_sign_of_several_currencies_says_at_least_which_it_is_not():
    assert read_amount("$12.00", "CAD").digits == "12.00"
    assert (may_be("kr", "SEK"), may_be("kr", "EUR"), currency_of("kr"), currency_of("kg")) == (True, False, "", None)
    with pytest.raises(Ambiguous, match="cannot be in EUR"):
        read_amount("$12.00", "EUR")


LOCALES = ("en_US", "de_DE", "de_CH", "fr_FR", "en_IN", "pt_BR", "es_CL", "sv_SE", "pl_PL", "ar_EG", "fa_IR", "ja_JP")


@given(
    st.decimals(min_value=0, max_value=9_999_999, places=2),
    st.sampled_from(LOCALES),
    st.sampled_from(["EUR", "CHF", "JPY", "KWD"]),
)
def test_what_a_shop_of_any_language_writes_is_read_right_or_not_at_all(value: Decimal, locale: str, code: str) -> None:
    exact = round(value, decimals_of(code))
    cell = format_currency(exact, code, "#,##0.00 ¤¤", locale=locale, numbering_system="default")
    try:
        read = read_amount(cell)
    except Unread:
        return
    assert (read.value, read.currency) == (exact, code)


@given(st.text(alphabet="0123456789.,'  -–()€$₫kgEUR\u200e", max_size=14), st.sampled_from([None, ".", ","]))
def test_what_was_read_once_is_read_the_same_again_whatever_the_campaign_says(cell: str, sign: str | None) -> None:
    try:
        digits = read_amount(cell, "", sign).digits
    except Unread:
        return
    assert {read_amount(digits, "", again).digits for again in (None, ".", ",")} == {digits}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Salt &amp; Pepper &#8211; 12&#8243;", "Salt & Pepper – 12″"),
        ("Salt &amp;amp; Pepper", "Salt & Pepper"),
        ("Caf&eacute; &#x26; Co", "Café & Co"),
        ("R&D & more; AT&T", "R&D & more; AT&T"),
        ("5 &notathing; 6", "5 &notathing; 6"),
        ("https://x.example/?a=1&amp;b=2", "https://x.example/?a=1&amp;b=2"),
        ("<p>a &lt; b</p>", "<p>a &lt; b</p>"),
        ("Speckled_x000D_\nMug", "Speckled\nMug"),
        ("a_x000D_b_x000A_c_x005F_d", "a\nb\nc_d"),
    ],
)
def test_a_cell_means_what_its_author_saw(cell, text):
    assert readable(cell) == text


def test_an_entity_ends_with_a_semicolon():
    assert decoded("?a=1&copy=2 &copy; &quot;") == '?a=1&copy=2 © "'


def test_a_number_that_a_spreadsheet_shortened_is_known():
    assert [is_power(cell) for cell in ("4,00E+12", "4.00639E+12", "4E+12", "4006381333931", "E+12", "A4E+12")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["#N/A", " #REF! ", "#NV", "#BEZUG!", "#¡VALOR!", "#ССЫЛКА!", "#name?", "Err:508", "####"]
)
def test_an_error_of_a_spreadsheet_is_known_in_its_languages(cell):
    assert is_spreadsheet_error(cell)
    assert cell.strip() in failed_formula("title", cell).message


@pytest.mark.parametrize("cell", ["#SALE", "#1", "N/A", "#N/A mug", "", "#wow!"])
def test_other_texts_are_no_errors_of_spreadsheets(cell):
    assert not is_spreadsheet_error(cell)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("No tags, 5 < 6 & 7 > 3", "No tags, 5 < 6 & 7 > 3"),
        ("two\nlines", "two\nlines"),
        ("<p>One</p>\n<p>Two<br/>three</p>", "One\n\nTwo\nthree"),
        ("<ul><li>a</li><li><b>b</b></li></ul>", "• a\n\n• b"),
        ("Salt &amp; pepper &#8211; 5&nbsp;g", "Salt & pepper – 5 g"),
        ("<a title=\"a > b\" href='x'>link</a>", "link"),
        ("<style>p {color: red}</style><script>if (a < b) run()</script>seen", "seen"),
        ("a<!-- <p>unseen</p> -->b", "ab"),
        ("<table><tr><td>Width</td><td>30 cm</td></tr></table>", "Width 30 cm"),
        ("<p title='it's'>a</p><p class=\"x\">b</p>", "a\n\nb"),
        ("<script>never closed", ""),
        ("5 <6 and <3", "5 <6 and <3"),
        ("&lt;b&gt;", "<b>"),
        ("", ""),
    ],
)
def test_html_is_made_plain(markup, text):
    assert plain(markup) == text
