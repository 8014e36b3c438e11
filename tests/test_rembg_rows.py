"""What our rows say of models is what rembg does with them: rembg itself is asked."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from assetgen.config.weights import SERVICES, WEIGHTS, Weights
from assetgen.cutters import weight_files
from assetgen.cutters.rembg import Rembg
from assetgen.cutters.sight import NAME
from tests.weights import install, tiny_model


@pytest.fixture(scope="module")
def rembg() -> Any:
    """The package; its import would compile for a minute what is not called here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NUMBA_DISABLE_JIT", "1")
        patch.setenv("ORT_DISABLE_TELEMETRY", "1")
        return pytest.importorskip("rembg")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("U2NET_HOME", str(tmp_path / "weights"))
    return tmp_path / "weights"


models = pytest.mark.parametrize("model", WEIGHTS.values(), ids=lambda model: model.name)


@models
def test_weights_come_from_where_rembg_takes_them_and_lie_where_it_looks(rembg, model, monkeypatch):
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr("pooch.retrieve", lambda url, known_hash, **_: asked.append((url, known_hash)))

    there = rembg.sessions.sessions[model.name].download_models()

    assert asked == [(model.url, model.checksum)]
    assert Path(there) == weight_files.place(model)


@models
def test_a_model_is_shown_a_photo_as_rembg_shows_it(rembg, model: Weights, home: Path):
    """Weights that see dark colours, each otherwise, so that the side, mean, scale and logits all matter."""
    weight_files.accept(model)
    install(home, model.name, tiny_model(model.eye.side, weight=-9, bias=1, logits=model.eye.logits))
    photo = np.full((300, 400, 3), 250, np.uint8)
    cv2.circle(photo, (200, 150), 100, (10, 20, 30), -1, cv2.LINE_AA)
    theirs = np.asarray(
        rembg.new_session(model.name, providers=["CPUExecutionProvider"]).predict(Image.fromarray(photo))[0]
    )

    ours = Rembg().cut(photo, model).rgba[..., 3]

    assert 0.15 < float((theirs > 127).mean()) < 0.35
    assert np.abs(ours / 255 - theirs / 255).mean() < 0.005


def test_names_that_send_photos_away_are_those_that_rembg_says(rembg):
    sessions = rembg.sessions.sessions
    assert {name for name, kind in sessions.items() if not kind.is_local()} == set(SERVICES)
    assert {*WEIGHTS, NAME} <= set(sessions)
