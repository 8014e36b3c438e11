"""The tables of shops that are told by their columns: what is a product, what it costs, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assetgen.cli import main
from tests.kit import change


def read(path: Path, text: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> tuple[list[Any], Any]:
    """The products of a table, and its counts."""
    path.write_text(text, encoding="utf-8")
    assert main(["products", str(path), "--json"]) == code
    *rows, last = map(json.loads, capsys.readouterr().out.splitlines())
    return rows, last["summary"]


def said(row: Any) -> list[str]:
    fields = row["fields"]
    return [row["sku"], *(fields.get(name, "") for name in ("title", "price", "sale_price", "currency", "photo"))]


WOO = {
    "de": "ID,Typ,Artikelnummer,Name,Veröffentlicht,Sichtbarkeit im Katalog,Angebotspreis,Regulärer Preis,"
    "Kategorien,Bilder,"
    "Übergeordnetes Produkt,Attribut 1 Name,Attribut 1 Wert(e)",
    "fr": "ID,Type,UGS,Nom,Publié,Visibilité dans le catalogue,Tarif promo,Tarif régulier,Catégories,Images,"
    "Parent,Nom de l’attribut 1,Valeur(s) de l’attribut 1",
    "es": "ID,Tipo,SKU,Nombre,Publicado,Visibilidad en el catálogo,Precio rebajado,Precio normal,Categorías,Imágenes,"
    "Superior,Nombre del atributo 1,Valor(es) del atributo 1",
    "it": "ID,Tipo,COD,Nome,Pubblicato,Visibilità nel catalogo,Prezzo in offerta,Prezzo di listino,Categorie,Immagine,"
    "Genitore,Attributo 1 nome,Attributo 1 valuta(e)",
    "nl": "ID,Type,Artikelnummer,Naam,Gepubliceerd,Zichtbaarheid in catalogus,Actieprijs,Reguliere prijs,Categorieën,"
    "Afbeeldingen,Hoofd,Naam eigenschap 1,Waarde eigenschap 1",
    "pl": "ID,Typ,SKU,Nazwa,Opublikowano,Widoczność w katalogu,Cena promocyjna,Cena,Kategorie,Obrazki,"
    "Element nadrzędny,Nazwa atrybutu 1,Wartości atrybutu 1",
    "pt-BR": "ID,Tipo,SKU,Nome,Publicado,Visibilidade no catálogo,Preço promocional,Preço,Categorias,Imagens,"
    "Ascendente,Nome do atributo 1,Valores do atributo 1",
    "sv": "ID,Typ,Artikelnummer,Namn,Publicerad,Synlighet i katalog,Reapris,Ordinarie pris,Kategorier,Bilder,"
    "Förälder,Attribut 1 namn,Attribut 1 värde(n)",
    "da": "ID,Type,Varenummer,Navn,Udgivet,Synlighed i katalog,Tilbudspris,Normalpris,Kategorier,Billeder,"
    "Forælder,Attribut 1 navn,Attribut 1 værdi(er)",
    "tr": "ID,Tür,SKU,İsim,Yayınlanmış,Katalogda görünürlük,İndirimli fiyat,Normal fiyat,Kategoriler,Görseller,"
    "Ebeveyn,Attribute 1 name,Attribute 1 value(s)",
    "cs": "ID,Typ,Katalogové číslo,Název,Publikováno,Viditelnost v katalogu,Zlevněná cena,Běžná cena,Kategorie,Obrázky,"
    "Nadřazený,Attribute 1 name,Attribute 1 value(s)",
    "ko": "ID,종류,SKU,이름,게시됨,카탈로그 표시,할인 가격,정상 가격,카테고리,이미지,상위,Attribute 1 name,"
    "Attribute 1 value(s)",
    "ja": "ID,タイプ,SKU,名前,公開済み,カタログでの表示,セール価格,標準価格,カテゴリー,画像,親,属性 1 名,属性 1 値",
}


@pytest.mark.parametrize("language", WOO)
def test_woocommerce_is_told_in_the_language_of_its_shop(tmp_path, capsys, language):
    rows = (
        '10,variable,T,Tea,1,visible,,,Tea,"https://x.example/a.jpg, https://x.example/b.jpg",,Colour,"Blue, Red"\n'
        '11,variation,T-B,Tea - Blue,1,visible,"19,90","24,90",,https://x.example/c.jpg,T,Colour,Blue\n'
        '12,simple,K,Can,1,visible,,"1.249,00",Tea,https://x.example/k.jpg,,,\n'
    )
    found, counts = read(tmp_path / "woo.csv", f"{WOO[language]}\n{rows}", capsys)
    assert counts["format"] == "woocommerce"
    assert [said(row) for row in found] == [
        ["T-B", "Tea - Blue", "24.90", "19.90", "", "https://x.example/c.jpg"],
        ["K", "Can", "1249.00", "", "", "https://x.example/k.jpg"],
    ]
    assert (found[0]["parent"], found[0]["options"], counts["parent_rows"]) == ("T", {"Colour": "Blue"}, 1)


@pytest.mark.parametrize("format_", [[], ["--format", "woocommerce"]])
def test_woocommerce_in_a_language_that_nobody_knows_is_refused(tmp_path, capsys, format_):
    path = tmp_path / "woo.csv"
    path.write_text("ID,Math,SKU,Enw,Gweld,Treth,Pris,Llun\n1,simple,A,B,visible,taxable,5,https://x.example/a.jpg\n")
    assert main(["products", str(path), *format_]) == 2
    assert "its headers are in a language that is not known" in capsys.readouterr().err


SHOPIFY = (
    "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Status\n"
    "a,A,true,Size,S,A-S,1,red.png,active\n"
    "a,,,,L,A-L,1,,\n"
    "b,B,false,Size,S,B-S,1,red.png,active\n"
    "b,,,,L,B-L,1,,\n"
    "c,C,true,Title,Default Title,C,1,red.png,draft\n"
    "d,D,true,Title,Default Title,D,1,red.png,archived\n"
    "e,E,true,Title,Default Title,E,1,red.png,unlisted\n"
)
OFF_SALE = {
    "shopify": (SHOPIFY, ["A-S", "A-L"], 5),
    "woocommerce": (
        ("ID,Type,SKU,Name,Published,Regular price,Images,Parent\n1,simple,A,A,1,1,a.jpg,\n2,simple,B,B,0,1,a.jpg,\n"
        "3,simple,C,C,-1,1,a.jpg,\n4,variable,D,D,0,,a.jpg,\n5,variation,D-1,D 1,1,1,,D\n"),
        ["A"],
        3,
    ),
    "meta": (
        ("id,title,price,image_link,fb_product_category,status,visibility\nA,A,1 EUR,a.jpg,1,active,published\n"
        "B,B,1 EUR,a.jpg,1,archived,published\nC,C,1 EUR,a.jpg,1,active,hidden\nD,D,1 EUR,a.jpg,1,,staging\n"),
        ["A"],
        3,
    ),
    "magento": (
        ("sku,store_view_code,attribute_set_code,product_type,name,product_online,visibility,price\n"
        'A,,Default,simple,A,1,"Catalog, Search",1\nB,,Default,simple,B,2,"Catalog, Search",1\n'
        "C,,Default,simple,C,1,Not Visible Individually,1\n"),
        ["A"],
        2,
    ),
    "bigcommerce": (("Item,Name,SKU,Inventory Tracking,Price,Is Visible\nProduct,A,A,none,1,TRUE\nProduct,B,B,none,1,"
        "FALSE\n"),
                    ["A"], 1),
    "prestashop": ("Reference #;Active (0/1);Name *;Price tax included\nA;1;A;1\nB;0;B;1\n", ["A"], 1),
}  # fmt: skip


def test_a_product_of_woocommerce_that_no_list_shows_is_put_away(tmp_path, capsys):
    rows = "1,simple,A,A,1,visible,1,a.jpg\n2,simple,B,B,1,hidden,1,a.jpg\n"
    header = "ID,Type,SKU,Name,Published,Visibility in catalog,Regular price,Images"
    found, counts = read(tmp_path / "t.csv", f"{header}\n{rows}", capsys)
    assert ([row["sku"] for row in found], counts["off_sale"]) == (["A"], 1)


@pytest.mark.parametrize("format_", OFF_SALE)
def test_what_a_shop_has_put_away_is_counted_and_left_out(tmp_path, capsys, format_):
    text, skus, off_sale = OFF_SALE[format_]
    found, counts = read(tmp_path / "t.csv", text, capsys)
    assert [row["sku"] for row in found] == skus
    assert (counts["format"], counts["off_sale"]) == (format_, off_sale)


def test_drafts_are_taken_in_by_one_line(small, capsys):
    (small.parent / "products.csv").write_text(SHOPIFY)
    assert main(["products", "campaigns/products.csv"]) == 0
    output = capsys.readouterr()
    assert "+ 5 not on sale +" in output.out
    assert "products: {drafts: true}" in output.err

    assert main(["products", "campaigns/products.csv", "-c", str(small)]) == 0
    assert "rows: 7 = 2 products" in capsys.readouterr().out
    change(small, "  file: products.csv", "  file: products.csv\n  drafts: true")
    assert main(["products", "campaigns/products.csv", "-c", str(small)]) == 0
    assert "rows: 7 = 7 products" in capsys.readouterr().out


MAGENTO = (
    "sku,store_view_code,attribute_set_code,product_type,categories,name,product_online,visibility,price,special_price,"
    "base_image,additional_images,configurable_variations\n"
    'V-B,,Default,simple,Home,Vase Blue,1,Not Visible Individually,79.00,59.00,/t/b.jpg,"/t/b1.jpg,/t/b2.jpg",\n'
    "V-B,de,Default,simple,,Vase Blau,,,,,,,\n"
    'V,,Default,configurable,Home,Vase,1,"Catalog, Search",,,/t/v.jpg,,"sku=V-B,color=Blue|sku=V-R,color=Red"\n'
)
SHOPS = {
    "magento": (MAGENTO, ["V-B", "Vase Blue", "79.00", "59.00", "", "t/b.jpg"], {"color": "Blue"}),
    "bigcommerce": (
        (
            "Item Type,Product ID,Product Name,Product Code/SKU,Price,Cost Price,Sale Price,Product Image File - 1\n"
            'Product,7,Pack,P,120.00,50.00,99.00,p.jpg\n  SKU,8,"[S]Size=L,[CS]Colour=Green:#008000",P-L,,,,\n'
            "  Rule,,,P-L,,,,\n"
        ),
        ["P-L", "Pack – L / Green", "120.00", "99.00", "", "p.jpg"],
        {"Size": "L", "Colour": "Green"},
    ),
    "prestashop": (
        (
            ""
            "Product ID;Active (0/1);Name *;Price tax excluded;Tax rules ID;Wholesale price;"
            "Discount percent;Reference #;Image URLs (x,y,z...)\n"
            "1;1;Tee;16.51;1;4.95;20;demo_1;https://x.example/1.jpg\n"
        ),
        ["demo_1", "Tee", "16.51", "", "", "https://x.example/1.jpg"],
        {},
    ),
    "shopware": (
        (
            "id;parent_id;product_number;active;name;price_net;price_gross;purchase_price;cover_media_url\n"
            "a;;S;1;Shirt;10;11.90;5;https://x.example/s.jpg\nb;a;S.1;1;;;;;\n"
        ),
        ["S.1", "Shirt", "11.90", "", "", "https://x.example/s.jpg"],
        {},
    ),
    "wix": (
        (
            "handleId,fieldType,name,description,productImageUrl,sku,price,visible,discountMode,discountValue,cost,"
            "productOptionName1,productOptionDescription1\n"
            "p,Product,Bowl,,a~mv2.jpg;b~mv2.jpg,,20.00,true,PERCENT,25,9,Size,S;L\np,Variant,,,,B-L,,,,,,Size,L\n"
        ),
        ["B-L", "Bowl – L", "20.00", "15.00", "", "https://static.wixstatic.com/media/a~mv2.jpg"],
        {"Size": "L"},
    ),
    "squarespace": (
        (
            "Product ID [Non Editable],Variant ID [Non Editable],Product Page,Title,SKU,Option Name 1,"
            "Option Value 1,Price,Sale Price,"
            "On Sale,Visible,Hosted Image URLs\n1,2,shop,Jug,J-1,Size,S,20,9,No,Yes,"
            "https://x.example/1.jpg https://x.example/2.jpg\n"
        ),
        ["J-1", "Jug", "20", "", "", "https://x.example/1.jpg"],
        {"Size": "S"},
    ),
    "etsy": (
        (
            "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,IMAGE1,IMAGE2,SKU\nRing,x,12.00,GBP,3,"
            "https://x.example/r.jpg,,R-1\n"
        ),
        ["R-1", "Ring", "12.00", "", "GBP", "https://x.example/r.jpg"],
        {},
    ),
    "square": (
        (
            "Token,Item Name,Variation Name,SKU,Price,Archived,Option Name 1,Option Value 1\nT,Tea,Large,T-L,"
            "4.50,N,Size,Large\n"
        ),
        ["T-L", "Tea – Large", "4.50", "", "", ""],
        {"Size": "Large"},
    ),
    "opencart": (
        "product_id,name(en-gb),categories,sku,model,image_name,price,status\n1,Mug,5,,M-1,catalog/m.jpg,9.90,true\n",
        ["M-1", "Mug", "9.90", "", "", "catalog/m.jpg"],
        {},
    ),
    "akeneo": (
        (
            "sku;family;parent;groups;categories;enabled;name-en_US;price-EUR;price-USD;picture\n"
            "A;mugs;;;c;1;Mug;9.90;;f/a.jpg\n"
        ),
        ["A", "Mug", "9.90", "", "EUR", "f/a.jpg"],
        {},
    ),
    "ebay": (
        (
            "*Action(SiteID=US|Country=US|Currency=USD|Version=1193),CustomLabel,*Title,PicURL,*StartPrice\n"
            "Add,E-1,Clock,https://x.example/1.jpg|https://x.example/2.jpg,30.00\n"
        ),
        ["E-1", "Clock", "30.00", "", "USD", "https://x.example/1.jpg"],
        {},
    ),
}


@pytest.mark.parametrize("format_", SHOPS)
def test_a_shop_is_told_by_its_columns_and_its_price_is_what_buyers_pay(tmp_path, capsys, format_):
    text, expected, options = SHOPS[format_]
    found, counts = read(tmp_path / "t.csv", text, capsys)
    assert counts["format"] == format_
    assert [(said(row), row["options"]) for row in found] == [(expected, options)]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Item no.;Cost price;Product title;Retail price;Picture", ("sku: Item no., title: Product title,"
            " price: Retail price")),
        ("Artikelnummer;Bezeichnung;EK netto;VK-Preis;Rabatt %", ("sku: Artikelnummer, title: Bezeichnung,"
            " price: VK-Preis")),
        ("Code article;Désignation;Prix d'achat;Prix de vente", ("sku: Code article, title: Désignation,"
            " price: Prix de vente")),
        ("Product ID;Product Code;Name;Purchase price;VAT;Price tax included", ("sku: Product Code,"
            " title: Name, price: Price tax")),
        ("Artikelnummer;Artikelname;VK Brutto;VK Netto;EK Netto;UVP;Bild 1", ("sku: Artikelnummer, title: Artikelname,"
            " price: VK Brutto, photo: Bild 1")),
        ("Артикул;Название товара;Старая цена;Цена закупки;Цена продажи;Изображения", ("sku: Артикул,"
            " title: Название товара, price: Цена продажи, photo: Изображения")),
        ("Item No;Name;Landed cost;Dealer price;Trade price;Old price;Image", ("`columns: {sku: Item No,"
            " title: Name, photo")),
        ("Product ID*;Attribute;Reference;Impact on price;Ecotax;Image position;Image URLs;Name of shop",
            "`columns: {sku: Reference, photo: Image URLs}`"),
        ("商品编码;商品名称;进货价格;批发价;售价;主图", "sku: 商品编码, title: 商品名称, price: 售价, photo: 主图"),
    ],
)  # fmt: skip
def test_what_a_shop_pays_is_never_suggested_as_a_price(tmp_path, capsys, header, columns):
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\n" + "1;" * header.count(";") + "1\n", encoding="utf-8")
    assert main(["products", str(path)]) == 2
    hint = capsys.readouterr().err
    assert columns in hint
    assert "sale_price" not in hint.partition("the table has")[0]


def test_a_price_under_a_header_that_is_not_known_is_missed(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("ID,Typ,Artikelnummer,Namn,Publicerad,Kundens pris,Bilder\n1,simple,C,Kopp,1,24.00,c.jpg\n")
    assert main(["products", str(path)]) == 0
    told = capsys.readouterr().err
    assert "note: no product has a price" in told
    assert "perhaps `Kundens pris` holds it" in told


def test_columns_are_suggested_for_what_a_table_with_skus_lacks(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("sku;Bezeichnung;EK;VK-Preis;Hauptbild\nA;Tasse;2;5;a.jpg\n")
    assert main(["products", str(path)]) == 0
    assert "`columns: {title: Bezeichnung, price: VK-Preis, photo: Hauptbild}`" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["plan", "check"])
def test_plans_count_what_is_not_on_sale(small, capsys, command):
    (small.parent / "products.csv").write_text(SHOPIFY)
    change(small, "  file: products.csv", "  file: products.csv\n  currency: EUR")
    main([command, str(small)])
    assert "5 products not on sale" in capsys.readouterr().out

    change(small, "  file: products.csv", "  file: products.csv\n  drafts: true")
    main([command, str(small)])
    assert "not on sale" not in capsys.readouterr().out
