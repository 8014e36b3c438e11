"""The feeds of a campaign: the product table with other pictures, or supplements that hold what changed alone."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from itertools import chain, islice
from pathlib import PurePath

from assetgen.catalog import Catalog, FeedFile, Record, format_named, read_catalog
from assetgen.config.feed import Feed
from assetgen.disk import file_differs, replace_if_changed
from assetgen.errors import InputError, PluginError, Problem, SetupError
from assetgen.fingerprint import Json, digest
from assetgen.ledger import Ledger, only_run
from assetgen.model.brief import Brief
from assetgen.planning.feed_pictures import fillings
from assetgen.ports import Target
from assetgen.publishing import find_target
from assetgen.publishing.uploading import feed_name, for_another_day, public_name, records_of, wanted_of
from assetgen.publishing.words_since import words_since
from assetgen.shop_feeds.feed_choice import Choice, Kept, Outside, Standing, Unpublished
from assetgen.shop_feeds.feed_problems import feed_problems, table_kind
from assetgen.shop_feeds.feed_texts import FeedTexts
from assetgen.shop_feeds.picture_columns import column_slots
from assetgen.shop_feeds.supplement import Supplement
from assetgen.shop_feeds.write_back import rewritten

NOTED = 2_000
"""The number of products that are written down at a time."""


@dataclass
class Written:
    """What became of a feed, or would.

    products: with pictures in it; of a supplement that holds what changed, so many are new in it. changed: whether it
    says anything else than before. kept: by sku why products are not all that they could be in it. problem: why it was
    left as it is.
    """

    feed: Feed
    products: int = 0
    changed: bool = False
    notes: list[str] = field(default_factory=list)
    kept: dict[str, Kept] = field(default_factory=dict)
    problem: Problem | None = None

    def as_json(self) -> dict[str, Json]:
        return {
            "file": self.feed.file,
            "products": self.products,
            "changed": self.changed,
            "notes": list[Json](self.notes),
            "kept": {sku: kept.why for sku, kept in self.kept.items()},
            "problem": self.problem.message if self.problem else None,
        }


def write_feeds(
    brief: Brief,
    *,
    dry_run: bool = False,
    failed: Sequence[str] = (),
    there: Sequence[str] = (),
    wait: float = 0,
    say: Callable[[str], None] = lambda _: None,
) -> list[Written]:
    """Writes the feeds of a campaign, or says what they would hold.

    failed: names of files that could not be published; a feed that needs one of them is left as it is. there: names of
    those that are published and not here any more, which feeds go on naming.

    Raises InputError for a feed that does not fit its table, and before the first run; SetupError where one cannot be
    written.
    """
    if not brief.campaign.value.feeds:
        return []
    wanted_of(brief)  # a rehearsal has no feeds either
    alone = nullcontext() if dry_run else only_run(brief.home, wait=wait, say=say)
    with alone, records_of(brief, keeping=not dry_run) as ledger:
        catalog = read_catalog(brief)
        if problems := list(feed_problems(brief, catalog)):
            raise InputError(*problems)
        feeds = range(len(brief.campaign.value.feeds))
        failed = [*failed, *(public_name(brief, made.path) for made in for_another_day(brief, ledger))]
        out = Outside(frozenset(failed), frozenset(there), words_since(brief, ledger))
        return [_Writer(brief, ledger, catalog, n, out).write(dry_run=dry_run) for n in feeds]


def upload_feeds(brief: Brief, written: Iterable[Written]) -> list[Problem]:
    """Brings the feeds that are to be uploaded to where the pictures are, and says which did not arrive."""
    said = wanted_of(brief)
    place = find_target(said.to, brief.root, brief.campaign.marks.at("publish", "to"))
    feeds = [each.feed for each in written if each.feed.upload and not each.problem]
    return [problem for feed in feeds if (problem := _upload(brief, place, feed))]


def _upload(brief: Brief, place: Target, feed: Feed) -> Problem | None:
    file, name = brief.root / feed.file, feed_name(brief, feed)
    if not file.is_file():
        return None
    with file.open("rb") as source:
        wanted = file_digest(source, "sha256").hexdigest()
    kind = mimetypes.guess_type(feed.file)[0] or "text/plain"
    try:
        if place.digest(name) == wanted:
            return None
        place.put_file(name, file, kind=kind, cache="no-cache")
        arrived = place.digest(name) == wanted
    except (SetupError, PluginError) as error:
        return error.problems[0]
    return None if arrived else Problem(f"`{name}` did not arrive as it was sent", hint="publish again")


class _Writer:
    """Writes one feed."""

    def __init__(self, brief: Brief, ledger: Ledger, catalog: Catalog, n: int, out: Outside) -> None:
        self._brief = brief
        self._ledger = ledger
        self._catalog = catalog
        self._n = n
        self._feed = brief.campaign.value.feeds[n]
        self._format = format_named(self._feed.format) if self._feed.format else catalog.format
        self._fillings = fillings(self._feed, self._format.pictures, brief.channels)
        self._columns = [filling.column for filling in self._fillings]
        self._choice = Choice(brief, ledger, self._feed, self._fillings, out)
        self._file = brief.root / self._feed.file
        self._result = Written(self._feed)
        self._bare: list[str] = []

    def write(self, *, dry_run: bool) -> Written:
        result = self._result
        try:
            if self._catalog.recognised.table.can_be_written_back and not self._feed.format:
                self._write_back(dry_run=dry_run)
            else:
                self._write_supplement(dry_run=dry_run)
        except Unpublished as error:
            hint = "publish again: what is missing is sent, and then the feed is written"
            result.problem = Problem(f"`{self._feed.file}` stays as it is: `{error}` could not be published", hint=hint)
        except PluginError as error:
            (problem, *_) = error.problems
            result.problem = replace(problem, message=f"`{self._feed.file}` stays as it is: {problem.message}")
        result.kept |= self._choice.kept
        return result

    def _write_back(self, *, dry_run: bool) -> None:
        found = list(column_slots(self._catalog.recognised, self._columns))
        lacking = {column.name for column in self._columns} - {slot.column.name for slot in found}
        added = [slot.new for slot in found if slot.new]
        self._result.notes += [f"the table has no column for `{name}`: it is left out" for name in sorted(lacking)]
        if self._catalog.recognised.table.delimiter:
            self._result.notes += [f"the table had no column `{name}`: it is added at the end" for name in added]
        chunks = rewritten(self._brief.products, self._catalog, found, self._choice.addresses)
        self._replace(chunks, dry_run=dry_run)
        self._result.products = self._choice.products

    def _replace(self, chunks: Iterable[str | bytes], *, dry_run: bool) -> None:
        """Writes the file if it changed. Raises SetupError at the line of the campaign that names the file."""
        try:
            self._result.changed = (file_differs if dry_run else replace_if_changed)(self._file, chunks)
        except SetupError as error:
            place = self._brief.campaign.marks.at("feeds", self._n, "file")
            hint = "the feed is as it was; choose another `file`, or see to the disk"
            raise SetupError(*(replace(p, location=place, hint=hint) for p in error.problems)) from error

    def _write_supplement(self, *, dry_run: bool) -> None:
        if not self._feed.format:
            table = table_kind(self._brief)
            self._result.notes.append(f"{table} cannot be written back as it was: this is a supplemental feed")
        texts = FeedTexts(self._brief, self._feed, self._format.supplement.texts)
        supplement = self._supplement()
        records = supplement.records(self._catalog, self._addresses, texts.texts)
        if self._feed.rows == "all":
            self._replace(supplement.pieces(self._counted(records)), dry_run=dry_run)
        else:
            self._write_changed(supplement, records, dry_run=dry_run)
        self._result.kept |= {sku: Kept(why, Standing.TEXT) for sku, why in texts.left_out.items()}

    def _addresses(self, skus: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The addresses of a product; `_bare` notes one that had some when this feed last spoke of it."""
        found = self._choice.addresses(skus)
        self._bare += [] if found else [sku for sku in skus if self._ledger.feeds.said(self._feed.file, sku)]
        return found

    def _supplement(self) -> Supplement:
        feed = self._feed
        file = FeedFile(
            ending=PurePath(feed.file).suffix.lower(),
            columns=tuple(self._columns),
            title=self._brief.campaign.value.name,
            link=wanted_of(self._brief).base_url,
            seller=feed.seller,
            marketplace=feed.marketplace,
        )
        return Supplement(self._format, file, source=self._catalog.format.name)

    def _write_changed(self, supplement: Supplement, records: Iterator[tuple[str, Record]], *, dry_run: bool) -> None:
        """Writes what is new; that a product has no picture any more is so too, and the file then says nothing of it.

        Where nothing changed, the last feed stays; where that is gone, the next one has all products again.
        """
        memory, name = self._ledger.feeds, self._feed.file
        memory.start_over()
        if not (self._file.is_file() or dry_run):
            memory.forget_all(name)
        changed = self._counted(self._changed(records))
        first = next(changed, None)
        if first is None and not self._bare:
            return
        self._replace(supplement.pieces(chain([first] if first else [], changed)), dry_run=dry_run)
        self._result.changed = True
        if not dry_run:
            memory.keep(name)
            memory.forget(name, self._bare)

    def _changed(self, records: Iterator[tuple[str, Record]]) -> Iterator[tuple[str, Record]]:
        memory, name = self._ledger.feeds, self._feed.file
        anew = not self._file.is_file()
        while part := list(islice(records, NOTED)):
            marked = [(sku, record, digest(json.dumps(record).encode())[:16]) for sku, record in part]
            fresh = [each for each in marked if anew or memory.said(name, each[0]) != each[2]]
            memory.note((sku, mark) for sku, _, mark in fresh)
            yield from ((sku, record) for sku, record, _ in fresh)

    def _counted(self, records: Iterator[tuple[str, Record]]) -> Iterator[Record]:
        for _, record in records:
            self._result.products += 1
            yield record
