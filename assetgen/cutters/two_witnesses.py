"""Cutouts by two witnesses: the colour of a plain backdrop, and the model that comes along."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assetgen.cutout.masks import dilate
from assetgen.cutout.openings import without_holes
from assetgen.cutout.sighting import Sighting
from assetgen.cutout.witnesses import Agreement, agree
from assetgen.cutters import sight
from assetgen.cutters.by_sight import cut_by_sight
from assetgen.cutters.differences import find_differences
from assetgen.cutters.doubts import Doubt, is_plain
from assetgen.cutters.plain_backdrop import ByColour, Plain, draw, found_by_colour, judged_by
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling

_BESIDE = 8
"""Pixels of work size around what the model sees in which a pale product may go on."""


class TwoWitnesses:
    """The cutter of any photo: the model says what is product, and a plain backdrop's colour exactly where it ends.

    Where the backdrop is not plain, the outline is the model's, drawn to the edges of the photo.
    """

    name = f"{Plain.name} and {sight.NAME}"
    recipe = 2
    """The number in keys, raised when the same photo would give another cutout: tests/test_recipe.py watches it."""

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        photo = np.ascontiguousarray(photo[..., :3])
        found = found_by_colour(photo)
        sighting = sight.look(photo, found.product.shape)
        if not is_plain(found.backdrop):
            return cut_by_sight(photo, sight.look_again(photo, sighting), sight.NAME)
        agreement, doubts = _heard(found, sighting, handling)
        if agreement.disputed or doubts:
            agreement, doubts = _heard(found, sight.look_again(photo, sighting), handling)
        product = without_holes(agreement.product) if handling.keep_holes else agreement.product
        cutout = judged_by(doubts, draw(photo, replace(found, product=product, rescued=agreement.rescued), handling))
        return replace(cutout, by=self.name, agreed=not doubts)


def _heard(found: ByColour, sighting: Sighting, handling: Handling) -> tuple[Agreement, tuple[Doubt, ...]]:
    backdrop = found.without(dilate(sighting.product, _BESIDE))
    agreement = agree(found.product, backdrop, found.edges, sighting)
    doubts = find_differences(backdrop, found.edges, agreement, sighting, holes_kept=handling.keep_holes)
    return agreement, doubts
