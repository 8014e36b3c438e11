"""The scenes and rules of a campaign, compiled."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.config.scene import Scene
from assetgen.model.brief import Brief, TemplateText
from assetgen.prompts import Compiled, CompiledRule, Templates


@dataclass(frozen=True)
class Idea:
    """A scene with its templates compiled; `chooses` is the rule for the products that it shows together."""

    name: str
    scene: Scene
    prompt: Compiled
    when: CompiledRule | None
    chooses: CompiledRule | None


def ideas(brief: Brief, templates: Templates) -> tuple[Idea, ...]:
    """The scenes of a campaign, compiled."""
    return tuple(
        Idea(
            name,
            scene,
            templates.prompt(scene.prompt),
            when=rule(brief, templates, scene.when, "scenes", name, "when"),
            chooses=rule(brief, templates, scene.products, "scenes", name, "products")
            if isinstance(scene.products, str)
            else None,
        )
        for name, scene in brief.campaign.value.scenes.items()
    )


def rule(brief: Brief, templates: Templates, text: str | None, *place: str) -> CompiledRule | None:
    """A rule of the campaign file, which knows where it stands."""
    return templates.rule(TemplateText(text, brief.campaign.marks.at(*place))) if text else None
