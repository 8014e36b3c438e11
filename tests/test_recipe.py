"""Recipes are part of keys: code that draws otherwise than before has to raise its own, or old pictures would stay.

Small pictures are drawn anew and compared with tests/recipe/*.json, which keep what each recipe gave. Whoever changes
what they look like raises the number that the test names, and runs it with `--renew`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from assetgen.checks import rules, rules_for_keys
from assetgen.config.layout import BuiltInLayer
from assetgen.config.shape import Shape
from assetgen.cutout.photo_care import CARING
from assetgen.cutters.alpha import Alpha
from assetgen.cutters.plain_backdrop import Plain
from assetgen.cutters.rembg import Rembg
from assetgen.cutters.two_witnesses import TwoWitnesses
from assetgen.files import ENCODING
from assetgen.fingerprint import digest
from assetgen.picture import COMPOSING
from assetgen.planning.compare import differences
from assetgen.plugins import OURS
from assetgen.providers.studio import Studio
from tests.recipe import cuts, sets
from tests.recipe import files as file_recipe
from tests.recipe.canvases import sheets
from tests.recipe.pinned import RENEWED_BY, Pinned, Seen
from tests.recipe.rules import Judging, judging, wrong

KEPT = Path(__file__).parent / "recipe"


def composed() -> dict[str, Seen]:
    return {name: Seen(sheet.pixels()) for name, sheet in sheets().items()}


def pinned(name: str, number: int, place: str) -> Pinned:
    return Pinned(number, place, KEPT / f"{name}.json")


RECIPES: Mapping[Pinned, Callable[[], dict[str, Seen]]] = {
    pinned("composing", COMPOSING, "COMPOSING in assetgen/picture/__init__.py"): composed,
    pinned("encoding", ENCODING, "ENCODING in assetgen/files/__init__.py"): file_recipe.written,
    pinned("plain", Plain.recipe, "Plain.recipe in assetgen/cutters/plain_backdrop.py"): cuts.plain,
    pinned(
        "two_witnesses", TwoWitnesses.recipe, "TwoWitnesses.recipe in assetgen/cutters/two_witnesses.py"
    ): cuts.two_witnesses,
    pinned("alpha", Alpha.recipe, "Alpha.recipe in assetgen/cutters/alpha.py"): cuts.alpha,
    pinned("caring", CARING, "CARING in assetgen/cutout/photo_care.py"): cuts.cared,
    pinned("rembg", Rembg.recipe, "Rembg.recipe in assetgen/cutters/rembg.py"): cuts.rembg,
    pinned("studio", Studio.recipe, "Studio.recipe in assetgen/providers/studio.py"): sets.studio,
}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.file.stem)
def test_a_recipe_gives_the_pictures_that_it_gave(recipe: Pinned, pytestconfig: pytest.Config) -> None:
    if wrong := recipe.wrong(RECIPES[recipe](), renew=pytestconfig.getoption("--renew")):
        pytest.fail(wrong, pytrace=False)


def test_a_rule_judges_by_the_code_that_it_judged_by(pytestconfig: pytest.Config) -> None:
    ours = {rule.name: judging(rule) for rule in rules() if rule.package == OURS}
    if told := wrong(ours, KEPT / "rules.json", renew=pytestconfig.getoption("--renew")):
        pytest.fail(told, pytrace=False)


def test_a_rule_that_is_changed_with_its_recipe_forgotten_is_told(tmp_path: Path) -> None:
    file, before = tmp_path / "rules.json", {"blur": Judging(3, "abc", "blur.py")}
    assert wrong(before, file, renew=True) is None
    assert wrong(before, file, renew=False) is None

    told = wrong({"blur": Judging(3, "xyz", "blur.py")}, file, renew=True)
    assert "raise `recipe` of `blur` in blur.py to 4" in str(told)
    assert "never lowered" in str(wrong({"blur": Judging(2, "abc")}, file, renew=True))

    raised = {"blur": Judging(4, "xyz", "blur.py"), "further": Judging(1, "new")}
    assert RENEWED_BY in str(wrong(raised, file, renew=False))
    assert wrong(raised, file, renew=True) is None
    assert wrong(raised, file, renew=False) is None


def test_comments_and_blanks_are_no_code_of_a_rule_and_its_constants_are(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in rules() if rule.name == "text-cover")
    before = judging(rule)
    monkeypatch.setattr("assetgen.checks.words._MUCH", 0.5)

    assert judging(rule).code != before.code
    monkeypatch.undo()
    assert judging(rule) == before


def test_the_data_that_a_rule_goes_by_are_part_of_every_key() -> None:
    said = files("assetgen").joinpath("data/ad_words.yaml").read_bytes()

    assert f"ad-words 1 {digest(said)[:16]}" in rules_for_keys()
    assert len({rule.name for rule in rules() if rule.goes_by}) == 2, "a rule that reads data says so in `goes_by`"


def test_every_kind_of_layer_and_every_shape_is_composed() -> None:
    drawn = sheets().values()
    kinds = set(get_args(BuiltInLayer))
    assert {type(layer) for sheet in drawn for layer in sheet.layers} == kinds, "draw it in tests/recipe/canvases.py"
    assert {Shape.of(sheet.canvas.width, sheet.canvas.height) for sheet in drawn} == {*Shape}


FLAT = Seen(np.full((40, 60, 3), 100, np.uint8), "good", 5000)


def first(tmp_path: Path) -> Pinned:
    """The first recipe, and what it gave."""
    recipe = Pinned(1, "DRAWING in drawing.py", tmp_path / "drawing.json")
    assert recipe.wrong({"a flat": FLAT}, renew=True) is None
    return recipe


def otherwise(picture: Seen = FLAT) -> Seen:
    pixels = picture.pixels.copy()
    pixels[20, 20:40] = 70
    return replace(picture, pixels=pixels)


@pytest.mark.parametrize("renew", [False, True])
def test_another_picture_of_the_same_recipe_is_told_and_not_renewed(tmp_path: Path, renew: bool) -> None:  # noqa: FBT001 - pytest passes it
    recipe = first(tmp_path)
    before = recipe.file.read_bytes()

    wrong = recipe.wrong({"a flat": otherwise()}, renew=renew)

    assert wrong is not None
    assert "“a flat” differs" in wrong
    assert f"raise DRAWING in drawing.py to 2, and run {RENEWED_BY}" in wrong
    assert recipe.file.read_bytes() == before


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (replace(FLAT, said="check"), "was `good` and is `check`"),
        (replace(FLAT, weight=5100), "weighed 5000 bytes and weighs 5100"),
        (replace(FLAT, pixels=FLAT.pixels[1:]), "has another size"),
    ],
)
def test_facts_are_compared_as_well(tmp_path: Path, picture: Seen, said: str) -> None:
    wrong = first(tmp_path).wrong({"a flat": picture}, renew=False)

    assert wrong is not None
    assert said in wrong


def test_a_raised_recipe_asks_to_be_renewed_and_then_gives_what_it_gave(tmp_path: Path) -> None:
    recipe = replace(first(tmp_path), number=2)
    drawn = {"a flat": otherwise()}

    assert f"run {RENEWED_BY}" in str(recipe.wrong(drawn, renew=False))
    assert recipe.wrong(drawn, renew=True) is None
    assert recipe.wrong(drawn, renew=False) is None
    assert "never lowered" in str(replace(recipe, number=1).wrong(drawn, renew=True))


def test_a_further_picture_needs_no_other_recipe(tmp_path: Path) -> None:
    recipe, drawn = first(tmp_path), {"a flat": FLAT, "another": otherwise()}

    assert f"run {RENEWED_BY}" in str(recipe.wrong(drawn, renew=False))
    assert recipe.wrong(drawn, renew=True) is None
    assert recipe.wrong(drawn, renew=False) is None


def test_what_machines_differ_by_is_no_other_picture(tmp_path: Path) -> None:
    pixels = FLAT.pixels.copy()
    pixels[::7, ::5] += 1

    assert first(tmp_path).wrong({"a flat": replace(FLAT, pixels=pixels)}, renew=False) is None


def test_why_tells_composing_and_encoding_apart() -> None:
    now = {"composing": str(COMPOSING), "encoding": str(ENCODING)}

    assert [*differences({**now, "composing": "4"}, now)] == ["assetgen composes differently since then"]
    assert [*differences({**now, "encoding": "4"}, now)] == ["assetgen writes files differently since then"]
