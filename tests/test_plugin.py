"""Plug-ins of somebody else's, installed as packages and run as a program: those of the docs, and broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.beside_plugins import Program, lay_beside, run_beside, shown_in_docs
from tests.kit import change, manifest, pictures, write

BROKEN = """\
from typing import ClassVar

from jinja2 import pass_context

from assetgen.checks import Basis, Fault, Level, Rule
from assetgen.ports import Generated, Provider, Target, reads


class Clumsy(Provider):
    name: ClassVar[str] = "clumsy"
    over: str

    def generate(self, request, attached=None):
        return self.stumble("generate") or None

    def size(self, shape):
        return self.stumble("size") or (160, 160)

    def stumble(self, what):
        if what == self.over:
            raise RuntimeError(f"tripped over {what}")


def fussy(text):
    if text == "Cup":
        raise RuntimeError("not a cup")
    return text


@reads("locale")
def sly(looked, text):
    return looked["audience"]


@pass_context
def nosy(context, text):
    return context["locale"]


def _hasty(subject):
    raise RuntimeError("out of breath")


WEIGHT = Rule("weight", "it is as light as we like it", Level.ERROR, Basis.OURS, _hasty)
HASTY = Rule("hasty", "it is looked at calmly", Level.ERROR, Basis.OURS, _hasty)


class Slippery(Target):
    def present(self, folder):
        return {}

    def put(self, name, data, *, kind, cache):
        if "A-1" in name:
            raise RuntimeError("dropped it")
        self.kept = {**getattr(self, "kept", {}), name: data}

    def get(self, name):
        return getattr(self, "kept", {}).get(name)

    def remove(self, names):
        pass
"""


@pytest.fixture
def program(documented: Path) -> Program:
    return run_beside(documented)


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Program]:
    """assetgen beside a package `our-broken`, which has the entry points that are named."""

    def lay(socket: str, point: str, code: str = BROKEN) -> Program:
        points = f"[assetgen.{socket}]\n{point}\n"
        return run_beside(lay_beside(tmp_path / "broken", "our_broken", points, {"our_broken": code}))

    return lay


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop, whose plates are of paper."""
    change(small, "layout: card\n", f"layout: card\n{shown_in_docs('yaml', 'name: paper')}")
    return small


def plate_colours() -> set[object]:
    """Of the stored plates, each at a corner."""
    plates = [path for path in Path(".assetgen/store/plates").rglob("*") if path.is_file() and path.suffix != ".json"]
    return {corner(path) for path in plates}


def corner(picture: Path) -> object:
    with Image.open(picture) as image:
        return image.getpixel((0, 0))


def test_an_installed_provider_makes_plates_in_its_settings(shop: Path, program: Program) -> None:
    ended = program("run", str(shop))

    assert ended.returncode == 0, ended.stderr
    assert plate_colours() == {(0xAA, 0xBB, 0xCC)}
    assert len(pictures(Path("output/small"))) == 6
    scenic = [asset for asset in manifest(Path("output/small"))["assets"] if asset["scene"] == "shelf"]
    assert {(asset["provider"], asset["price"]["amount"]) for asset in scenic} == {("paper", "0")}


def test_a_setting_of_an_installed_provider_is_part_of_the_key(shop: Path, program: Program) -> None:
    def keys() -> set[str]:
        lines = [json.loads(line) for line in program("plan", str(shop), "--json").stdout.splitlines()]
        return {line["plate_key"] for line in lines if line.get("plate_key")}

    before = keys()
    change(shop, "#aabbcc", "#112233")
    after = keys()

    assert (len(before), len(after)) == (1, 1)
    assert before != after


def test_a_misspelt_setting_of_an_installed_provider_is_told(shop: Path, program: Program) -> None:
    change(shop, "colour:", "color:")
    ended = program("check", str(shop))

    assert ended.returncode == 2
    assert "did you mean `colour`?" in ended.stderr


def test_a_filter_that_reads_the_locale_gives_a_picture_for_each_on_channels_without_words(
    small: Path, program: Program
) -> None:
    change(small, "[en-US]", "[en-US, de-DE]")
    change(small, "[instagram-feed-square, amazon-main]", "[google-merchant-lifestyle]")
    write(Path("campaigns/copy.csv"), "key,en-US,de-DE\nheadline,Now,Jetzt\noffer,Here,Da\n")

    def planned() -> set[tuple[str, str]]:
        ended = program("plan", str(small), "--json")
        lines = [json.loads(line) for line in ended.stdout.splitlines()]
        return {(line["locale"], line["plate_key"]) for line in lines if "locale" in line}

    assert {locale for locale, _ in planned()} == {"all"}
    change(Path("templates/prompts/shelf.j2"), "a shelf", shown_in_docs("jinja", "measured").strip())
    assert sorted(locale for locale, _ in planned()) == ["de-DE", "en-US"]
    assert len({key for _, key in planned()}) == 2


def test_an_installed_check_is_put_to_every_file(small: Path, program: Program) -> None:
    Image.new("RGB", (300, 250), "#aabbcc").save("plain.png")
    ended = program("inspect", "plain.png")

    assert ended.returncode == 1
    assert "is one colour all over" in ended.stdout
    assert "it shows something" in program("inspect", "--rules").stdout


def test_an_installed_check_looks_at_files_that_were_made_before(small: Path, program: Program) -> None:
    assert run_beside()("run", str(small)).returncode == 0
    lines = [json.loads(line) for line in program("plan", str(small), "--json").stdout.splitlines()]

    assert {line["reason"] for line in lines if "reason" in line} == {"the checks changed"}


