"""What is to be cut out for a row, and whether that can be done."""

from __future__ import annotations

from assetgen.config.cutout_rule import AUTO, PLAIN, REMBG
from assetgen.config.weights import DEFAULT
from assetgen.errors import InputError, Problem, SetupError
from assetgen.model.asset import CutoutOrder
from assetgen.model.cutting import Handling, Judged
from assetgen.model.product import Product
from assetgen.photos.photo_files import COLUMN, mask_of, photo_of
from assetgen.ports import Cutter
from assetgen.production.materials import blank_photos
from assetgen.production.materials.stored_cutouts import given_up, judged, kept_cutout
from assetgen.production.workshop import Workshop


class NoCutout(InputError):
    """A photo cannot be cut out well; what came of it is kept under `key`, to look at."""

    def __init__(self, problem: Problem, key: str) -> None:
        super().__init__(problem)
        self.key = key


def order_for(shop: Workshop, product: Product, *, again: bool) -> CutoutOrder:
    """What is to be cut out for a product; its photo is fetched and measured if nobody has yet.

    again: what was given up earlier is tried once more. Raises InputError where a cell, the photo, its mask or an
    earlier cutout is no use or its model is not here, SetupError where what runs it is not installed.
    """
    treatment, folder = shop.planner.treatment(product), shop.brief.products.parent
    photo = photo_of(product, folder, shop.ledger, web=shop.photos)
    mask = mask_of(product, treatment.mask, photo, folder, shop.ledger, web=shop.photos) if treatment.mask else None
    order = shop.planner.cutout(photo, treatment, mask)
    kept = None if again else kept_cutout(order.key, shop.store)
    if kept and given_up(kept, order, shop.cutter):
        raise no_cutout(shop, product, order, judged(kept.record))
    if not kept and not mask:
        missing = shop.cutter.means(order.handling).missing
        if missing:
            raise InputError(Problem(missing.message, product.location, missing.hint))
    return order


def no_cutout(shop: Workshop, product: Product, order: CutoutOrder, found: Judged) -> NoCutout:
    """The error for a photo that cannot be cut out well: why that is, and the ways out that there are."""
    reasons = "; ".join(finding.message for finding in found.doubts)
    asked = f"`{REMBG}:{DEFAULT}` in the column `cutout`"
    hint = ways_out(found, order.handling, shop.cutter, asked, masked=order.mask is not None)
    message = f"photo `{product.fields[COLUMN]}` cannot be cut out well: {reasons}"
    return NoCutout(Problem(message, product.location, hint), order.key)


def ways_out(found: Judged, handling: Handling, cutter: Cutter, asked: str, *, masked: bool) -> str:
    """What helps where a photo cannot be cut out well.

    asked: how one asks for a larger model here; if it is not on this machine, how to get it is said as well.
    masked: an outline made by hand was no use either.
    """
    if any(finding.rule == blank_photos.RULE for finding in found.findings):
        return "give another photo: this one may be a placeholder, or a file that went wrong when it was saved"
    if masked:
        return "give another mask, white where the product is and black elsewhere, or a photo on a plain backdrop"
    photo = "take the photo on a plain backdrop, or give a PNG that is cut out already, or a mask"
    if handling.method not in {AUTO, PLAIN} or handling.glass:
        return photo
    return f"{photo}; or ask a larger model: {_larger_model(cutter, asked)}"


def _larger_model(cutter: Cutter, asked: str) -> str:
    try:
        missing = cutter.means(Handling(REMBG, DEFAULT)).missing
    except SetupError as error:
        missing = error.problems[0]
    return f"{asked}; {missing.hint}" if missing else asked
