"""Plates as they are kept, and what is known of each: where a product can stand, how a redrawn one came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assetgen.config.campaign import LikenessRule
from assetgen.config.mode import Mode
from assetgen.errors import PluginError, Problem
from assetgen.files.decode import Unreadable, decode
from assetgen.fingerprint import Json
from assetgen.likeness.likeness import Likeness, likeness
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset, PlateOrder
from assetgen.model.finding import Finding, Level
from assetgen.model.request import Price, Stage
from assetgen.photos.photo_files import Replaced
from assetgen.picture.edit_frame import framed_box
from assetgen.picture.light.stage_finding import sight
from assetgen.ports import Cutter
from assetgen.production.materials.attachments import cutout_of
from assetgen.store import Damaged, Record, Store, Stored

PLATES = "plates"
"""Where the store keeps the answers of providers, by the digests of what was asked for."""


@dataclass(frozen=True)
class _PlateRecord:
    """What is read of a plate's record; one that has it not is no record of ours."""

    request: dict[str, Any]
    provider: str
    model: str | None
    cost: Price | None
    stage: Stage | None
    likeness: dict[str, float] | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0


_RECORD = TypeAdapter(_PlateRecord)


def plate_in(store: Store, key: str) -> Stored | None:
    """A plate as it is stored; None where there is none, its bytes are cut off, or its record cannot be used."""
    stored = store.get(PLATES, key)
    return stored if stored and _is_one(stored.record) else None


def plate_record(store: Store, key: str) -> Record | None:
    """What is known of a plate, even if the store has lost it; None where nothing is."""
    record = store.record(PLATES, key)
    return record if _is_one(record) else None


def _is_one(record: Record) -> bool:
    try:
        return bool(_RECORD.validate_python(record))
    except ValidationError:
        return False


def damage(scene: str) -> Problem:
    """What there is to say of a damaged plate: it is never bought a second time in silence."""
    hint = "the damaged one stays beside it in `.assetgen/store/plates`; a backup of that folder may have it whole"
    message = f"the stored background of scene `{scene}` is damaged: it is asked for again"
    return Problem(f"{message}, and paid for again where its provider takes money", hint=hint)


def plate_bytes(stored: Stored, store: Store) -> bytes:
    """A plate's file. Raises Damaged for another one than was stored, which is asked for again by the next run."""
    try:
        return stored.read()
    except Damaged:
        store.put_away(PLATES, stored.path.name)
        raise


def plate_pixels(stored: Stored, store: Store) -> Pixels:
    """A plate's pixels. Raises Damaged as `plate_bytes` does."""
    try:
        return decode(plate_bytes(stored, store))
    except Unreadable as error:
        store.put_away(PLATES, stored.path.name)
        raise Damaged from error


def plate_with_likeness(order: PlateOrder, cutter: Cutter, store: Store) -> Stored:
    """The stored plate, whose record says how far a product that was redrawn is still that of its photo.

    It is measured when it is first asked for, and written beside the plate. Two threads may both measure it, and both
    write the same. Raises Damaged where the plate cannot be read.
    """
    stored = plate_in(store, order.key)
    if stored is None:  # an asset whose plate failed never gets here: it was damaged since
        raise Damaged
    if "likeness" in stored.record or not order.sent:
        return stored
    found = measured_likeness(order, plate_bytes(stored, store), cutter, store)
    return store.annotate(stored, {"likeness": likeness_record(found) if found else None})


def measured_likeness(order: PlateOrder, data: bytes, cutter: Cutter, store: Store) -> Likeness | None:
    """How far the product on an answer is that of its photo.

    None where the product was not redrawn from its photo, where there are several, or where it cannot be told.
    """
    if order.request.mode is not Mode.EDIT or len(order.sent) != 1:
        return None
    try:
        product, picture = cutout_of(order.sent[0], cutter, store), decode(data)
    except (Unreadable, PluginError, Replaced):  # the picture is paid for and stays; that this is unknown is told
        return None
    if product is None:
        return None
    request = order.request
    kept = request.protected
    place = framed_box(product, request.width, request.height, kept.box) if kept else None
    return likeness(product, picture[..., :3], place)


def likeness_record(found: Likeness) -> dict[str, Json]:
    """What is written beside a plate: each share from 0 to 1, to three places."""
    return {name: round(getattr(found, name), 3) for name in ("score", "size", "place", "colour", "structure")}


def likeness_in(record: Record) -> float | None:
    """The likeness of a redrawn product as a plate's record has it, 0 to 1; None where it was not measured."""
    found = record.get("likeness")
    return float(str(found["score"])) if isinstance(found, dict) else None


def stage_of(plate: Stored, pixels: Pixels) -> Stage | None:
    """Where a product can stand on a stored plate, as its provider says or as it looks; None where one is drawn in."""
    record = _RECORD.validate_python(plate.record)
    if record.stage or record.request.get("mode") != Mode.PLATE:
        return record.stage
    return sight(pixels).stage


def plate_findings(asset: Asset, record: Record, rule: LikenessRule) -> Iterator[Finding]:
    """What there is to say about a picture's plate: its provider's notes, and a likeness that is below the rule's."""
    yield from (Finding("plate", Level.WARNING, str(note)) for note in plate_notes(record))
    if asset.plate is None or asset.plate.request.mode is not Mode.EDIT:
        return
    found = likeness_in(record)
    if found is None:
        yield Finding("likeness", Level.NOT_CHECKED, "whether the product is that of its photo was not measured")
    elif found < (worst := min(rule.reject_below, rule.at_least)):
        message = f"the product is not that of its photo: likeness {found:.2f}, and below {worst:.2f} nothing goes out"
        yield Finding("likeness", Level.ERROR, message)
    elif found < rule.at_least:
        wanted = f"at least {rule.at_least:.2f} is asked for"
        message = f"the provider may have changed the product: likeness {found:.2f}, {wanted}"
        yield Finding("likeness", Level.WARNING, message)


def plate_notes(record: Record) -> list[Json]:
    """What was odd about an answer when it came, in words for people."""
    notes = record.get("notes")
    return notes if isinstance(notes, list) else []
