"""Words under a scene's `with:` that come to nothing: no template asks for them, or the provider passes them over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assetgen.config.mode import Mode
from assetgen.errors import Problem, did_you_mean
from assetgen.model.brief import Brief
from assetgen.planning.ideas import Idea, ideas
from assetgen.planning.pages import layouts_drawn, slots
from assetgen.ports import Provider
from assetgen.prompts import Templates

_NAME = r"\s*[^\W\d]\w*(?:\.\w+)*(?:\s*\|[^{}\[\]]*)?\s*"
_OF_OTHERS = rf"\$?\{{{_NAME}\}}|\[\[{_NAME}\]\]|<<{_NAME}>>|<%=?{_NAME}%>|%[^\W\d]\w+%"
"""Values as the templates of other programs have them."""


def idle_words(brief: Brief, templates: Templates, provider: Provider) -> Iterator[Problem]:
    """The problems of words that change no picture, each once for a scene."""
    yield from _half_braces(brief, templates)
    for idea in ideas(brief, templates):
        asked = idea.prompt.fields("scene")
        if idea.scene.words.keys() - asked and not idea.prompt.takes_all("scene"):
            yield from _unasked(brief, idea, asked, asked | _asked_elsewhere(brief, templates, idea))
        if idea.scene.mode is Mode.PLATE:
            yield from _passed_over(brief, idea, asked, provider)


def _half_braces(brief: Brief, templates: Templates) -> Iterator[Problem]:
    """The values that were meant to be filled in, and would be printed as they are written."""
    texts = [cells[locale] for cells in brief.copy.texts.values() for locale in brief.locales]
    texts += [idea.prompt.source for idea in ideas(brief, templates)]
    for name, shape in layouts_drawn(brief):
        layout = brief.layouts[name]
        drawn = slots(layout.value, layout.marks, shape, templates)
        texts += [fill.source for slot in drawn for fill in slot.fills.values()]
    for text in dict.fromkeys(texts):
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", text.text, flags=re.DOTALL)
        for written in dict.fromkeys(match.group() for match in re.finditer(_OF_OTHERS, plain)):
            meant = written.strip("${}[]<>% ")
            hint = f"values stand in two braces: `{{{{ {meant} }}}}`"
            yield Problem(f"`{written}` is printed as it stands", text.location, hint)


def _unasked(brief: Brief, idea: Idea, asked: frozenset[str], anywhere: frozenset[str]) -> Iterator[Problem]:
    known = sorted(asked - {"name"})
    lists = f"it knows {', '.join(f'`{word}`' for word in known)}" if known else "it takes no words"
    for word in idea.scene.words:
        if word not in anywhere:
            place = brief.campaign.marks.key("scenes", idea.name, "with", word)
            message = f"the template `{idea.scene.prompt}` never asks for `{word}`"
            yield Problem(message, place, did_you_mean(word, known, otherwise=lists))


def _asked_elsewhere(brief: Brief, templates: Templates, idea: Idea) -> frozenset[str]:
    """The words of scenes that copy, layouts and the scene's own rule speak of."""
    texts = [templates.text(cell) for cells in brief.copy.texts.values() for cell in cells.values()]
    for name, shape in layouts_drawn(brief):
        layout = brief.layouts[name]
        for slot in slots(layout.value, layout.marks, shape, templates):
            texts += [*slot.fills.values(), *filter(None, [slot.when])]
    read = [*texts, *filter(None, [idea.when])]
    everything = frozenset(idea.scene.words) if any(text.takes_all("scene") for text in read) else frozenset[str]()
    return everything.union(*(text.fields("scene") for text in read))


def _passed_over(brief: Brief, idea: Idea, asked: frozenset[str], provider: Provider) -> Iterator[Problem]:
    words = ". ".join(text for word, text in idea.scene.words.items() if word in asked)
    if doubt := provider.passed_over(words):
        yield replace(doubt, location=brief.campaign.marks.key("scenes", idea.name, "with"))
    elif doubt := provider.passed_over(idea.prompt.own_words):
        yield replace(doubt, location=idea.prompt.source.location)
