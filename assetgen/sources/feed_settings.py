"""What is wrong with the feeds of a campaign, before anything is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.config.feed import COLUMNS, ENDINGS, Feed
from assetgen.errors import InputError, Location, Problem, did_you_mean
from assetgen.model.brief import Copy, Marked, Marks
from assetgen.planning.feed_pictures import fillings, terms
from assetgen.planning.planner import PACKSHOT

WRITTEN_BACK = (".csv", ".tsv", ".txt", ".xml", ".rss", ".atom")
"""Tables that come back as they were, with other pictures."""


def check_feeds(
    campaign: Marked[Campaign], channels: Sequence[Channel], copy: Copy, products: Path, root: Path
) -> None:
    """Raises InputError with every problem."""
    feeds, marks = campaign.value.feeds, campaign.marks
    problems = []
    if feeds and campaign.value.publish is None:
        hint = "say where the world finds the pictures, with `publish: {to: …, base_url: https://…}`"
        problems.append(Problem("feeds hold addresses, and the campaign has none", marks.key("feeds"), hint))
    known = _known(campaign.value, channels)
    for n, feed in enumerate(feeds):
        problems += _wrong_file(feeds[:n], feed, marks.at("feeds", n, "file"), products, root)
        problems += _wrong_keys(feed, campaign.value, copy, marks, n)
        problems += _wrong_pictures(feed, channels, known, marks, n)
    if problems:
        raise InputError(*problems)


def _known(campaign: Campaign, channels: Sequence[Channel]) -> Mapping[str, Collection[str]]:
    """What terms may name."""
    return {
        "channel": [channel.id for channel in channels],
        "scene": [PACKSHOT, *campaign.scenes],
        "locale": campaign.locales,
        "audience": [audience.name for audience in campaign.audiences],
        "take": [str(take) for take in range(1, campaign.takes + 1)],
    }


def _wrong_file(earlier: Sequence[Feed], feed: Feed, place: Location, products: Path, root: Path) -> Iterator[Problem]:
    ending = PurePosixPath(feed.file).suffix.lower()
    if (root / feed.file).resolve() == products:
        hint = "give it a name of its own, such as feeds/google.tsv"
        yield Problem("the feed would take the place of the product table", place, hint)
    if feed.file in {each.file for each in earlier}:
        yield Problem(f"two feeds go to `{feed.file}`", place, "give one of them another name")
    elif feed.upload and Path(feed.file).name in {Path(each.file).name for each in earlier if each.upload}:
        yield Problem(f"two feeds that are uploaded are called `{Path(feed.file).name}`", place, "rename one of them")
    if feed.format and ending not in ENDINGS[feed.format]:
        endings = " or ".join(f"`{each}`" for each in ENDINGS[feed.format])
        yield Problem(
            f"a supplemental {feed.format} feed is no `{ending}` file", place, f"let its name end in {endings}"
        )
    if not feed.format and products.suffix.lower() in WRITTEN_BACK and ending != products.suffix.lower():
        hint = "or say `format` for a supplemental feed"
        message = f"the product table is a `{products.suffix}` file, and written back it stays one"
        yield Problem(message, place, f"let the name end in `{products.suffix}`, {hint}")


def _wrong_keys(feed: Feed, campaign: Campaign, copy: Copy, marks: Marks, n: int) -> Iterator[Problem]:
    if feed.locale and feed.locale not in campaign.locales:
        hint = did_you_mean(feed.locale, campaign.locales, otherwise=f"it has {', '.join(campaign.locales)}")
        yield Problem(f"the campaign has no locale `{feed.locale}`", marks.at("feeds", n, "locale"), hint)
    for name, key in feed.texts.items():
        if key not in copy.texts:
            hint = did_you_mean(key, copy.texts, otherwise="it is a key of the copy table")
            yield Problem(f"there is no text `{key}`", marks.at("feeds", n, "texts", name), hint)
    if feed.texts and feed.format != "google":
        message = "`texts` are for supplemental feeds of Google"
        yield Problem(message, marks.key("feeds", n, "texts"), "say `format: google`, or leave them out")
    if feed.format == "amazon" and not (feed.seller and feed.marketplace):
        message = "an Amazon feed says whose listings it is about"
        hint = "give `seller`, your seller id, and `marketplace`, such as ATVPDKIKX0DER"
        yield Problem(message, marks.at("feeds", n), hint)


def _wrong_pictures(
    feed: Feed, channels: Sequence[Channel], known: Mapping[str, Collection[str]], marks: Marks, n: int
) -> Iterator[Problem]:
    if feed.format and not feed.pictures and not fillings(feed, feed.format, channels):
        usual = dict.fromkeys(name for column in COLUMNS[feed.format] for name in column.channels)
        column = COLUMNS[feed.format][0].name if usual else "photo"
        made = f"; or make those of {', '.join(usual)}" if usual else ""
        say = f"say which, such as `pictures: {{{column}: {channels[0].id}}}`{made}"
        yield Problem("the feed does not say which pictures it holds", marks.at("feeds", n), say)
    for name, entries in feed.pictures.items():
        if feed.format and (columns := [column.name for column in COLUMNS[feed.format]]) and name not in columns:
            hint = did_you_mean(name, columns, otherwise=f"it has {', '.join(columns)}")
            yield Problem(f"a {feed.format} feed has no column `{name}`", marks.key("feeds", n, "pictures", name), hint)
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
