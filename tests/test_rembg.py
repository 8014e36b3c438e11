"""Cutouts by a model: a real one, made of two layers, that takes dark pixels for the product."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import cv2
import numpy as np
import pytest
from PIL import Image

from assetgen.cli import main
from assetgen.cutters import Auto
from assetgen.errors import SetupError
from assetgen.model.arrays import Alpha
from assetgen.model.cutting import Handling, Means
from assetgen.model.outcome import Outcome
from assetgen.production import campaign_run as production
from assetgen.production.campaign_run import RunOptions
from assetgen.production.events import Events
from assetgen.production.scope import Scope, Step
from assetgen.sources import load
from tests.kit import Flat, change, manifest, write
from tests.weights import install, tiny_model

SIZE = 400


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where rembg looks for weights; there are none."""
    folder = tmp_path / "weights"
    monkeypatch.setenv("U2NET_HOME", str(folder))
    monkeypatch.delenv("ASSETGEN_DEVICE", raising=False)
    return folder


def busy(path: Path) -> Path:
    """A dark ball before a bright backdrop of many colours."""
    random = np.random.default_rng(3).integers(215, 255, (10, 10, 3), dtype=np.uint8)
    behind = np.clip(cv2.resize(random, (SIZE, SIZE), interpolation=cv2.INTER_NEAREST), 215, 255)
    alpha = (ball() / 255)[..., None]
    Image.fromarray(np.rint(behind * (1 - alpha) + np.array([30, 22, 40]) * alpha).astype(np.uint8)).save(path)
    return path


def ball() -> Alpha:
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(drawn, (200, 210), 120, 255, -1, cv2.LINE_AA)
    return drawn


def alpha_of(file: str = "cutouts/busy.png") -> Alpha:
    return np.asarray(Image.open(file))[..., 3]


@pytest.fixture
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return busy(tmp_path / "busy.png").name


def test_a_model_that_is_named_cuts_the_photo(photo, home, capsys):
    install(home)

    assert main(["cutout", photo, "--method", "rembg", "--json"]) == 0

    record = json.loads(capsys.readouterr().out)
    assert record["by"] == "rembg u2net"
    assert np.abs(alpha_of() / 255 - ball() / 255).mean() < 0.01


def test_the_edge_keeps_nothing_of_the_backdrop(photo, home):
    install(home)
    assert main(["cutout", photo, "--method", "rembg"]) == 0

    rgba = np.asarray(Image.open("cutouts/busy.png"))
    edge = (rgba[..., 3] > 60) & (rgba[..., 3] < 200)
    assert edge.any()
    assert np.median(rgba[edge][:, :3].max(axis=1)) < 100


def test_what_touches_the_frame_is_cut_at_the_frame(home, tmp_path, monkeypatch):
    install(home)
    monkeypatch.chdir(tmp_path)
    pixels = np.full((SIZE, SIZE, 3), 240, np.uint8)
    pixels[:, 150:250] = 40
    Image.fromarray(pixels).save("pole.png")
    assert main(["cutout", "pole.png", "--method", "rembg"]) == 0

    alpha = alpha_of("cutouts/pole.png")
    assert alpha[:, 160:240].min() == 255
    assert alpha[:, :140].max() == alpha[:, 260:].max() == 0


def test_a_photo_of_which_the_model_sees_two_things_waits_for_a_person(home, tmp_path, monkeypatch, capsys):
    """Bars of two pixels: the look without room sees what is between them, the other takes them for one cloth."""
    install(home)
    monkeypatch.chdir(tmp_path)
    pixels = np.full((320, 320, 3), 255, np.uint8)
    pixels[60:260, 60:260:3] = pixels[60:260, 61:260:3] = 0
    Image.fromarray(pixels).save("mesh.png")
    assert main(["cutout", "mesh.png", "--method", "rembg", "--json"]) == 0

    record = json.loads(capsys.readouterr().out)
    assert record["verdict"] == "check"
    assert record["reasons"] == ["a model alone says where the product ends, and it is not sure"]


