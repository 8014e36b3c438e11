from __future__ import annotations

IN_STOCK, OUT_OF_STOCK, BACKORDER = "in_stock", "out_of_stock", "backorder"


def of_quantity(cell: str) -> str:
    """What a number of pieces says; nothing where the cell is no number."""
    try:
        return IN_STOCK if float(cell.replace(",", "")) > 0 else OUT_OF_STOCK
    except ValueError:
        return ""


def written(cell: str) -> str:
    """`in stock` as `in_stock`: Meta writes blanks where Google writes underscores."""
    return "_".join(cell.lower().replace("_", " ").split())
