"""The files that go to a provider along with a request."""

from __future__ import annotations

from pathlib import Path

from assetgen.disk import Unopened, read_whole
from assetgen.errors import InputError, Problem, ProviderError
from assetgen.files.decode import Unreadable, decode
from assetgen.model.arrays import Pixels
from assetgen.model.asset import CutoutOrder, PlateOrder
from assetgen.model.cutting import Verdict
from assetgen.model.request import ALONE, Attached
from assetgen.picture.edit_frame import png_encoded, product_framed, sendable_photo
from assetgen.ports import Cutter
from assetgen.production.materials.stored_cutouts import judged, stored_cutout
from assetgen.store import Store


def attached(order: PlateOrder, cutter: Cutter, store: Store) -> Attached:
    """The photos, pictures and mask of a request, as bytes that providers take.

    Raises ProviderError where a file can no longer be read, or a product that is to be protected cannot be cut out.
    """
    request = order.request
    if not request.references:
        return ALONE
    photos = [_file(sent.photo.path) for sent in order.sent]
    pictures = [_file(path) for path in order.pictures]
    if not request.protected:
        return Attached((*photos, *pictures))
    product = cutout_of(order.sent[0], cutter, store)
    if product is None:
        hint = "leave out `protect`, or give the product a mask"
        raise ProviderError(Problem("the product cannot be cut out, so it cannot be protected", hint=hint))
    frame, mask = product_framed(product, request.width, request.height, request.protected.box)
    return Attached((png_encoded(frame), *photos[1:], *pictures), png_encoded(mask))


def cutout_of(order: CutoutOrder, cutter: Cutter, store: Store) -> Pixels | None:
    """The cutout in straight RGBA (height, width, 4); None where the photo cannot be cut out well."""
    try:
        stored = stored_cutout(order, cutter, store, again=False)
    except (InputError, Unreadable):
        return None
    return None if judged(stored.record).verdict is Verdict.MODEL else decode(stored.read())


def _file(path: Path) -> bytes:
    try:
        return sendable_photo(read_whole(path))
    except (Unopened, Unreadable) as error:
        raise ProviderError(Problem(f"`{path.name}` could not be sent along: {error}")) from error
