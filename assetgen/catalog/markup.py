"""HTML made plain: what a reader sees, with its line breaks and points."""

from __future__ import annotations

import html
import re

# html.parser takes five times as long, and shops have a million descriptions. A quote within a tag hides its `>`; the
# limits keep a text of nothing but `<` from taking forever.
_MARKUP = re.compile(
    r"<!--.{0,5000}?-->"
    r"|<(script|style)\b.{0,100000}?</\1\s*>"
    r"|<(/?)([a-z][a-z0-9:-]{0,40})((?:[^<>\"']|\"[^\"]{0,5000}\"|'[^']{0,5000}'){0,2000})>",
    re.IGNORECASE | re.DOTALL,
)
_LOOKS_LIKE_IT = re.compile(r"<[a-z/!]|&(?:#|[a-z]+\d*;)", re.IGNORECASE)
_BLOCKS = re.compile(
    "address|article|blockquote|br|dd|div|dl|dt|figure|footer|h[1-6r]|header|li|ol|p|pre|section|table|tr|ul"
)
_CELLS = frozenset(["td", "th"])


def plain(text: str) -> str:
    """A text without tags comes back as it is."""
    if not _LOOKS_LIKE_IT.search(text):
        return text.strip()
    if "<" in text:
        text = _MARKUP.sub(_shown, re.sub(r"\s+", " ", text))
    text = html.unescape(text).replace("\xa0", " ")
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shown(found: re.Match[str]) -> str:
    """What a tag becomes: paragraphs a line, points of a list a bullet, cells of a table a gap, all else nothing."""
    closes, name = found[2], (found[3] or "").lower()
    if name == "li" and not closes:
        return "\n• "
    if _BLOCKS.fullmatch(name):
        return "\n"
    return " " if name in _CELLS else ""
