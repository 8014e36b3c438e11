"""HTML made plain: what a reader sees, with its line breaks and points."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

# html.parser takes five times as long, and shops have a million descriptions.
_TAG = re.compile(
    r"<!--|-->|<(/?)([a-z][a-z0-9:-]*+)(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^<>])*+>",  # a quoted value may hold a `>`
    re.IGNORECASE,
)
_LOOKS_LIKE_IT = re.compile(r"<[a-z/!]|&(?:#|[a-z]+\d*;)", re.IGNORECASE)
_BLOCKS = re.compile(
    "address|article|blockquote|br|dd|div|dl|dt|figure|footer|h[1-6r]|header|li|ol|p|pre|section|table|tr|ul"
)
_UNSEEN = {"<!--": "-->", "<script": "</script", "<style": "</style"}
"""What a reader does not see, by what begins it, and what ends it."""


@lru_cache(maxsize=64)  # variants share the words of their product
def plain(text: str) -> str:
    """A text without its tags; one that has none comes back as it is."""
    if not _LOOKS_LIKE_IT.search(text):
        return text.strip()
    if "<" in text:
        text = "".join(_seen(" ".join(text.split())))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(text: str) -> Iterator[str]:
    end, until = 0, ""
    for found in _TAG.finditer(text):
        closes, name = found[1], (found[2] or "").lower()
        tag = f"<{closes}{name}" if name else found[0]
        if not until:
            yield text[end : found.start()]
            yield _shown(name, closes)
            until = _UNSEEN.get(tag, "")
        elif tag == until:
            until = ""
        end = found.end()
    if not until:
        yield text[end:]


def _shown(name: str, closes: str) -> str:
    """The text that a tag becomes: a paragraph is a line, a point of a list a bullet, a cell of a table a gap."""
    if name == "li" and not closes:
        return "\n• "
    if _BLOCKS.fullmatch(name):
        return "\n"
    return " " if name in {"td", "th"} else ""
