"""A prompt becomes a wish: which stand, light, surfaces and colours its words ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assetgen.errors import Problem
from assetgen.plural import counted
from assetgen.studio import studio_vocabulary
from assetgen.studio.studio_vocabulary import Table

FEW = 4
"""The number of words from which on not knowing them is no chance."""

_OTHER_SCRIPTS = r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]"
"""Letters neither Latin nor Chinese: Greek to Thai, Japanese syllables, Korean."""

_WORD = rf"(?:{_OTHER_SCRIPTS}){{2,}}|[^\W\d_]{{3,}}"


@dataclass(frozen=True)
class Wish:
    """What was asked for by name; what was not named is left to the set.

    place, season: keys of SETTINGS and SEASONS. colours, surfaces: by thing (wall, floor, stand, arch, props, product);
    `loose` are colours that no thing claimed, `palette` those of the brand.
    """

    place: str | None
    season: str | None
    stand: str | None
    time: str | None
    side: str | None
    shadow: str | None
    extras: frozenset[str]
    colours: Mapping[str, str]
    surfaces: Mapping[str, str]
    loose: tuple[str, ...]
    palette: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    value: str
    start: int
    end: int


def read(prompt: str) -> Wish:
    text = re.sub(studio_vocabulary.NEGATIONS, " ", prompt.lower())
    plain = re.sub(studio_vocabulary.ASIDE, " ", text)
    brand, own = " ".join(re.findall(studio_vocabulary.PALETTE, text)), re.sub(studio_vocabulary.PALETTE, " . ", text)
    things = _mentions(own, studio_vocabulary.THINGS)
    surfaces, loose_surfaces = _claim(own, things, _mentions(own, studio_vocabulary.SURFACES, studio_vocabulary.PLACES))
    colours, loose = _claim(own, things, _colours(own))
    stand = _first(own, studio_vocabulary.STANDS)
    for surface in loose_surfaces:
        surfaces.setdefault(_natural_place(surface, stand), surface)
    return Wish(
        place=_first(
            plain,
            studio_vocabulary.PLACES,
            studio_vocabulary.NOT_PLACES,
            studio_vocabulary.COLOURS,
            studio_vocabulary.SEASONS,
        ),
        season=_first(plain, studio_vocabulary.SEASONS, studio_vocabulary.PLACES),
        stand=stand,
        time=_first(text, studio_vocabulary.TIMES),
        side=_first(text, studio_vocabulary.SIDES),
        shadow=_first(text, studio_vocabulary.SHADOWS),
        extras=frozenset(
            mention.value
            for mention in _mentions(
                text, studio_vocabulary.EXTRAS, studio_vocabulary.SHADOWS, studio_vocabulary.PLACES
            )
        ),
        colours=colours,
        surfaces=surfaces,
        loose=tuple(loose),
        palette=tuple(dict.fromkeys(mention.value for mention in _colours(brand))),
    )


def not_understood(words: str) -> Problem | None:
    """A warning where the studio knows fewer than a tenth of the words, or fewer than it takes for another language's.

    Words of which there are few may be chance.
    """
    text = words.lower()
    spans = [(match.start(), match.end()) for match in _everything_known().finditer(text)]
    fillers = studio_vocabulary.FILLERS.split(", ")
    told = [match for match in re.finditer(_WORD, text) if match.group() not in fillers]
    unknown = [word for word in told if not any(start < word.end() and word.start() < end for start, end in spans)]
    known = len(told) - len(unknown)
    meant = dict.fromkeys(
        english
        for word in unknown
        for english, stems in studio_vocabulary.ELSEWHERE.items()
        if word.group().startswith(tuple(stems.split(", ")))
    )
    foreign = len(meant) + sum(bool(re.match(_OTHER_SCRIPTS, word.group())) for word in unknown)
    if foreign <= known and (known * 10 >= len(told) or len(told) < FEW):
        return None
    hint = "it speaks English and Chinese"
    hint += (
        f"; did you mean {', '.join(f'`{word}`' for word in meant)}?" if meant else ", and docs/studio.md shows what"
    )
    return Problem(f"of your {counted(len(told), 'word')} the studio knows {known or 'none'}", hint=hint)


@cache
def _everything_known() -> re.Pattern[str]:
    tables = (
        *(studio_vocabulary.PLACES, studio_vocabulary.SEASONS, studio_vocabulary.STANDS, studio_vocabulary.TIMES),
        *(studio_vocabulary.SIDES, studio_vocabulary.SHADOWS, studio_vocabulary.EXTRAS, studio_vocabulary.SURFACES),
        *(studio_vocabulary.THINGS, studio_vocabulary.COLOURS),
    )
    return re.compile(_any_of({word for table in tables for word in _meanings(table)}))


def _natural_place(surface: str, stand: str | None) -> str:
    if surface in {"tiles", "mosaic"}:
        return "wall"
    on_the_floor = surface in {"sand", "water", "moss"} or stand in {"table", "sill", "floor"}
    return "floor" if on_the_floor else "stand"


def _first(text: str, table: Table, *others: Table) -> str | None:
    return next((mention.value for mention in _mentions(text, table, *others)), None)


def _mentions(text: str, table: Table, *others: Table) -> list[Mention]:
    """Every mention, in the order of the text.

    Of overlapping words the longest counts, and it may be one of another table: the "leaf" of "leaf shadow" is no leaf,
    and the "金色" of "金色时刻" no colour.
    """
    meaning = _meanings(table)
    words = meaning.keys() | {word for other in others for word in _meanings(other)}
    found = ((match, _singular(match.group(), meaning)) for match in re.finditer(_any_of(words), text))
    return [Mention(meaning[word], match.start(), match.end()) for match, word in found if word in meaning]


def _meanings(table: Table) -> dict[str, str]:
    return {word: value for value, words in table.items() for word in words.split(", ")}


def _singular(word: str, known: Mapping[str, str]) -> str:
    return word if word in known else word.removesuffix("s")


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    # Chinese is written without spaces: only words in ASCII have borders, and a plural.
    return "|".join(
        rf"(?<![a-z]){re.escape(word)}s?(?![a-z])" if word.isascii() else re.escape(word) for word in longest_first
    )


def _colours(text: str) -> list[Mention]:
    codes = [Mention(match.group(), match.start(), match.end()) for match in re.finditer(r"#[0-9a-f]{6}\b", text)]
    words = _mentions(
        text, studio_vocabulary.COLOURS, studio_vocabulary.SURFACES, studio_vocabulary.TIMES, studio_vocabulary.PLACES
    )
    return sorted([*codes, *words], key=lambda mention: mention.start)


def _claim(text: str, things: list[Mention], values: list[Mention]) -> tuple[dict[str, str], list[str]]:
    """Values by the thing they stand beside ("sage wall", "floor in sand"), and those beside nothing."""
    claimed: dict[str, str] = {}
    loose: list[str] = []
    for value in values:
        thing = _beside(text, value, [t for t in things if t.value not in claimed])
        if thing:
            claimed[thing.value] = value.value
        elif value.value not in loose:
            loose.append(value.value)
    return claimed, loose


_LINK_BEFORE = r"[\s-]*(?:(?!and\b|on\b|with\b|in\b|against\b)[a-z]+[\s-]+)?的?(?:[\u4e00-\u9fff]{0,2})?"
_LINK_AFTER = (
    r"(?:'s)?(?: colou?r)?\s*(?:is|are|:|in|of|made of|covered in|painted|是|为|用|：)\s*(?:a |an |the )?(?:[a-z]+\s+)?"
)


def _beside(text: str, value: Mention, things: list[Mention]) -> Mention | None:
    for thing in things:
        if value.end <= thing.start and re.fullmatch(_LINK_BEFORE, text[value.end : thing.start]):
            return thing
    for thing in things:
        if thing.end <= value.start and re.fullmatch(_LINK_AFTER, text[thing.end : value.start]):
            return thing
    return None
