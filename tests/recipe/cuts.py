"""Small photos as each cutter cuts them, and what is found out about that."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.config.weights import DEFAULT, WEIGHTS
from assetgen.cutout.cutout_quality import Given, judge_cutout
from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain_backdrop import Plain
from assetgen.cutters.rembg import cut_by_sight
from assetgen.cutters.two_witnesses import TwoWitnesses
from assetgen.model.arrays import Pixels
from assetgen.model.cutting import AS_SEEN, Cutout, Handling
from tests.recipe.pinned import Seen
from tests.recipe.things import bottle, photographed

MODEL = WEIGHTS[DEFAULT]


def plain() -> dict[str, Seen]:
    """On a plain backdrop, with a shadow on the floor."""
    photo = photographed(bottle(150, 280))
    holed = photo.copy()
    cv2.circle(holed, (95, 210), 30, photo[5, 5].tolist(), -1)
    seen: dict[str, Seen] = {}
    seen |= _both("a bottle", photo)
    seen |= _both("a bottle with a hole", holed)
    seen |= _both("a bottle with a hole that is to be kept", holed, Handling(keep_holes=True))
    seen |= _both("a pale bottle of glass", photographed(bottle(150, 280, (205, 214, 212))), Handling(glass=True))
    seen |= _both("a bottle that the photo cuts off", photo[:220])
    return seen


def alpha() -> dict[str, Seen]:
    return {"a bottle": _whole(bottle(), Alpha().cut(bottle()))}


def rembg() -> dict[str, Seen]:
    """What is made of masks that are soft, as those of models are, and larger than the photo by the room around it."""
    cutout = bottle(150, 280)
    photo = photographed(cutout)
    room = round(0.1 * max(photo.shape[:2]))
    around = cv2.copyMakeBorder(cutout[..., 3], room, room, room, room, cv2.BORDER_CONSTANT)
    soft = {"sure": 3, "in doubt": 41}
    masks = {name: cv2.blur(around, (size, size)).astype(np.uint8) for name, size in soft.items()}
    return {f"a model that is {name}": _whole(photo, cut_by_sight(photo, mask, MODEL)) for name, mask in masks.items()}


def two_witnesses() -> dict[str, Seen]:
    """On a plain backdrop, pale on pale, and where no backdrop helps."""
    photo, pale = photographed(bottle(150, 280)), photographed(bottle(150, 280, (226, 228, 226)))
    busy = photo.copy()
    behind = (photo == photo[5, 5]).all(axis=2)
    busy[behind] = np.indices(photo.shape[:2]).sum(axis=0)[behind, None] // 9 % 2 * (70, 60, 40) + (90, 80, 60)
    seen: dict[str, Seen] = {}
    seen |= _both("a bottle", photo, cutter=TwoWitnesses())
    seen |= _both("a pale bottle", pale, cutter=TwoWitnesses())
    seen |= _both("a bottle before stripes", busy, cutter=TwoWitnesses())
    return seen


def _both(
    name: str,
    photo: Pixels,
    handling: Handling = AS_SEEN,
    *,
    cutter: Plain | TwoWitnesses = Plain(),  # noqa: B008 - has no state
) -> dict[str, Seen]:
    """The cutout, and the shadow that its photo shows."""
    cutout = cutter.cut(photo, handling)
    seen = {name: _whole(photo, cutout, Given(glass=handling.glass))}
    return seen if cutout.shadow is None else seen | {f"{name}: its shadow": Seen(cutout.shadow)}


def _whole(photo: Pixels, cutout: Cutout, given: Given = Given()) -> Seen:  # noqa: B008 - a frozen value
    judged = judge_cutout(photo, cutout, given)
    found = [*sorted(judged.cropped), *(finding.rule for finding in judged.findings)]
    return Seen(judged.rgba, ", ".join([judged.verdict.value, *found]))
