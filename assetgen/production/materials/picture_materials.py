"""Everything that a picture is composed and finished from, brought together as values before either begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from assetgen.config.layout import AnyLayer
from assetgen.credentials.c2pa_reading import carries
from assetgen.errors import InputError, Problem
from assetgen.files.decode import Unreadable
from assetgen.model.asset import Asset, CutoutOrder, Photo, PlateOrder
from assetgen.model.canvas import Canvas
from assetgen.model.cutting import Verdict
from assetgen.model.finding import Finding
from assetgen.model.product import Product, Reject
from assetgen.photos.photo_files import COLUMN, photo_bytes
from assetgen.picture.compose import FittedPlate, fit_plate
from assetgen.picture.crop import read_for_crop
from assetgen.picture.standing_product import Trimmed, trim
from assetgen.planning.heights import height
from assetgen.planning.members import problem_of_member
from assetgen.production.canvases import canvas_of
from assetgen.production.materials.cutout_orders import NoCutout, no_cutout
from assetgen.production.materials.stored_cutouts import cutout_pixels, judged
from assetgen.production.materials.stored_plates import (
    plate_bytes,
    plate_in,
    plate_pixels,
    plate_with_likeness,
    stage_of,
)
from assetgen.production.workshop import Workshop
from assetgen.store import Damaged, Record

KEPT = 24
"""The most backdrops that stay decoded between products; the largest takes about 10 MB."""


class UnusablePhoto(Exception):
    """A product cannot be cut out, so that nothing is made of it; `reject` says why.

    condemned: the photo and what is wrong with it, where it turned out to be damaged.
    """

    def __init__(self, reject: Reject, condemned: tuple[Photo, str] | None = None) -> None:
        super().__init__(str(reject.problem))
        self.reject = reject
        self.condemned = condemned


@dataclass(frozen=True)
class ShownProduct:
    """A product as all its pictures share it.

    cutout: its pixels with their alpha, and its shadow; doubts: what is found on its pictures; record: what is kept
    beside it. photo: the file of its photo, where the run signs and that has credentials of its own to keep.
    """

    cutout: Trimmed
    doubts: tuple[Finding, ...]
    record: Record
    photo: bytes | None = None


@dataclass(frozen=True)
class ShownPlate:
    """A plate as one picture shows it.

    backdrop: its pixels, cut to the canvas, and the stage on them; record: what is kept beside it, with the likeness of
    a product that was redrawn. file: as its provider sent it, where the run signs.
    """

    backdrop: FittedPlate
    record: Record
    file: bytes | None = None


@dataclass(frozen=True)
class PictureMaterials:
    """What one picture is made from: composing and finishing ask for nothing else.

    plate: None on white. doubts: what there is to say about the cutouts that one sees in it.
    """

    canvas: Canvas
    products: tuple[ShownProduct, ...]
    plate: ShownPlate | None
    doubts: tuple[Finding, ...]


class Materials:
    """Brings materials together: cuts out, decodes, fits and measures, and keeps in the store what that has cost.

    Safe to call from several threads. A product's cutouts are shared by all its pictures, and fitted plates by all
    products and languages. Plates are fetched picture by picture, and not for a whole product: one that is shown in
    many scenes, takes and languages may have a hundred, which would not all find room in memory.
    """

    def __init__(self, shop: Workshop, *, again: bool, signs: bool) -> None:
        """Prepares for one run.

        again: photos are cut out once more. signs: credentials will be written, which tell of the files used.
        """
        self._shop = shop
        self._again = again
        self._signs = signs
        self._backdrop = lru_cache(KEPT)(self._fitted)

    def products(self, product: Product, assets: Iterable[Asset]) -> dict[CutoutOrder, ShownProduct]:
        """The products that these assets show, by what was to be cut out. Raises UnusablePhoto, SetupError."""
        members = product.shown
        orders = {order: member for each in assets for order, member in zip(each.seen_cutouts, members, strict=False)}
        return {order: self._usable(product, member, order) for order, member in orders.items()}

    def picture(self, asset: Asset, products: Mapping[CutoutOrder, ShownProduct]) -> PictureMaterials:
        """The materials of one asset, whose plate must be in the store. Raises Damaged where that cannot be read."""
        canvas = canvas_of(asset, self._shop.brief.brand.value)
        plate = self._plate(asset.plate, canvas, asset.layers) if asset.plate else None
        doubts = dict.fromkeys(doubt for order in asset.seen_cutouts for doubt in products[order].doubts)
        return PictureMaterials(canvas, tuple(products[order] for order in asset.cutouts), plate, tuple(doubts))

    def _usable(self, product: Product, member: Product, order: CutoutOrder) -> ShownProduct:
        """A `member` of what a row shows together, or the product of the row itself."""
        try:
            return self._shown(member, order)
        except InputError as error:
            problem = problem_of_member(product, member, error.problems[0])
            located = replace(problem, location=problem.location or member.location)
            key = error.key if isinstance(error, NoCutout) else None
            raise UnusablePhoto(Reject(product.sku, located, key)) from error
        except Unreadable as error:
            problem = problem_of_member(
                product, member, Problem(f"photo `{member.fields[COLUMN]}` {error}", member.location)
            )
            raise UnusablePhoto(Reject(product.sku, problem), (order.photo, str(error))) from error

    def _shown(self, product: Product, order: CutoutOrder) -> ShownProduct:
        kept = cutout_pixels(order, self._shop.cutter, self._shop.store, again=self._again)
        found = judged(kept.record)
        if found.verdict is Verdict.REFUSED:
            raise no_cutout(self._shop, product, order, found)
        cutout = trim(
            kept.pixels,
            kept.shadow,
            height_mm=height(product),
            keep_shadow=order.keep_shadow,
            cropped=found.cropped,
        )
        photo = photo_bytes(order.photo) if self._signs else b""
        doubts = found.doubts_on_pictures(order.word)
        return ShownProduct(cutout, doubts, kept.record, photo if photo and carries(photo) else None)

    def _plate(self, order: PlateOrder, canvas: Canvas, layers: tuple[AnyLayer, ...]) -> ShownPlate:
        stored = plate_with_likeness(order, self._shop.cutter, self._shop.store)
        file = plate_bytes(stored, self._shop.store) if self._signs else None
        # Of what products and languages differ in, fitting a plate reads nothing, so that they share it.
        backdrop = self._backdrop(order.key, replace(canvas, locale=""), read_for_crop(layers))
        return ShownPlate(backdrop, stored.record, file)

    def _fitted(self, plate: str, canvas: Canvas, layers: tuple[AnyLayer, ...]) -> FittedPlate:
        stored = plate_in(self._shop.store, plate)
        if stored is None:  # an asset whose plate failed never gets here: it was damaged since
            raise Damaged
        pixels = plate_pixels(stored, self._shop.store)
        return fit_plate(pixels, stage_of(stored, pixels), canvas, layers)
