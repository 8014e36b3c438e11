"""The files that go to a provider along with a request."""

from __future__ import annotations

from pathlib import Path

from assetgen.errors import InputError, Problem, ProviderError
from assetgen.file_bytes import Unopened, read_whole
from assetgen.files.decode import Unreadable
from assetgen.fingerprint import digest
from assetgen.model.arrays import Pixels
from assetgen.model.asset import CutoutOrder, PlateOrder
from assetgen.model.care import NO_CARE
from assetgen.model.cutting import Verdict
from assetgen.model.request import ALONE, Attached
from assetgen.photos.photo_files import Replaced, photo_bytes
from assetgen.picture.edit_frame import png_encoded, product_framed, sendable_photo, sendable_pixels
from assetgen.ports import Cutter
from assetgen.production.materials.cared_photos import cared_photo
from assetgen.production.materials.stored_cutouts import cutout_pixels, judged
from assetgen.store import Store


def attached(order: PlateOrder, cutter: Cutter, store: Store) -> Attached:
    """The photos, pictures and mask of a request, as bytes that providers take.

    Raises ProviderError where a file can no longer be read, or a product that is to be protected cannot be cut out.
    """
    request = order.request
    if not request.references:
        return ALONE
    digests = request.references[len(order.sent) :]
    try:
        photos = [_photo(sent) for sent in order.sent]
        pictures = [_picture(path, known) for path, known in zip(order.pictures, digests, strict=True)]
        product = cutout_of(order.sent[0], cutter, store) if request.protected else None
    except InputError as error:
        raise ProviderError(*error.problems) from error
    if not request.protected:
        return Attached((*photos, *pictures))
    if product is None:
        hint = "leave out `protect`, or give the product a mask"
        raise ProviderError(Problem("the product cannot be cut out, so it cannot be protected", hint=hint))
    frame, mask = product_framed(product, request.width, request.height, request.protected.box)
    return Attached((png_encoded(frame), *photos[1:], *pictures), png_encoded(mask))


def cutout_of(order: CutoutOrder, cutter: Cutter, store: Store) -> Pixels | None:
    """The cutout in straight RGBA (height, width, 4); None where the photo cannot be cut out well. Raises Replaced."""
    try:
        cutout = cutout_pixels(order, cutter, store, again=False)
    except Replaced:
        raise
    except (InputError, Unreadable):
        return None
    return None if judged(cutout.record).verdict is Verdict.REFUSED else cutout.pixels


def _photo(order: CutoutOrder) -> bytes:
    """The photo as it is sent: the file itself, unless care is taken of it."""
    if order.care == NO_CARE:
        return _sendable(photo_bytes(order.photo), order.photo.path)
    try:
        return sendable_pixels(cared_photo(order).photo)
    except Unreadable as error:
        raise ProviderError(Problem(f"`{order.photo.path.name}` could not be sent along: {error}")) from error


def _picture(path: Path, known: str) -> bytes:
    try:
        data = read_whole(path)
    except Unopened as error:
        raise ProviderError(Problem(f"`{path.name}` {error}: it could not be sent along")) from error
    if digest(data) != known:
        raise ProviderError(Problem(f"`{path.name}` was replaced while the run was at work", hint="run again"))
    return _sendable(data, path)


def _sendable(data: bytes, path: Path) -> bytes:
    try:
        return sendable_photo(data)
    except Unreadable as error:
        raise ProviderError(Problem(f"`{path.name}` could not be sent along: {error}")) from error
