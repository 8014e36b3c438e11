"""What the program works out: products, plans, requests, cutouts, outcomes. Values that touch nothing."""

__all__ = [
    "ai_label",
    "arrays",
    "asset",
    "batch_state",
    "brief",
    "canvas",
    "care",
    "cutting",
    "examined",
    "finding",
    "font",
    "inspected",
    "made",
    "outcome",
    "placement_words",
    "product",
    "request",
    "spreadsheet_errors",
]
