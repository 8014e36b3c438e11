"""What a file says about where it comes from.

Which code applies: IPTC's guidance on digital source types, and for Merchant Center Google's own list, which knows no
`compositeWithTrainedAlgorithmicMedia` (https://support.google.com/merchants/answer/14743464).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assetgen import fingerprint
from assetgen.config.mode import Mode
from assetgen.files.xmp import Provenance, SourceType, aigc
from assetgen.model.ai_label import CHINA
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset
from assetgen.model.brief import Brief
from assetgen.ports import Provider
from assetgen.store import Record
from assetgen.version import __version__

_DIGITS = 32
"""Hexadecimal digits in the number of a file; as many as a UUID has."""


def provenance(asset: Asset, brief: Brief, provider: Provider, plate: Record | None, pixels: Pixels) -> Provenance:
    """What the file of an asset says; `plate` is the record of the one it was made from, `pixels` are what it shows."""
    brand, source = brief.brand.value, _source_type(asset, provider)
    content = _content(asset, pixels)
    model = str((plate or {}).get("model") or provider.name) if source.by_model else None
    producer = brief.campaign.value.disclosure.producer if source.by_model else None
    return Provenance(
        source_type=source,
        unique_id=f"xmp.iid:{content}",
        creator_tool=f"assetgen {__version__}",
        system=model,
        system_version=_version(model) if model else None,
        credit=brand.credit,
        copyright=brand.copyright,
        aigc=aigc(producer, content) if producer and asset.channel.ai_metadata == CHINA else None,
    )


def _content(asset: Asset, pixels: Pixels) -> str:
    """The number of this one file: the same again for the same file, whenever it is made; another for every other."""
    shown = fingerprint.digest(np.ascontiguousarray(pixels).tobytes())
    return fingerprint.key({"id": asset.id, "key": asset.key, "pixels": shown})[:_DIGITS]


def _source_type(asset: Asset, provider: Provider) -> SourceType:
    """What really happened to the pixels. Words and logo on top change nothing about it."""
    if asset.plate is None:
        return SourceType.ENHANCED  # a photo, cut out
    if not provider.ai:
        return SourceType.DRAWN
    request = asset.plate.request
    from_photo = asset.cutouts or (request.mode is Mode.EDIT and request.protected)
    if not from_photo:
        return SourceType.GENERATED
    merchant_center = asset.channel.ai_metadata == "required-keep-iptc"
    return SourceType.COMPOSITE_SYNTHETIC if merchant_center else SourceType.COMPOSITE_WITH_GENERATED


def _version(model: str) -> str | None:
    """The part of a model's name that tells its version: `2.6-flare` of `gpt-image-2.6-flare`."""
    found = re.search(r"\d.*", model)
    return found[0] if found else None


def made_at(plate: Record | None, cutouts: Sequence[Record]) -> str | None:
    """The time, as ISO 8601, when the last thing was made without which the picture would be another.

    plate, cutouts: the records of what it was made from. None where older records do not say.
    """
    dates = [record.get("at") for record in ([plate] if plate else cutouts)]
    known = [str(date) for date in dates if date]  # as texts they sort by their time
    return max(known) if known and len(known) == len(dates) else None
