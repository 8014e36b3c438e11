"""A composed picture becomes a file: marked, encoded, signed, checked, and delivered with its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from assetgen.checks import Subject, findings
from assetgen.credentials.signing import Signer
from assetgen.cutout.cutout_preview import webp
from assetgen.delivery.asset_files import File, deliver
from assetgen.files.encode import Encoded, FileLimits, encode
from assetgen.files.xmp import Provenance, xmp
from assetgen.fingerprint import Json
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset
from assetgen.model.canvas import Picture
from assetgen.model.finding import Finding, Level
from assetgen.planning.heights import wrong_height
from assetgen.run.crediting import credited, history
from assetgen.run.plan_stream import THUMBS
from assetgen.run.plates import plate_findings
from assetgen.run.provenance import provenance
from assetgen.run.workshop import Workshop
from assetgen.store import Record, Stored

THUMBNAIL = 360
"""Pixels on the long side of what the report shows."""


@dataclass(frozen=True)
class Finished:
    """A delivered file, how it was encoded, what it says about where it comes from, and what was found on it."""

    file: File
    encoded: Encoded
    origin: Provenance
    findings: tuple[Finding, ...]


class Finishing:
    """Safe to call from several threads."""

    def __init__(self, shop: Workshop, signer: Signer | None) -> None:
        self._shop = shop
        self._signer = signer

    def finish(
        self,
        asset: Asset,
        picture: Picture,
        plate: Stored | None,
        cutouts: Sequence[Record],
        noticed: Iterable[Finding],
    ) -> Finished:
        """What breaks a rule goes to a folder of its own. `noticed` is what there is to say about the products.

        Raises TooHeavy, Unsigned, SetupError.
        """
        brief, channel = self._shop.brief, asset.channel
        origin = provenance(asset, brief, self._shop.provider, plate.record if plate else None, cutouts)
        encoded = self._encoded(asset, picture, origin, plate)
        subject = Subject(encoded.data, encoded.extension, channel, picture, origin, asset.locale, asset.label)
        found = (
            *(self._about_plate(asset, plate) if plate else ()),
            *noticed,
            *_wrong_heights(asset),
            *findings(subject, brief.campaign.value.checks),
            *picture.findings,
        )
        rejected = any(finding.level is Level.ERROR for finding in found)
        record = self._record(asset, origin, found)
        file = deliver(brief.output, asset.id, encoded.extension, encoded.data, record, rejected=rejected)
        self._shop.store.put(THUMBS, file.digest, _thumbnail(picture.pixels))
        return Finished(file, encoded, origin, found)

    def _about_plate(self, asset: Asset, plate: Stored) -> Iterator[Finding]:
        yield from plate_findings(asset, plate, self._shop.brief.campaign.value.likeness.at_least)
        if asset.plate:
            doubts = self._shop.planner.requests.doubts(asset.plate.request)
            yield from (Finding("prompt", Level.WARNING, doubt) for doubt in doubts)

    def _encoded(self, asset: Asset, picture: Picture, origin: Provenance, plate: Stored | None) -> Encoded:
        """With its credentials, which are the last thing to be written."""
        channel = asset.channel
        limits = FileLimits(channel.formats, channel.max_bytes, channel.min_bytes, channel.dpi)
        draw = partial(encode, picture.pixels, xmp=xmp(origin))
        if self._signer is None:
            return draw(limits)
        story = history(asset, picture, origin, plate.read() if plate else None)
        return credited(draw, limits, self._signer, asset, story)

    def _record(self, asset: Asset, origin: Provenance, found: Iterable[Finding]) -> dict[str, Json]:
        """What the upload forms of platforms ask, and whoever asks later."""
        brief, by_model, platform = self._shop.brief, origin.source_type.by_model, asset.channel.platform
        uploads = brief.labels.uploads
        return {
            "sku": asset.product.sku,
            "channel": asset.channel.id,
            "platform": platform,
            "ai_used": by_model,
            "realistic_person": by_model and brief.campaign.value.disclosure.ai_person,
            "provider": self._shop.provider.name if asset.plate else None,
            "model": origin.system,
            "model_version": origin.system_version,
            "created": origin.created,
            "digital_source_type": origin.source_type.uri,
            "unique_id": origin.unique_id,
            "aigc": origin.aigc,
            "label": asset.label.text or None if asset.label and not asset.label.upload else None,
            "at_upload": uploads.get(platform, uploads[""]) if by_model else None,
            "credit": origin.credit,
            "copyright": origin.copyright,
            "credentials": self._signer.name if self._signer else None,
            "checks": [finding.as_json() for finding in found],
        }


def _thumbnail(pixels: Pixels) -> bytes:
    """WebP, the long side THUMBNAIL pixels or less."""
    scale = min(1.0, THUMBNAIL / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return webp(small.astype(np.uint8, copy=False))


def _wrong_heights(asset: Asset) -> Iterator[Finding]:
    if "size" in asset.inputs:
        problems = dict.fromkeys(wrong_height(product) for product in asset.product.shown)
        yield from (Finding("size", Level.WARNING, problem) for problem in problems if problem)
