"""The command `assetgen products`: a product table as it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assetgen.cli.terminal import console, options

if TYPE_CHECKING:
    from assetgen.catalog import Catalog, RowCounts
    from assetgen.config.product_table import Products
    from assetgen.errors import Problem
    from assetgen.model.product import Product, Reject

EXAMPLES = (
    "assetgen products campaigns/products_export.csv",
    "assetgen products export.csv --campaign campaigns/spring.yaml",
)

DEGRADED = 1
_FEW = 5  # products


def products(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A shop's export, such as products_export.csv.")],
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="Whose export it is, where its columns do not tell."),
    ] = None,
    campaign: Annotated[
        Path | None,
        typer.Option("--campaign", "-c", metavar="CAMPAIGN", help="Read it as this campaign's `products` say."),
    ] = None,
    head: Annotated[
        int | None, typer.Option("--head", min=0, metavar="N", help="Show so many products; 5, or with --json all.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Show what is understood of a product table: its format, its products, and the rows that are set aside."""
    from assetgen.catalog import RowCounts, read_table

    catalog = read_table(file, _asked(file, format_, campaign))
    tally = RowCounts(catalog)
    if json:
        _print_json(tally, head)
        known = {"format": catalog.format.name, "why": catalog.recognised.why}
        console.json_result({"summary": {**known, **tally.summary, "borrowed_skus": dict(tally.account.borrowed)}})
    else:
        console.result(f"{catalog.format.title}: {catalog.recognised.why}")
        _print(tally, _FEW if head is None else head)
        console.result(_in_words(tally))
        console.problems(_remarks(catalog, tally), kind="note")
    if tally.summary["set_aside"]:
        raise typer.Exit(DEGRADED)


def _asked(file: Path, format_: str | None, campaign: Path | None) -> Products:
    """What the campaign says of its table; a format that is typed goes before that. Raises InputError."""
    from assetgen.config.product_table import Products
    from assetgen.sources import load

    said = load(campaign).campaign.value.products if campaign else Products(file=str(file))
    return said.model_copy(update={"format": format_}) if format_ else said


def _print_json(tally: RowCounts, head: int | None) -> None:
    from assetgen.model.product import Reject

    for row in tally:
        if isinstance(row, Reject):
            console.json_result(_reject_as_json(row))
        elif head is None or tally.counts["products"] <= head:
            console.json_result(_as_json(row))


def _print(tally: RowCounts, head: int) -> None:
    from assetgen.model.product import Reject

    rejects: list[Problem] = []
    for row in tally:
        if isinstance(row, Reject):
            rejects += [row.problem] if len(rejects) < console.MOST else []
        elif tally.counts["products"] <= head:
            console.result(_line(row))
    console.problems([*rejects, *tally.notes], kind="warning")
    if tally.counts["set_aside"] > len(rejects):
        console.note("and more of them; --json has them all")


def _line(product: Product) -> str:
    """The line of a product: `MUG-1  Speckled Mug – Oat  29.00, now 24.00 EUR  2 photos, first https://…`."""
    text = {name: product.fields.get(name, "") for name in ("title", "price", "sale_price", "currency")}
    price = ", now ".join(filter(None, (text["price"], text["sale_price"])))
    photos = len(product.photos)
    shown = f"{photos} photo{'s' * (photos != 1)}, first {product.photos[0]}" if photos else "no photo"
    return "  ".join(filter(None, (product.sku, text["title"], f"{price} {text['currency']}".strip(), shown)))


def _in_words(tally: RowCounts) -> str:
    count = {name: f"{number:,}" for name, number in tally.summary.items()}
    parts = [
        f"{count['products']} products",
        f"{count['photo_rows']} of photos alone",
        f"{count['parent_rows']} of parents alone",
        *([f"{count['off_sale']} not on sale"] if tally.account.off_sale else []),
        *([f"{count['other_rows']} of other things"] if tally.account.other_rows else []),
        f"{count['set_aside']} set aside",
    ]
    lines = [f"rows: {count['rows']} = {' + '.join(parts)}"]
    lines += [f"{name.replace('_', ' ')}: {count[name]}" for name in ("variants", "parents", "photos", "without_photo")]
    lines += [f"sale prices left out: {count['left_out']}"] if tally.counts["left_out"] else []
    lines += [f"skus taken from `{column}`: {number:,}" for column, number in tally.account.borrowed.items()]
    return "\n".join(lines)


def _remarks(catalog: Catalog, tally: RowCounts) -> Iterator[Problem]:
    """What whoever writes a campaign for this table should know of it."""
    from assetgen.errors import Problem
    from assetgen.plural import counted

    recognised = catalog.recognised
    yield from recognised.table.notices
    if tally.account.off_sale:
        hint = "take them in with `products: {drafts: true}` in the campaign"
        message = (
            f"{counted(tally.account.off_sale, 'product')} not on sale: drafts, archived or hidden ones are left out"
        )
        yield Problem(message, hint=hint)
    if recognised.suggested:
        columns = ", ".join(f"{name}: {column}" for name, column in recognised.suggested.items())
        message = f"no column is called {' or '.join(f'`{name}`' for name in recognised.suggested)}"
        hint = f"perhaps `columns: {{{columns}}}` in the campaign's `products`"
        yield Problem(message, recognised.place, hint)
    elif tally.counts["products"] and not tally.counts["priced"] and (column := recognised.unknown_price):
        hint = f"perhaps `{column}` holds it, which is not known as a header: call it as the export in English does"
        yield Problem("no product has a price", recognised.place, hint)


def _as_json(product: Product) -> dict[str, object]:
    photos = [
        {"address": photo.address, "alt": photo.alt, "place": str(photo.location), "column": photo.column}
        for photo in product.photos
    ]
    lists = {"options": dict(product.options), "categories": product.categories, "photos": photos}
    return {
        "sku": product.sku,
        "parent": product.parent,
        "place": str(product.location),
        **lists,
        "notes": [note.message for note in product.notes],
        "fields": product.fields,
    }


def _reject_as_json(reject: Reject) -> dict[str, object]:
    return {
        "sku": reject.sku,
        "state": "set aside",
        "reason": reject.problem.message,
        "place": str(reject.problem.location),
    }
