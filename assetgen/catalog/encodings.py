"""How the text of a table is written: UTF-8, UTF-16, or what Excel writes in Western Europe."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from pathlib import Path

WESTERN = "cp1252"
"""What Excel's plain "CSV" is in where people write in Latin letters without háčeks."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

_PIECE = 1 << 20

_SAMPLE = 4_000
"""Bytes of a file's beginning that tell whether every second one is empty, as in UTF-16 without a mark."""

_LETTERS = "À-ÖØ-öø-ÿ"

_NOT_WESTERN = re.compile(
    # Signs that the languages of Western Europe do not have, or not in words: ¹ and ³ are Polish ą and ł, „ is an ä of
    # DOS, Ž an é of old Macs, ð and þ are Turkish; Icelandic is left out with them.
    rf"[^\x00-\x7f\xa0€‚„…‘’“”•–—™œŒ¡¢£¥§©«ª®°±²³´µ·¹º»¼½¾¿{_LETTERS}]|[ÐÞÝðþý]"
    rf"|[A-Za-z][¡¢£¥§²³¹¼½¾¿‚„][A-Za-z{_LETTERS}]|[{_LETTERS}][¡¢£¥§²³¹¼½¾¿‚„]"
    rf"|[¹³¿£¥¡][a-z{_LETTERS}]|[ªº][A-Za-z{_LETTERS}]"
    rf"|[a-z][À-ÖØ-Þ]|[A-Za-z][„‚]|´[{_LETTERS}]|(?<![A-Za-z])ÿ"
    r"|[õÕ](?![eE])|[œŒ](?![uiUI])"
    # Letters beyond ASCII stand among others in Western words: several in a row are Greek, Cyrillic, Chinese.
    rf"|[{_LETTERS}]{{3}}|(?<![A-Za-z])[{_LETTERS}]{{2}}(?![A-Za-z])"
)
"""What shows that a text is not Windows-1252, although its bytes could be read as such."""


def encoding(path: Path) -> tuple[bytes, str]:
    """The byte-order mark of a file, and how its text is written after it.

    Where nothing tells, it is UTF-8, of which the first byte that is none will be found when it is read.
    """
    stat = path.stat()
    return _encoding(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=16)  # a table is opened a few times in a run
def _encoding(path: Path, _size: int, _modified: int) -> tuple[bytes, str]:
    with path.open("rb") as source:
        start = source.read(_SAMPLE)
    for mark, codec in _MARKS.items():
        if start.startswith(mark):
            return mark, codec
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 1 and start[first::2].count(0) > len(start) // 4 and not start[1 - first :: 2].count(0):
            return b"", codec
    return b"", "utf-8" if _is(path, "utf-8") or not _is(path, WESTERN, _NOT_WESTERN) else WESTERN


def _is(path: Path, codec: str, never: re.Pattern[str] | None = None) -> bool:
    """Whether a whole file can be read as this, and nothing in its text is what `never` finds."""
    with path.open("rb") as source:
        try:
            while lines := source.readlines(_PIECE):
                text = b"".join(lines).decode(codec)
                if never and not text.isascii() and never.search(text):
                    return False
        except UnicodeDecodeError:
            return False
    return True
