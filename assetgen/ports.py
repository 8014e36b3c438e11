"""The sockets: what production needs from the outside world."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Protocol

from assetgen.model.cutout import AS_SEEN, Cutout, Handling, Means, Pixels
from assetgen.model.request import Generated, Mode, Price, Request
from assetgen.model.shape import Shape
from assetgen.model.strict import Strict


class Provider(Strict, ABC):
    """Makes plates. Its fields are its settings and all of them enter the plate key.

    `name` is the word used in campaigns, `modes` what scenes may ask of it, `ai` whether its pictures come from a
    trained model; raise `recipe` when the same request would give another picture.
    """

    name: ClassVar[str]
    recipe: ClassVar[int] = 1
    ai: ClassVar[bool] = True
    modes: ClassVar[frozenset[Mode]] = frozenset({Mode.PLATE})

    @abstractmethod
    def generate(self, request: Request) -> Generated:
        """One picture for one request. Raises ProviderError or SetupError, and nothing else."""

    @abstractmethod
    def size(self, shape: Shape) -> tuple[int, int]:
        """Width and height in pixels to ask for when a canvas has this shape, or one that is cut from its plates."""

    def price(self, request: Request) -> Price | None:  # noqa: ARG002 - part of the socket
        """What one request will cost; None when nobody knows."""
        return None


class Cutter(Protocol):
    """Takes the backdrop away from a product photo.

    `name` and `recipe` enter the cutout key: change `recipe` when the same photo would give another cutout.
    """

    name: str
    recipe: str

    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        """Raises SetupError when this machine lacks what the handling asks for."""
        ...

    def means(self, handling: Handling) -> Means:
        """What there is here for such a photo: one that was given up is tried again when this changes."""
        ...
