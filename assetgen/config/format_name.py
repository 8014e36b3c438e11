"""The exports of shops that a campaign may name: those that are installed."""

from __future__ import annotations

from typing import Annotated

from assetgen.config.known_words import KnownWords
from assetgen.plugins import plugins


def format_names() -> tuple[str, ...]:
    """The names of all formats that are installed, none of them imported for that."""
    return tuple(plugins("formats"))


FormatName = Annotated[str, KnownWords(format_names)]
"""The format of a product table: whose export it is."""
