"""Every field of a brand and of a channel that changes pictures changes their keys, and no other does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from pydantic import BaseModel

import assetgen
from assetgen.config.brand import Brand
from assetgen.config.channel import Channel
from assetgen.planning.planner import pixel_rules
from assetgen.production.plan_stream import ProductPlan
from assetgen.sources import channels
from tests.kit import Flat, draw_product, shop, write

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="{}"/></svg>'

LAYOUT = """\
square:
  - {layer: plate}
  - {layer: shape, colour: paper, box: [0, 0, 1, 0.5], radius: panel}
  - {layer: product, box: [0.3, 0.5, 0.95, 0.95]}
  - {layer: logo, box: [0, 0.85, 0.25, 1]}
  - {layer: text, text: "{{ copy.headline }}", role: heading, box: [0.05, 0.05, 0.95, 0.15], size: headline}
  - {layer: text, text: "{{ copy.offer }}", box: [0.05, 0.17, 0.95, 0.25], size: small, follow: m}
  - {layer: badge, text: Now, box: [0.05, 0.3, 0.95, 0.4], size: body}
"""

BRAND: dict[str, Any] = {
    "name": "Plain",
    "logo": "logo.svg",
    "logo_dark": "dark.svg",
    "colours": {"ink": "#222222", "paper": "#fafafa", "accent": "#aa4422"},
    "fonts": {"heading": "Inter SemiBold", "body": "Inter"},
    "scale": {
        "base": 0.03, "ratio": 1.2, "spacing": 0.015, "margin": 0.05, "badge_radius": 0.5, "panel_radius": 0.0,
    },
    "voice": "calm",
    "never_say": [],
    "style": [],
    "credit": "Ours",
    "copyright": "Ours too",
}  # fmt: skip

CHANGING: dict[tuple[str, ...], object] = {
    ("logo",): "third.svg",
    ("logo_dark",): "third.svg",
    ("colours", "ink"): "#222223",
    ("colours", "paper"): "#fafafb",
    ("colours", "accent"): "#aa4423",
    ("fonts", "heading"): "Inter Bold",
    ("fonts", "body"): "Inter Medium",
    ("scale", "base"): 0.031,
    ("scale", "ratio"): 1.21,
    ("scale", "spacing"): 0.016,
    ("scale", "margin"): 0.051,
    ("scale", "badge_radius"): 0.4,
    ("scale", "panel_radius"): 0.1,
    ("credit",): "Theirs",
    ("copyright",): "Theirs too",
}

LEAVING: dict[tuple[str, ...], object] = {
    ("name",): "Other",
    ("voice",): "loud",
    ("never_say",): ["sale"],
    ("style",): ["style.png"],
}
"""Fields that reach a picture through a prompt alone; none of these prompts speaks of them."""

DESCRIBING = {"id", "name", "platform", "aspect", "notes", "source", "official_page", "checked"}
"""What a channel is called, and where its facts are from."""


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """The small shop with all that a brand can say, in a layout that takes all measures from it."""
    file, brands = shop(tmp_path), tmp_path / "templates/brands"
    write(tmp_path / "templates/layouts/card.yaml", LAYOUT)
    for radius, name in enumerate(("logo", "dark", "third"), start=2):
        write(brands / f"{name}.svg", SVG.format(radius))
    draw_product(brands / "style.png", "red")
    write_brand(file, BRAND)
    return file


def write_brand(campaign: Path, brand: dict[str, Any]) -> None:
    write(campaign.parent.parent / "templates/brands/plain.yaml", yaml.safe_dump(brand))


class Drawn(Flat):
    """A provider whose pictures come from a model, and are labelled."""

    ai: ClassVar[bool] = True


def keys(campaign: Path, provider: Flat | None = None) -> dict[str, str]:
    """Of the pictures of one product: one with a layout, and one on white."""
    plan = assetgen.plan(assetgen.load(campaign), select=["sku:A-1"], provider=provider or Flat())
    return {
        planned.asset.channel.id: planned.asset.key
        for item in plan
        if isinstance(item, ProductPlan)
        for planned in item.planned
    }


def with_field(path: tuple[str, ...], value: object) -> dict[str, Any]:
    name, *rest = path
    return {**BRAND, name: {**BRAND[name], rest[0]: value} if rest else value}


@pytest.mark.parametrize(("path", "value"), CHANGING.items(), ids=map(".".join, CHANGING))
def test_a_field_of_the_brand_that_is_seen_gives_another_key(
    campaign: Path, path: tuple[str, ...], value: object
) -> None:
    before = keys(campaign)
    write_brand(campaign, with_field(path, value))
    after = keys(campaign)

    assert after["instagram-feed-square"] != before["instagram-feed-square"]
    on_white = {("scale", "margin"), ("credit",), ("copyright",)}
    assert (after["amazon-main"] != before["amazon-main"]) is (path in on_white)


@pytest.mark.parametrize(("path", "value"), LEAVING.items(), ids=map(".".join, LEAVING))
def test_a_field_of_the_brand_that_is_not_seen_leaves_the_keys(
    campaign: Path, path: tuple[str, ...], value: object
) -> None:
    before = keys(campaign)
    write_brand(campaign, with_field(path, value))

    assert keys(campaign) == before


def test_a_logo_for_light_ground_is_another_one_than_the_same_for_dark(campaign: Path) -> None:
    write_brand(campaign, {**BRAND, "logo": None})
    before = keys(campaign)
    write_brand(campaign, {**BRAND, "logo": "dark.svg", "logo_dark": None})

    assert keys(campaign)["instagram-feed-square"] != before["instagram-feed-square"]


def test_another_logo_of_the_same_name_gives_another_key(campaign: Path) -> None:
    before = keys(campaign)
    write(campaign.parent.parent / "templates/brands/logo.svg", SVG.format(5))

    assert keys(campaign)["instagram-feed-square"] != before["instagram-feed-square"]


def test_another_icon_beside_the_words_of_a_label_gives_another_key(campaign: Path) -> None:
    icon = write(campaign.parent / "icon.svg", SVG.format(2))
    with campaign.open("a", encoding="utf-8") as file:
        file.write("disclosure: {label: eu, icon: icon.svg}\n")
    before = keys(campaign, Drawn())
    write(icon, SVG.format(3))

    assert keys(campaign, Drawn())["instagram-feed-square"] != before["instagram-feed-square"]


def test_no_field_of_a_brand_is_forgotten_here() -> None:
    tried = {path[: 1 if path[0] == "colours" else None] for path in (*CHANGING, *LEAVING)}
    assert tried == set(fields(Brand))


def fields(kind: type[BaseModel], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, field in kind.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from fields(field.annotation, (*at, name))
        else:
            yield (*at, name)


@pytest.mark.parametrize("field", Channel.model_fields)
def test_every_rule_of_a_channel_counts_and_nothing_that_only_describes_it(field: str) -> None:
    every = channels()
    channel = every["instagram-feed-square"]
    values = [getattr(other, field) for other in every.values()]
    changed = channel.model_copy(update={field: next(value for value in values if value != getattr(channel, field))})

    assert (pixel_rules(changed) == pixel_rules(channel)) is (field in DESCRIBING)
