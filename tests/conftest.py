"""Fixtures of all tests: no network, no keys, and small workspaces to work in."""

from __future__ import annotations

import os
import shutil
import socket
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from assetgen.cli import main
from assetgen.model.request import ALONE, Attached, Generated, Request
from assetgen.providers.studio import Studio
from tests import kit
from tests.authority import AUTHORITY, asking
from tests.beside_plugins import install_those_of_the_docs
from tests.imageserver import ImageServer
from tests.photoserver import PhotoServer, photo_server
from tests.slow_tests import mark_slow

ROOT = kit.ROOT

_connect = socket.socket.connect


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew` writes down what raised recipes give, see test_recipe.py."""
    parser.addoption("--renew", action="store_true", help="write into tests/recipe/ what raised recipes give")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_slow(items)
    items.sort(
        key=lambda item: item.path.name != "test_wheel.py"
    )  # last it would keep one processor waiting for a minute


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a test tried to reach the network; use a server on loopback and say so with a fixture")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for variable in list(os.environ):
        if variable in {"OPENAI_API_KEY", "OPENAI_BASE_URL"} or variable.startswith("ASSETGEN_C2PA_"):
            monkeypatch.delenv(variable)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch, _no_network: None) -> None:
    """Connections within this machine are allowed."""

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] == "127.0.0.1", address
        _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def server(loopback: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImageServer]:
    """A service that makes pictures, with its address and key in the environment."""
    with ImageServer() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", running.key)
        yield running


@pytest.fixture
def photos(loopback: None) -> Iterator[PhotoServer]:
    """A host of photos, whose address is 127.0.0.1."""
    with photo_server() as running:
        yield running


@pytest.fixture
def object_store(loopback: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A folder in an empty bucket of a server that speaks S3; its address and keys are in the environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://127.0.0.1:{1}".format(*server.get_host_and_port())
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    for path, method in (("moto-api/reset", "POST"), ("pictures", "PUT")):  # what earlier tests left is still there
        urllib.request.urlopen(urllib.request.Request(f"{address}/{path}", method=method)).close()
    yield "s3://pictures/shop"
    server.stop()


@pytest.fixture(scope="session")
def _traced() -> Callable[[Studio, Request], Generated]:
    """The studio's picture for a request, kept: that it is the same each time is tested in `test_studio.py`."""
    generate = Studio.generate
    seen: dict[tuple[object, ...], Generated] = {}

    def answer(studio: Studio, request: Request, attached: Attached = ALONE) -> Generated:
        key = (request.prompt, request.take, request.width, request.height)
        if key not in seen:
            seen[key] = generate(studio, request, attached)
        return seen[key]

    return answer


@pytest.fixture
def _traced_once(_traced: Callable[[Studio, Request], Generated], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tracing a plate takes two thirds of a small run: what one test asked the studio for serves the others."""
    monkeypatch.setattr(Studio, "generate", _traced)


@pytest.fixture
def workspace(tmp_path: Path, _traced_once: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample campaign in a folder of its own, which is the current folder."""
    for part in ("campaigns", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small(tmp_path: Path, _traced_once: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The campaign file of the small shop, whose folder is the current one."""
    monkeypatch.chdir(tmp_path)
    return kit.shop(tmp_path)


@pytest.fixture
def many(small: Path, server: ImageServer) -> Path:
    """Twelve products, each with a plate of its own, for one channel, on a server of one's own."""
    server.models["quick"] = None
    rows = "".join(f"P-{n:02},Thing {n},1.00,EUR,red.png\n" for n in range(12))
    kit.draw_product(Path("campaigns/red.png"), "red", 64)
    Path("campaigns/products.csv").write_text("sku,title,price,currency,photo\n" + rows)
    kit.change(small, "[instagram-feed-square, amazon-main]", "[display-300x250]")
    kit.change(Path("templates/layouts/card.yaml"), "square:", "rectangle: [{layer: plate}]\nsquare:")
    return small


@pytest.fixture(scope="session")
def _shop_with_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small shop whose pictures are made: once for all tests, which copy it and leave it alone."""
    folder = tmp_path_factory.mktemp("shop")
    with chdir(folder):
        assert main(["run", str(kit.shop(folder))]) == 0
    return folder


@pytest.fixture
def made(_shop_with_pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The campaign file of the small shop once everything of it is made and good; its folder is the current one.

    A copy that keeps the times of files, by which the ledger knows them.
    """
    shutil.copytree(_shop_with_pictures, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "campaigns/small.yaml"


@pytest.fixture(scope="session")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installed package that has all plug-ins of docs/plugins.md."""
    return install_those_of_the_docs(tmp_path_factory.mktemp("documented"))


@pytest.fixture
def certs(tmp_path: Path) -> Path:
    """A folder with a good certificate, its key and its root."""
    AUTHORITY.lay(tmp_path / "certs")
    return tmp_path / "certs"


@pytest.fixture
def signed_shop(small: Path, certs: Path) -> Path:
    """The campaign file of the small shop, which signs."""
    return asking(small, "certificate: ../certs/our.pem, key: ../certs/key.pem, trust: ../certs/root.pem")
