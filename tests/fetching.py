"""Fetching single photos from a host on loopback."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from PIL import Image

from assetgen.config.fetching import Fetching, Validators
from assetgen.photos.fetcher import Fetcher
from assetgen.web import Unfetched
from assetgen.web.downloader import Fetched
from assetgen.web.network import resolved

HERE = Fetching(internal_hosts=("127.0.0.1", "photos.test"))


def picture(colour: str = "red", kind: str = "png") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, kind)
    return file.getvalue()


def ask(
    address: str, settings: Fetching = HERE, *, means: Sequence[str] = (), known: Validators | None = None
) -> Fetched | None:
    """`means`: the addresses of every host, where they are not looked up."""

    def resolve(host: str, port: int) -> Sequence[str]:
        return means or resolved(host, port)

    fetcher = Fetcher(settings, resolve)
    try:
        return fetcher.photo(address, known)
    finally:
        fetcher.close()


def fetch(address: str, settings: Fetching = HERE, *, means: Sequence[str] = ()) -> Fetched:
    fetched = ask(address, settings, means=means)
    assert fetched
    return fetched


def reason(address: str, settings: Fetching = HERE, *, means: Sequence[str] = ()) -> str:
    """Why there is no photo."""
    with pytest.raises(Unfetched) as refused:
        ask(address, settings, means=means)
    return refused.value.reason
