"""An answer that is no whole picture is never a plate: it is kept aside, the others go on, and the next run heals."""

from __future__ import annotations

import base64
import io
import json
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from assetgen.cli import main
from assetgen.files.decode import whole_size
from assetgen.model.request import Request
from assetgen.providers.openai import OpenAI
from tests.imageserver import Answer, Call, ImageServer
from tests.kit import change, pictures, tree, with_model, with_quick, write

OUTPUT = Path("output/small")
UNUSABLE = Path(".assetgen/store/unusable")
SIDE = 256


def picture(kind: str = "PNG", size: tuple[int, int] = (SIDE, SIDE)) -> bytes:
    """A soft pattern that no encoder makes small."""
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind)
    return file.getvalue()


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]


def monstrous() -> bytes:
    """A header of 900 megapixels, and no pixels."""
    head = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    chunks = (
        (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") for chunk in (head, b"IDAT")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def holding(data: bytes | str) -> Answer:
    """An answer in which this stands for the picture."""
    text = data if isinstance(data, str) else base64.b64encode(data).decode()
    return Answer(body=json.dumps({"data": [{"b64_json": text}]}).encode(), content_type="application/json")


BAD = {
    "PNG cut off": (holding(picture()[:-2000]), "damaged or cut off"),
    "PNG of a few bytes": (holding(picture()[:60]), "damaged or cut off"),
    "half a JPEG": (holding(picture("JPEG")[: -len(picture("JPEG")) // 2]), "damaged or cut off"),
    "WebP cut off": (holding(picture("WEBP")[:-900]), "damaged or cut off"),
    "one byte of a PNG": (holding(flipped(picture())), "damaged or cut off"),
    "1 x 1": (holding(picture(size=(1, 1))), "is a picture of 1 x 1 pixels, and 256 x 256 were asked for"),
    "a speck": (holding(picture(size=(16, 16))), "is a picture of 16 x 16 pixels"),
    "a strip": (holding(picture(size=(256, 4))), "is a picture of 256 x 4 pixels"),
    "a long strip": (holding(picture(size=(900, 128))), "is a picture of 900 x 128 pixels"),
    "a monster": (holding(monstrous()), "has far more than the 100 megapixels that are read"),
    "HTML as base64": (holding("<html>sorry</html>"), "is a web page"),
    "HTML in base64": (holding(b"<html>sorry</html>"), "is a web page"),
    "text in base64": (holding(b"sorry"), "not a picture"),
    "HTML": (Answer(body=b"<html>sorry</html>"), "is a web page"),
    "nothing": (Answer(body=b""), "is empty"),
    "words": (Answer(body=b"sorry"), "not a picture"),
    "half an answer": (Answer(body=b'{"data": [{"b64_json": "AAAA'), "not a picture"),
    "null": (Answer(body=b'{"data": [null]}'), "not a picture"),
    "data of another shape": (Answer(body=b'{"data": "x"}'), "not a picture"),
}
"""Answers that are no use, and what is said of each."""


def test_each_bad_answer_fails_its_own_picture_alone_and_the_next_run_heals(
    many: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{n},{name},1.00,EUR,red.png\n" for n, name in enumerate([*BAD, "good", "better"]))
    write(Path("campaigns/products.csv"), f"sku,title,price,currency,photo\n{rows}")
    said = {name: answer for name, (answer, _) in BAD.items()}

    def answer(call: Call, _nth: int) -> Answer | None:
        prompt = str(call.body["prompt"])
        return next((bad for name, bad in said.items() if f" for a {name} in shelf" in prompt), None)

    server.answer = answer
    with_quick(many, prices={"image": "0.10"})
    assert main(["run", str(many), "--json"]) == 1

    told = capsys.readouterr().out
    assert len(pictures(OUTPUT)) == 2
    wrong = {failure["id"]: failure["problem"] for failure in json.loads(told)["failed"]}
    for number, (name, (_, words)) in enumerate(BAD.items()):
        (message,) = [problem for asset, problem in wrong.items() if f"/{number}--" in asset]
        assert words in message, name

    server.answer = lambda _call, _nth: None
    assert main(["run", str(many)]) == 0
    assert len(pictures(OUTPUT)) == len(BAD) + 2
    assert len(server.billed) == 2 * len(BAD) + 2
    before = tree(OUTPUT)
    assert main(["run", str(many)]) == 0
    assert tree(OUTPUT) == before
    assert len(server.billed) == 2 * len(BAD) + 2


def test_what_is_no_picture_is_kept_as_it_came_and_counted(
    many: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    half = picture()[:-2000]
    server.answer = lambda _call, nth: holding(half) if nth == 2 else None
    with_quick(many, prices={"image": "0.10"})
    main(["run", str(many), "-s", "sku:P-00,P-01"])

    assert [path.read_bytes() for path in UNUSABLE.rglob("*") if path.is_file() and not path.suffix] == [half]
    capsys.readouterr()
    main(["spend", "--json", "--by", "campaign"])
    assert json.loads(capsys.readouterr().out)["amount"] == "0.20"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(base64.encodebytes(picture()).decode(), id="lines"),
        pytest.param(base64.encodebytes(picture()).decode().replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param("data:image/png;base64," + base64.b64encode(picture()).decode(), id="data address"),
        pytest.param(base64.b64encode(picture()).decode().rstrip("="), id="no padding"),
        pytest.param(base64.urlsafe_b64encode(picture()).decode(), id="the alphabet of addresses"),
    ],
)
@pytest.mark.parametrize("field", ["b64_json", "url"])
def test_a_whole_picture_is_taken_however_its_base64_is_written(server: ImageServer, text: str, field: str) -> None:
    if field == "url":
        text = "data:image/png;base64," + text.removeprefix("data:image/png;base64,")
    body = json.dumps({"data": [{field: text, "revised_prompt": 7}]}).encode()
    server.answer = lambda _call, _nth: Answer(body=body, content_type="application/json")
    with closing(OpenAI()) as provider:
        assert whole_size(provider.generate(Request("tea", 1024, 1024)).data) == (SIDE, SIDE)


def test_half_a_picture_in_a_folder_is_told_by_its_name(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choice = "provider: {name: folder, folder: plates, sizes: {square: 256x256}}"
    change(small, "layout: card", f"layout: card\n{choice}")
    main(["prompts", "export", str(small)])
    key = capsys.readouterr().out.splitlines()[1].partition(",")[0]
    plate = Path("campaigns/plates") / f"{key}.png"
    plate.parent.mkdir()
    plate.write_bytes(picture()[:-2000])
    assert main(["run", str(small)]) in {1, 4}
    assert f"`campaigns/plates/{key}.png` is damaged or cut off" in capsys.readouterr().err
    assert len(pictures(OUTPUT)) == 3

    plate.write_bytes(picture())
    assert main(["run", str(small)]) == 0
    assert len(pictures(OUTPUT)) == 6


def test_a_bad_answer_in_a_batch_is_kept_aside_and_paid_for(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = lambda _call, nth: holding(picture()[:-2000]) if nth == 2 else None
    with_model(small, each=True)
    main(["run", str(small), "--batch"])
    server.finish_batches()
    main(["run", str(small)])

    assert len(pictures(OUTPUT)) == 6
    assert "1 not made: the answer of provider `openai` is damaged or cut off" in capsys.readouterr().err
    main(["spend", "--json", "--by", "campaign"])
    found = json.loads(capsys.readouterr().out)
    assert (found["calls"], found["unpriced"]) == (4, 1)
