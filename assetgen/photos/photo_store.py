"""Photos that were fetched, as they are kept: by their addresses, with what their hosts said of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from assetgen import clock
from assetgen.config.fetching import Validators
from assetgen.fingerprint import digest
from assetgen.store import Store
from assetgen.web import Unfetched
from assetgen.web.address import key

if TYPE_CHECKING:
    from assetgen.web.downloader import Fetched

PHOTOS = "photos"

_VALIDATORS = TypeAdapter(Validators)


class PhotoStore:
    """The photos that were fetched, for several threads. All methods raise Unfetched for what is no address."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def photo(self, address: str) -> Path:
        """The file of a photo. Raises Unfetched if it never came."""
        stored = self._store.get(PHOTOS, key(address))
        if stored is None:
            raise Unfetched("was never fetched", "run once without `--offline`")
        return stored.path

    def validators(self, address: str) -> Validators | None:
        """The facts by which a host can tell whether what is kept is still right; None where it gave none."""
        stored = self._store.get(PHOTOS, key(address))
        said = stored.record.get("validators") if stored else None
        try:
            return _VALIDATORS.validate_python(said) if said else None
        except ValidationError:  # the record was changed by hand: the photo is fetched anew
            return None

    def keep(self, address: str, fetched: Fetched) -> None:
        """Keeps a photo; the same bytes once more leave the file as it is."""
        name, found = key(address), digest(fetched.data)
        stored = self._store.get(PHOTOS, name)
        if stored is None or stored.record.get("digest") != found:
            # What the host said comes last: beside older bytes it would vouch for them for ever.
            stored = self._store.put(PHOTOS, name, fetched.data, {"address": address})
        self._store.annotate(
            stored,
            {
                "validators": asdict(fetched.validators),
                "digest": found,
                "size": len(fetched.data),
                "fetched": clock.written(clock.now()),
            },
        )
