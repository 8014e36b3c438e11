"""Requests that were handed in together and are answered later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assetgen.model.request import Request


@dataclass(frozen=True)
class BatchState:
    """How far a batch is.

    status: the provider's own word. over: nothing more will come, and what there is can be collected.


    reason: why a batch was not accepted, as far as the provider says.
    """

    status: str
    over: bool
    done: int
    failed: int
    total: int
    reason: str = ""


@dataclass(frozen=True)
class OpenBatch:
    """A batch as the ledger knows it; `id` is None where a run was killed before it could write it down.

    at: ISO 8601 in UTC; plates: what was asked for, by the keys of the plates.
    """

    token: str
    id: str | None
    provider: str
    at: str
    plates: Mapping[str, Request]

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.id or self.token
