from __future__ import annotations

import pytest

from assetgen.catalog.markup import plain
from assetgen.catalog.money import amount, now_and_before


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("24.00 EUR", ("24.00", "EUR")),
        ("EUR 24.00", ("24.00", "EUR")),
        ("24.00", ("24.00", "")),
        ("1,299.50 USD", ("1,299.50", "USD")),
        ("1.299,50 €", ("1299.50", "EUR")),
        ("€24,9", ("24.9", "EUR")),
        ("24,90", ("24.90", "")),
        ("CHF 1'299.50", ("1299.50", "CHF")),
        ("1 299,50 zł", ("1299.50", "PLN")),
        ("$24.00", ("24.00", "")),
        ("R$ 24,00", ("24.00", "BRL")),
        ("1.299", ("1.299", "")),
        ("", ("", "")),
        ("on request", ("on request", "")),
        ("from 9.00", ("from 9.00", "")),
        ("12-15 EUR", ("12-15 EUR", "")),
        ("24.00 kg", ("24.00 kg", "")),
        ("=1+1", ("=1+1", "")),
    ],
)
def test_an_amount_is_parted_from_its_currency(cell, said):
    assert amount(cell) == said


def test_a_lower_old_price_is_none():
    assert now_and_before("39.00", "49.00") == ("49.00", "39.00")
    assert now_and_before("49.00", "39.00") == ("49.00", "")
    assert now_and_before("49.00", "") == ("49.00", "")
    assert now_and_before("on request", "39.00") == ("on request", "")


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
