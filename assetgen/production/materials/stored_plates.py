"""Plates as they are kept, and what is known of each: where a product can stand, how a redrawn one came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import TypeAdapter

from assetgen.config.campaign import LikenessRule
from assetgen.config.mode import Mode
from assetgen.errors import PluginError
from assetgen.files.decode import Unreadable, decode
from assetgen.fingerprint import Json
from assetgen.likeness.likeness import Likeness, likeness
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset, PlateOrder
from assetgen.model.finding import Finding, Level
from assetgen.model.request import Stage
from assetgen.picture.edit_frame import framed_box
from assetgen.picture.light.stage_finding import sight
from assetgen.ports import Cutter
from assetgen.production.materials.attachments import cutout_of
from assetgen.store import Record, Store, Stored

PLATES = "plates"
"""Where the store keeps the answers of providers, by the digests of what was asked for."""

_STAGE = TypeAdapter(Stage | None)


def plate_with_likeness(order: PlateOrder, cutter: Cutter, store: Store) -> Stored:
    """The stored plate, whose record says how far a product that was redrawn is still that of its photo.

    It is measured when it is first asked for, and written beside the plate. Two threads may both measure it, and both
    write the same.
    """
    stored = store.get(PLATES, order.key)
    assert stored  # noqa: S101 - an asset whose plate failed never gets here
    if "likeness" in stored.record or not order.sent:
        return stored
    found = measured_likeness(order, stored.read(), cutter, store)
    record: Record = {**stored.record, "likeness": likeness_record(found) if found else None}
    store.annotate(PLATES, order.key, record)
    return replace(stored, record=record)


def measured_likeness(order: PlateOrder, data: bytes, cutter: Cutter, store: Store) -> Likeness | None:
    """How far the product on an answer is that of its photo.

    None where the product was not redrawn from its photo, where there are several, or where it cannot be told.
    """
    if order.request.mode is not Mode.EDIT or len(order.sent) != 1:
        return None
    try:
        product, picture = cutout_of(order.sent[0], cutter, store), decode(data)
    except (Unreadable, PluginError):  # the picture is paid for and stays; that it was not measured is told with it
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
    known = _STAGE.validate_python(plate.record["stage"])
    request = plate.record["request"]
    if known or not isinstance(request, dict) or request["mode"] != Mode.PLATE:
        return known
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
