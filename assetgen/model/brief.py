"""Everything that a campaign names, read from its files and found to be well formed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from assetgen.config.brand import Brand
from assetgen.config.budget import Budget
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.config.layout import Layout
from assetgen.config.scene import Scene
from assetgen.errors import Location
from assetgen.model.ai_label import Labels
from assetgen.model.cutting import WordLine
from assetgen.model.font import FontFile
from assetgen.plural import counted

if TYPE_CHECKING:
    from assetgen.frames import DataFrame

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


_FEW = 3
"""The most channels that are named where a brief is told in words."""

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


@dataclass(frozen=True, eq=False)
class Brief:
    """A campaign with everything it names. Paths are absolute; `name` is the campaign file's stem.

    references: for each scene that edits photos, its own pictures and then those of the brand's style. terms: words
    that make a prompt doubtful, and why. today: the day that scenes, layers and templates go by. cutout_words: what
    people say of cutouts in a file of its own, by sku. frame: the products as a pandas frame, which takes the place of
    the file `products`; photos are looked for beside that file all the same.
    rehearses: the name of the campaign that this one only rehearses; None for the real one.
    Two briefs are never equal, for frames cannot be compared.
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
    cutout_words: Mapping[str, WordLine] = field(default_factory=dict)
    frame: DataFrame | None = None
    rehearses: str | None = None

    def __repr__(self) -> str:
        return f"<Brief {self.name}: {'; '.join(text for _, text in self._told())}>"

    def __str__(self) -> str:
        """What a person asks first, a line each."""
        lines = (f"  {name:<10}{text}" for name, text in self._told())
        return "\n".join((f"{self.name}: {self.title}", *lines))

    def _told(self) -> Iterator[tuple[str, str]]:
        yield "products", self.products.name if self.frame is None else "a frame"
        yield "scenes", ", ".join(self.scenes)
        yield "locales", ", ".join(self.locales)
        first, more = (channel.id for channel in self.channels[:_FEW]), len(self.channels) - _FEW
        rest = (f"and {more} more",) if more > 0 else ()
        yield "channels", f"{counted(len(self.channels), 'channel')}: {', '.join((*first, *rest))}"
        yield "provider", self.provider
        yield "budget", str(self.budget) if self.budget else "no budget"
        yield "output", str(self.output)

    @property
    def title(self) -> str:
        """What people call the campaign."""
        return self.campaign.value.name

    @property
    def scenes(self) -> Mapping[str, Scene]:
        """The picture ideas by name, in the order of the file."""
        return self.campaign.value.scenes

    @property
    def locales(self) -> tuple[str, ...]:
        """Languages and markets, such as `en-US`."""
        return self.campaign.value.locales

    @property
    def provider(self) -> str:
        """The name of who makes the plates, such as `studio`."""
        return self.campaign.value.provider.name

    @property
    def budget(self) -> Budget | None:
        """The most that may be spent; None where the campaign does not say."""
        return self.campaign.value.budget

    @property
    def account(self) -> str:
        """The campaign whose budget pays: a rehearsal is none to spend beside it."""
        return self.rehearses or self.name

    @property
    def home(self) -> Path:
        """Where the workspace keeps the store and the ledger."""
        return self.root / HOME
