"""Cutouts of photos, kept in the store by the photo's contents and how it is handled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from pydantic import TypeAdapter, ValidationError

from assetgen import clock
from assetgen.config.cutout_rule import REMBG
from assetgen.cutout.cutout_preview import preview, webp
from assetgen.cutout.cutout_quality import Given, judge_cutout
from assetgen.cutout.edge_colours import unmix
from assetgen.cutout.photo_care import Cared
from assetgen.disk import write_whole
from assetgen.errors import InputError, Problem
from assetgen.file_bytes import Unopened, read_whole
from assetgen.files.decode import Unreadable, decode, measure
from assetgen.fingerprint import Json, digest
from assetgen.model.arrays import WITH_ALPHA, Alpha, Pixels
from assetgen.model.asset import CutoutOrder
from assetgen.model.care import NO_CARE, Care
from assetgen.model.cutting import Cutout, Handling, Judged, Verdict
from assetgen.photos.photo_files import fits, misfit
from assetgen.planning.cutout_words import word_from
from assetgen.ports import Cutter
from assetgen.production.materials.blank_photos import blank
from assetgen.production.materials.cared_photos import cared_for, cared_photo, mask_in
from assetgen.store import Damaged, Record, Store, Stored

CUTOUTS = "cutouts"
SHADOWS = "shadows"
PREVIEWS = "previews"

LARGE = 800
"""The side in pixels of each square of a preview that is asked for by hand."""

BY_HAND = "mask"
"""The name of who made a cutout from an outline made by hand."""

_JUDGED = TypeAdapter(Judged)


def kept_cutout(key: str, store: Store) -> Stored | None:
    """A cutout as it is stored; None where there is none, its bytes are cut off, or its record cannot be used."""
    kept = store.get(CUTOUTS, key)
    try:
        return kept if kept and judged(kept.record) else None
    except ValidationError:
        return None


@dataclass(frozen=True)
class CutoutPixels:
    """A cutout read back: straight RGBA, the shadow beside the product as its greys if there is one, its record."""

    pixels: Pixels
    shadow: Alpha | None
    record: Record


def cutout_pixels(order: CutoutOrder, cutter: Cutter, store: Store, *, again: bool) -> CutoutPixels:
    """The cutout of an order, which is cut out once more where what is stored is damaged. Raises as `stored_cutout`."""
    stored = stored_cutout(order, cutter, store, again=again)
    try:
        return _read_back(stored, order, store)
    except Damaged:
        return _read_back(stored_cutout(order, cutter, store, again=True), order, store)


def _read_back(stored: Stored, order: CutoutOrder, store: Store) -> CutoutPixels:
    """Raises Damaged."""
    beside = store.get(SHADOWS, order.key)
    try:
        pixels, shadow = decode(stored.read()), decode(beside.read())[..., 0] if beside else None
    except Unreadable as error:  # the photo is whole: it was decoded when this was cut out
        raise Damaged from error
    if pixels.shape[2] != WITH_ALPHA or (store.holds(SHADOWS, order.key) and not beside):
        raise Damaged
    return CutoutPixels(pixels, shadow, stored.record)


def stored_cutout(order: CutoutOrder, cutter: Cutter, store: Store, *, again: bool) -> Stored:
    """The cutout of an order, from the store or cut out now; `again`: in any case now.

    The cutout itself is stored last: a kill before that leaves a shadow and a preview that the next try replaces.
    Raises Unreadable for a photo that turns out to be damaged, InputError for such a mask, Replaced for one of these
    that is not the one of the order, SetupError.
    """
    kept = None if again else kept_cutout(order.key, store)
    if kept and (judged(kept.record).verdict is not Verdict.REFUSED or given_up(kept, order, cutter)):
        return kept
    cared, means = cared_photo(order), _means(order, cutter)
    cutout = _cut(cared, order.handling, cutter)
    if cutout.shadow is not None and cutout.verdict is not Verdict.REFUSED:  # another try may leave none
        store.put(SHADOWS, order.key, png(cutout.shadow), {})
    store.put(PREVIEWS, order.key, webp(preview(cutout.rgba)))
    return store.put(
        CUTOUTS, order.key, png(cutout.rgba), {**record(cutout), "means": means, "at": clock.written(clock.now())}
    )


def _cut(cared: Cared, handling: Handling, cutter: Cutter) -> Cutout:
    """Cut out and judged in the photo's own light, and shown in the one that was asked for."""
    photo, mask = cared.unlit, cared.mask
    closed = handling.keep_holes or handling.glass or handling.method == REMBG
    given = Given(outline=mask is not None, glass=handling.glass, keep_holes=closed)
    if mask is None:
        cutout = judge_cutout(photo, cutter.cut(photo, handling), given)
    else:
        by_hand = Cutout(unmix(photo, mask), Verdict.GOOD, 1.0, by=BY_HAND)
        cutout = judge_cutout(np.ascontiguousarray(photo[..., :3]), by_hand, given)
    nothing = blank(photo) if cutout.verdict is Verdict.REFUSED and mask is None else None
    if nothing:
        cutout = replace(cutout, reasons=(), findings=(nothing,))
    return replace(cutout, rgba=cared.lit(cutout.rgba), care=cared.told)


