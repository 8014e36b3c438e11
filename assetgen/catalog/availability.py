"""Whether something can be bought, in Google's words, which templates see for every format."""

from __future__ import annotations

IN_STOCK = "in_stock"
"""The word for what can be bought."""

OUT_OF_STOCK = "out_of_stock"
"""The word for what cannot be bought."""

BACKORDER = "backorder"
"""The word for what can be bought and is sent later."""


def of_quantity(cell: str) -> str:
    """The availability that a number of pieces tells; empty where the cell is no number."""
    try:
        return IN_STOCK if float(cell.replace(",", "")) > 0 else OUT_OF_STOCK
    except ValueError:
        return ""


def written(cell: str) -> str:
    """The availability that a cell says, as `in_stock`: Meta writes blanks where Google writes underscores."""
    return "_".join(cell.lower().replace("_", " ").split())
