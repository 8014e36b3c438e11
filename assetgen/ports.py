"""The sockets: what production needs from the outside world."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar, Protocol

from assetgen.config.mode import Mode
from assetgen.config.shape import Shape
from assetgen.config.strict import Strict
from assetgen.errors import Problem, SetupError
from assetgen.model.arrays import Box, Pixels
from assetgen.model.batch_state import BatchState
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means
from assetgen.model.examined import Examined
from assetgen.model.request import ALONE, Attached, Generated, Price, Rate, Request


class Provider(Strict, ABC):
    """A provider makes plates.

    Its fields are its settings and enter the plate key, but for those declared with `exclude=True`,
    which say how to ask and not what for: a key's variable, a limit, a price.

    `name` is the word used in campaigns, `modes` what scenes may ask of it, `ai` whether its pictures come from a
    trained model; raise `recipe` when the same request would give another picture.
    """

    name: ClassVar[str]
    recipe: ClassVar[int] = 1
    ai: ClassVar[bool] = True
    modes: ClassVar[frozenset[Mode]] = frozenset({Mode.PLATE})

    @abstractmethod
    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        """One picture for one request, asked for once. Called from several threads.

        Raises SetupError, or a ProviderError: Busy where asking again may help, Unanswered where the picture may have
        been paid for, Closed where no request will be answered.
        """

    @abstractmethod
    def size(self, shape: Shape) -> tuple[int, int]:
        """Width and height in pixels to ask for when a canvas has this shape, or one that is cut from its plates."""

    def price(self, request: Request) -> Price | None:  # noqa: ARG002 - part of the socket
        """What one request will cost at most; None when nobody knows."""
        return None

    def tokens(self, request: Request) -> int:  # noqa: ARG002 - part of the socket
        """What one request counts towards a limit of tokens per minute."""
        return 0

    @property
    def limits(self) -> Rate:
        return Rate()

    def worded(self, prompt: str, mode: Mode, place: Box | None) -> str:  # noqa: ARG002 - part of the socket
        """The prompt as it is sent; `place` is where the product is going to stand, if the layout says."""
        return prompt

    def wrong_with(self, request: Request) -> str | None:  # noqa: ARG002 - part of the socket
        """Why a request could not be answered, where that can be known beforehand."""
        return None

    def doubts(self) -> Iterator[Problem]:
        """What a person should know about the settings before money is spent."""
        yield from ()

    def prepare(self) -> None:
        """Called once before the first request. Raises SetupError where this machine lacks something, such as a key."""

    def close(self) -> None:
        """Called when there is nothing more to ask for now; lets go of connections."""

    def examine(self, *, online: bool) -> Iterator[Examined]:  # noqa: ARG002 - part of the socket
        """Whether requests would get through, found out without a request; `online`: the service may be asked."""
        try:
            self.prepare()
        except SetupError as error:
            yield from (Examined.of(problem, "provider") for problem in error.problems)
        else:
            yield Examined("ok", "provider", f"`{self.name}` is ready, and needs nothing more")


class BatchProvider(Provider):
    """A provider that also takes many requests at once, cheaper and later."""

    def batch_price(self, request: Request) -> Price | None:
        """As `price`, in a batch."""
        return self.price(request)

    @abstractmethod
    def send_batch(self, token: str, requests: Iterable[tuple[str, Request, Attached]]) -> str:
        """Hands in requests with the keys of their plates; the batch's id. `token` finds it again if that is lost.

        Either all of them send photos, or none does.
        Raises ProviderError when nothing was handed in.
        """

    @abstractmethod
    def find_batch(self, token: str) -> str | None:
        """The id of a batch that was handed in with this token, though nobody wrote it down."""

    @abstractmethod
    def look_at_batch(self, batch: str) -> BatchState:
        """How far a batch is."""

    @abstractmethod
    def collect_batch(self, batch: str) -> Iterator[tuple[str, Generated | Problem]]:
        """What became of each request, by its plate's key, in any order; what is not mentioned was not made."""

    @abstractmethod
    def cancel_batch(self, batch: str) -> None:
        """Asks for a stop; what is finished by then can still be collected."""


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
