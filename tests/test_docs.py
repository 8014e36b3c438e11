"""The docs mention everything there is, and what they show works."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import assetgen
from assetgen.catalog import read_table
from assetgen.cli import FAULT, INTERRUPTED, main
from assetgen.cli.commands import app
from assetgen.config.mode import Mode
from assetgen.errors import AssetgenError
from assetgen.model.product import Product
from assetgen.planning.selection import FIELDS
from assetgen.ports import Provider
from assetgen.production.campaign_run import DEGRADED
from assetgen.production.product_groups import bundled
from assetgen.prompts.filter_socket import filters
from assetgen.providers.folder import Folder
from assetgen.providers.openai import OpenAI
from assetgen.providers.studio import Studio
from assetgen.sources import presets, schema
from assetgen.sources.copy_table import read_copy
from assetgen.sources.word_file import read_word_file
from assetgen.studio.studio_vocabulary import (
    EXTRAS,
    PLACES,
    SEASONS,
    SHADOWS,
    SIDES,
    STANDS,
    SURFACES,
    TIMES,
)
from docs.tables import PARTS, renewed
from tests.conftest import ROOT
from tests.kit import Flat, change, manifest

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
NEEDS_MORE = ("assetgen schema", "assetgen channels show", "assetgen channels check")
HARMLESS = ("init", "plan", "check", "channels", "schema", "cutout", "products")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def quoted(text: str) -> set[str]:
    """The words that stand in `backticks` or at the beginning of a line of an example."""
    spans = re.findall(r"`([^`\n]+)`", text)
    keys = re.findall(r"^[ -]*(\w+):", text, re.MULTILINE)
    return {word for span in spans for word in re.findall(r"[\w-]+", span)} | set(keys)


def groups(kind: str) -> list[dict[str, dict[str, object]]]:
    """The keys of a kind of file, each with its schema, for every group that it may hold."""
    whole = schema(kind)
    return [group.get("properties", {}) for group in (whole, *whole["$defs"].values())]


def keys(kind: str) -> set[str]:
    return {key for group in groups(kind) for key in group}


def blocks(name: str, language: str) -> list[str]:
    return blocks_of(page(name), language)


def blocks_of(text: str, language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for kind, block in found if kind == language]


def commands() -> list[tuple[str, list[str]]]:
    """Each command as it is typed, with its options."""
    return [
        (f"{name} {below}".strip(), [o for p in each.params if p.param_type_name == "option" for o in p.opts])
        for name, command in group(typer.main.get_command(app)).items()
        for below, each in ({"": command} | group(command)).items()
    ]


def group(command: Any) -> dict[str, Any]:
    return getattr(command, "commands", {})


def shell_examples() -> list[str]:
    """The harmless commands that the docs show, each once, in the order in which a reader meets them."""
    found: dict[str, None] = {}
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for block in blocks_of(text, ""):
            found |= dict.fromkeys(line.partition("  #")[0].strip() for line in block.splitlines())
        found |= dict.fromkeys(re.findall(r"`(assetgen (?:channels|schema)(?: [a-z][a-z-]*)*)`", text))
    words = ((line, line.split()) for line in found)
    return [
        line
        for line, word in words
        if word[:1] == ["assetgen"] and word[1] in HARMLESS and line not in NEEDS_MORE and "outdated" not in word
    ]


@pytest.mark.parametrize(("command", "options"), commands())
def test_every_command_and_option_is_explained(command: str, options: list[str]) -> None:
    text = page("engineers.md")
    assert f"`assetgen {command}" in text
    for option in options:
        rows = [line for line in text.splitlines() if line.startswith("|") and f"`{option}" in line]
        assert any(f"`{command}`" in row or f"`{command.split(maxsplit=1)[0]}`" in row for row in rows), option


def test_every_exit_code_is_explained() -> None:
    family = {0, DEGRADED, FAULT, INTERRUPTED, *(error.exit_code for error in AssetgenError.__subclasses__())}
    for name in ("engineers.md", "architecture.md"):
        _, _, section = page(name).partition("\n## Exit codes\n")
        assert {int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)} == family


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("campaign", ["campaigns.md", "channels.md"]),
        ("brand", ["campaigns.md"]),
        ("channels", ["channels.md"]),
        ("layout", ["layouts.md"]),
    ],
)
def test_every_key_of_every_file_is_explained(kind: str, names: list[str]) -> None:
    assert keys(kind) - {word for name in names for word in quoted(page(name))} == set()


def test_what_is_generated_is_as_make_docs_makes_it() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PAGES]

    assert [name for name in PARTS if not any(f"<!-- {name} -->" in text for text in texts)] == []
    for text in texts:
        assert renewed(text) == text, "run `make docs`"


def test_every_layer_has_a_place_of_its_own() -> None:
    kinds = {str(group["layer"]["const"]) for group in groups("layout") if "layer" in group}

    assert kinds == set(re.findall(r"^### (\w+)$", page("layouts.md"), re.MULTILINE))


def test_every_setting_of_the_studio_is_explained() -> None:
    assert set(Studio.model_fields) - quoted(page("campaigns.md")) == set()


@pytest.mark.parametrize("provider", [Folder, OpenAI])
def test_every_setting_of_the_providers_is_explained(provider: type[Provider]) -> None:
    assert set(provider.model_fields) - quoted(page("providers.md")) == set()


def test_every_set_of_the_studio_is_shown_with_its_words() -> None:
    text = page("studio.md")
    _, _, table = text.partition("<!-- sets -->")
    cells = dict(re.findall(r"!\[([\w-]+)\]\(images/studio/\1\.jpg\)<br>([^|]*)", table))

    assert cells.keys() == PLACES.keys()
    for place, words in PLACES.items():
        assert set(words.split(", ")) == set(re.findall(r"`([^`]+)`", cells[place]))
    for meanings in (STANDS, SURFACES, EXTRAS, TIMES, SIDES, SHADOWS, SEASONS):
        assert [each for each in meanings.values() if not any(f"`{word}`" in text for word in each.split(", "))] == []


def test_every_picture_of_the_docs_is_there() -> None:
    for path in PAGES:
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), target


@pytest.mark.parametrize("cell", [" ", "  ", "", " what stood there "])
def test_the_right_cell_of_a_filter_is_filled_in_whatever_stands_there(cell: str) -> None:
    row = '| `{{ "oat" \\| upper }}` |'

    assert renewed(f"<!-- filters -->\n{row}{cell}|\n<!-- /filters -->") == (
        f"<!-- filters -->\n{row} OAT |\n<!-- /filters -->"
    )


def test_every_filter_mode_and_field_to_select_by_is_explained() -> None:
    assert set(filters()) - quoted(page("templates.md")) == set()
    assert {mode.value for mode in Mode} - quoted(page("campaigns.md")) == set()
    assert set(FIELDS) - quoted(page("engineers.md")) == set()


def test_every_field_of_plan_and_manifest_is_explained(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Path("campaigns/products.csv"), "green.png", "lost.png")
    assert main(["plan", str(small), "--json"]) == 0
    assert main(["check", str(small), "--json"]) == 1
    objects: list[object] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    outcome = assetgen.run(assetgen.load(small), limit=2, provider=Flat())

    fields = set(names([*objects, manifest(outcome.output), outcome.as_json()]))
    assert fields - quoted(page("engineers.md")) - {channel.id for channel in assetgen.load(small).channels} == set()


def names(value: object) -> Iterator[str]:
    """The keys of all objects in a piece of JSON, but for those of objects whose keys are somebody's words."""
    if isinstance(value, dict):
        yield from value
        for key, below in value.items():
            yield from names(below) if key not in {"request", "scope", "inputs", "causes", "spent"} else ()
    elif isinstance(value, list):
        for below in value:
            yield from names(below)


