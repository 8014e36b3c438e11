"""Words on a picture that say too much: claims that ads may not make, and ways out of a shop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.finding import Level
from assetgen.shipped import shipped, shipped_text

Reasons = Mapping[str, str]

_CONTACT = re.compile(
    r"""
      https?://\S+ | www\.\S+ | \b[a-z0-9-]+\.(?:com|cn|net|shop|store|top|xyz|vip)\b
    | [\w.+-]+@[\w-]+\.\w+
    | (?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)           # a mobile phone in China
    | (?<!\d)[48]00[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)         # a service line
    | (?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)                    # a landline
    | \+\d[\d ()-]{7,}\d
    | 加?微信号?[:: ]*[a-z][\w-]{5,19} | 加微信? | 微信号 | qq群?[:: ]*\d{5,}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def contact(text: str) -> list[str]:
    """The phone numbers, addresses and the like in a text."""
    return [found.group().strip() for found in _CONTACT.finditer(text)]


def other_platforms(text: str, platform: str) -> list[str]:
    """The names in a text of other platforms than this one, which is called as in its row of the channel table."""
    names = {name: other for other, names in _list("platforms").items() for name in re.split(r",\s*", names)}
    return [name for name, other in names.items() if other != platform and _says(text, name)]


def _ad_words(subject: Subject) -> Iterator[Fault]:
    terms = _terms(subject.locale or "")
    for layer in subject.words:
        for term, reason in terms.items():
            if _says(layer.text, term):
                yield Fault(f"`{layer.text}` says `{term}`: {reason}")


@cache
def _terms(locale: str) -> Reasons:
    """The terms of all languages, of the locale's language, and of that language in its country."""
    return {**_list("any"), **_list(locale.partition("-")[0]), **_list(locale)}


def _list(name: str) -> Reasons:
    lists: dict[str, dict[str, str]] = shipped("ad_words")
    return lists.get(name, {})


def ad_word_list() -> bytes:
    """The lists of words that rules go by, as their file has them."""
    return shipped_text("ad_words")


def _says(text: str, term: str) -> bool:
    return _pattern(term).search(text) is not None


@cache
def _pattern(term: str) -> re.Pattern[str]:
    """A pattern of whole words where the script has words: no `best` in `bestow`. Spaces may be hyphens, or nothing."""
    left, right = (r"\b" if end.isalnum() and end.isascii() else "" for end in (term[0], term[-1]))
    return re.compile(left + r"[\s-]*".join(re.escape(part) for part in term.split()) + right, re.IGNORECASE)


RULES = (
    Rule(
        "ad-words",
        "no word that advertising law or platforms object to, in the language of the picture",
        Level.WARNING,
        Basis.OURS,
        _ad_words,
        goes_by=ad_word_list,
    ),
)
