"""What the pictures of a campaign say of the part that a model has in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assetgen.config.campaign import Campaign
from assetgen.config.disclosure import CN, EU, ICON, NONE
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.ai_label import GB_45438, Label, Labels
from assetgen.model.brief import Marked
from assetgen.shipped import shipped
from assetgen.sources.collected_errors import errors_together
from assetgen.sources.library import file_beside
from assetgen.sources.logo_file import read_logo

_PLACE = ("disclosure", "label")


def read_labels(file: Path, campaign: Marked[Campaign], radius: float) -> Labels:
    """The labels of a campaign. radius: that of the brand's badges. Raises InputError."""
    disclosure, icon_place = campaign.value.disclosure, campaign.marks.at("disclosure", "icon")
    known = shipped("disclosure")
    with errors_together() as attempt:
        icon = attempt(_icon, file, disclosure.icon, icon_place) if disclosure.icon else None
        attempt(_check, campaign)
    shows_icon = disclosure.icon is not None
    chinese = Label(known["labels"]["zh"], "zh-CN", GB_45438, radius=radius)
    texts: dict[str, Label | None] = {}
    for locale, word in _words(campaign.value).items():
        if word == CN:
            texts[locale] = chinese
        elif word in {None, NONE}:
            texts[locale] = None
        else:
            text, language = _text(str(word), locale, known["labels"])
            texts[locale] = Label(text, language, icon=shows_icon, radius=radius)
    return Labels(texts, chinese, icon, dict(_uploads(known["uploads"], ai_person=disclosure.ai_person)))


def _words(campaign: Campaign) -> dict[str, str | None]:
    """What `label` says for each locale, or has to."""
    label = campaign.disclosure.label
    otherwise = EU if campaign.disclosure.ai_person else None
    said = label if isinstance(label, dict) else dict.fromkeys(campaign.locales, label)
    return {locale: said.get(locale) or otherwise for locale in campaign.locales}


def _text(word: str, locale: str, known: dict[str, str]) -> tuple[str, str]:
    """The text of a label, and the locale that it is set in."""
    if word == ICON:
        return "", locale
    if word != EU:
        return word, locale
    language = locale.partition("-")[0]
    return (known[language], locale) if language in known else (known["en"], "en-US")


def _problems(campaign: Marked[Campaign]) -> Iterator[Problem]:
    disclosure, marks = campaign.value.disclosure, campaign.marks
    label = disclosure.label
    said = label.items() if isinstance(label, dict) else [] if label is None else [("", label)]
    for locale, word in said:
        place = marks.at(*_PLACE, *filter(None, [locale]))
        if locale and locale not in campaign.value.locales:
            hint = did_you_mean(locale, campaign.value.locales)
            yield Problem(f"the campaign has no locale `{locale}`", marks.key(*_PLACE, locale), hint)
        if not word.strip():
            yield Problem("the label is empty", place, "write `none` for none")
        if word == NONE and disclosure.ai_person:
            message = (
                "`label` cannot be `none` where `ai_person` is true: an advert with a person made by AI has to say so"
            )
            yield Problem(message, place, "write `eu`, or a text of your own; New York asks for it since 2026-06-09")
        if word == ICON and not disclosure.icon:
            yield Problem("`label` is `icon`, and there is no icon", place, "name its file under `icon`")


def _check(campaign: Marked[Campaign]) -> None:
    if problems := list(_problems(campaign)):
        raise InputError(*problems)


def _icon(file: Path, name: str, place: Location) -> bytes:
    return read_logo(file_beside(file, name, place), place, "icon")


def _uploads(rows: list[dict[str, Any]], *, ai_person: bool) -> Iterator[tuple[str, str]]:
    for row in rows:
        says = row["says"].replace("PERSON", "yes" if ai_person else "no")
        yield from ((platform, says) for platform in row["platforms"])
