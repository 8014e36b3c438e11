"""Heights of products, where the table tells, and where they count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assetgen.config.layout import AnyLayer, ProductLayer, first_of
from assetgen.model.product import Product

COLUMN = "height_mm"
"""The column of the table; its cells are in mm where they name no unit."""

_LENGTH = re.compile(r'(\d+(?:[.,]\d+)?) ?(mm|cm|m|in|″|"|)', re.IGNORECASE)
_MILLIMETRES = {"": 1, "mm": 1, "cm": 10, "m": 1000, "in": 25.4, "″": 25.4, '"': 25.4}


def height(product: Product) -> float | None:
    """The height of a product in mm; None where the cell is empty, or holds no height."""
    written = _LENGTH.fullmatch(product.fields.get(COLUMN, "").strip())
    if written is None:
        return None
    return float(written[1].replace(",", ".")) * _MILLIMETRES[written[2].lower()] or None


def wrong_height(product: Product) -> str | None:
    """The message for a cell that holds something, but no height; None where all is well."""
    cell = product.fields.get(COLUMN, "").strip()
    if not cell or height(product):
        return None
    return f"`{cell}` in the column `{COLUMN}` of `{product.sku}` is no height: write 120, 12 cm or 0.12 m"


def counting_sizes(product: Product, layers: Sequence[AnyLayer], *, white: bool) -> str:
    """The heights that change the picture: that of one product standing in a set, and those of several anywhere."""
    stands = first_of(ProductLayer, layers)
    natural = stands is not None and stands.scale == "natural" and "bottom" in stands.anchor
    cells = [_shown(member) for member in product.shown]
    return ", ".join(cells) if any(cells) and (product.members or (natural and not white)) else ""


def _shown(product: Product) -> str:
    known = height(product)
    return f"{known:g} mm" if known else product.fields.get(COLUMN, "").strip()
