"""Photos with addresses: which names are addresses, and how photos are fetched from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assetgen.config.strict import Strict

Host = Annotated[str, Field(pattern=r"^[^\s/@?#\[\]]+$", description="A host's name or address, without `https://`.")]


_ADDRESS = re.compile(r"(//|[a-z][a-z0-9+.-]+://|(data|file|blob|mailto|javascript):)", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a photo is named by an address and not as a file; a drive such as `C:` is none."""
    return _ADDRESS.match(name) is not None


@dataclass(frozen=True)
class Validators:
    """What the host of a photo said, at the address where it was in the end, to tell whether it has changed."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


class Fetching(Strict):
    """How photos with an address are fetched; everything has a default."""

    internal_hosts: tuple[Host, ...] = Field(
        default=(), description="Hosts of your own network that photos may come from, such as [images.internal]."
    )
    megabytes: Annotated[float, Field(gt=0, le=500)] = Field(default=25, description="The most that a photo weighs.")
    seconds: Annotated[float, Field(gt=0, le=600)] = Field(default=30, description="The most that a photo takes.")
    redirects: Annotated[int, Field(ge=0, le=20)] = Field(
        default=5, description="How often an address may lead on to another."
    )
    retries: Annotated[int, Field(ge=0, le=10)] = Field(
        default=2, description="How often a host that fails is asked again for the same photo."
    )
    parallel: Annotated[int, Field(ge=1, le=64)] = Field(default=16, description="So many photos at once.")

    @property
    def most_bytes(self) -> int:
        return int(self.megabytes * 1_000_000)
