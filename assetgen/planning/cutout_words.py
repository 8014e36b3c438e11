"""What people say of cutouts: a word is for one photo, and counts until the photo, its mask or its care is another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assetgen.model.asset import CutoutOrder
from assetgen.model.care import NO_CARE, Care
from assetgen.model.cutting import Treatment, Word
from assetgen.planning.photos_as_given import as_given

COLUMN = "cutout_ok"
"""The column of the product table, and the key of the campaign, for what people say."""

INPUT = "cutout word"
"""The input of files that notes what is said of the cutouts one sees on them."""

SHORT = 8
"""The digits of a digest that a word has at least."""

_NO = frozenset({"no", "false", "0"})

_YES = frozenset({"yes", "true", "1", "x", "ok"})
"""What says nothing, for nobody knows which photo it was about; all else that is no word may be a `no`."""


def word_for(order: CutoutOrder) -> str:
    """The word that says that a cutout is right: the beginning of its photo's SHA-256.

    Where there is a mask, or care is taken of the photo, of all that makes it what is cut out.
    """
    return word_from(order.photo.digest, order.mask.digest if order.mask else None, order.care)


def word_from(photo: str, mask: str | None = None, care: Care = NO_CARE) -> str:
    """The same from digests.

    It has a letter that no number has: spreadsheets would write `12345678` and `1234567e` otherwise than they stand.
    """
    whole = as_given(photo, mask, care)
    return next((whole[:n] for n in range(SHORT, len(whole)) if re.search("[abcdf]", whole[:n])), whole)


def said(treatment: Treatment, word: str | None) -> Word:
    """What is said of the cutout that this word is for, if any is known; before it goes a `no`, and what may be one."""
    if against := word_against(treatment.words):
        return against
    if word and any(_is_for(each, word) for each in treatment.words):
        return Word.RIGHT
    return Word.UNASKED if treatment.publish_doubtful else Word.NONE


def word_against(words: Iterable[str]) -> Word | None:
    """The no that is among what people wrote, or what may be one; None where there is neither."""
    if _NO.intersection(words):
        return Word.WRONG
    return Word.UNCLEAR if _unclear(words) else None


def noted(order: CutoutOrder) -> str:
    """What is said of a cutout, as it is noted among what a file is made from: with the word that it went out with."""
    return f"{order.word} {word_for(order)}" if order.word is Word.RIGHT else order.word


def notes(made_from: Mapping[str, str]) -> list[str]:
    """What was noted of each cutout, in the order of the products; nothing where nobody said anything."""
    return made_from[INPUT].split(", ") if INPUT in made_from else []


def says_no(note: str) -> bool:
    """Whether what was noted is a no, or may be one."""
    return note in {Word.WRONG, Word.UNCLEAR}


def still_stands(note: str, treatment: Treatment) -> bool:
    """Whether a file may go out by what people say now of a cutout, as it did by what was noted when it was made."""
    state, _, word = note.partition(" ")
    now = said(treatment, word or None)
    return now in {Word.RIGHT, Word.UNASKED} or now == state == Word.NONE


def without_effect(treatment: Treatment, word: str) -> str | None:
    """Why what was written does not let the cutout out that this word is for; None where nothing was."""
    if strange := _unclear(treatment.words):
        return f"`{strange[-1]}` in `{COLUMN}` is neither `no` nor a word for a photo"
    words = [each for each in treatment.words if each not in _NO and not _is_for(each, word)]
    if others := [each for each in words if _is_word(each)]:
        return f"the word `{others[-1]}` in `{COLUMN}` is for another photo, mask or care"
    return f"`{words[-1]}` in `{COLUMN}` does not say which photo was looked at" if words else None


def words_in(text: str) -> Iterator[str]:
    """The words of a cell: several stand with blanks, commas or semicolons between them."""
    yield from (word.strip("`'\"").lower() for word in re.split(r"[\s,;]+", text) if word.strip("`'\""))


def _unclear(words: Iterable[str]) -> list[str]:
    """What is neither a word for a photo nor yes or no."""
    return [each for each in words if each not in _NO | _YES and not _is_word(each)]


def _is_word(text: str) -> bool:
    return bool(re.fullmatch(rf"[0-9a-f]{{{SHORT},64}}", text))


def _is_for(text: str, word: str) -> bool:
    """Whether what was written is this word, which may be shorter than it, or longer."""
    return _is_word(text) and (text.startswith(word) or word.startswith(text))
