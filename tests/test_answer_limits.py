"""Answers have a time, a size and a place to come from; what is past these is given up with a sentence."""

from __future__ import annotations

import base64
import gzip
import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from assetgen.cli import main
from assetgen.errors import Closed, Unanswered
from assetgen.files.decode import whole_size
from assetgen.model.request import Request
from assetgen.patience import Patience
from assetgen.providers.openai import OpenAI
from assetgen.providers.openai.http_client import LARGEST, MOST
from assetgen.providers.openai.picture_addresses import PictureAddresses
from tests.kit import with_model
from tests.oddserver import Script, answer, dripping, odd_server

TEA = Request("tea", 256, 256)


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (256, 256), "teal").save(file, "png")
    return file.getvalue()


GOOD = answer({"data": [{"b64_json": base64.b64encode(picture()).decode()}]})


@pytest.fixture(autouse=True)
def _key(loopback: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")


def generate(script: Script, *, timeout: float = 0.4) -> bytes:
    with odd_server(script) as server, closing(OpenAI(base_url=server.url, timeout=timeout)) as provider:
        return provider.generate(TEA).data


@pytest.mark.parametrize("whole", [4, 40, len(GOOD) - 400], ids=["status", "headers", "body"])
def test_an_answer_that_drips_is_given_up_when_its_time_is_over(whole: int) -> None:
    with pytest.raises(Unanswered, match=r"no answer in 0\.4 s; the picture may have been made and paid for"):
        generate(lambda _line, _body: dripping(GOOD, whole))


def test_a_picture_that_drips_from_its_address_is_given_up_as_well() -> None:
    def script(line: str, _body: bytes) -> Iterator[bytes]:
        if line.startswith("GET"):
            yield from dripping(answer(picture(), content_type="image/png"), 200)
        else:
            yield answer({"data": [{"url": "/pictures/tea.png"}]})

    with pytest.raises(Unanswered, match=r"the finished picture `/pictures/tea\.png` (took too long|did not come)"):
        generate(script)


def test_an_answer_without_end_is_not_read_on() -> None:
    def endless(_line: str, _body: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n"
        for _ in range(20 * MOST // 1_000_000):
            yield b"A" * 1_000_000

    with pytest.raises(Unanswered, match="larger than 96 MB and was not read on; it may have been paid for"):
        generate(endless, timeout=30)


def test_a_packed_answer_is_measured_unpacked() -> None:
    bomb = answer(gzip.compress(b"A" * (MOST + 1_000_000), 1), content_encoding="gzip")
    with pytest.raises(Unanswered, match="larger than 96 MB"):
        generate(lambda _line, _body: iter([bomb]), timeout=30)


def test_a_picture_without_end_is_not_fetched() -> None:
    def script(line: str, _body: bytes) -> Iterator[bytes]:
        if line.startswith("POST"):
            yield answer({"data": [{"url": "/tea.png"}]})
            return
        yield b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"
        for _ in range(2 * LARGEST // 1_000_000):
            yield b"A" * 1_000_000

    with pytest.raises(Unanswered, match=r"`/tea\.png` is larger than 64 MB"):
        generate(script, timeout=30)


def test_a_page_of_an_error_is_read_at_its_beginning_only() -> None:
    page = answer(b"<html>" + b"busy " * 4_000_000, 503)
    with pytest.raises(Exception, match=r"out of order \(503\): it answered with a web page"):
        generate(lambda _line, _body: iter([page]))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_prompts_and_photos_are_not_led_to_another_host(status: int) -> None:
    with odd_server(lambda _line, _body: iter([GOOD])) as other:
        away = answer(b"", status, location=f"{other.url}/images/generations")
        with pytest.raises(Closed, match=r"leads on to another host, `127\.0\.0\.1:"):
            generate(lambda _line, _body: iter([away]))
        assert not other.asked


def test_within_one_host_a_request_is_led_on() -> None:
    def script(line: str, _body: bytes) -> Iterator[bytes]:
        yield GOOD if "/moved/" in line else answer(b"", 307, location="/v1/moved/images/generations")

    assert whole_size(generate(script)) == (256, 256)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/a.png", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/a", "http://2130706433/a"],
)
def test_an_answer_of_a_server_in_the_open_leads_to_no_private_network(address: str) -> None:
    addresses = PictureAddresses("https://93.184.216.34/v1/", 5, Patience())
    with closing(addresses), pytest.raises(Unanswered, match="is not fetched: ") as caught:
        addresses.picture(address)

    assert "only a server in a private network of your own may lead there" in str(caught.value)


@pytest.mark.parametrize("address", ["http://[::1", "ftp://127.0.0.1/a.png", "file:///etc/passwd", "javascript:1"])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(Unanswered, match="which is no picture's address"):
        generate(lambda _line, _body: iter([answer({"data": [{"url": address}]})]))


def test_a_password_in_the_address_of_a_server_goes_along_to_its_pictures_and_nowhere_else() -> None:
    def script(line: str, _body: bytes) -> Iterator[bytes]:
        yield (
            answer(picture(), content_type="image/png")
            if line.startswith("GET")
            else answer({"data": [{"url": "/tea.png"}]})
        )

    with odd_server(script) as server:
        address = server.url.replace("//", "//tom:s3cret@")
        with closing(OpenAI(base_url=address)) as provider:
            assert provider.generate(TEA).data == picture()
        heads = [head for _, head, _ in server.asked]
    assert all(f"Basic {base64.b64encode(b'tom:s3cret').decode()}" in head for head in heads)


def test_a_run_that_is_stopped_does_not_wait_for_a_drip(small: Path) -> None:
    def script(line: str, _body: bytes) -> Iterator[bytes]:
        if line.startswith("GET"):
            yield from dripping(answer(picture() * 100, content_type="image/png"), 200)
        yield answer({"data": [{"url": "/pictures/tea.png"}]})

    with odd_server(script) as server:
        with_model(small, base_url=server.url)
        command = [sys.executable, "-m", "assetgen", "run", str(small)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            while not any(line.startswith("GET") for line, _, _ in server.asked):
                signal.sigtimedwait([], 0.05)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 130


def test_a_server_that_takes_no_response_format_is_asked_once_more_without(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def script(_line: str, body: bytes) -> Iterator[bytes]:
        strict = {"detail": [{"loc": ["body", "response_format"], "msg": "Extra inputs are not permitted"}]}
        yield answer(strict, 422) if b"response_format" in body else GOOD

    with odd_server(script) as server:
        size = {"square": "256x256"}
        with_model(small, each=True, parallel=1, model="quick", family="compatible", sizes=size, base_url=server.url)
        assert main(["run", str(small)]) == 0
        assert [b"response_format" in body for _, _, body in server.asked] == [True, False, False, False]
    capsys.readouterr()
    main(["spend", "--json", "--by", "campaign"])
    assert json.loads(capsys.readouterr().out)["calls"] == 3


def test_a_server_without_batches_says_so_and_nothing_is_spent(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with odd_server(lambda _line, _body: iter([answer({"detail": "Not Found"}, 404)])) as server:
        with_model(small, base_url=server.url, prices={"image": "0.10"})
        assert main(["run", str(small), "--batch"]) == 4
    told = capsys.readouterr().err
    assert "1 request, 0.05 USD" in told
    assert "the server has no batches" in told
    assert "run without --batch" in told
    main(["spend", "--json"])
    assert not capsys.readouterr().out
