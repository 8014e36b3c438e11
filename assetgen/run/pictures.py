"""One product's assets: cut out, composed and finished. Safe to call from several threads."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assetgen import clock
from assetgen.config.layout import AnyLayer
from assetgen.credentials.signing import Signer, Unsigned
from assetgen.errors import InputError, Problem
from assetgen.files.decode import Unreadable, decode
from assetgen.files.perceptual_hash import perceptual_hash
from assetgen.model.ai_label import Label
from assetgen.model.asset import Asset, CutoutOrder, Photo
from assetgen.model.canvas import Canvas
from assetgen.model.cutting import Verdict
from assetgen.model.finding import Finding
from assetgen.model.made import Made
from assetgen.model.outcome import Failure
from assetgen.model.product import Product, Reject
from assetgen.photos.photo_files import COLUMN
from assetgen.picture.compose import FittedPlate, compose, fit_plate
from assetgen.picture.crop import read_for_crop
from assetgen.picture.standing_product import Trimmed, trim
from assetgen.picture.type.lettering import Overfull
from assetgen.planning.heights import height
from assetgen.planning.members import incomplete, title
from assetgen.run.canvases import brand_look, canvas_of, too_long
from assetgen.run.cutout_orders import NoCutout, no_cutout
from assetgen.run.finishing import Finishing
from assetgen.run.plates import PLATES, stage_of, with_likeness
from assetgen.run.stored_cutouts import SHADOWS, judged, stored_cutout
from assetgen.run.workshop import Workshop
from assetgen.store import Record

KEPT = 24
"""Backdrops that stay decoded between products; the largest takes about 10 MB."""


@dataclass(frozen=True)
class Job:
    """One product's assets that are to be made, and why each is."""

    product: Product
    assets: tuple[Asset, ...]
    reasons: Mapping[str, str]

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
class ShownProduct:
    """A product as all its pictures share it, and what there is to say about its cutout."""

    cutout: Trimmed
    findings: tuple[Finding, ...]
    record: Record


class Pictures:
    """Keeps backdrops decoded between the products that share them; `bought` are the plates made in this run."""

    def __init__(self, shop: Workshop, bought: AbstractSet[str], signer: Signer | None, *, again: bool) -> None:
        self._shop = shop
        self._signer = signer
        self._finishing = Finishing(shop, signer)
        self._bought = bought
        self._again = again
        self._look = brand_look(shop.brief)
        self._backdrop = lru_cache(KEPT)(self._fitted)

    def make(self, job: Job) -> Result:
        """An asset that cannot be made does not stop the others; a photo that is no use sets the product aside."""
        result = Result()
        shown: dict[CutoutOrder, ShownProduct] = {}
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
            except (InputError, Unsigned) as error:
                result.failures.append(Failure(asset.id, error.problems[0]))
        return result

    def _shown(self, product: Product, order: CutoutOrder) -> ShownProduct:
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
        return ShownProduct(cutout, doubts, stored.record)

    def _make(self, asset: Asset, shown: Sequence[ShownProduct]) -> Made:
        started = time.perf_counter()
        canvas = canvas_of(asset, self._shop.brief.brand.value)
        backdrop = self._backdrop_of(asset.plate.key, canvas, asset.layers) if asset.plate else None
        products = [product.cutout for product in shown]
        plate = with_likeness(asset.plate, self._shop.cutter, self._shop.store) if asset.plate else None
        picture = compose(canvas, asset.layers, self._look, backdrop=backdrop, products=products, label=_drawn(asset))
        doubts = dict.fromkeys(finding for product in shown for finding in product.findings)
        finished = self._finishing.finish(asset, picture, plate, [product.record for product in shown], doubts)
        file, encoded = finished.file, finished.encoded
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
            source_type=finished.origin.source_type.value,
            origin="none" if not asset.plate else "new" if asset.plate.key in self._bought else "reused",
            seconds=round(clock.seconds_since(started), 3),
            credentials=self._signer.name if self._signer else None,
            look=perceptual_hash(picture.pixels),
            products=tuple(member.sku for member in asset.product.members),
            photos=tuple(member.fields[COLUMN] for member in asset.product.members if member.fields.get(COLUMN)),
            findings=finished.findings,
        )

    def _backdrop_of(self, plate: str, canvas: Canvas, layers: tuple[AnyLayer, ...]) -> FittedPlate:
        """Shared by all products and languages: of what they differ in, fitting a plate reads nothing."""
        return self._backdrop(plate, replace(canvas, locale=""), read_for_crop(layers))

    def _fitted(self, plate: str, canvas: Canvas, layers: tuple[AnyLayer, ...]) -> FittedPlate:
        stored = self._shop.store.get(PLATES, plate)
        assert stored  # noqa: S101 - an asset whose plate failed never gets here
        pixels = decode(stored.read())
        return fit_plate(pixels, stage_of(stored, pixels), canvas, layers)


def _drawn(asset: Asset) -> Label | None:
    """The label, where a word may stand on the picture."""
    return None if asset.channel.overlays == "forbidden" else asset.label
