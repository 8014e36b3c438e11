"""Requests to the provider for scenes, completed and under their keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assetgen.checks.prompt import doubtful_words
from assetgen.config.shape import Shape
from assetgen.errors import InputError, PluginError, Problem
from assetgen.model.asset import CutoutOrder, PlateOrder
from assetgen.model.brief import Brief
from assetgen.model.care import NO_CARE
from assetgen.model.request import Price, Protected, Request
from assetgen.planning.ideas import Idea
from assetgen.planning.pages import Pages
from assetgen.planning.photos_as_given import as_given
from assetgen.planning.placement import AMID
from assetgen.planning.plate_keys import plate_key
from assetgen.plugins import blamed
from assetgen.ports import BatchProvider, Provider
from assetgen.promises import promised


@contextmanager
def provider_faults_in_rows(provider: Provider) -> Iterator[None]:
    """Turns what a provider raises outside of our family into InputError: this row is set aside, and others go on."""
    try:
        with blamed(f"provider `{provider.name}`"):
            yield
    except PluginError as error:
        raise InputError(*error.problems) from error


def _size(provider: Provider, shape: Shape) -> tuple[int, int]:
    """Width and height in pixels. Raises TypeError or ValueError for what is no size of a picture."""
    size = provider.size(shape)
    promised(tuple[int, int], size, "what `size` gives")
    width, height = size
    if min(width, height) < 1:
        raise ValueError(f"it asks for {width} x {height} pixels")
    return width, height


def _check_price(price: Price | None) -> None:
    """Raises TypeError or ValueError for what is no price."""
    promised(Price | None, price, "its price")
    if price and price.amount < 0:
        raise ValueError(f"its price is below zero, {price.amount} {price.currency}")


def _reference(order: CutoutOrder) -> str:
    """The digest by which a request knows a photo; an outline counts where it may say how far the photo is turned."""
    mask = order.mask if order.care != NO_CARE else None
    return as_given(order.photo.digest, mask.digest if mask else None, order.care)


@dataclass(frozen=True)
class SceneOrder:
    """The things that the requests of one product in one variant have in common."""

    idea: Idea
    locale: str
    prompt: str
    cutouts: tuple[CutoutOrder, ...]


class Requests:
    """All requests of a campaign, each completed before its key is made."""

    def __init__(self, brief: Brief, provider: Provider, pages: Pages) -> None:
        self._campaign = brief.campaign.value
        self._never_say = brief.brand.value.never_say
        self._references = brief.references
        self._terms = brief.terms
        self._today = brief.today
        self._provider = provider
        self._pages = pages

    def order(self, telling: SceneOrder, shape: Shape, take: int) -> PlateOrder:
        """The order for pictures of this shape. Raises InputError for a request that the provider could not answer."""
        idea, mode = telling.idea, telling.idea.scene.mode
        layout = self._campaign.layout_for(shape, idea.scene, self._today)
        box = self._pages.place(layout, shape, telling.locale, turns=not mode.draws_product)
        sent = telling.cutouts if mode.sends_photo else ()
        pictures = self._references.get(idea.name, ())
        references = (*(_reference(order) for order in sent), *(picture.digest for picture in pictures))
        protected = Protected(sent[0].key, box or AMID) if idea.scene.protect else None
        provider = self._provider
        with provider_faults_in_rows(provider):
            width, height = _size(provider, shape.plain)
            prompt = provider.worded(telling.prompt, mode, box)
            promised(str, prompt, "the prompt in its words")
            request = Request(prompt, width, height, mode, take, references, protected)
            wrong = provider.request_problem(request)
            promised(str | None, wrong, "what `request_problem` gives")
            # Asked again when it is bought; a provider that fails over them does so before anything is spent.
            _check_price(provider.price(request))
            promised(int, provider.tokens(request), "what `tokens` gives")
            if isinstance(provider, BatchProvider):
                _check_price(provider.batch_price(request))
            key = plate_key(provider, request)
        if self._campaign.prompt_terms == "error":
            wrong = wrong or next(self.doubts(request), None)
        if wrong:
            raise InputError(Problem(f"scene `{idea.name}`: {wrong}"))
        return PlateOrder(key, request, sent, tuple(picture.path for picture in pictures))

    def doubts(self, request: Request) -> Iterator[str]:
        """The words of its prompt that a person should look at; without a trained model they harm nobody."""
        if self._provider.ai:
            yield from doubtful_words(request.prompt, self._never_say, self._terms)