def test_no_model_of_rembgs_is_used_unasked(photo, home, capsys):
    install(home, data=b"never read")

    assert main(["cutout", photo, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["by"] == "u2netp"


def test_weights_in_the_folder_of_earlier_versions_are_found(photo, home):
    write(home / "u2net.onnx", "")
    (home / "u2net.onnx").write_bytes(tiny_model())

    assert main(["cutout", photo, "--method", "rembg"]) == 0


def test_a_model_that_is_not_here_is_never_downloaded_unasked(photo, home, capsys):
    assert main(["cutout", photo, "--method", "rembg"]) == 3

    told = capsys.readouterr().err
    assert "error: the model `u2net` is not on this machine" in told
    assert f"`assetgen models get u2net`, or put the file there: {home / 'models/u2net/u2net.onnx'}" in told
    assert not home.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html>not found</html>", "is no model that can be loaded"),
        (tiny_model()[:100], "is no model that can be loaded"),
        (b"", "is no model that can be loaded"),
        (tiny_model(1024), "looks at 1024 x 1024 pixels, `u2net` at 320"),
        (tiny_model(kind=11), "is no model that can be loaded"),
    ],
    ids=["web page", "cut off", "empty", "another size", "other numbers"],
)
def test_weights_that_are_no_use_are_named(photo, home, capsys, data, message):
    path = install(home, data=data)

    assert main(["cutout", photo, "--method", "rembg"]) == 3

    told = capsys.readouterr().err
    assert f"error: `{path}` {message}" in told
    assert "hint: get it again with `assetgen models get u2net --again`" in told


def test_a_model_that_sees_nothing_makes_no_cutout(photo, home, capsys):
    install(home, data=tiny_model(weight=0, bias=-6))

    assert main(["cutout", photo, "--method", "rembg"]) == 1
    told = capsys.readouterr().out
    assert "no product stands out from the backdrop" in told
    assert "what helps: take the photo on a plain backdrop, or give a PNG that is cut out already, or a mask\n" in told


@pytest.mark.parametrize("options", [[], ["--keep-holes"]])
def test_nobody_is_sent_for_what_closes_no_holes_of_a_model(options, photo, home, capsys):
    install(home)
    pixels = np.array(Image.open(photo))
    for x, y in ((x, y) for x in (150, 200, 250) for y in (160, 210, 260)):
        cv2.circle(pixels, (x, y), 5, (240, 240, 240), -1, cv2.LINE_AA)
    Image.fromarray(pixels).save(photo)

    main(["cutout", photo, "--method", "rembg", *options])

    told = capsys.readouterr().out
    assert "small holes are in the product\n" in told
    assert "keep_holes" not in told


