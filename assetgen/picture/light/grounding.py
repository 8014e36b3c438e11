"""The traces of a product on its plate: its reflection, and its own shadow, a made one, or that of a tag."""

from __future__ import annotations

from assetgen.model.arrays import Pixels
from assetgen.model.request import Light, Stage
from assetgen.picture.light.reflection import MATT, mirror
from assetgen.picture.light.shadow import drop, shade
from assetgen.picture.standing_product import StandingProduct


def ground(pixels: Pixels, standing: StandingProduct, stage: Stage | None) -> None:
    """Lays reflection and shadow on the plate, before the product is pasted.

    A product that its photo cut off below stands on nothing that is seen.
    """
    product, light = standing.product, stage.light if stage else Light()
    if not standing.layer.shadow or "bottom" in product.cropped:
        return
    if "bottom" not in standing.layer.anchor:
        drop(pixels, product.foot, standing.place, light)
        return
    if stage and stage.gloss > MATT:
        mirror(pixels, standing.picture, standing.place, product.foot, stage)
    kept = product.shadow if product.shadow and product.shadow.fits(light) else None
    shade(pixels, product.foot, standing.place, stage, kept)
