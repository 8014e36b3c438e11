"""Words from outside as a terminal, a log and a page may show them."""

from __future__ import annotations

import re

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Whatever does something rather than being seen: it clears screens, hides lines, or turns the order of letters round.

Tabs and line ends are left, for texts of ours are set with them. The marks of direction are those that a line of code
can be disguised with, https://trojansource.codes; halves of surrogate pairs can be written in no encoding.
"""


def printable(text: str) -> str:
    r"""The text with what steers a terminal written out, `\u001b` for an escape; JSON means the same afterwards."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n"))


def on_one_line(text: str) -> str:
    """The text as `printable` has it, with blanks for its line ends: no word of a table begins a line of its own."""
    return printable(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)