@pytest.mark.parametrize("example", shell_examples())
def test_commands_in_the_docs_work(workspace: Path, example: str) -> None:
    _, *words = shlex.split(example)
    if "my-shop" in example and words[0] != "init":
        assert main(["init", "my-shop"]) == 0

    assert main(words) == 0


def test_the_short_campaign_of_the_docs_is_a_whole_one(workspace: Path) -> None:
    short = next(block for block in blocks("campaigns.md", "yaml") if block.startswith("name: Spring"))
    Path("campaigns/short.yaml").write_text(short, encoding="utf-8")

    assert main(["check", "--no-cutouts", "campaigns/short.yaml"]) == 0


def test_the_tables_of_the_docs_can_be_read(tmp_path: Path) -> None:
    products, words, bundles, copy = (block for block in blocks("campaigns.md", "") if re.match(r"\w+,", block))
    table, texts = tmp_path / "products.csv", tmp_path / "copy.csv"
    table.write_text(products, encoding="utf-8")

    assert [row.sku for row in read_table(table)] == ["MUG-SPK-01", "OIL-AMB-30"]
    table.write_text(bundles, encoding="utf-8")
    assert [bundled(row) for row in read_table(table) if isinstance(row, Product)] == [
        ("LAMP-SAGE-S", "MUG-SPK-01", "MUG-SPK-01")
    ]
    texts.write_text(words, encoding="utf-8")
    assert {sku: line.words for sku, line in read_word_file(texts).items()} == {"MUG-SPK-01": ("3f2a91bc",)}
    texts.write_text(copy, encoding="utf-8")
    assert set(read_copy(texts, ("en-US", "zh-CN")).texts) == {"headline", "cta", "offer"}


