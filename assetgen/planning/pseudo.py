"""Pseudo-locales: a campaign's own words made longer, turned round or written in signs, before anybody translates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assetgen.model.brief import Brief, Copy, TemplateText
from assetgen.planning.rehearsal import rehearsal
from assetgen.prompts.dialect import Dialect

_LONGER = 0.4
"""The share by which German or Finnish words are longer than English ones."""

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwyzABCDEFGHIJKLNOPQRSTUVWYZ",
    "áƀçđéƒĝĥíĵķļɱñóþǫŕšŧúʋŵýžÁƁÇĐÉƑĜĤÍĴĶĻÑÓÞǪŔŠŦÚƲŴÝŽ",
)
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابكديفجهيجكلمنوبقرستوفوخيز")  # by their sound
_ARABIC_MARKS = str.maketrans(",;?", "،؛؟")
_CHINESE = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
_CHINESE_MARKS = str.maketrans(",.;:!?", "，。；：！？")

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = re.compile("[aeiouyAEIOUY]")
_MARK = re.compile(r"[,.;:!?](?=\s|$)")


def pseudo(brief: Brief) -> Brief:
    """The same campaign in pseudo-locales, under a name and in an output folder of its own.

    Only what is literally written in the copy table changes. Raises InputError for a text that is no template.
    """
    brief, campaign, dialect = rehearsal(brief, "pseudo"), brief.campaign, Dialect({})
    source = _source(brief)
    texts = {
        key: {locale: write(dialect, cells[source]) for locale, write in _WRITERS.items()}
        for key, cells in brief.copy.texts.items()
    }
    said = {"name": f"{campaign.value.name} (pseudo-locales)", "locales": tuple(_WRITERS)}
    return replace(
        brief,
        campaign=replace(campaign, value=campaign.value.model_copy(update=said)),
        copy=Copy(texts),
    )


def _source(brief: Brief) -> str:
    """The locale with the most Latin texts: it is their letters that are exchanged."""
    texts = {
        locale: "".join(cells[locale].text for cells in brief.copy.texts.values())
        for locale in brief.campaign.value.locales
    }
    return max(texts, key=lambda locale: sum(map(str.isascii, texts[locale])) / max(1, len(texts[locale])))


def _accented(dialect: Dialect, template: TemplateText) -> TemplateText:
    """The text as `[Šhóóþ ñóóŵ]`: in brackets, which show where it ends, unless it may come out empty."""
    written = dialect.reworded(template, lambda text: _WORD.sub(lambda word: _longer(word[0]), text))
    may_be_empty = "{%" in template.text or written.text == template.text
    return written if may_be_empty else replace(written, text=f"[{written.text}]")


def _longer(word: str) -> str:
    """The word with its vowels, or else its last letter, repeated in turn."""
    places = [found.start() for found in _VOWELS.finditer(word)] or [len(word) - 1]
    letters = list(word)
    for n in range(round(_LONGER * len(word))):
        place = places[n % len(places)]
        letters[place] += word[place] if word.isupper() else word[place].lower()
    return "".join(letters).translate(_ACCENTED)


def _right_to_left(dialect: Dialect, template: TemplateText) -> TemplateText:
    def write(text: str) -> str:
        arabic = _WORD.sub(lambda word: word[0].lower().translate(_ARABIC), text)
        return _MARK.sub(lambda mark: mark[0].translate(_ARABIC_MARKS), arabic)

    return dialect.reworded(template, write)


def _without_spaces(dialect: Dialect, template: TemplateText) -> TemplateText:
    """The text with a sign for every other letter: about as much as Chinese takes for the same."""

    def write(text: str) -> str:
        marked = _MARK.sub(lambda mark: mark[0].translate(_CHINESE_MARKS), text)
        return re.sub(" +", "", _WORD.sub(lambda word: _signs(word[0]), marked))

    return dialect.reworded(template, write)


def _signs(word: str) -> str:
    return "".join(_CHINESE[(ord(letter) + n) % len(_CHINESE)] for n, letter in enumerate(word[::2]))


_WRITERS: Mapping[str, Callable[[Dialect, TemplateText], TemplateText]] = {
    "en-ZZ": _accented,
    "ar-ZZ": _right_to_left,
    "zh-ZZ": _without_spaces,
}
"""The writers of pseudo-texts by locale. ZZ is CLDR's unknown region: numbers, money and dates are those of the
language's largest market.
"""
