"""Product photos and their masks: found, measured once, and remembered until the file changes."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from unicodedata import normalize

from assetgen.config.fetching import is_address
from assetgen.errors import InputError, Problem
from assetgen.file_bytes import Unopened, file_stamp, nearest_file, read_whole
from assetgen.files.decode import Unreadable, measure
from assetgen.fingerprint import digest
from assetgen.ledger import Ledger
from assetgen.model.asset import Photo
from assetgen.model.made import PhotoFacts
from assetgen.model.product import Product, Reject, Row
from assetgen.photos.fetching_ahead import PhotosAhead
from assetgen.web import Unfetched
from assetgen.web.address import shown_address

COLUMN = "photo"
MASK = "mask"

_OF_ONE_COMPUTER = re.compile(r"[A-Za-z]:[\\/]|\\\\|/|~")
"""How a path begins that only one computer has, or one network."""

_WITHOUT_SCHEME = re.compile(r"(www\.|([\w-]+\.)+(com|net|org|shop|store|io|de|fr|uk|cn|jp)/)", re.IGNORECASE)
"""How an address begins whose `https://` was left out, as browsers show it."""


_TOTAL = r"(grand )?total|sum|summe|gesamt\w*|somme|totale|suma|totaal|合计|总计|合計"
"""What stands in the first cell of a row that adds up the others."""


def photo_of(product: Product, folder: Path, ledger: Ledger, *, web: PhotosAhead) -> Photo:
    """The photo a row names, by its address or relative to the table's folder.

    Raises InputError that says why it is no use.
    """
    name = product.fields.get(COLUMN, "").strip()
    if not name:
        hint = f"fill the column `{COLUMN}` with the name or address of a picture file"
        if re.fullmatch(_TOTAL, product.sku.strip(), re.IGNORECASE):
            hint = "this looks like the total of a column: delete the row"
        raise InputError(Problem("the row has no photo", product.location, hint))
    what = _called("photo", name)
    path = _place(name, what, product, folder, web)
    facts = _facts(path, what, product, folder, ledger)
    if facts.problem:
        raise InputError(Problem(f"{what} {facts.problem}", product.location))
    return Photo(path, facts.digest, facts.width, facts.height)


def mask_of(product: Product, name: str, photo: Photo, folder: Path, ledger: Ledger, *, web: PhotosAhead) -> Photo:
    """The outline made by hand that is named for a row. Raises InputError that says why it is no use."""
    what = _called("mask", name)
    path = _place(name, what, product, folder, web)
    facts = _facts(path, what, product, folder, ledger)
    sizes = (facts.width, facts.height), (photo.width, photo.height)
    problem = facts.problem or (None if fits(*sizes) else misfit(*sizes))
    if problem:
        raise InputError(Problem(f"{what} {problem}", product.location))
    return Photo(path, facts.digest, facts.width, facts.height)


def fits(mask: tuple[int, int], photo: tuple[int, int]) -> bool:
    """Whether a mask has the proportions of its photo, to one part in a hundred; both as width and height."""
    return abs(mask[0] * photo[1] / (mask[1] * photo[0]) - 1) < 0.01  # noqa: PLR2004


def misfit(mask: tuple[int, int], photo: tuple[int, int]) -> str:
    """The reason why a mask is no use, in a marketer's words."""
    return f"is {mask[0]} x {mask[1]} pixels, its photo {photo[0]} x {photo[1]}: the proportions must be the same"


_MOST_SHOWN = 300
"""The letters of a cell that a message quotes at most: a name is no longer."""


class Replaced(InputError):
    """A photo or mask is not the file any more that the plan was made with: nothing of it may go under that key."""


def photo_bytes(photo: Photo) -> bytes:
    """The file of a photo or mask, once it is known to be the one that was planned with. Raises Replaced."""
    hint = "run again: the next run goes by the file that is there then"
    name = photo.path.name
    try:
        data = read_whole(photo.path)
    except Unopened as error:
        raise Replaced(Problem(f"photo `{name}` went away while the run was at work", hint=hint)) from error
    if digest(data) != photo.digest:
        raise Replaced(Problem(f"photo `{name}` was replaced while the run was at work", hint=hint))
    return data


def mark_unreadable(photo: Photo, reason: str, ledger: Ledger) -> None:
    """Remembers that a photo turned out to be no use, until its file changes."""
    with suppress(Unopened):  # it went away meanwhile: there is nothing to remember
        facts = PhotoFacts(*file_stamp(photo.path), photo.digest, photo.width, photo.height, reason)
        ledger.remember_photo(photo.path, facts)


def addresses(row: Row) -> list[str]:
    """What its photos and masks are to be fetched from."""
    shown_here = () if isinstance(row, Reject) else row.shown
    cells = (member.fields.get(name, "").strip() for member in shown_here for name in (COLUMN, MASK))
    return [cell for cell in cells if is_address(cell)]


def _called(kind: str, name: str) -> str:
    """A photo or mask as messages call it; of a cell that is no name, its beginning tells which is meant."""
    shown = shown_address(name)
    return f"{kind} `{shown}`" if len(shown) <= _MOST_SHOWN else f"{kind} `{shown[:_MOST_SHOWN]}…`"


def _place(name: str, what: str, product: Product, folder: Path, web: PhotosAhead) -> Path:
    if _OF_ONE_COMPUTER.match(name) and not _exists(Path(name)):
        hint = f"write where it lies beside the product table, such as `{PureWindowsPath(name).name}`"
        raise InputError(Problem(f"{what} is a path of one computer", product.location, hint))
    if _WITHOUT_SCHEME.match(name) and not _exists(folder / name):
        raise InputError(Problem(f"{what} is half an address", product.location, f"write `https://{name}`"))
    if not is_address(name):
        return _as_it_is_written(folder / name.replace("\\", "/"))
    try:
        return web.photo(name)
    except Unfetched as error:
        raise InputError(Problem(f"{what} {error.reason}", product.location, error.hint)) from error


def _exists(path: Path) -> bool:
    """Whether something is there, as far as one can see: a name may be too long, and a folder closed."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False


def _as_it_is_written(path: Path) -> Path:
    """The file of this name, however the disk writes its letters: `ö` is one sign, or an `o` and two points (macOS)."""
    with suppress(OSError, ValueError):
        if path.name.isascii() and path.parent.as_posix().isascii():
            return path
        if not path.exists():
            return _found_by_letters(path)
    return path


def _found_by_letters(path: Path) -> Path:
    """The file that is called the same when both names are written in one form; the path itself if there is none."""
    folder = path.parent if path.parent.is_dir() else _found_by_letters(path.parent)
    if not folder.is_dir():
        return path
    wanted = normalize("NFC", path.name)
    return next((entry for entry in folder.iterdir() if normalize("NFC", entry.name) == wanted), path)


def _facts(path: Path, what: str, product: Product, folder: Path, ledger: Ledger) -> PhotoFacts:
    try:
        size, modified = file_stamp(path)
        known = ledger.photo(path)
        if known and (known.size, known.modified) == (size, modified):
            return known
        data = read_whole(path)
    except Unopened as error:
        hint = nearest_file(path, folder) or f"{what.partition(' ')[0]}s are looked for beside the product table"
        raise InputError(Problem(f"{what} {error}", product.location, hint)) from error
    try:
        width, height = measure(data)
    except Unreadable as error:
        # Not remembered: with a package or a version that is installed meanwhile it may be one that can be read.
        raise InputError(Problem(f"{what} {error}", product.location)) from error
    facts = PhotoFacts(size, modified, digest(data), width, height)
    ledger.remember_photo(path, facts)
    return facts
