"""Cutouts by what a model saw alone, where no colour of a backdrop helps or where one is asked for by name."""

from __future__ import annotations

from dataclasses import replace

from assetgen.cutout.edge_colours import unmix
from assetgen.cutout.outline_refining import refine
from assetgen.cutout.sighting import Sighting
from assetgen.cutters.differences import find_confusion
from assetgen.cutters.plain_backdrop import judged_by
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import Cutout, Verdict


def cut_by_sight(photo: Pixels, sighting: Sighting, by: str, *, named: bool = False) -> Cutout:
    """The product of a photo (H x W x 3) that a model looked at twice.

    What either look takes for product is product, drawn to the photo's edges. named: somebody chose this model for the
    photo, so that what it makes is shown, whatever it is worth.
    """
    doubts = find_confusion(sighting)
    cutout = judged_by(doubts, Cutout(unmix(photo, refine(photo, sighting)), Verdict.GOOD, 1.0))
    shown = named and cutout.verdict is Verdict.REFUSED and sighting.product.any()
    verdict = Verdict.CHECK if shown else cutout.verdict
    return replace(cutout, by=by, verdict=verdict, agreed=not doubts and not named)
