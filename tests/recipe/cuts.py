"""Small photos as each cutter cuts them, and what is found out about that."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.cutout.cutout_quality import Given, judge_cutout
from assetgen.cutout.photo_care import care_for
from assetgen.cutout.sighting import Sighting
from assetgen.cutout.tilt import turned
from assetgen.cutters.alpha import Alpha
from assetgen.cutters.by_sight import cut_by_sight
from assetgen.cutters.plain_backdrop import Plain
from assetgen.cutters.two_witnesses import TwoWitnesses
from assetgen.model.arrays import Pixels
from assetgen.model.care import Care
from assetgen.model.cutting import AS_SEEN, Cutout, Handling
from tests.recipe.pinned import Seen
from tests.recipe.things import bottle, photographed


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
    """What is made of looks that are soft, as those of models are, and may differ."""
    cutout = bottle(150, 280)
    photo = photographed(cutout)
    whole = (cutout[..., 3] / 255).astype(np.float32)
    sharp, soft = (np.asarray(cv2.blur(whole, (size, size)), np.float32) for size in (3, 41))
    half = sharp.copy()
    half[200:] = 0
    looks = {"sure": (sharp, sharp), "in doubt": (soft, soft), "of two minds": (sharp, half)}
    return {
        f"a model that is {name}": _whole(photo, cut_by_sight(photo, Sighting(*seen), "a model"))
        for name, seen in looks.items()
    }


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


def cared() -> dict[str, Seen]:
    """A leaning bottle in bluish light on grey, as it is after each care."""
    photo = turned(photographed(bottle(150, 280)), 3)
    photo = (photo * np.array((0.78, 0.8, 0.84))).astype(np.uint8)
    cares = {
        "lighter": Care(0.5),
        "exposed by its backdrop": Care("auto"),
        "neutral": Care(white_balance=True),
        "straight": Care(straighten="auto"),
        "cropped": Care(crop=(0.1, 0.2, 0.8, 1.0)),
    }
    return {f"a bottle that is made {name}": Seen(care_for(photo, care).photo) for name, care in cares.items()}


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