def blank_sheet(file: str) -> None:
    """A photo of paper, on which light falls from one side."""
    light = Image.linear_gradient("L").resize((320, 320)).point(lambda grey: 230 + grey // 16)
    light.convert("RGB").save(file)


def test_a_refused_photo_is_told_the_ways_out_by_the_command_as_by_a_run(home, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blank_sheet("sheet.png")
    ways = "  what helps: take the photo on a plain backdrop, or give a PNG that is cut out already, or a mask"

    assert main(["cutout", "sheet.png"]) == 1
    asked = "; or ask a larger model: `--model u2net`; get it with `assetgen models get u2net`"
    assert f"{ways}{asked}" in capsys.readouterr().out

    assert main(["cutout", "sheet.png", "--glass"]) == 1
    assert f"{ways}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("handling", "means"),
    [
        (Handling(), "plain and u2netp"),
        (Handling("plain"), "plain"),
        (Handling(glass=True), "plain"),
        (Handling("rembg"), "rembg u2net"),
        (Handling("rembg", "silueta"), "rembg silueta"),
    ],
)
def test_what_is_said_to_cut_is_what_cuts(home, handling, means):
    """Whether the model is here or not: without it, nothing else cuts in its place."""
    model = (handling.model or "u2net") if handling.method == "rembg" else None
    said = Auto().means(handling)
    assert (said.words, said.missing is not None) == (means, model is not None)

    install(home, model or "u2net")
    assert Auto().means(handling) == Means(means)
    assert Auto().cut(np.full((320, 320, 3), 255, np.uint8), handling).by == means


def test_without_the_extra_rembg_says_how_to_get_it(photo, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    assert main(["cutout", photo, "--method", "rembg"]) == 3
    told = capsys.readouterr().err
    assert "error: larger models need `onnxruntime`, which is not installed" in told
    assert "hint: install it with `pip install 'onnxruntime" in told
    assert "'pooch[progress]" in told


def test_a_device_that_onnxruntime_cannot_use_is_refused(photo, home, monkeypatch, capsys):
    install(home)
    monkeypatch.setenv("ASSETGEN_DEVICE", "cuda")

    assert main(["cutout", photo, "--method", "rembg"]) == 3
    assert "cannot use `cuda`" in capsys.readouterr().err


def test_nothing_is_reported_to_anybody(photo, home, tmp_path):
    """Newer onnxruntimes note each use below the home folder, to send it later."""
    install(home)
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    command = [sys.executable, "-m", "assetgen", "cutout", photo, "--method", "rembg"]
    done = subprocess.run(command, env={**os.environ, "HOME": str(nobody)}, capture_output=True, text=True, check=True)

    assert done.stderr == ""
    assert list(nobody.rglob("*")) == []


@pytest.fixture
def shop(small: Path) -> Path:
    """The small shop, whose second product stands before a busy backdrop and is to be cut by a model of rembg's."""
    busy(Path("campaigns/green.png"))
    table = Path("campaigns/products.csv")
    change(table, "photo\n", "photo,cutout\n")
    for name, cutout in {"red": "", "green": "rembg", "blue": ""}.items():
        change(table, f"{name}.png\n", f"{name}.png,{cutout}\n")
    return small


def run(campaign: Path, stage: Step | None = None) -> Outcome:
    """Without the time that the studio takes."""
    with_stage = Scope(force=stage)
    return production.run(load(campaign), scope=with_stage, options=RunOptions(), progress=Events(), provider=Flat())


def test_a_row_that_names_a_model_is_set_aside_until_one_is_there(shop, home, capsys):
    outcome = run(shop)
    (reject,) = outcome.rejects
    assert (reject.sku, outcome.made) == ("B-2", 4)
    assert f"put the file there: {home / 'models/u2net/u2net.onnx'}" in str(reject.problem)
    assert main(["plan", str(shop)]) == 0
    assert "1 row set aside" in capsys.readouterr().out

    install(home)
    again = run(shop)
    assert (again.rejects, again.made) == ((), 2)


def test_what_was_given_up_is_tried_again_on_request(shop, home):
    install(home, data=tiny_model(weight=0))
    outcome = run(shop)
    assert outcome.made == 4
    assert "larger model" not in str(outcome.rejects[0].problem.hint)
    install(home)
    assert run(shop).made == 0

    assert run(shop, Step.CUTOUT).made == 6


def test_what_was_given_up_stays_so_when_the_model_is_gone(shop, home):
    path = install(home, data=tiny_model(weight=0))
    assert run(shop).made == 4
    path.unlink()

    outcome = run(shop)
    assert ("cannot be cut out well" in str(outcome.rejects[0].problem), outcome.made) == (True, 0)
    again = run(shop, Step.CUTOUT)
    assert "is not on this machine" in str(again.rejects[0].problem)


def test_weights_that_are_no_use_end_the_run_and_what_is_finished_stays(shop, home):
    path = install(home, data=b"nonsense")

    with pytest.raises(SetupError, match=path.name):
        run(shop)

    assert "A-1" in {asset["sku"] for asset in manifest(Path("output/small"))["assets"]}


def test_a_row_may_name_its_model(shop, home, capsys):
    change(Path("campaigns/products.csv"), "rembg\n", "rembg:silueta\n")
    install(home)

    assert main(["check", str(shop)]) == 1
    told = capsys.readouterr().err
    assert "the model `silueta` is not on this machine\n  --> campaigns/products.csv:3" in told

    install(home, "silueta")
    assert run(shop).made == 6


def test_a_campaign_that_asks_for_rembg_needs_it_installed(shop, monkeypatch, capsys):
    write(shop, shop.read_text() + "cutouts: [{cutout: rembg}]\n")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    assert main(["check", str(shop)]) == 3
    assert "larger models need `onnxruntime`" in capsys.readouterr().err


def test_who_cannot_be_cut_out_is_told_of_a_larger_model_and_how_to_get_it(small, home, monkeypatch, capsys):
    blank_sheet("campaigns/green.png")
    assert main(["run", str(small)]) == 1
    ways = "take the photo on a plain backdrop, or give a PNG that is cut out already, or a mask; or ask a larger model"
    asked = f"hint: {ways}: `rembg:u2net` in the column `cutout`"
    told = capsys.readouterr().err
    assert "photo `green.png` cannot be cut out well" in told
    assert f"{asked}; get it with `assetgen models get u2net`, or put the file there" in told

    install(home)
    assert main(["check", str(small)]) == 1
    assert f"{asked}\n" in capsys.readouterr().err

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert main(["check", str(small)]) == 1
    assert f"{asked}; install it with `pip install 'onnxruntime" in capsys.readouterr().err


def test_the_list_says_what_is_here_and_on_which_terms(home, capsys):
    path = install(home)

    assert main(["models", "list"]) == 0
    rows = {row.split()[0]: row for row in capsys.readouterr().out.splitlines() if not row.startswith(" ")}
    assert rows["u2net"].split()[1] == "free"
    assert rows["u2net"].endswith(str(path))
    assert rows["bria-rmbg"].split()[1] == "non-commercial"
    assert rows["bria-rmbg"].endswith("not here")

    assert main(["models", "list", "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["name"], first["side"], first["bytes"], first["path"]) == ("u2net", 320, 178, str(path))


def test_a_model_without_commercial_use_is_refused_until_its_terms_are_accepted(photo, home, tmp_path, capsys):
    own = tmp_path / "own.onnx"
    own.write_bytes(tiny_model(1024))
    install(home, "bria-rmbg", tiny_model(1024))
    assert main(["cutout", photo, "--model", "bria-rmbg"]) == 3
    assert "--accept-noncommercial" in capsys.readouterr().err
    assert main(["models", "get", "bria-rmbg"]) == 2
    assert "the licence of model `bria-rmbg` is non-commercial" in capsys.readouterr().err

    assert main(["models", "get", "bria-rmbg", "--accept-noncommercial", "--from", str(own)]) == 0
    assert main(["cutout", photo, "--model", "bria-rmbg"]) == 0


def test_a_licence_that_is_unclear_is_said_to_be(home, tmp_path, capsys):
    own = tmp_path / "own.onnx"
    own.write_bytes(tiny_model(1024))

    assert main(["models", "get", "isnet-general-use", "--from", str(own)]) == 0

    out, err = capsys.readouterr()
    assert "warning: whether `isnet-general-use` may be used commercially is unclear" in err
    assert "this is not the file that rembg's makers publish" in err
    assert Path(out.strip()).read_bytes() == tiny_model(1024)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("u2nett", "did you mean `u2net`?"),
        ("u2netp", "`u2netp` comes along, and is used where no model is named"),
        ("withoutbg", "`withoutbg` sends the photos to a service: it is never used"),
    ],
)
def test_a_model_that_cannot_be_had_is_refused(capsys, name, message):
    assert main(["models", "get", name]) == 2
    assert message in capsys.readouterr().err


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def mirror(loopback: None, tmp_path: Path) -> Iterator[str]:
    """The address of a server that has `u2net.onnx`."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "u2net.onnx").write_bytes(tiny_model())
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_model_is_downloaded_when_asked_for(photo, home, mirror, capsys):
    assert main(["models", "get", "u2net", "--from", f"{mirror}/u2net.onnx"]) == 0
    assert capsys.readouterr().out.strip() == str(home / "models/u2net/u2net.onnx")

    assert main(["models", "path", "u2net"]) == 0
    assert capsys.readouterr().out.strip() == str(home / "models/u2net/u2net.onnx")
    assert main(["cutout", photo, "--method", "rembg"]) == 0


def test_a_download_that_fails_leaves_what_was_there(home, mirror, capsys):
    path = install(home)

    assert main(["models", "get", "u2net", "--from", f"{mirror}/nowhere.onnx"]) == 3

    told = capsys.readouterr().err
    assert f"error: `{mirror}/nowhere.onnx` could not be downloaded: 404" in told
    assert "elsewhere, then `assetgen models get u2net --from FILE`" in told
    assert path.read_bytes() == tiny_model()
    assert list(home.rglob("*.onnx")) == [path]


def test_a_machine_without_a_network_is_told_what_to_do(home, loopback, capsys):
    assert main(["models", "get", "u2net", "--from", "http://127.0.0.1:9/u2net.onnx"]) == 3
    assert "could not be downloaded" in capsys.readouterr().err
