"""What the HTML pages share: one file each, which needs no network."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment() -> Environment:
    """Templates beside this file, in which everything is escaped."""
    return Environment(
        loader=PackageLoader("assetgen", "delivery"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
