"""What is wrong with the feeds of a campaign, before anything is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from assetgen.catalog import WRITTEN_BACK, Format, format_named, installed_formats
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.config.feed import Feed
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.brief import Copy, Marked, Marks
from assetgen.planning.feed_pictures import fillings, terms
from assetgen.planning.planner import PACKSHOT
from assetgen.planning.supplement_problems import missing_keys, other_endings


def check_feeds(
    campaign: Marked[Campaign], channels: Sequence[Channel], copy: Copy, products: Path, root: Path
) -> None:
    """Looks for every problem that feeds have before the product table is read. Raises InputError with all of them."""
    feeds, marks = campaign.value.feeds, campaign.marks
    problems = []
    if feeds and campaign.value.publish is None:
        hint = "say where the world finds the pictures, with `publish: {to: …, base_url: https://…}`"
        problems.append(Problem("feeds hold addresses, and the campaign has none", marks.key("feeds"), hint))
    known = _known(campaign.value, channels)
    for n, feed in enumerate(feeds):
        format_ = format_named(feed.format, marks.at("feeds", n, "format")) if feed.format else None
        place = marks.at("feeds", n, "file")
        if (root / feed.file).resolve() == products:
            hint = "give it a name of its own, such as feeds/google.tsv"
            problems.append(Problem("the feed would take the place of the product table", place, hint))
        problems += _file_problems(feeds[:n], feed, format_, place, products)
        problems += _locale_problems(feed, campaign.value, marks, n)
        problems += _text_problems(feed, format_, copy, marks, n)
        if format_ and (lacks := missing_keys(feed, format_)):
            message = f"a supplemental {format_.name} feed says whose listings it is about"
            problems.append(Problem(message, marks.at("feeds", n), lacks))
        problems += _picture_problems(feed, format_, channels, marks, n)
        problems += _entry_problems(feed, known, marks, n)
    if problems:
        raise InputError(*problems)


def _known(campaign: Campaign, channels: Sequence[Channel]) -> Mapping[str, Collection[str]]:
    """The names that the terms of an entry may hold, by field."""
    return {
        "channel": [channel.id for channel in channels],
        "scene": [PACKSHOT, *campaign.scenes],
        "locale": campaign.locales,
        "audience": [audience.name for audience in campaign.audiences],
        "take": [str(take) for take in range(1, campaign.takes + 1)],
    }


def _file_problems(
    earlier: Sequence[Feed], feed: Feed, format_: Format | None, place: Location, products: Path
) -> Iterator[Problem]:
    ending = PurePosixPath(feed.file).suffix.lower()
    if feed.file in {each.file for each in earlier}:
        yield Problem(f"two feeds go to `{feed.file}`", place, "give one of them another name")
    elif feed.upload and Path(feed.file).name in {Path(each.file).name for each in earlier if each.upload}:
        yield Problem(f"two feeds that are uploaded are called `{Path(feed.file).name}`", place, "rename one of them")
    if format_ and (endings := other_endings(feed, format_)):
        message = f"a supplemental {format_.name} feed is no `{ending}` file"
        yield Problem(message, place, f"let its name end in {endings}")
    if not format_ and products.suffix.lower() in WRITTEN_BACK and ending != products.suffix.lower():
        hint = "or say `format` for a supplemental feed"
        message = f"the product table is a `{products.suffix}` file, and written back it stays one"
        yield Problem(message, place, f"let the name end in `{products.suffix}`, {hint}")


def _locale_problems(feed: Feed, campaign: Campaign, marks: Marks, n: int) -> Iterator[Problem]:
    if feed.locale and feed.locale not in campaign.locales:
        hint = did_you_mean(feed.locale, campaign.locales, otherwise=f"it has {', '.join(campaign.locales)}")
        yield Problem(f"the campaign has no locale `{feed.locale}`", marks.at("feeds", n, "locale"), hint)


def _text_problems(feed: Feed, format_: Format | None, copy: Copy, marks: Marks, n: int) -> Iterator[Problem]:
    known = format_.supplement.texts if format_ else {}
    for name, key in feed.texts.items():
        if key not in copy.texts:
            hint = did_you_mean(key, copy.texts, otherwise="it is a key of the copy table")
            yield Problem(f"there is no text `{key}`", marks.at("feeds", n, "texts", name), hint)
        elif known and name not in known:
            message = f"a supplemental {feed.format} feed takes no text `{name}`"
            yield Problem(message, marks.key("feeds", n, "texts", name), f"it takes {', '.join(known)}")
    if feed.texts and not known:
        message = "`texts` are for supplemental feeds whose format takes generated texts"
        yield Problem(message, marks.key("feeds", n, "texts"), f"say {_formats_with_texts()}, or leave them out")


def _formats_with_texts() -> str:
    return " or ".join(f"`format: {each.name}`" for each in installed_formats() if each.supplement.texts)


def _picture_problems(
    feed: Feed, format_: Format | None, channels: Sequence[Channel], marks: Marks, n: int
) -> Iterator[Problem]:
    if not format_:
        return
    if not feed.pictures and not fillings(feed, format_.pictures, channels):
        usual = dict.fromkeys(name for column in format_.pictures for name in column.channels)
        column = format_.pictures[0].name if usual else "photo"
        made = f"; or make those of {', '.join(usual)}" if usual else ""
        say = f"say which, such as `pictures: {{{column}: {channels[0].id}}}`{made}"
        yield Problem("the feed does not say which pictures it holds", marks.at("feeds", n), say)
    columns = [column.name for column in format_.pictures]
    for name in feed.pictures:
        if columns and name not in columns:
            hint = did_you_mean(name, columns, otherwise=f"it has {', '.join(columns)}")
            place = marks.key("feeds", n, "pictures", name)
            yield Problem(f"a {format_.name} feed has no column `{name}`", place, hint)


def _entry_problems(feed: Feed, known: Mapping[str, Collection[str]], marks: Marks, n: int) -> Iterator[Problem]:
    for name, entries in feed.pictures.items():
        for k, entry in enumerate(entries):
            yield from _wrong_entry(entry, known, marks.at("feeds", n, "pictures", name, k))


def _wrong_entry(entry: str, known: Mapping[str, Collection[str]], place: Location) -> Iterator[Problem]:
    try:
        found = terms(entry)
    except InputError as error:
        yield from (replace(problem, location=place) for problem in error.problems)
        return
    for field, patterns in found.items():
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in known[field]):
                names = ", ".join(known[field]) or "none"
                hint = did_you_mean(pattern, known[field], otherwise=f"it has {names}")
                yield Problem(f"the campaign has no {field} `{pattern}`", place, hint)
