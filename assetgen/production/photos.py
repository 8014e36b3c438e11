"""Product photos and their masks: found, measured once, and remembered until the file changes."""

from __future__ import annotations

from pathlib import Path

from assetgen.errors import InputError, Problem
from assetgen.fingerprint import digest
from assetgen.imaging.decode import Unreadable, measure
from assetgen.ledger import Ledger
from assetgen.model.made import PhotoFacts
from assetgen.model.plan import Photo
from assetgen.model.product import Product
from assetgen.production.cutouts import fits, misfit

COLUMN = "photo"


def photo_of(product: Product, folder: Path, ledger: Ledger) -> Photo:
    """The photo a row names, relative to the table's folder. Raises InputError that says why it is no use."""
    name = product.fields.get(COLUMN, "").strip()
    if not name:
        hint = f"fill the column `{COLUMN}` with the name of a picture file"
        raise InputError(Problem("the row has no photo", product.location, hint))
    path = folder / name
    facts = _facts(path, f"photo `{name}`", product, ledger)
    if facts.problem:
        raise InputError(Problem(f"photo `{name}` {facts.problem}", product.location))
    return Photo(path, facts.digest, facts.width, facts.height)


def mask_of(product: Product, name: str, photo: Photo, folder: Path, ledger: Ledger) -> Photo:
    """The outline made by hand that is named for a row. Raises InputError that says why it is no use."""
    path = folder / name
    facts = _facts(path, f"mask `{name}`", product, ledger)
    sizes = (facts.width, facts.height), (photo.width, photo.height)
    problem = facts.problem or (None if fits(*sizes) else misfit(*sizes))
    if problem:
        raise InputError(Problem(f"mask `{name}` {problem}", product.location))
    return Photo(path, facts.digest, facts.width, facts.height)


def condemn(photo: Photo, reason: str, ledger: Ledger) -> None:
    """Remembers that a photo turned out to be no use, until its file changes."""
    stat = photo.path.stat()
    facts = PhotoFacts(stat.st_size, stat.st_mtime_ns, photo.digest, photo.width, photo.height, reason)
    ledger.remember_photo(photo.path, facts)


def _facts(path: Path, what: str, product: Product, ledger: Ledger) -> PhotoFacts:
    try:
        stat = path.stat()
        known = ledger.photo(path)
        if known and (known.size, known.modified) == (stat.st_size, stat.st_mtime_ns):
            return known
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else "cannot be opened"
        hint = f"{what.partition(' ')[0]}s are looked for beside the product table"
        raise InputError(Problem(f"{what} {reason}", product.location, hint)) from error
    width = height = 0
    problem = None
    try:
        width, height = measure(data)
    except Unreadable as error:
        problem = str(error)
    facts = PhotoFacts(stat.st_size, stat.st_mtime_ns, digest(data), width, height, problem)
    ledger.remember_photo(path, facts)
    return facts
