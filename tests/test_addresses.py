"""Which addresses a photo may come from, and whom one really speaks to."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from assetgen.config.fetching import Fetching
from assetgen.photos.fetcher import Fetcher
from assetgen.web import Unfetched
from assetgen.web.network import special
from tests.certificates import certificate
from tests.fetching import fetch, picture, reason
from tests.photoserver import PhotoServer, Reply, photo_server


def test_redirects_are_followed_as_far_as_is_allowed(photos: PhotoServer) -> None:
    photos.photo("/0", picture())
    for n in range(1, 7):
        photos.says(f"/{n}", Reply(301, headers={"location": f"/{n - 1}"}))

    assert fetch(photos.url("/5"))
    assert reason(photos.url("/6")) == "leads on more than 5 times"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("http://localhost:{port}/mug.png", "is not fetched: `localhost` is "),
        ("http://10.0.0.7/mug.png", "is not fetched: `10.0.0.7` is 10.0.0.7, a private network"),
        ("file:///etc/passwd", "leads on to an address that is a `file:` address, and those are not fetched"),
        ("http://me:secret@127.0.0.1/", "leads on to an address that has a name or password in its address"),
        ("http://exa mple/", "leads on to an address that is not a well-formed address"),
    ],
)
def test_each_address_on_the_way_is_looked_at(photos: PhotoServer, target: str, said: str) -> None:
    photos.photo("/mug.png", picture())
    address = photos.says("/short", Reply(302, headers={"location": target.format(port=photos.port)}))

    assert reason(address).startswith(said)
    assert [asked.path for asked in photos.asked] == ["/short"]


def test_nothing_is_told_to_a_host_but_what_it_must_know(photos: PhotoServer) -> None:
    photos.photo("/mug.png", picture())
    cookie = {"set-cookie": "you=tracked; Path=/", "location": "/mug.png"}
    fetch(photos.says("/short", Reply(302, headers=cookie)))

    assert set(photos.asked[-1].headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert photos.asked[-1].headers["user-agent"].startswith("assetgen/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.1", "198.18.0.1", "203.0.113.5", "224.0.0.251", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::fb", "2001:db8::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::1", "192.0.0.192", "168.63.129.16", "::ffff:168.63.129.16", "64:ff9b::a83f:8110", "192.88.99.1",
        "3fff::1", "3fff:fff::1", "5f00::1", "2002:7f00:1::1", "2002:c0a8:101::1", "2001:0:4136:e378::1",
    ],
)  # fmt: skip
def test_addresses_of_special_networks_are_known(address: str) -> None:
    assert special(address)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "1.1.1.1",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
        "192.0.1.1",
        "168.63.129.17",
        "2a00::1",
    ],
)
def test_addresses_of_the_open_internet_are_not_special(address: str) -> None:
    assert special(address) is None


def test_a_host_of_which_one_address_is_private_is_not_asked(photos: PhotoServer) -> None:
    said = reason(photos.url("/mug.png", "cdn.test"), means=["93.184.216.34", "10.0.0.5"])

    assert said == "is not fetched: `cdn.test` is 10.0.0.5, a private network"
    assert photos.asked == []


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the name means something else as soon as it is looked up again."""
    answers, connected = iter([["93.184.216.34"], ["127.0.0.1"]]), []

    def connect(_: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    fetcher = Fetcher(Fetching(), lambda _host, _port: next(answers))
    with pytest.raises(Unfetched, match=r"`cdn\.test` takes no connection"):
        fetcher.fetch("http://cdn.test/mug.png")

    assert connected == [("93.184.216.34", 80)]


def test_an_allowed_host_may_be_anywhere_and_is_called_by_its_name(photos: PhotoServer) -> None:
    photos.photo("/mug.png", picture())

    assert fetch(photos.url("/mug.png", "Photos.TEST"), means=["127.0.0.1"])
    assert photos.asked[0].headers["host"] == f"photos.test:{photos.port}"


def test_where_one_address_of_a_host_takes_no_connection_the_next_is_tried(
    photos: PhotoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: tuple[str, int]) -> None:
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    photos.photo("/mug.png", picture())

    assert fetch(photos.url("/mug.png", "photos.test"), means=["93.184.216.34", "127.0.0.1"])


def test_a_host_that_nobody_knows_is_told() -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Unfetched, match=r"nobody knows the host `cnd\.test`"):
        Fetcher(Fetching(), unknown).fetch("https://cnd.test/mug.png")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://2130706433/mug.png", "is not fetched: `2130706433` is 127.0.0.1, this machine itself"),
        ("http://[::ffff:127.0.0.1]/", "is not fetched: `::ffff:127.0.0.1` is ::ffff:127.0.0.1, this machine itself"),
        ("file:///etc/passwd", "is a `file:` address, and those are not fetched"),
        ("ftp://shop.example/mug.png", "is a `ftp:` address, and those are not fetched"),
        ("data:image/png;base64,AAAA", "is a `data:` address, and those are not fetched"),
        ("//cdn.example/mug.png", "does not begin with `https://`"),
        ("https://me:secret@cdn.example/mug.png", "has a name or password in its address"),
        ("https:///mug.png", "is not a well-formed address"),
        ("https://cdn.example:99999/mug.png", "is not a well-formed address"),
        ("https://cdn example/mug.png", "is not a well-formed address"),
        ("https://cdn.example/mug\n.png", "is not a well-formed address"),
        (f"https://{'a' * 70}.example/", f"cannot be fetched: nobody knows the host `{'a' * 70}.example`"),
    ],
)
def test_addresses_that_are_not_asked(address: str, said: str) -> None:
    assert reason(address, Fetching()) == said


def test_letters_of_all_scripts_are_quoted_as_the_internet_does(photos: PhotoServer) -> None:
    settings = Fetching(internal_hosts=("bücher.test",))
    photos.photo("/f%C3%B6tos/a%20b.png?gr%C3%B6%C3%9Fe=1", picture())

    assert fetch(photos.url("/fötos/a b.png?größe=1#oben", "Bücher.test"), settings, means=["127.0.0.1"])
    assert photos.asked[0].headers["host"] == f"xn--bcher-kva.test:{photos.port}"


def test_a_certificate_must_be_for_the_name_and_not_for_the_address(
    loopback: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks, believed = certificate("photos.test", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(believed))
    with photo_server(speaks) as photos:
        photos.photo("/mug.png", picture())

        assert fetch(photos.url("/mug.png", "photos.test", "https"), means=["127.0.0.1"])
        said = reason(photos.url("/mug.png", scheme="https"))

    assert said.startswith(
        "cannot be fetched safely: the certificate of `127.0.0.1` does not hold (IP address mismatch"
    )


def test_a_certificate_that_nobody_vouches_for_is_told(loopback: None, tmp_path: Path) -> None:
    speaks, _ = certificate("photos.test", tmp_path)
    with photo_server(speaks) as photos:
        said = reason(photos.url("/mug.png", "photos.test", "https"), means=["127.0.0.1"])

    assert said.startswith("cannot be fetched safely: the certificate of `photos.test` does not hold (")
