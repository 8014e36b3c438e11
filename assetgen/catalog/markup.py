"""HTML made plain: what a reader sees, with its line breaks and points."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5

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


_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")
_TIMES = 3
"""How often a text may have been encoded before it got into a table."""


def decoded(text: str) -> str:
    """A text with the characters that HTML entities stand for, encoded twice or not: `&amp;amp;` is `&`.

    An entity ends with a semicolon, so that `R&D` and `?a=1&copy=2` stay as they are.
    """
    for _ in range(_TIMES):
        before, text = text, _ENTITY.sub(_character, text) if "&" in text else text
        if text == before:
            break
    return text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0]) if entity[1].startswith("#") else html5.get(f"{entity[1]};", entity[0])


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
