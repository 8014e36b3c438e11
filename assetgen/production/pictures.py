"""One product's assets: cut out, composed, encoded, checked and written. Safe to call from several threads."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache

import cv2
import numpy as np

from assetgen.checks import Subject, findings
from assetgen.delivery.files import deliver
from assetgen.errors import InputError, Problem
from assetgen.imaging.compose import Backdrop, compose, fit_plate
from assetgen.imaging.crop import read_for_crop
from assetgen.imaging.decode import Unreadable, decode
from assetgen.imaging.encode import Encoded, Limits, encode
from assetgen.imaging.fonts import described
from assetgen.imaging.lettering import Overfull
from assetgen.imaging.metadata import Provenance, xmp
from assetgen.imaging.preview import webp
from assetgen.imaging.product import Trimmed, trim
from assetgen.model.brand import Brand
from assetgen.model.brief import Brief
from assetgen.model.canvas import Canvas, Look, Picture
from assetgen.model.channel import Channel
from assetgen.model.cutout import Pixels, Verdict
from assetgen.model.finding import Finding, Level
from assetgen.model.layout import AnyLayer
from assetgen.model.made import Made
from assetgen.model.outcome import Failure
from assetgen.model.plan import Asset, CutoutOrder, Photo
from assetgen.model.product import Product, Reject
from assetgen.planning.groups import incomplete, title
from assetgen.planning.sizes import height, wrong_height
from assetgen.production.cutouts import SHADOWS, judged, stored_cutout
from assetgen.production.orders import NoCutout, no_cutout
from assetgen.production.origin import provenance
from assetgen.production.photos import COLUMN
from assetgen.production.plates import PLATES, plate_findings, stage_of, with_likeness
from assetgen.production.survey import THUMBS
from assetgen.production.workshop import Workshop
from assetgen.store import Stored

THUMBNAIL = 360
"""Pixels on the long side of what the report shows."""

KEPT = 24
"""Backdrops that stay decoded between products; the largest takes about 10 MB."""


@dataclass(frozen=True)
class Job:
    """One product's assets that are to be made."""

    product: Product
    assets: tuple[Asset, ...]

    @property
    def orders(self) -> dict[CutoutOrder, Product]:
        """The cutouts that are needed, each with the product it shows."""
        shown = self.product.shown
        return {order: member for asset in self.assets for order, member in zip(asset.cutouts, shown, strict=False)}


@dataclass
class Result:
    """What became of a job."""

    made: list[Made] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    reject: Reject | None = None
    condemned: tuple[Photo, str] | None = None


@dataclass(frozen=True)
class Shown:
    """A product as all its pictures share it, and what there is to say about its cutout."""

    cutout: Trimmed
    findings: tuple[Finding, ...]


