"""The key of a plate, and the beginning of it by which people speak of it."""

from __future__ import annotations

from dataclasses import asdict

from assetgen import fingerprint
from assetgen.model.request import Request
from assetgen.ports import Provider

SHORT = 12
"""The digits of a key that are enough to tell a campaign's plates apart, in messages and names of files."""


def plate_key(provider: Provider, request: Request) -> str:
    """The digest of the request and of all settings of its provider that change a picture."""
    return fingerprint.key(
        {
            "provider": provider.name,
            "recipe": provider.recipe,
            "settings": provider.model_dump(mode="json"),
            "request": asdict(request),
        }
    )


def plate_file(key: str) -> str:
    """The name that a picture made elsewhere should have, to be found as this plate."""
    return f"{key[:SHORT]}.png"
