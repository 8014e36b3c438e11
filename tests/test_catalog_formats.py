"""Each format on a file in the shape that shops export."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assetgen.catalog import Catalog, RowCounts, installed_formats, read_table
from assetgen.catalog.rows_by_parent import WINDOW
from assetgen.config.product_table import Columns, Products
from assetgen.errors import InputError
from assetgen.model.product import Product, Reject
from tests.conftest import ROOT

EXPORTS = ROOT / "tests" / "exports"
CDN = "https://cdn.example.com/s/files/1/0420/products"
UPLOADS = "https://shop.example.org/wp-content/uploads/2025/03"
SHOP = "https://halden.example/img"


def export(name: str, asked: Products | None = None) -> Catalog:
    return read_table(EXPORTS / name, asked)


def products(catalog: Catalog) -> dict[str, Product]:
    return {row.sku: row for row in catalog if isinstance(row, Product)}


def rejects(catalog: Catalog) -> list[tuple[int, str]]:
    problems = [row.problem for row in catalog if isinstance(row, Reject)]
    return sorted((problem.location.line or 0, problem.message) for problem in problems if problem.location)


def addresses(product: Product) -> list[str]:
    return [photo.address for photo in product.photos]


def said(product: Product, *names: str) -> list[str]:
    return [product.fields[name] for name in names]


@pytest.mark.parametrize(
    ("name", "format_", "cells"),
    [
        ("shopify_before_2025.csv", "shopify", "`Handle`, `Title`, `Variant Price`"),
        ("shopify_today.csv", "shopify", "`Title`, `URL handle`"),
        ("woocommerce.csv", "woocommerce", "`Type`, `SKU`, `Name`, `Published`"),
        ("google.tsv", "google", "`id`, `title`, `image link`"),
        ("google_rss.xml", "google", "`id`, `title`, `image_link`"),
        ("google_atom.xml", "google", "`id`, `title`, `image_link`"),
        ("meta.csv", "meta", "`id`, `title`, `image[0].url`"),
        ("amazon_before_2024.txt", "amazon", "`item_sku`, `item_name`"),
    ],
)
def test_an_export_is_told_by_its_columns_and_every_row_is_accounted_for(name, format_, cells):
    catalog = export(name)
    assert (catalog.format.name, catalog.recognised.why) == (format_, f"told by {cells}")

    tally = RowCounts(catalog)
    assert len({row.fields.keys() == set(catalog.columns) - {"photos", "options", "categories"} for row in tally
                if isinstance(row, Product)}) == 1  # fmt: skip
    assert tally.summary["rows"] == len(list(catalog.recognised.rows()))


def test_formats_are_tried_from_the_most_telling_on_however_they_were_installed():
    assert [each.name for each in installed_formats()] == [
        *("shopify", "wix", "squarespace", "etsy", "square", "ebay", "woocommerce", "magento", "bigcommerce"),
        *("prestashop", "shopware", "opencart", "amazon", "akeneo", "meta", "google", "plain"),
    ]


def test_the_rows_of_a_shopify_handle_become_variants_with_all_its_photos():
    catalog = export("shopify_before_2025.csv")
    found = products(catalog)
    oat, large, indigo = (found[sku] for sku in ("APR-OAT-S", "APR-OAT-L", "APR-IND-S"))

    assert [oat.parent, large.parent] == ["linen-apron"] * 2
    assert said(large, "title", "original_title", "vendor") == ["Linen Apron – Oat / L", "Linen Apron", "Halden"]
    assert large.options == {"Colour": "Oat", "Size": "L"}
    assert large.categories == ("Home & Garden > Kitchen & Dining", "Aprons")
    assert (
        oat.fields["description"]
        == "Washed linen, woven in Saxony & cut by hand.\n\n• Two pockets\n\n• Ties at the back"
    )
    assert "<ul>" in oat.fields["body_html"]
    assert addresses(indigo) == [
        f"{CDN}/apron-indigo.jpg?v=1717",
        f"{CDN}/apron-oat.jpg?v=1717",
        f"{CDN}/apron-back.jpg?v=1717",
        f"{CDN}/apron-detail,close.jpg?v=1717",
    ]
    assert [photo.alt for photo in indigo.photos] == [
        "Apron in indigo",
        "Apron in oat, on a hook",
        "Ties at the back",
        "",
    ]
    assert rejects(catalog) == [
        (14, "the row of `tea-towel` has neither a variant nor a photo"),
        (15, "the sku `APR-OAT-S` stands already in line 2"),
        (16, "the row does not say which product it belongs to"),
    ]


def test_what_shopify_compares_with_is_the_old_price_only_if_it_was_higher():
    found = products(export("shopify_before_2025.csv"))
    prices = {sku: said(found[sku], "price", "sale_price") for sku in ("APR-OAT-S", "APR-OAT-L", "APR-IND-S")}
    assert prices == {"APR-OAT-S": ["49.00", "39.00"], "APR-OAT-L": ["39.00", ""], "APR-IND-S": ["45.00", ""]}
    stock = {sku: found[sku].fields["availability"] for sku in prices}
    assert stock == {"APR-OAT-S": "in_stock", "APR-OAT-L": "out_of_stock", "APR-IND-S": "backorder"}


def test_a_shopify_variant_without_a_sku_goes_by_its_handle_and_that_is_counted():
    tally = RowCounts(export("shopify_before_2025.csv"))
    skus = [row.sku for row in tally]
    assert [sku for sku in skus if sku and sku[0] in "gt"] == ["gift-wrap", "tea-towel-Check", "tea-towel-Stripe-Dot"]
    assert tally.account.borrowed == {"handle": 3}


def test_shopifys_new_headers_say_the_same():
    small, large = products(export("shopify_today.csv")).values()
    assert said(small, "title", "price", "original_description")[:2] == ["Oak Board – 30 cm", "58.00"]
    assert small.fields["description"] == "Oak\n\nOiled twice.\nRinse, don’t soak."
    assert said(large, "price", "sale_price", "original_price") == ["89.00", "74.00", "74.00"]
    assert (large.photos[0].address, large.photos[0].column) == (f"{CDN}/board-45.jpg", "variant_image_url")
    assert large.photos[0].alt == "Board, 45 cm"


def test_a_photo_knows_its_cell():
    photos = products(export("shopify_before_2025.csv"))["APR-OAT-L"].photos
    assert [(photo.location.row, photo.location.line, photo.column) for photo in photos] == [
        (2, 8, "variant_image"),
        (3, 9, "image_src"),
        (2, 8, "image_src"),
        (4, 10, "image_src"),
    ]


def test_rows_of_a_handle_come_together_from_afar_but_not_from_everywhere(tmp_path):
    rows = ["Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src"]
    rows += ["cup,Cup,Size,S,CUP-S,9,", "near,Near,Size,S,NEAR-S,9,"]
    rows += [f"other-{n},Other,,,OTHER-{n},1," for n in range(WINDOW - 4)]
    rows += [
        "near,,,M,NEAR-M,9,near.jpg",
        *(f"more-{n},More,,,MORE-{n},1," for n in range(9)),
        "cup,,,L,CUP-L,9,cup.jpg",
    ]
    (tmp_path / "sorted.csv").write_text("\n".join(rows))

    catalog = read_table(tmp_path / "sorted.csv")
    found = products(catalog)
    assert addresses(found["NEAR-S"]) == ["near.jpg"]
    assert found["NEAR-M"].fields["title"] == "Near – M"
    assert rejects(catalog) == [
        (len(rows), f"the row belongs to `cup`, of which other rows stand more than {WINDOW} rows above")
    ]


def test_woocommerce_variations_take_from_their_parent_what_they_lack():
    catalog = export("woocommerce.csv")
    found = products(catalog)
    assert list(found) == ["soap-olive", "stool", "104", "bath-set", "rug-s", "rug-l", "ghost-1"]
    small, large = found["rug-s"], found["rug-l"]
    assert (small.parent, large.parent, found["ghost-1"].parent, found["stool"].parent) == ("rug", "rug", "ghost", None)
    assert [small.fields["title"], large.fields["title"]] == ["Wool Rug - Small", "Wool Rug – Large"]
    assert said(small, "price", "sale_price", "availability") == ["240.00", "199.00", "in_stock"]
    assert large.fields["availability"] == "backorder"
    assert large.options == {"Size": "Large"}
    assert large.categories == ("Home > Rugs", "Wool, undyed")
    assert addresses(large) == [f"{UPLOADS}/rug-large.jpg", f"{UPLOADS}/rug-1.jpg", f"{UPLOADS}/rug-2,detail.jpg"]
    assert [photo.location.row for photo in large.photos] == [8, 1, 1]
    assert said(found["soap-olive"], "price", "original_sale_price", "description") == [
        "8.50",
        "6,90",
        "Cold pressed & cured for six weeks",
    ]
    assert rejects(catalog) == [(7, "the row has neither a sku nor an id")]


def test_a_variable_product_is_one_itself_only_without_variations():
    tally = RowCounts(export("woocommerce.csv"))
    assert "rug" not in {row.sku for row in tally}
    assert tally.account.parents == 1
    assert tally.account.borrowed == {"id": 1}


def test_a_google_table_is_read_with_money_split_and_generated_titles():
    catalog = export("google.tsv")
    found = products(catalog)
    sage, oat, vase = found.values()
    assert said(sage, "price", "sale_price", "currency", "original_price") == ["129.00", "99.00", "EUR", "129.00 EUR"]
    assert said(vase, "price", "currency", "availability") == ["64.50", "EUR", "preorder"]
    assert (oat.parent, oat.fields["title"], oat.fields["availability"]) == ("LMP", "Pebble Lamp, oat", "out_of_stock")
    assert (sage.options, sage.categories) == ({"color": "sage"}, ("Lamps > Table", "Home & Garden > Lighting"))
    assert addresses(sage) == [f"{SHOP}/lamp-sage.jpg", f"{SHOP}/lamp-b.jpg", f"{SHOP}/lamp-c.jpg"]
    assert sage.fields["description"] == "A lamp of glazed clay.\nWith a linen shade."
    assert rejects(catalog) == [(5, "the row has no id")]


def test_an_rss_feed_is_read_like_a_table():
    catalog = export("google_rss.xml")
    bowl, large = products(catalog).values()
    assert said(bowl, "title", "description", "price", "currency") == [
        "Salad Bowl & Spoon",
        "Turned from one piece of beech.\n\n• 28 cm",
        "72.00",
        "EUR",
    ]
    assert addresses(bowl) == [f"{SHOP}/bowl.jpg", f"{SHOP}/bowl-top.jpg", f"{SHOP}/bowl,side.jpg"]
    assert bowl.fields["shipping_country"] == "DE,AT"
    assert (large.fields["title"], large.parent, large.location.line) == ("Salad Bowl, large", "BWL", 21)
    assert rejects(catalog) == [(31, "the row has no id")]


def test_an_atom_feed_has_its_own_id_beside_googles():
    (jug,) = products(export("google_atom.xml")).values()
    assert said(jug, "sku", "item_id", "title", "item_title", "link", "currency") == [
        "JUG-1",
        "tag:halden.example,2026:JUG-1",
        "Water Jug",
        "Jug",
        "https://halden.example/p/jug",
        "GBP",
    ]
    assert jug.fields["description"] == "Holds one litre"


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("<rss><channel><item><g:id>1</g:id></item></channel></rss>", "unbound prefix", "feed.xml:1:21"),
        ("<rss>\n<item><id>1</id>", "no element found", "feed.xml:2"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss/>', "a feed has no document type", "feed.xml:1"),
        ("<rss><channel/></rss>", "no column `sku`", "feed.xml:1"),
    ],
)
def test_a_broken_feed_is_refused_with_its_place(tmp_path, monkeypatch, text, said, place):
    monkeypatch.chdir(tmp_path)
    Path("feed.xml").write_text(text)
    with pytest.raises(InputError, match=said) as raised:
        read_table(Path("feed.xml"))
    assert str(raised.value.problems[0].location).startswith(place)


def test_a_meta_table_has_its_header_below_the_notes_and_numbered_photos():
    cup, blue = products(export("meta.csv")).values()
    assert addresses(cup) == [f"{SHOP}/cup.jpg", f"{SHOP}/cup-square.jpg", f"{SHOP}/cup-story.jpg"]
    assert [photo.column for photo in cup.photos] == ["image_link", "image_0_url", "image_1_url"]
    assert said(blue, "price", "sale_price", "currency", "availability") == ["18.00", "15.00", "EUR", "out_of_stock"]
    assert cup.location.line == 3


def test_the_same_columns_are_googles_between_tabs_and_metas_between_commas(tmp_path):
    for name, between, format_ in (("a.csv", ",", "meta"), ("a.tsv", "\t", "google")):
        (tmp_path / name).write_text(f"id,title,image_link\n1,Cup,{SHOP}/cup.jpg\n".replace(",", between))
        assert read_table(tmp_path / name).format.name == format_


def test_an_amazon_parent_is_no_product():
    tally = RowCounts(export("amazon_before_2024.txt"))
    grey, blue, cushion = (row for row in tally if isinstance(row, Product))
    assert tally.account.parents == 1
    assert said(grey, "price", "sale_price", "currency", "description") == [
        "89.00",
        "79.00",
        "EUR",
        "Soft, from Iceland",
    ]
    assert [photo.column for photo in grey.photos] == ["main_image_url", "other_image_url1", "other_image_url2"]
    assert (grey.parent, grey.options, grey.categories) == ("THR-P", {"color": "Grey"}, ("throws",))
    assert (blue.fields["availability"], cushion.photos) == ("out_of_stock", ())


def test_amazons_workbook_says_itself_where_its_listings_begin(tmp_path):
    us, us2 = "[marketplace_id=ATVPDKIKX0DER]", "[marketplace_id=ATVPDKIKX0DER][language_tag=en_US]"
    keys = [
        "contribution_sku#1.value",
        "::record_action",
        f"item_name{us2}#1.value",
        f"bullet_point{us2}#2.value",
        f"main_product_image_locator{us}#1.media_location",
        f"other_product_image_locator_1{us}#1.media_location",
        f"purchasable_offer{us}[audience=ALL]#1.our_price#1.schedule#1.value_with_tax",
        f"purchasable_offer{us}[audience=ALL]#1.currency",
        "item_name[marketplace_id=A1PA6795UKMFR9][language_tag=de_DE]#1.value",
    ]
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Read this first"])
    sheet = book.create_sheet("Template")
    sheet.append(["settings=attributeRow=4&labelRow=3&dataRow=6&locale=en_US"])
    sheet.append(["Fill in this sheet in English"])
    sheet.append(["SKU", "Action", "Item Name", "Bullet Point", "Main Image URL", "Other Image URL", "Price", "", ""])
    sheet.append(keys)
    sheet.append(["XYZ", "", "An example that is not ours"])
    sheet.append(
        ["MUG-1", "Create", "Mug", "Holds 330 ml", f"{SHOP}/mug.jpg", f"{SHOP}/mug-2.jpg", 24, "USD", "Becher"]
    )
    sheet.append(["ABC123", "Create", "Amazon's own example"])
    book.save(tmp_path / "listings.xlsx")

    catalog = read_table(tmp_path / "listings.xlsx")
    (mug,) = products(catalog).values()
    assert said(mug, "sku", "title", "bullet_point_2", "price", "currency", "item_name_2") == [
        "MUG-1", "Mug", "Holds 330 ml", "24", "USD", "Becher",
    ]  # fmt: skip
    assert addresses(mug) == [f"{SHOP}/mug.jpg", f"{SHOP}/mug-2.jpg"]
    assert (catalog.recognised.table.sheet, mug.location.line, mug.location.row) == ("Template", 6, 2)
    assert rejects(catalog) == [(7, "this is the example that comes with Amazon's sheet")]


GERMAN = Columns(
    sku="Artikelnummer", title="Bezeichnung", price="VK-Preis", sale_price="Angebotspreis", photo="Bild 1",
    photos=("Bild 2",), options=("Farbe",), categories=("Warengruppe",),
)  # fmt: skip


def test_a_plain_table_is_understood_as_the_campaign_names_its_columns():
    catalog = export("plain_german.csv", Products(file="x", columns=GERMAN))
    can, rake = products(catalog).values()
    assert said(can, "sku", "title", "bezeichnung", "price", "currency", "vk_preis") == [
        "007", "Gießkanne, verzinkt", "Gießkanne, verzinkt", "24.90", "EUR", "24,90 €",
    ]  # fmt: skip
    assert addresses(can) == ["bilder/kanne.jpg", "bilder/kanne-2.jpg", "bilder/kanne-3.jpg"]
    assert (can.fields["photo"], can.options, can.categories) == ("bilder/kanne.jpg", {"Farbe": "zink"}, ("Garten",))
    assert said(rake, "price", "sale_price") == ["1299.00", "999.50"]
    assert rejects(catalog) == [(4, "the row has no sku")]


def test_a_plain_table_that_names_nothing_keeps_its_columns_but_for_money(tmp_path):
    text = 'sku,price,photo,photos,categories,original_price\nA,24.00 EUR,a.jpg,many,"bags, red",9\n'
    (tmp_path / "plain.csv").write_text(text)
    catalog = read_table(tmp_path / "plain.csv")
    (product,) = products(catalog).values()
    assert list(product.fields.values()) == ["A", "24.00", "a.jpg", "many", "bags, red", "9", "EUR"]
    assert (product.words["photos"], product.words["categories"]) == ("many", "bags, red")
    assert addresses(product) == ["a.jpg"]


def test_the_campaigns_currency_fills_the_gap():
    found = products(export("shopify_today.csv", Products(file="x", currency="EUR")))
    assert {row.fields["currency"] for row in found.values()} == {"EUR"}
    found = products(export("google_atom.xml", Products(file="x", currency="EUR")))
    assert found["JUG-1"].fields["currency"] == "GBP"


def test_cells_that_a_spreadsheet_would_execute_stay_as_they_are():
    assert products(export("shopify_before_2025.csv"))["gift-wrap"].fields["title"] == '=Gift "wrap"'
    vase = products(export("google.tsv"))["VAS-1"]
    assert said(vase, "title", "description") == ["@Vase", "+49 tall"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_an_export_may_be_saved_in_another_way(tmp_path, encoding, between):
    text = 'Handle,Title,Variant SKU,Variant Price\r\ncup,"Cup\r\n""large""",CUP,9\r\n'.replace(",", between)
    (tmp_path / "x.csv").write_bytes(text.encode(encoding))
    (cup,) = products(read_table(tmp_path / "x.csv")).values()
    assert (cup.sku, cup.fields["title"]) == ("CUP", 'Cup\r\n"large"')
