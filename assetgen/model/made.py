"""What the ledger knows about a finished file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assetgen.model.finding import Finding, KeptBack
from assetgen.model.request import Price

Shown = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Made:
    """A finished file, what it was made from and what was found on it.

    title: the product's, or its sku; path: relative to the output folder; photo: relative to the product table; size:
    bytes; modified: nanoseconds, as `disk.last_change` has it; seconds: of work. origin tells whether its plate was
    made in the same run (`new`) or was there already (`reused`); `none` is a white background. products, photos: of
    those that are shown together. score: how much of the composed picture the file keeps, 1 for all; None in older
    records. look: as `imaging.look` has it. credentials: who signed it, by the name in the certificate. stale: of a
    file that is kept back, the path of the last good one, which stays in its place; stale_shows: the keys of
    the cutouts that are seen on that one, each with what was said of it, by the skus.
    """

    id: str
    sku: str
    title: str
    scene: str
    locale: str
    audience: str | None
    take: int
    channel: str
    key: str
    inputs: Mapping[str, str]
    photo: str | None
    path: str
    digest: str
    size: int
    modified: int
    width: int
    height: int
    format: str
    quality: int
    source_type: str
    origin: str
    seconds: float
    findings: tuple[Finding, ...] = ()
    products: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    score: float | None = None
    credentials: str | None = None
    look: str = ""
    stale: str | None = None
    stale_shows: Shown | None = None

    @property
    def kept_back(self) -> KeptBack | None:
        """Why it must not go out, if that is so."""
        return KeptBack.by(self.findings)

    @property
    def against(self) -> tuple[Finding, ...]:
        """The findings for which it must not go out: broken rules, or else doubts."""
        why = self.kept_back
        return tuple(finding for finding in self.findings if why and finding.level is why.level)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all its files."""
        return (self.path, self.stale) if self.stale else (self.path,)


@dataclass(frozen=True)
class LastMade:
    """What tells whether a finished file is still the right one, without reading its whole record."""

    id: str
    key: str
    path: str
    digest: str
    size: int
    modified: int

    @property
    def kept_back(self) -> KeptBack | None:
        """Why it must not go out, if that is so."""
        return KeptBack.at(self.path)


@dataclass(frozen=True)
class PhotoFacts:
    """What is known about a photo file while its size and last change stay the same; `problem` when it is no use."""

    size: int
    modified: int
    digest: str
    width: int
    height: int
    problem: str | None = None


@dataclass(frozen=True)
class Asked:
    """What came of asking for the photo at an address in this run: nothing to say, or why there is none."""

    problem: str | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Paid:
    """One answered request; no cost means that nobody knows it. `at` is ISO 8601 in UTC."""

    at: str
    model: str | None
    cost: Price | None
    request_id: str | None