def test_the_layout_of_the_docs_can_be_used(workspace: Path) -> None:
    poster = next(block for block in blocks("layouts.md", "yaml") if block.startswith("# yaml-language-server"))
    Path("templates/layouts/poster.yaml").write_text(poster, encoding="utf-8")
    campaign = Path("campaigns/spring.yaml")
    text = re.sub(r"square: \w+", "square: poster", campaign.read_text(encoding="utf-8"))
    campaign.write_text(text, encoding="utf-8")

    assert main(["check", "--no-cutouts", str(campaign)]) == 0


def test_the_channels_of_the_docs_can_be_used(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples = blocks("channels.md", "yaml")
    rows = next(block for block in examples if "shop-window" in block)
    Path("templates/channels.yaml").write_text(rows, encoding="utf-8")
    assert main(["channels", "check", "templates/channels.yaml"]) == 0
    assert main(["channels", "sets", "launch"]) == 0
    assert main(["channels", "show", "instagram-story"]) == 0
    assert "300 kB" in capsys.readouterr().out

    whole = Path("campaigns/spring.yaml").read_text(encoding="utf-8")
    for block in (*examples, *blocks("campaigns.md", "yaml")):
        if block.startswith("channels:"):
            before, _, after = re.split(r"^(channels:\n(?:  - .*\n)+)", whole, flags=re.MULTILINE)
            Path("campaigns/other.yaml").write_text(before + block + after, encoding="utf-8")
            assert main(["check", "--no-cutouts", "campaigns/other.yaml"]) == 0


def test_every_set_of_channels_is_in_the_docs() -> None:
    assert set(presets().sets) - quoted(page("channels.md")) == set()
    assert {channel.evidence for channel in presets().channels.values()} - quoted(page("channels.md")) == set()


def test_links_between_the_docs_lead_somewhere() -> None:
    for path in DOCS.glob("*.md"):
        for name, anchor in re.findall(r"\]\((\w[\w./]*\.md)?(?:#([\w-]+))?\)", path.read_text(encoding="utf-8")):
            target = DOCS / name if name else path
            heads = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert not anchor or anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
