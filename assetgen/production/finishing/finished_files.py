"""A composed picture becomes a file: marked, encoded, signed and checked, with what its record says.

Nothing is written here and nothing looked up: all comes from the asset, its materials and the campaign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from assetgen.checks import Subject, findings
from assetgen.credentials.signing import Signer
from assetgen.cutout.cutout_preview import webp
from assetgen.files.encode import Encoded, FileLimits, encode
from assetgen.files.xmp import Provenance, xmp
from assetgen.fingerprint import Json
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset
from assetgen.model.canvas import Picture
from assetgen.model.finding import Finding, KeptBack, Level
from assetgen.planning.heights import wrong_height
from assetgen.planning.planner import PACKSHOT
from assetgen.production.finishing.crediting import credited, history
from assetgen.production.finishing.provenance import made_at, provenance
from assetgen.production.materials.picture_materials import PictureMaterials
from assetgen.production.materials.stored_plates import plate_findings
from assetgen.production.session import Session
from assetgen.store import Record

THUMBS = "thumbs"
"""Where the store keeps what the report shows, by the digests of the files."""

THUMBNAIL = 360
"""The pixels on the long side of what the report shows."""


@dataclass(frozen=True)
class FinishedFile:
    """A file that is ready to be delivered.

    encoded: its bytes and how they were encoded; origin: what it says about where it comes from; findings: what was
    found on it; record: what upload forms ask, for the file beside it.
    """

    encoded: Encoded
    origin: Provenance
    findings: tuple[Finding, ...]
    record: dict[str, Json]

    @property
    def kept_back(self) -> KeptBack | None:
        """Why it must not go out, if that is so."""
        return KeptBack.by(self.findings)


class Finishing:
    """Finishes the pictures of one campaign. Safe to call from several threads."""

    def __init__(self, session: Session, signer: Signer | None) -> None:
        self._session = session
        self._signer = signer

    def finished(self, asset: Asset, picture: Picture, materials: PictureMaterials) -> FinishedFile:
        """A picture as a file. Rules look at its bytes, decoded again: what was meant to be written is no evidence.

        Raises TooHeavy, Unsigned; PluginError where a check fails as none may.
        """
        session, channel, plate = self._session, asset.channel, materials.plate
        told = plate.record if plate else None
        origin = provenance(asset, session.brief, session.provider, told, picture.pixels)
        created = made_at(told, [product.record for product in materials.products])
        encoded = self._encoded(asset, picture, origin, materials)
        subject = Subject(encoded.data, encoded.extension, channel, picture, origin, asset.locale, asset.label)
        found = (
            *(self._about_plate(asset, plate.record) if plate else ()),
            *materials.doubts,
            *_wrong_heights(asset),
            *_left_out(asset),
            *findings(subject, session.brief.campaign.value.checks),
            *picture.findings,
        )
        return FinishedFile(encoded, origin, found, self._record(asset, origin, created, found))

    def _about_plate(self, asset: Asset, plate: Record) -> Iterator[Finding]:
        yield from plate_findings(asset, plate, self._session.brief.campaign.value.likeness)
        if asset.plate:
            doubts = self._session.planner.requests.doubts(asset.plate.request)
            yield from (Finding("prompt", Level.WARNING, doubt) for doubt in doubts)

    def _encoded(self, asset: Asset, picture: Picture, origin: Provenance, materials: PictureMaterials) -> Encoded:
        """The file with its credentials, which are the last thing to be written: any later byte would break them."""
        channel = asset.channel
        limits = FileLimits(channel.formats, channel.max_bytes, channel.min_bytes, channel.dpi)
        draw = partial(encode, picture.pixels, xmp=xmp(origin))
        if self._signer is None:
            return draw(limits)
        return credited(draw, limits, self._signer, asset, history(asset, picture, origin, materials))

    def _record(
        self, asset: Asset, origin: Provenance, created: str | None, found: Iterable[Finding]
    ) -> dict[str, Json]:
        """Answers to what the upload forms of platforms ask, and whoever asks later."""
        brief, by_model, platform = self._session.brief, origin.source_type.by_model, asset.channel.platform
        uploads = brief.labels.uploads
        return {
            "sku": asset.product.sku,
            "channel": asset.channel.id,
            "platform": platform,
            "ai_used": by_model,
            "realistic_person": by_model and brief.campaign.value.disclosure.ai_person,
            "provider": self._session.provider.name if asset.plate else None,
            "model": origin.system,
            "model_version": origin.system_version,
            "created": created,
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


def thumbnail(pixels: Pixels) -> bytes:
    """A small copy for the report: WebP, the long side THUMBNAIL pixels or less."""
    scale = min(1.0, THUMBNAIL / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return webp(small.astype(np.uint8, copy=False))


def _wrong_heights(asset: Asset) -> Iterator[Finding]:
    if "size" in asset.inputs:
        problems = dict.fromkeys(wrong_height(product) for product in asset.product.shown)
        yield from (Finding("size", Level.WARNING, problem) for problem in problems if problem)


def _left_out(asset: Asset) -> Iterator[Finding]:
    """What was left out of the product's row, told with the pictures that have words."""
    if asset.scene != PACKSHOT:
        yield from (Finding("offer", Level.WARNING, note.message) for note in asset.product.notes)
