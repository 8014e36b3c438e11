"""The sockets: what the house needs from the outside world, and the types that plug-ins are written in.

docs/plugins.md shows each of them; what `__all__` names here is the interface whose version `plugins.INTERFACE` counts.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from inspect import Parameter
from pathlib import Path
from typing import Any, ClassVar

from assetgen.config.mode import Mode
from assetgen.config.shape import Shape
from assetgen.config.strict import Strict
from assetgen.errors import Problem, SetupError
from assetgen.model.arrays import Box, Pixels
from assetgen.model.batch_state import BatchState
from assetgen.model.cutting import AS_SEEN, Cutout, Handling, Means, Verdict
from assetgen.model.examined import Examined
from assetgen.model.placement_words import with_placement
from assetgen.model.request import ALONE, Attached, Generated, Light, Price, Rate, Request, Stage

__all__ = [
    "ALONE",
    "AS_SEEN",
    "Attached",
    "BatchProvider",
    "BatchState",
    "Box",
    "Cutout",
    "Cutter",
    "Examined",
    "Generated",
    "Handling",
    "Light",
    "Means",
    "Mode",
    "Pixels",
    "Price",
    "Provider",
    "Rate",
    "ReadingFilter",
    "Request",
    "Shape",
    "Stage",
    "Target",
    "Verdict",
    "reads",
    "with_placement",
]


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

    def request_problem(self, request: Request) -> str | None:  # noqa: ARG002 - part of the socket
        """Why a request could not be answered, where that can be known beforehand."""
        return None

    def passed_over(self, words: str) -> Problem | None:  # noqa: ARG002 - part of the socket
        """What a person should know who asks for a scene in these words, where most of them would do nothing."""
        return None

    def doubts(self) -> Iterator[Problem]:
        """What a person should know about the settings before money is spent."""
        yield from ()

    def prepare(self) -> None:
        """Called once before the first request. Raises SetupError where this machine lacks something, such as a key."""

    def hurry(self) -> None:
        """Called from another thread when the run is to stop: what is under way may end well, if that is soon."""

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
        """What one request will cost at most in a batch; None when nobody knows."""
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


def nobody(_sentence: str) -> None:
    """Takes what a cutter says where nobody listens."""


class Cutter(ABC):
    """Takes the backdrop away from product photos.

    `name` is the word used in campaigns and tables; `name` and `recipe` enter the key of what it cuts: change `recipe`
    when the same photo would give another cutout. One object serves all photos, from several threads.
    """

    name: ClassVar[str]
    recipe: ClassVar[int | str] = 1

    def __init__(self, say: Callable[[str], None] = nobody) -> None:
        """`say` takes a sentence for the person who waits, from any thread, when something takes long."""
        self.say = say

    @abstractmethod
    def cut(self, photo: Pixels, handling: Handling = AS_SEEN) -> Cutout:
        """The product of a photo, which is H x W x 3, RGB, uint8.

        Raises SetupError where this machine lacks something that every photo needs.
        """

    def means(self, handling: Handling) -> Means:  # noqa: ARG002 - part of the socket
        """What there is here for such a photo: one that was given up is tried again when this changes."""
        return Means(self.name)

    def key(self, handling: Handling) -> Mapping[str, str]:  # noqa: ARG002 - part of the socket
        """What of this cutter enters the key of a cutout, beside the photo and its handling."""
        return {"cutter": self.name, "recipe": str(self.recipe)}


class Target(ABC):
    """A place that files are published to. They go by name, with `/` between folders.

    Made with the address as the campaign says it and with the folder that relative addresses begin in. Everything
    raises SetupError where the place cannot be reached. Called from several threads.
    """

    def __init__(self, address: str, root: Path) -> None:
        self.address = address
        self.root = root

    @abstractmethod
    def present(self, folder: str) -> Mapping[str, int]:
        """The names of all files below a folder, with their sizes in bytes."""

    @abstractmethod
    def put(self, name: str, data: bytes, *, kind: str, cache: str) -> None:
        """Writes a file, whole or not at all; kind and cache are headers for a web server, if it keeps any."""

    def put_file(self, name: str, file: Path, *, kind: str, cache: str) -> None:
        """Writes from a file, which may be larger than memory where the target says how."""
        self.put(name, file.read_bytes(), kind=kind, cache=cache)

    def digest(self, name: str) -> str | None:
        """The SHA-256 of the contents, in hexadecimal digits; None where there is no such file."""
        data = self.get(name)
        return None if data is None else sha256(data).hexdigest()

    @abstractmethod
    def get(self, name: str) -> bytes | None:
        """The contents; None where there is no such file."""

    @abstractmethod
    def remove(self, names: Iterable[str]) -> None:
        """Takes files away; those that are not there are left out."""


_LOOKED_AND_VALUE = 2
"""The first arguments of a filter that looks something up: what it looked up, and the value."""


@dataclass(frozen=True)
class ReadingFilter:
    """A filter of templates with what it looks up besides the values that it is given.

    always: names such as `locale` or `product.currency`. missing: by parameter, the name that is looked up where that
    argument is not given.
    """

    function: Callable[..., object]
    always: frozenset[str]
    missing: Mapping[str, str]

    def __call__(self, *arguments: Any, **named: Any) -> object:
        return self.function(*arguments, **named)

    @property
    def names(self) -> frozenset[str]:
        """The names of all that it may look up."""
        return self.always | frozenset(self.missing.values())

    def looks_up(self, given: int, named: Iterable[str]) -> Iterator[str]:
        """What it looks up when called with so many arguments after the value, and with those named."""
        parameters = [*inspect.signature(self.function).parameters][_LOOKED_AND_VALUE:]
        said = {*parameters[:given], *named}
        yield from self.always
        yield from (name for parameter, name in self.missing.items() if parameter not in said)


def reads(*always: str, **missing: str) -> Callable[[Callable[..., object]], ReadingFilter]:
    """Declares what a filter looks up by itself; its first argument is then a mapping of just these names.

    `@reads("locale", currency="product.currency")`: always the locale, and the product's currency where the argument
    `currency` is not given. What a picture depends on is told by this: a name that is left out cannot be looked up.
    """
    for name in (*always, *missing.values()):
        if not isinstance(name, str) or name.count(".") > 1 or not all(part.isidentifier() for part in name.split(".")):
            raise TypeError(f"`reads` takes names such as `locale` and `product.currency`, not {name!r}")

    def declared(function: Callable[..., object]) -> ReadingFilter:
        kinds = [parameter.kind for parameter in inspect.signature(function).parameters.values()]
        places = [kind for kind in kinds if kind in {Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD}]
        if len(places) < _LOOKED_AND_VALUE and Parameter.VAR_POSITIONAL not in kinds:
            raise TypeError(f"{function.__name__} takes too little: what it looks up first, and then the value")
        if stray := missing.keys() - inspect.signature(function).parameters.keys():
            raise TypeError(f"{function.__name__} has no parameter {', '.join(sorted(stray))}, which `reads` names")
        return ReadingFilter(function, frozenset(always), missing)

    return declared
