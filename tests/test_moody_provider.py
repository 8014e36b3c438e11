"""A provider of somebody else's that fails is told by its name, at whatever it fails, and others' pictures are made."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

import assetgen
from assetgen.cli import main
from assetgen.config.shape import Shape
from assetgen.errors import AssetgenError
from assetgen.model.request import ALONE, Attached, Generated, Price, Request
from tests.kit import Flat, change

KeyLost = KeyError("a table of prices")


class Moody(Flat):
    """A provider that fails at one thing."""

    name: ClassVar[str] = "moody"
    fails_at: str

    def _at(self, what: str) -> None:
        if what == self.fails_at:
            raise KeyLost

    def prepare(self) -> None:
        self._at("prepare")

    def size(self, shape: Shape) -> tuple[int, int]:
        self._at("size")
        return super().size(shape)

    def price(self, request: Request) -> Price | None:
        self._at("second price" if self.asked else "price")
        return super().price(request)

    def tokens(self, request: Request) -> int:
        self._at("tokens")
        return super().tokens(request)

    def hurry(self) -> None:
        self._at("hurry")

    def close(self) -> None:
        self._at("close")


@pytest.fixture
def each(small: Path) -> Path:
    """The small shop, with a plate for each product."""
    change(small.parent.parent / "templates/prompts/shelf.j2", "a shelf", "a shelf for a {{ product.title }}")
    return small


@pytest.mark.parametrize("what", ["prepare", "price", "size", "tokens"])
def test_what_a_provider_fails_at_is_told_with_its_name(each: Path, what: str) -> None:
    try:
        outcome = assetgen.run(assetgen.load(each), provider=Moody(fails_at=what))
    except AssetgenError as error:
        told = str(error)
    else:
        told = str(outcome.rejects + outcome.failures)
    assert "provider `moody` failed with KeyError: 'a table of prices'" in told


def test_a_price_that_is_lost_on_the_way_is_told_and_the_run_ends_degraded(each: Path) -> None:
    outcome = assetgen.run(assetgen.load(each), provider=Moody(fails_at="second price"), jobs=1)

    told = [*(failure.problem for failure in outcome.failures), *(reject.problem for reject in outcome.rejects)]
    assert {problem.message for problem in told} == {"provider `moody` failed with KeyError: 'a table of prices'"}
    assert outcome.exit_code == 1


class Loose(Flat):
    """A provider whose answer is no bytes."""

    name: ClassVar[str] = "loose"

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        super().generate(request, attached)
        return Generated("a picture")  # type: ignore[arg-type] # as its author did not know better


def test_an_answer_of_another_type_is_a_failure_of_its_picture(each: Path) -> None:
    outcome = assetgen.run(assetgen.load(each), provider=Loose())

    assert outcome.made == 3
    assert "`data` of its answer is of type str, not bytes" in str(outcome.failures[0].problem)
    assert main(["spend"]) == 0