def given_up(kept: Stored, order: CutoutOrder, cutter: Cutter) -> bool:
    """Whether a cutout is no use, and there are no other means now than there were; a model that is new here is one."""
    return judged(kept.record).verdict is Verdict.REFUSED and kept.record.get("means") == _means(order, cutter)


def _means(order: CutoutOrder, cutter: Cutter) -> str:
    return BY_HAND if order.mask else cutter.means(order.handling).words


def record(cutout: Cutout) -> Record:
    """What is kept beside a cutout's pixels: who made it, how far to trust it (0 to 1), what was done to its photo."""
    return {
        "by": cutout.by,
        "verdict": cutout.verdict.value,
        "confidence": round(cutout.confidence, 3),
        "reasons": list[Json](cutout.reasons),
        "cropped": list[Json](sorted(cutout.cropped)),
        "findings": [finding.as_json() for finding in cutout.findings],
        "care": list[Json](cutout.care),
    }


def judged(record: Record) -> Judged:
    """What a cutout's record says of it, read back."""
    return _JUDGED.validate_python(record)


def png(pixels: Pixels) -> bytes:
    """The file of pixels: RGB, straight RGBA, or the greys of a mask."""
    ordered = pixels if pixels.ndim == 2 else pixels[..., [2, 1, 0, 3][: pixels.shape[2]]]  # noqa: PLR2004
    # The fastest level: these are read back far more often than they are sent anywhere.
    done, data = cv2.imencode(".png", np.ascontiguousarray(ordered), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done  # noqa: S101 - fails only for pixels that are not pixels
    return np.asarray(data).tobytes()


@dataclass(frozen=True)
class CutFile:
    """A cutout in a file of its own. word: what says in a product table that it is right."""

    file: Path
    cutout: Cutout
    word: str


def cut_file(
    photo: Path,
    folder: Path,
    cutter: Cutter,
    handling: Handling,
    *,
    care: Care = NO_CARE,
    mask: Path | None = None,
    with_preview: bool = False,
) -> CutFile:
    """Cuts out one photo and writes `<folder>/<stem>.png`, straight RGBA at the photo's size once care was taken of it.

    Raises Unreadable, InputError, SetupError.
    """
    data, outline = _read(photo), _read_mask(mask) if mask else None
    alpha = _fitting(mask, outline, measure(data)) if mask and outline else None
    cutout = _cut(cared_for(data, care, alpha), handling, cutter)
    file = folder / f"{photo.stem}.png"
    write_whole(file, png(cutout.rgba))
    if with_preview:
        write_whole(folder / f"{photo.stem}--preview.png", png(preview(cutout.rgba, LARGE)))
    return CutFile(file, cutout, word_from(digest(data), digest(outline) if outline else None, care))


def _read_mask(file: Path) -> bytes:
    try:
        return _read(file)
    except Unreadable as error:
        raise InputError(Problem(f"mask `{file.name}` {error}")) from error


def _fitting(file: Path, data: bytes, photo: tuple[int, int]) -> Alpha:
    mask = mask_in(data, file.name)
    sizes = (mask.shape[1], mask.shape[0]), photo
    if not fits(*sizes):
        raise InputError(Problem(f"mask `{file.name}` {misfit(*sizes)}"))
    return mask


def _read(file: Path) -> bytes:
    try:
        return read_whole(file)
    except Unopened as error:
        raise Unreadable(str(error)) from error