def test_files_are_published_to_an_installed_target(small: Path, program: Program, tmp_path: Path) -> None:
    said = shown_in_docs("yaml", "publish:").replace("/mnt/shop", str(tmp_path / "shop"))
    change(small, "layout: card\n", f"layout: card\n{said}")
    assert program("run", str(small)).returncode == 0
    ended = program("publish", str(small))

    assert ended.returncode == 0, ended.stderr
    assert {name.removeprefix("small/") for name in pictures(tmp_path / "shop")} == pictures(Path("output/small"))


def test_a_provider_that_raises_has_failed_a_request(small: Path, broken: Callable[..., Program]) -> None:
    change(small, "layout: card\n", "layout: card\nprovider: {name: clumsy, over: generate}\n")
    ended = broken("providers", "clumsy = our_broken:Clumsy")("run", str(small))

    assert "provider `clumsy` of `our-broken` failed with RuntimeError: tripped over generate" in ended.stderr
    assert ended.returncode == 4
    assert len(pictures(Path("output/small"))) == 3, "packshots need no provider"


def test_a_provider_that_answers_with_nothing_has_failed_a_request(small: Path, broken: Callable[..., Program]) -> None:
    change(small, "layout: card\n", "layout: card\nprovider: {name: clumsy, over: nothing}\n")
    ended = broken("providers", "clumsy = our_broken:Clumsy")("run", str(small))

    assert (
        "provider `clumsy` of `our-broken` failed with TypeError: its answer is of type NoneType, not Generated"
        in ended.stderr
    )


def test_a_provider_that_raises_while_it_is_planned_sets_rows_aside(
    small: Path, broken: Callable[..., Program]
) -> None:
    change(small, "layout: card\n", "layout: card\nprovider: {name: clumsy, over: size}\n")
    ended = broken("providers", "clumsy = our_broken:Clumsy")("run", str(small))

    assert ended.returncode == 1
    assert "provider `clumsy` of `our-broken` failed with RuntimeError: tripped over size" in ended.stderr


def test_a_filter_that_raises_sets_its_row_aside(small: Path, broken: Callable[..., Program]) -> None:
    change(Path("campaigns/copy.csv"), "{{ product.title }}", "{{ product.title | fussy }}")
    ended = broken("filters", "fussy = our_broken:fussy")("run", str(small))

    assert ended.returncode == 1
    assert "filter `fussy` of `our-broken` failed with RuntimeError: not a cup" in ended.stderr
    assert "copy.csv:3" in ended.stderr
    assert len(pictures(Path("output/small"))) == 4


def test_a_filter_is_told_apart_that_looks_up_what_it_did_not_declare(
    small: Path, broken: Callable[..., Program]
) -> None:
    change(Path("campaigns/copy.csv"), "{{ product.title }}", "{{ product.title | sly }}")
    ended = broken("filters", "sly = our_broken:sly")("run", str(small))

    assert ended.returncode == 1
    assert "filter `sly` of `our-broken` looks up `audience` and does not say so" in ended.stderr


def test_a_filter_that_takes_the_whole_context_is_refused(small: Path, broken: Callable[..., Program]) -> None:
    ended = broken("filters", "nosy = our_broken:nosy")("check", str(small))

    assert ended.returncode == 3
    assert "filter `nosy` of `our-broken` looks into the context and does not declare what it reads" in ended.stderr


def test_a_file_whose_check_raises_does_not_go_out(small: Path, broken: Callable[..., Program]) -> None:
    ended = broken("checks", "hasty = our_broken:HASTY")("run", str(small))

    assert ended.returncode == 1
    assert "the check of `our-broken` failed with RuntimeError: out of breath" in ended.stderr
    assert len(list(Path("output/small/rejected").rglob("*.jpg"))) == 6


def test_what_a_target_raises_over_is_an_upload_that_failed(small: Path, broken: Callable[..., Program]) -> None:
    change(small, "layout: card\n", "layout: card\npublish: {to: 'ice://rink', base_url: 'https://cdn.example.com'}\n")
    program = broken("targets", "ice = our_broken:Slippery")
    assert program("run", str(small)).returncode == 0
    ended = program("publish", str(small), "--json")

    assert ended.returncode == 1, ended.stderr
    told = json.loads(ended.stdout)
    assert (len(told["uploaded"]), len(told["failed"])) == (4, 2)
    assert set(told["failed"]) == {"target `ice` of `our-broken` failed with RuntimeError: dropped it"}


@pytest.mark.parametrize(
    ("socket", "point", "told"),
    [
        ("filters", "money = our_broken:fussy", "filter `money` is brought by `assetgen-toolkit` and by `our-broken`"),
        ("filters", "length = our_broken:fussy", "filter `length` is brought by `jinja2` and by `our-broken`"),
        (
            "checks",
            "ours = our_broken:WEIGHT",
            "the rule `weight` is brought by `our-broken` and by `assetgen-toolkit`",
        ),
    ],
)
def test_a_name_that_stands_twice_is_not_chosen_between(
    small: Path, broken: Callable[..., Program], socket: str, point: str, told: str
) -> None:
    ended = broken(socket, point)("plan", str(small))

    assert ended.returncode == 3
    assert told in ended.stderr


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ASSETGEN_INTERFACE = 2\nfussy = str", "is written for version 2 of the sockets"),
        ("raise ImportError('no libfussy')", "cannot be used here: no libfussy"),
    ],
)
def test_a_package_that_cannot_be_used_is_named(
    small: Path, broken: Callable[..., Program], code: str, told: str
) -> None:
    ended = broken("filters", "fussy = our_broken:fussy", code)("check", str(small))

    assert ended.returncode == 3
    assert f"filter `fussy` of `our-broken` {told}" in ended.stderr
