"""Capital and small letters as the languages have them, where they differ from what Unicode has for all.

The rules are those of Unicode's SpecialCasing and of CLDR's transforms: tr-Upper, el-Upper, nl-Title and the like.
"""

from __future__ import annotations

import re
import unicodedata

_DOTTED = frozenset(["tr", "az"])
"""The languages in which i and ı are two letters."""

_IJ = re.compile("ij|íj\u0301?", re.IGNORECASE)
"""One letter in Dutch, though it is written as two."""

_TONOS = re.compile("[\u0300\u0301\u0342\u0313\u0314]")
_GREEK = re.compile("([αεηιουωΑΕΗΙΟΥΩ])([\u0300-\u036f]*)(?:([ιυΙΥ])(?![\u0300-\u036f]))?")
_DIALYTIKA = "\u0308"
_SMALL_WORD = re.compile(r"(?<![\w'’])(?<!\d )[\w\u0300-\u036f]+")


def upper(text: str, language: str) -> str:
    """The text in capitals."""
    if language in _DOTTED:
        text = text.replace("i\u0307", "İ").replace("i", "İ")
    elif language == "el":
        text = re.sub(r"\w+", lambda word: _without_tonos(word[0]), text)
    elif language == "lt":
        text = re.sub("(?<=[ij])\u0307", "", unicodedata.normalize("NFD", text))
    elif language == "hy":
        text = text.replace("և", "եվ")
    return unicodedata.normalize("NFC", text.upper())


def lower(text: str, language: str) -> str:
    """The text in small letters."""
    if language in _DOTTED:
        text = text.replace("I\u0307", "i").replace("İ", "i").replace("I", "ı")
    elif language == "lt":
        apart = unicodedata.normalize("NFD", text)
        text = re.sub("[IJ](?=\u0328?[\u0300\u0301\u0303])", lambda letter: f"{letter[0].lower()}\u0307", apart)
    return unicodedata.normalize("NFC", text.lower())


def capitalised(text: str, language: str) -> str:
    """The text with a capital for its first letter; the rest stays."""
    if language == "nl" and (digraph := _IJ.match(text)):
        return digraph[0].upper() + text[digraph.end() :]
    if language == "lt":
        text = re.sub("^([ij])\u0307", r"\1", unicodedata.normalize("NFD", text))
    first = text[:1]
    if language in _DOTTED and first == "i":
        first = "İ"
    elif language == "hy" and first == "և":
        first = "Եվ"
    return unicodedata.normalize("NFC", first.title() + text[1:])


def titled(text: str, language: str) -> str:
    """The text with a capital for each small word; words that have one (LED, iPhone) and units after a number stay."""
    return _SMALL_WORD.sub(lambda word: capitalised(word[0], language) if word[0].islower() else word[0], text)


def _without_tonos(word: str) -> str:
    """A Greek word as capitals are written: without accents, and with dots where one had told two vowels apart."""
    if word in {"ή", "Ή"}:
        return word  # the word for `or` keeps its accent, and so is not the article
    return _GREEK.sub(_bare_vowel, unicodedata.normalize("NFD", word))


def _bare_vowel(found: re.Match[str]) -> str:
    vowel, marks, following = found[1], _TONOS.sub("", found[2]), found[3] or ""
    apart = _DIALYTIKA if following and marks != found[2] and _DIALYTIKA not in marks else ""
    return vowel + marks + following + apart