class Pictures:
    """Keeps backdrops decoded between the products that share them; `bought` are the plates made in this run."""

    def __init__(self, shop: Workshop, bought: AbstractSet[str], *, again: bool) -> None:
        self._shop = shop
        self._bought = bought
        self._again = again
        self._look = look(shop.brief)
        self._backdrop = lru_cache(KEPT)(self._fitted)

    def make(self, job: Job) -> Result:
        """An asset that cannot be made does not stop the others; a photo that is no use sets the product aside."""
        result = Result()
        shown: dict[CutoutOrder, Shown] = {}
        for order, member in job.orders.items():
            try:
                shown[order] = self._shown(member, order)
            except InputError as error:
                key = error.key if isinstance(error, NoCutout) else None
                problem = incomplete(job.product, member, error.problems[0])
                located = replace(problem, location=problem.location or member.location)
                result.reject = Reject(job.product.sku, located, key)
                return result
            except Unreadable as error:
                result.condemned = (order.photo, str(error))
                problem = Problem(f"photo `{member.fields[COLUMN]}` {error}", member.location)
                result.reject = Reject(job.product.sku, incomplete(job.product, member, problem))
                return result
        for asset in job.assets:
            try:
                result.made.append(self._make(asset, [shown[order] for order in asset.cutouts]))
            except Overfull as error:
                result.failures.append(Failure(asset.id, too_long(asset, error)))
            except InputError as error:
                result.failures.append(Failure(asset.id, error.problems[0]))
        return result

    def _shown(self, product: Product, order: CutoutOrder) -> Shown:
        stored = stored_cutout(order, self._shop.cutter, self._shop.store, again=self._again)
        found = judged(stored.record)
        if found.verdict is Verdict.MODEL:
            raise no_cutout(self._shop, product, order, stored)
        doubts = found.doubts if found.verdict is Verdict.CHECK else ()
        shadow = self._shop.store.get(SHADOWS, order.key)
        cutout = trim(
            decode(stored.read()),
            decode(shadow.read())[..., 0] if shadow else None,
            height_mm=height(product),
            keep_shadow=order.keep_shadow,
            cropped=found.cropped,
        )
        return Shown(cutout, doubts)

    def _make(self, asset: Asset, shown: Sequence[Shown]) -> Made:
        started = time.perf_counter()
        canvas = canvas_of(asset, self._shop.brief.brand.value)
        backdrop = self._backdrop_of(asset.plate.key, canvas, asset.layers) if asset.plate else None
        products = [product.cutout for product in shown]
        plate = with_likeness(asset.plate, self._shop.cutter, self._shop.store) if asset.plate else None
        picture = compose(canvas, asset.layers, self._look, backdrop=backdrop, products=products)
        origin = self._origin(asset, plate)
        encoded = self._encoded(asset.channel, picture, origin)
        noticed = self._about_plate(asset, plate) if plate else ()
        doubts = dict.fromkeys(finding for product in shown for finding in product.findings)
        finished = Subject(encoded.data, encoded.extension, asset.channel, picture, origin, asset.locale)
        checked = findings(finished, self._shop.brief.campaign.value.checks)
        file = deliver(self._shop.brief.output, asset.id, encoded.extension, encoded.data)
        self._shop.store.put(THUMBS, file.digest, thumbnail(picture.pixels))
        return Made(
            id=asset.id,
            sku=asset.product.sku,
            title=title(asset.product),
            scene=asset.scene,
            locale=asset.locale,
            audience=asset.audience,
            take=asset.take,
            channel=asset.channel.id,
            key=asset.key,
            inputs=asset.inputs,
            photo=asset.product.shown[0].fields.get(COLUMN) or None,
            path=file.path,
            digest=file.digest,
            size=file.size,
            modified=file.modified,
            width=asset.channel.width,
            height=asset.channel.height,
            format=encoded.format,
            quality=encoded.quality,
            score=encoded.score,
            source_type=origin.source_type.value,
            origin="none" if not asset.plate else "new" if asset.plate.key in self._bought else "reused",
            seconds=round(time.perf_counter() - started, 3),
            products=tuple(member.sku for member in asset.product.members),
            photos=tuple(member.fields[COLUMN] for member in asset.product.members if member.fields.get(COLUMN)),
            findings=(*noticed, *doubts, *_wrong_heights(asset), *checked, *picture.findings),
        )

    def _about_plate(self, asset: Asset, plate: Stored) -> Iterator[Finding]:
        yield from plate_findings(asset, plate, self._shop.brief.campaign.value.likeness.at_least)
        if asset.plate:
            doubts = self._shop.planner.doubts(asset.plate.request)
            yield from (Finding("prompt", Level.WARNING, doubt) for doubt in doubts)

    def _origin(self, asset: Asset, plate: Stored | None) -> Provenance:
        model = plate.record["model"] if plate else None
        return provenance(asset, self._shop.brief.brand.value, self._shop.provider, str(model) if model else None)

    def _encoded(self, channel: Channel, picture: Picture, origin: Provenance) -> Encoded:
        limits = Limits(channel.formats, channel.max_bytes, channel.min_bytes, channel.dpi)
        return encode(picture.pixels, limits, xmp(origin))

    def _backdrop_of(self, plate: str, canvas: Canvas, layers: tuple[AnyLayer, ...]) -> Backdrop:
        """Shared by all products and languages: of what they differ in, fitting a plate reads nothing."""
        return self._backdrop(plate, replace(canvas, locale=""), read_for_crop(layers))

    def _fitted(self, plate: str, canvas: Canvas, layers: tuple[AnyLayer, ...]) -> Backdrop:
        stored = self._shop.store.get(PLATES, plate)
        assert stored  # noqa: S101 - an asset whose plate failed never gets here
        pixels = decode(stored.read())
        return fit_plate(pixels, stage_of(stored, pixels), canvas, layers)


def too_long(asset: Asset, error: Overfull) -> Problem:
    """Points to the words in the copy table where they come from there; the layer is named in any case."""
    origin, problem = asset.origins[error.position], error.problems[0]
    message = f"{asset.channel.id}: {problem.message}"
    return Problem(message, (*origin.copy, origin.layout)[0], f"{problem.hint}; the layer is in {origin.layout}")


def look(brief: Brief) -> Look:
    """The brand as compose uses it."""
    brand = brief.brand.value
    heading, body = (described(font, brief.fonts) for font in (brand.fonts.heading, brand.fonts.body))
    return Look(brand.colours, heading, body, brief.logo, brief.logo_dark, brief.fonts)


def canvas_of(asset: Asset, brand: Brand) -> Canvas:
    channel = asset.channel
    return Canvas(
        width=channel.width,
        height=channel.height,
        safe_area=channel.safe_area,
        keep_out=channel.keep_out,
        margin=brand.scale.margin,
        locale=asset.locale,
        direction="rtl" if asset.mirrored else "ltr",
        mirrored=asset.mirrored,
        drawn=asset.plate is not None and asset.plate.request.mode.draws_product,
        white=channel.background == "white",
        min_fill=channel.min_product_fill,
        max_fill=channel.max_product_fill,
    )


def thumbnail(pixels: Pixels) -> bytes:
    """WebP, the long side THUMBNAIL pixels or less."""
    scale = min(1.0, THUMBNAIL / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return webp(small.astype(np.uint8, copy=False))


def _wrong_heights(asset: Asset) -> Iterator[Finding]:
    if "size" in asset.inputs:
        problems = dict.fromkeys(wrong_height(product) for product in asset.product.shown)
        yield from (Finding("size", Level.WARNING, problem) for problem in problems if problem)
