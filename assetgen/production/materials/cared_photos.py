"""Photos as everybody is to see them: decoded, and cared for as somebody asked, with what was done in words."""

from __future__ import annotations

from dataclasses import replace

from assetgen.cutout.photo_care import Cared, care_for
from assetgen.errors import InputError, Problem
from assetgen.files.decode import Unreadable, colours_told, decode, decode_mask
from assetgen.files.resize import resized
from assetgen.model.arrays import Alpha
from assetgen.model.asset import CutoutOrder
from assetgen.model.care import Care
from assetgen.photos.photo_files import photo_bytes


def cared_photo(order: CutoutOrder) -> Cared:
    """The photo of an order and its mask, which has its size.

    Raises Unreadable for a damaged photo, InputError for such a mask, Replaced for one that is not that of the order.
    """
    mask = mask_in(photo_bytes(order.mask), order.mask.path.name) if order.mask else None
    return cared_for(photo_bytes(order.photo), order.care, mask)


def cared_for(data: bytes, care: Care, mask: Alpha | None = None) -> Cared:
    """The photo in a file, and its mask, which may be of any size. Raises Unreadable."""
    photo = decode(data)
    fitted = None if mask is None else resized(mask, photo.shape[1], photo.shape[0])
    cared = care_for(photo, care, fitted)
    told = colours_told(data)
    return replace(cared, told=(told, *cared.told)) if told else cared


def mask_in(data: bytes, name: str) -> Alpha:
    """The mask in a file. Raises InputError that calls it by this name."""
    try:
        return decode_mask(data)
    except Unreadable as error:
        raise InputError(Problem(f"mask `{name}` {error}")) from error
