"""The command line against aimock, a server by others that speaks the protocol as they understand it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from assetgen.cli import main
from tests.conftest import ROOT
from tests.kit import change, manifest, pictures, with_model

HOME = ROOT / "tests/aimock"
INSTALLED = HOME / "node_modules/.installed-for-tests"
OLDEST_NODE = (20, 15)
OUTPUT = Path("output/small")
SIZE = "the provider sent 512 x 512 pixels, 1264 x 1264 were asked for"
EACH = {"image": "0.04"}  # aimock says nothing about usage


def answer(word: str, response: dict[str, Any], **match: object) -> dict[str, Any]:
    """What aimock answers to prompts with this word."""
    return {"match": {"endpoint": "image", "userMessage": word, **match}, "response": response}


def fixtures() -> dict[str, Any]:
    file = io.BytesIO()
    Image.radial_gradient("L").resize((512, 512)).convert("RGB").save(file, "png")
    picture = {"image": {"b64Json": base64.b64encode(file.getvalue()).decode()}}
    blocked = {"code": "moderation_blocked", "type": "image_generation_user_error", "message": "Rejected."}
    limited = {"code": "rate_limit_exceeded", "type": "requests", "message": "Too many."}
    return {
        "fixtures": [
            answer("poison", {"status": 400, "error": blocked}),
            answer("hurry", {"status": 429, "error": limited, "retryAfter": 1}, sequenceIndex=0),
            answer("shelf", picture),
        ]
    }


def run_npm(*words: str) -> subprocess.CompletedProcess[str]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("aimock comes from npm, which is not installed here")
    return subprocess.run([npm, *words], cwd=HOME, capture_output=True, text=True, timeout=90, check=False)


def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("aimock runs on Node.js, which is not installed here")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    version = tuple(map(int, re.findall(r"\d+", said)[:2]))
    if version < OLDEST_NODE:
        pytest.skip(f"aimock needs Node.js 20.15, here is {said.strip()}")
    return found


def install() -> None:
    """Once for each lock file. A registry that answers, and yet no aimock, is no reason to skip."""
    wanted = hashlib.sha256((HOME / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.is_file() and INSTALLED.read_text() == wanted:
        return
    fast = ("--fetch-retries=1", "--fetch-retry-mintimeout=500", "--fetch-timeout=20000")
    done = run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", *fast)
    if done.returncode:
        if run_npm("ping", *fast).returncode:
            pytest.skip("aimock comes from the npm registry, which cannot be reached")
        pytest.fail(f"npm could not install aimock:\n{done.stderr}")
    INSTALLED.write_text(wanted)


@pytest.fixture(scope="session")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own, which ends with the tests."""
    program = node()
    install()
    file = tmp_path_factory.mktemp("aimock") / "fixtures.json"
    file.write_text(json.dumps(fixtures()))
    command = [program, "serve.js", str(file)]
    with subprocess.Popen(command, cwd=HOME, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        address = server.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "aimock did not start: see its words above"
        yield address
        server.stdin.close()


class Service:
    """aimock as one test sees it."""

    def __init__(self, address: str) -> None:
        self._journal = f"{address}/__aimock/journal"
        self._before = len(self._entries())

    def _entries(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(self._journal) as answer:
            entries: list[dict[str, Any]] = json.load(answer)
        return entries

    @property
    def asked(self) -> list[tuple[str, int]]:
        """The endpoints that were called, and what they answered."""
        entries = self._entries()[self._before :]
        return [(entry["path"].removeprefix("/v1/"), entry["response"]["status"]) for entry in entries]


@pytest.fixture
def service(aimock: str, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{aimock}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    return Service(aimock)


@pytest.fixture
def campaign(small: Path) -> Path:
    """The small shop with one channel."""
    change(small, "instagram-feed-square, amazon-main", "instagram-feed-square")
    return small


def run(campaign: Path) -> int:
    return main(["run", str(campaign)])


def findings(rule: str) -> set[str]:
    """What the manifest says under a rule."""
    return {f["message"] for asset in manifest(OUTPUT)["assets"] for f in asset["checks"] if f["rule"] == rule}


def say(words: str) -> None:
    change(Path("templates/prompts/shelf.j2"), "a shelf", f"a shelf {words}")


def test_plates_are_made_and_what_is_odd_about_them_is_told(campaign: Path, service: Service) -> None:
    with_model(campaign, budget="{run: 1}", prices=EACH)

    assert run(campaign) == 0
    assert service.asked == [("images/generations", 200)]
    assert len(pictures(OUTPUT)) == 3
    assert findings("plate") == {SIZE}


@pytest.mark.parametrize(
    "scene",
    ["mode: edit", "mode: edit\n    protect: true", "mode: variation"],
    ids=["edit", "edit round a mask", "variation"],
)
def test_products_are_redrawn_by_edits(campaign: Path, service: Service, scene: str) -> None:
    with_model(campaign, scene=scene)
    change(campaign, "layout: card", "layout: card\nlikeness: {reject_below: 0}")  # it answers with no product at all

    assert run(campaign) == 0
    assert service.asked == [("images/edits", 200)] * 3
    assert SIZE in findings("plate")


@pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")  # the SDK's word on variations
def test_the_retired_endpoint_is_missed_once_and_named(campaign: Path, service: Service, capsys) -> None:
    with_model(campaign, scene="mode: variation", model="dall-e-2", parallel=1)

    assert run(campaign) == 4
    assert service.asked == [("images/variations", 404)]
    assert "the server does not offer this at its address" in capsys.readouterr().err


def test_a_blocked_prompt_is_a_refusal_and_the_rest_is_made(campaign: Path, service: Service, capsys) -> None:
    with_model(campaign)
    say("{{ 'of poison' if product.sku == 'B-2' }}")

    assert run(campaign) == 1
    assert sorted(service.asked) == [("images/generations", 200), ("images/generations", 400)]
    assert "the provider refused the prompt" in capsys.readouterr().err
    assert len(pictures(OUTPUT)) == 2


def test_a_limit_is_waited_for_and_the_picture_comes(campaign: Path, service: Service) -> None:
    with_model(campaign)
    say("in a hurry")
    started = time.monotonic()

    assert run(campaign) == 0
    assert service.asked == [("images/generations", 429), ("images/generations", 200)]
    assert time.monotonic() - started > 1


def test_screening_lets_plain_words_through(campaign: Path, service: Service) -> None:
    with_model(campaign, screen=True)

    assert run(campaign) == 0
    assert service.asked == [("moderations", 200), ("images/generations", 200), ("moderations", 200)]
    assert findings("plate") == {SIZE}


def test_screening_stops_a_flagged_prompt_before_it_costs(campaign: Path, service: Service, capsys) -> None:
    with_model(campaign, screen=True)
    say("for a sword")

    assert run(campaign) == 4
    assert service.asked == [("moderations", 200)]
    assert "the prompt was flagged before anything was paid: violence" in capsys.readouterr().err
