"""The manifest and the report of all that a campaign has, new or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from assetgen.checks.duplicates import pairs_alike
from assetgen.checks.strictness import DUPLICATE
from assetgen.delivery.manifest import write_manifest
from assetgen.delivery.report import write_report
from assetgen.model.finding import Finding, Level
from assetgen.model.made import Made
from assetgen.model.outcome import Delivered, Failure, Held
from assetgen.model.product import Reject
from assetgen.production.cutout_gallery import shown_cutouts
from assetgen.production.finishing.finished_files import THUMBS
from assetgen.production.materials.stored_cutouts import PREVIEWS
from assetgen.production.materials.stored_plates import plate_record
from assetgen.production.workshop import Workshop
from assetgen.store import Record


class Reporting:
    """Tells what a campaign has, from the ledger and the store. It is asked last, also when a run was interrupted."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop

    def tell(self, held: Sequence[Held], rejects: Sequence[Reject], failures: Sequence[Failure]) -> None:
        """Writes the manifest, and a report where that says something new: a run with nothing to do changes no byte."""
        brief = self._shop.brief
        manifest, report = brief.output / "manifest.json", brief.output / "report.html"
        news = write_manifest(manifest, brief, self._delivered(), held, rejects, failures)
        if news or not report.exists():
            write_report(
                report,
                brief,
                self._delivered(),
                rejects,
                failures,
                lambda made: self._kept(THUMBS, made.digest),
                held=held,
                cutouts=shown_cutouts(self._shop, rejects),
                preview=lambda key: self._kept(PREVIEWS, key),
            )

    def _delivered(self) -> Iterator[Delivered]:
        """All files in the order of their ids, in which the pictures of a product for a channel follow each other."""
        orphans = self._shop.ledger.orphans()
        for _, group in groupby(self._shop.ledger.everything(), lambda made: (made.channel, made.sku)):
            for made in _with_twins(list(group), self._shop.brief.campaign.value.checks.get(DUPLICATE, "warning")):
                yield Delivered(made, self._plate_record(made.inputs["plate"]), made.id in orphans)

    @cache  # noqa: B019 - lives as long as the run; there are few plates, and each is read once
    def _plate_record(self, key: str) -> Record | None:
        return plate_record(self._shop.store, key)

    def _kept(self, kind: str, key: str) -> bytes | None:
        return self._shop.store.read(kind, key)


def _with_twins(pictures: Sequence[Made], level: str) -> Iterator[Made]:
    """The pictures, each with a finding where another in its language looks the same: platforms would show both."""
    twins: dict[str, str] = {}
    for locale in dict.fromkeys(made.locale for made in pictures if level != "off"):
        looks = {made.id: made.look for made in pictures if made.look and made.locale == locale}
        for one, other in pairs_alike(looks):
            twins.setdefault(one, other)
            twins.setdefault(other, one)
    for made in pictures:
        if made.id in twins:
            twin = Finding(DUPLICATE, Level.WARNING, f"it looks like `{twins[made.id]}`")
            yield replace(made, findings=(*made.findings, twin))
        else:
            yield made
