"""Problems of a campaign's templates that are known before any row is read."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.checks.strictness import strictness_problems
from assetgen.config.mode import Mode
from assetgen.errors import Problem
from assetgen.model.brief import Brief
from assetgen.picture.type import fonts
from assetgen.planning import treatments
from assetgen.planning.collisions import collisions
from assetgen.planning.ideas import Idea, ideas, rule
from assetgen.planning.pages import layouts_drawn, slots, wrong_words
from assetgen.ports import Provider
from assetgen.prompts import Templates, Vocabulary

_EXPECTED = ("ink", "paper", "accent")
"""The colours that layouts may count on."""


def campaign_problems(
    brief: Brief, templates: Templates, provider: Provider, columns: tuple[str, ...]
) -> list[Problem]:
    """Every unknown column, filter, word, colour and mode of a campaign, each with its place; in reading order."""
    return list(dict.fromkeys(_problems(brief, templates, provider, frozenset(columns))))


def _problems(brief: Brief, templates: Templates, provider: Provider, columns: frozenset[str]) -> Iterator[Problem]:
    campaign, marks = brief.campaign.value, brief.campaign.marks
    yield from _unknown_fonts(brief)
    for name, message, hint in strictness_problems(campaign.checks):
        yield Problem(message, marks.key("checks", name), hint)
    where = rule(brief, templates, campaign.products.where, "products", "where")
    if where:
        yield from where.check({"product": columns})
    for _, when in treatments.rules(brief, templates):
        if when:
            yield from when.check({"product": columns})
    for idea in ideas(brief, templates):
        words = _words(brief, columns, frozenset(idea.scene.words))
        yield from idea.prompt.check(words)
        if idea.when:
            yield from idea.when.check(words)
        if idea.chooses and "product" in idea.chooses.source.text:
            yield from idea.chooses.check({"product": columns})
        elif idea.chooses:
            hint = "write [MUG-01, LAMP-02], or a rule such as `product.sale_price`"
            message = f"`{idea.chooses.source.text}` is neither a list of skus nor a rule"
            yield Problem(message, idea.chooses.source.location, hint)
        if idea.scene.mode not in provider.modes:
            modes = ", ".join(f"`{mode}`" for mode in sorted(provider.modes))
            place = brief.campaign.marks.at("scenes", idea.name, "mode")
            message = f"provider `{provider.name}` cannot work in mode `{idea.scene.mode}`"
            yield Problem(message, place, f"it can: {modes}")
        yield from _photos_sent(brief, idea)
    yield from _words_on_pictures(brief, templates, columns)


def _photos_sent(brief: Brief, idea: Idea) -> Iterator[Problem]:
    """The problems of scenes that ask for something of photos that go to the provider, where none do."""
    scene, marks = idea.scene, brief.campaign.marks
    for key in ("protect", "references"):
        if getattr(scene, key) and scene.mode is not Mode.EDIT:
            message = f"`{key}` is for photos that the provider edits, and this scene's mode is `{scene.mode}`"
            yield Problem(message, marks.key("scenes", idea.name, key), "give the scene `mode: edit`")
    if scene.protect and scene.products:
        message = "`protect` is for one product, and this scene shows several"
        yield Problem(message, marks.key("scenes", idea.name, "protect"), "leave it out")


def _unknown_fonts(brief: Brief) -> Iterator[Problem]:
    for role, font in brief.brand.value.fonts:
        if found := fonts.font_problem(font, brief.fonts):
            message, hint = found
            yield Problem(message, brief.brand.marks.at("fonts", role), hint)


def _words_on_pictures(brief: Brief, templates: Templates, columns: frozenset[str]) -> Iterator[Problem]:
    campaign = brief.campaign.value
    every_word = frozenset(word for scene in campaign.scenes.values() for word in scene.words)
    words = _words(brief, columns, every_word)
    for cells in brief.copy.texts.values():
        for locale in campaign.locales:
            yield from templates.text(cells[locale]).check(words)
            yield from wrong_words(brief, cells[locale].text, cells[locale].location)
    for locale, label in brief.labels.texts.items():
        if label:
            yield from wrong_words(brief, label.text, brief.campaign.marks.at("disclosure", "label", locale))
    with_copy = {**words, "copy": frozenset(brief.copy.texts)}
    colours = {"auto", *_EXPECTED, *brief.brand.value.colours}
    for name, shape in layouts_drawn(brief):
        layout = brief.layouts[name]
        drawn = tuple(slots(layout.value, layout.marks, shape, templates))
        yield from _colours_not_there(brief, {colour for slot in drawn for colour in slot.colours})
        for slot in drawn:
            yield from slot.problems(with_copy, colours)
        yield from collisions(layout.value, layout.marks, shape)


def _colours_not_there(brief: Brief, wanted: set[str]) -> Iterator[Problem]:
    """The problems of a brand without a colour that layouts count on, told at the brand: the layouts are right."""
    for colour in _EXPECTED:
        if colour in wanted and colour not in brief.brand.value.colours:
            message = f"the brand has no colour `{colour}`, which its layouts use"
            yield Problem(message, brief.brand.marks.key("colours"), f'add it, such as `{colour}: "#0a66c2"`')


def _words(brief: Brief, columns: frozenset[str], scene: frozenset[str]) -> Vocabulary:
    """The names that templates may speak of; of an audience only the fields that every audience has."""
    fields = [frozenset(audience.model_dump()) for audience in brief.campaign.value.audiences]
    return {
        "product": columns,
        "products": columns,
        "brand": frozenset(type(brief.brand.value).model_fields),
        "scene": scene | {"name"},
        "audience": frozenset.intersection(*fields) if fields else frozenset(),
        "locale": None,
        "today": None,
        "mode": None,
    }
