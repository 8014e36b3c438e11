"""What people say of cutouts: a word is for one photo, and counts until the photo or its mask is another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.fingerprint import digest
from assetgen.model.asset import Photo
from assetgen.model.cutting import Treatment, Word

COLUMN = "cutout_ok"
"""The column of the product table, and the key of the campaign, for what people say."""

SHORT = 8
"""The digits of a digest that a word has at least."""

_NO = frozenset({"no", "false", "0"})


def word_for(photo: Photo, mask: Photo | None = None) -> str:
    """The word that says that the cutout of a photo is right: the beginning of the photo's SHA-256.

    Where there is a mask, of both: that of their digests, one after the other.
    """
    return shortened(photo.digest, mask.digest if mask else None)


def shortened(photo: str, mask: str | None = None) -> str:
    """The same from their digests.

    It has a letter that no number has: spreadsheets would write `12345678` and `1234567e` otherwise than they stand.
    """
    whole = _whole(photo, mask)
    return next((whole[:n] for n in range(SHORT, len(whole)) if re.search("[abcdf]", whole[:n])), whole)


def said(treatment: Treatment, photo: Photo, mask: Photo | None = None) -> Word:
    """What is said of the cutout of this photo; words for an earlier one, and what is no word, count for nothing."""
    words = set(treatment.words)
    whole = _whole(photo.digest, mask.digest if mask else None)
    if any(len(word) >= SHORT and whole.startswith(word) for word in words):
        return Word.RIGHT
    if words & _NO:
        return Word.WRONG
    return Word.UNASKED if treatment.publish_doubtful else Word.NONE


def without_effect(treatment: Treatment) -> str | None:
    """Why what was written says nothing of the photo as it is now; None where nothing was."""
    words = [word for word in treatment.words if word not in _NO]
    earlier = [word for word in words if re.fullmatch(rf"[0-9a-f]{{{SHORT},64}}", word)]
    if earlier:
        return f"the word `{earlier[-1]}` in `{COLUMN}` is for an earlier photo"
    return f"`{words[-1]}` in `{COLUMN}` does not say which photo was looked at" if words else None


def words_in(text: str) -> Iterator[str]:
    """The words of a cell: several stand with blanks, commas or semicolons between them."""
    yield from (word.strip("`'\"").lower() for word in re.split(r"[\s,;]+", text) if word.strip("`'\""))


def _whole(photo: str, mask: str | None) -> str:
    return digest(f"{photo}{mask}".encode()) if mask else photo
