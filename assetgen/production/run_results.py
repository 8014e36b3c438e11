"""What came of a run so far: written down as it comes, and counted for its outcome."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.delivery.asset_files import remove, succeed
from assetgen.model.finding import KeptBack, Level
from assetgen.model.made import Made
from assetgen.model.outcome import Failure, MadeFile, Rejected
from assetgen.model.product import Reject
from assetgen.photos.photo_files import mark_unreadable
from assetgen.planning.compare import cause
from assetgen.production.materials.doubtful_cutouts import DoubtfulCutouts, known_cutouts
from assetgen.production.pictures import Job, Result
from assetgen.production.tallies import TalliesByKind
from assetgen.production.workshop import Workshop


class RunResults:
    """The results of one run, for the driver's thread.

    made: how many files; files: what an outcome tells of each; rejected: those of them that broke a rule;
    doubtful: the cutouts that files wait for a person's word about; waiting: assets whose plates a batch will bring;
    rejects: rows that only making their pictures set aside; changes and warnings: causes and rules, each with some
    examples.
    """

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self.doubtful = DoubtfulCutouts(shop)
        self.made = 0
        self.waiting = 0
        self.files: list[MadeFile] = []
        self.rejected: list[Rejected] = []
        self.failures: list[Failure] = []
        self.rejects: list[Reject] = []
        self.changes = TalliesByKind()
        self.warnings = TalliesByKind()

    def keep(self, job: Job, result: Result) -> None:
        """Writes down what is finished; a file that has a successor goes.

        The ledger has the new file before the old one is removed. A kill between the two leaves a file too many, which
        nobody names, and never a name without its file.
        """
        self._record(job, result.made)
        self.failures += result.failures
        if result.reject:
            self.rejects.append(result.reject)
        if result.condemned:
            mark_unreadable(*result.condemned, self._shop.ledger)

    def _record(self, job: Job, made: list[Made]) -> None:
        ledger = self._shop.ledger
        before = ledger.standing(job.product.sku)
        earlier = {each.id: ledger.made(each.id) for each in made if each.id in before}
        kept = [succeed(each, earlier.get(each.id)) for each in made]
        ledger.record(kept)
        for each in kept:
            there = earlier[each.id].paths if each.id in earlier else ()
            remove(self._shop.brief.output, set(there) - set(each.paths))
            self.changes.add(cause(job.reasons[each.id]), each.id)
            self.files.append(MadeFile.of(each, job.reasons[each.id]))
            for rule, message in {f.rule: f.message for f in each.findings if f.level is Level.WARNING}.items():
                self.warnings.add(rule, message)
        self.made += len(kept)
        self.rejected += [as_rejected(each) for each in kept if each.kept_back is KeptBack.REJECTED]
        self._note_held(job, {each.id: each.path for each in kept if each.kept_back is KeptBack.HELD})

    def _note_held(self, job: Job, held: Mapping[str, str]) -> None:
        for asset in job.assets:
            if asset.id in held:
                known = known_cutouts(self._shop, asset.seen_cutouts)
                self.doubtful.add(job.product, asset, known, held[asset.id])


def as_rejected(made: Made) -> Rejected:
    """What an outcome tells of a rejected file; not its whole record: a wrong rule may reject a hundred thousand."""
    return Rejected(made.path, made.against)
