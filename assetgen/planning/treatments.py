"""Treatments of products in cutting out: the campaign's rules, and above them what a product's own row says.

Whether a cutout is right is said in the row, or in the file that the campaign names for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetgen.config.cutout_rule import AUTO, CARE_READERS, REMBG, CutoutRule, cutout_words
from assetgen.config.weights import DEFAULT
from assetgen.errors import InputError, Problem, did_you_mean
from assetgen.model.brief import Brief, TemplateText
from assetgen.model.care import Care
from assetgen.model.cutting import Handling, Treatment
from assetgen.model.product import Product
from assetgen.planning.cutout_words import COLUMN, words_in
from assetgen.prompts import CompiledRule, Templates

CELLS = ("cutout", "keep_holes", "keep_shadow", "glass", "mask", *CARE_READERS)
"""The columns that a row may fill."""

_TRUTH = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False}


class Treatments:
    """The rules of a campaign, compiled."""

    def __init__(self, brief: Brief, templates: Templates) -> None:
        self._rules = list(rules(brief, templates))
        self._words = brief.cutout_words

    def of(self, product: Product) -> Treatment:
        """The treatment of a product; later rules win. Raises InputError for a cell that says something else."""
        said = CutoutRule()
        for rule, when in self._rules:
            if when is None or when.holds({"product": product.words}):
                said = said.model_copy(update=rule.model_dump(exclude_none=True))
        said = said.model_copy(update=dict(_cells(product)))
        method, _, model = (said.cutout or AUTO).partition(":")
        handling = Handling(
            method,
            model=model or (DEFAULT if method == REMBG else None),
            keep_holes=bool(said.keep_holes),
            glass=bool(said.glass),
        )
        words = self.words(product.sku, product.fields.get(COLUMN, ""))
        return Treatment(handling, said.mask, said.keep_shadow, words, bool(said.publish_doubtful), Care.said(said))

    def words(self, sku: str, cell: str = "") -> tuple[str, ...]:
        """What people write of a product's cutout, in the file of words and in the cell of its row."""
        line = self._words.get(sku)
        return (*(line.words if line else ()), *words_in(cell))


def rules(brief: Brief, templates: Templates) -> Iterator[tuple[CutoutRule, CompiledRule | None]]:
    """Each rule of the campaign with its condition, in the order of the file."""
    campaign = brief.campaign
    for n, rule in enumerate(campaign.value.cutouts):
        place = campaign.marks.at("cutouts", n, "when")
        yield rule, templates.rule(TemplateText(rule.when, place)) if rule.when else None


def _cells(product: Product) -> Iterator[tuple[str, object]]:
    filled: Mapping[str, str] = {name: product.fields.get(name, "").strip() for name in CELLS}
    for name, cell in filled.items():
        if not cell:
            continue
        if name == "mask":
            yield name, cell
        elif name in CARE_READERS:
            yield name, _read(cell, name, product)
        elif name == "cutout":
            yield name, _known(cell.lower(), cutout_words(), name, product)
        else:
            yield name, _TRUTH[_known(cell.lower(), tuple(_TRUTH), name, product)]


def _read(cell: str, name: str, product: Product) -> object:
    try:
        return CARE_READERS[name](cell)
    except ValueError as error:
        message, hint = error.args
        raise InputError(Problem(message, product.location, hint)) from error


def _known(cell: str, words: tuple[str, ...], name: str, product: Product) -> str:
    if cell not in words:
        hint = did_you_mean(cell, words, otherwise="choose from " + ", ".join(f"`{word}`" for word in words))
        raise InputError(Problem(f"`{name}` cannot be `{cell}`", product.location, hint))
    return cell
