"""Everything that a campaign names, read from its files and found to be well formed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from assetgen.config.brand import Brand
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.config.layout import Layout
from assetgen.errors import Location
from assetgen.model.ai_label import Labels
from assetgen.model.font import FontFile

HOME = ".assetgen"
"""The folder of the workspace that holds the store and the ledger."""

KeyPath = tuple[str | int, ...]
"""The way to a value in a file, such as ("scenes", "terrace", "when")."""


@dataclass(frozen=True)
class Marks:
    """Where each value of a file stands, by its key path; and where its key does."""

    file: str
    places: Mapping[KeyPath, Location]
    keys: Mapping[KeyPath, Location] = field(default_factory=dict)

    def at(self, *path: str | int) -> Location:
        """The place of the value, or of the nearest thing around it."""
        return self._nearest(self.places, path)

    def key(self, *path: str | int) -> Location:
        """The place of the key, or of the nearest one around it."""
        return self._nearest(self.keys, path)

    def _nearest(self, places: Mapping[KeyPath, Location], path: KeyPath) -> Location:
        around = (path[:length] for length in range(len(path), 0, -1))
        return next((places[known] for known in around if known in places), Location(self.file, 1, 1))


T = TypeVar("T")


@dataclass(frozen=True)
class Marked(Generic[T]):
    """A file's contents together with the places of its values."""

    value: T
    marks: Marks


@dataclass(frozen=True)
class TemplateText:
    """A template's text and where it starts."""

    text: str
    location: Location


@dataclass(frozen=True)
class Copy:
    """The texts of a campaign: key -> locale -> template."""

    texts: Mapping[str, Mapping[str, TemplateText]]


@dataclass(frozen=True)
class Reference:
    """A picture file that goes along with requests."""

    path: Path
    digest: str


@dataclass(frozen=True)
class Brief:
    """A campaign with everything it names. Paths are absolute; `name` is the campaign file's stem.

    references: for each scene that edits photos, its own pictures and then those of the brand's style. terms: words
    that make a prompt doubtful, and why. today: the day that scenes, layers and templates go by.
    """

    name: str
    file: Path
    root: Path
    output: Path
    campaign: Marked[Campaign]
    brand: Marked[Brand]
    logo: bytes | None
    logo_dark: bytes | None
    copy: Copy
    layouts: Mapping[str, Marked[Layout]]
    channels: tuple[Channel, ...]
    prompts: Mapping[str, TemplateText]
    fonts: tuple[FontFile, ...]
    products: Path
    references: Mapping[str, tuple[Reference, ...]]
    terms: Mapping[str, str]
    today: date
    labels: Labels

    @property
    def home(self) -> Path:
        """Where the workspace keeps the store and the ledger."""
        return self.root / HOME
