"""Image models behind the OpenAI protocol: OpenAI's own, Azure, Recraft, xAI, and servers on your own machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import PrivateAttr

from assetgen import clock
from assetgen.config.mode import Mode
from assetgen.errors import Problem, did_you_mean
from assetgen.model.arrays import Box
from assetgen.model.batch_state import BatchState
from assetgen.model.examined import Examined
from assetgen.model.placement_words import with_placement
from assetgen.model.request import ALONE, Attached, Generated, Price, Rate, Request
from assetgen.ports import BatchProvider
from assetgen.providers.openai.families import table
from assetgen.providers.openai.image_settings import ImageSettings

__all__ = ["OpenAI"]

if TYPE_CHECKING:
    from assetgen.providers.openai.wire import Wire


class OpenAI(ImageSettings, BatchProvider):
    """Asks for pictures, one by one or in batches. Its connection is opened when it is first needed."""

    name: ClassVar[str] = "openai"
    modes: ClassVar[frozenset[Mode]] = frozenset(Mode)

    _wire: Wire | None = PrivateAttr(default=None)

    def worded(self, prompt: str, mode: Mode, place: Box | None) -> str:
        return with_placement(prompt, mode, place)

    def request_problem(self, request: Request) -> str | None:
        rules = self.rules
        if len(request.prompt) > rules.prompt:
            return f"the prompt has {len(request.prompt):,} letters, `{self.model}` takes {rules.prompt:,}"
        if request.mode.sends_photo and not rules.references:
            return f"`{self.model}` takes no photos: choose another model, or `mode: plate`"
        if len(request.references) > rules.references:
            return f"{len(request.references)} pictures would go along, `{self.model}` takes {rules.references}"
        return None

    def batch_price(self, request: Request) -> Price | None:
        price = self.price(request)
        return Price(price.amount * table().batch, price.currency) if price else None

    def tokens(self, request: Request) -> int:
        rules = self.rules
        return self._text_tokens(request) + len(request.references) * rules.input_tokens

    @property
    def limits(self) -> Rate:
        return Rate(self.parallel, self.images_per_minute, self.tokens_per_minute)

    def doubts(self) -> Iterator[Problem]:
        known = table()
        if not self.family and not known.fitting(self.model):
            names = [name for family in known.families for name in family.models if "*" not in name]
            near = did_you_mean(self.model, names) or "say with `family` whose rules hold for it"
            message = f"the model `{self.model}` is not known: the rules of {known.newest.name} are taken"
            yield Problem(message, hint=near)
        if self.background == "transparent":
            yield Problem("`background: transparent` shows white where nothing is: plates fill the picture")

    def prepare(self) -> None:
        self._speaking()

    def examine(self, *, online: bool) -> Iterator[Examined]:
        from assetgen.providers.openai.examination import examine

        return examine(self, online=online, today=clock.today("UTC"))

    def hurry(self) -> None:
        if self._wire:
            self._wire.hurry()

    def close(self) -> None:
        if self._wire:
            self._wire.close()
            self._wire = None

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        return self._speaking().picture(request, attached)

    def send_batch(self, token: str, requests: Iterable[tuple[str, Request, Attached]]) -> str:
        from assetgen.providers.openai.batch_calls import send

        return send(self._speaking(), token, requests)

    def find_batch(self, token: str) -> str | None:
        from assetgen.providers.openai.batch_calls import find

        return find(self._speaking(), token)

    def look_at_batch(self, batch: str) -> BatchState:
        from assetgen.providers.openai.batch_calls import look

        return look(self._speaking(), batch)

    def collect_batch(self, batch: str) -> Iterator[tuple[str, Generated | Problem]]:
        from assetgen.providers.openai.batch_calls import collect

        return collect(self._speaking(), batch)

    def cancel_batch(self, batch: str) -> None:
        from assetgen.providers.openai.batch_calls import cancel

        cancel(self._speaking(), batch)

    def _speaking(self) -> Wire:
        """Raises SetupError without a key."""
        from assetgen.providers.openai.wire import Wire

        if self._wire is None:
            self._wire = Wire(self)
        return self._wire
