"""A finished picture's credentials: what is told of it, and room for them in what its channel allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assetgen.credentials.history import History
from assetgen.credentials.signing import Signer
from assetgen.files.decode import measure
from assetgen.files.encode import Encoded, FileLimits
from assetgen.files.xmp import Provenance
from assetgen.model.asset import Asset
from assetgen.model.canvas import Picture
from assetgen.production.materials.picture_materials import PictureMaterials

SLACK = 64
"""The bytes by which two signatures of one picture differ at most: lengths of numbers, and padding."""


def history(asset: Asset, picture: Picture, origin: Provenance, materials: PictureMaterials) -> History:
    """How a picture came to be: its plate as its provider sent it, its photos, and what was done to them."""
    plate = materials.plate.file if materials.plate else None
    told = History(
        source_type=origin.source_type,
        system=origin.system,
        plate=plate,
        composed=bool(asset.cutouts),
        photos=tuple(product.photo for product in materials.products if product.photo),
        added=tuple(dict.fromkeys(placed.layer for placed in picture.placed)),
    )
    if plate is None or picture.plate_scale is None:
        return told
    drawn = asset.plate is not None and asset.plate.request.mode.draws_product
    width, height = (round(side * picture.plate_scale) for side in measure(plate))
    cropped = width > asset.channel.width or height > asset.channel.height
    resized, mirrored = picture.plate_scale != 1, asset.mirrored and not drawn
    return replace(told, cropped=cropped, resized=resized, mirrored=mirrored)


def credited(
    draw: Callable[[FileLimits], Encoded], limits: FileLimits, signer: Signer, asset: Asset, told: History
) -> Encoded:
    """The picture encoded and signed. Where both are too heavy it is done again, with room for what signing adds.

    Raises TooHeavy, Unsigned.
    """
    encoded = draw(limits)
    signed = _signed(encoded, signer, asset, told)
    if limits.allow(signed.data):
        return signed
    encoded = draw(replace(limits, reserve=len(signed.data) - len(encoded.data) + SLACK))
    return _signed(encoded, signer, asset, told)


def _signed(encoded: Encoded, signer: Signer, asset: Asset, told: History) -> Encoded:
    title = f"{asset.id.rpartition('/')[2]}{encoded.extension}"
    return replace(encoded, data=signer.sign(encoded.data, encoded.format, title, told))
