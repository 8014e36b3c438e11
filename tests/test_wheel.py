"""The package as a stranger gets it: a wheel in an empty environment."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `assetgen` command of an environment that holds nothing but our wheel and what it needs."""
    folder = tmp_path_factory.mktemp("stranger")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    install = [programs / "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel]
    subprocess.run([str(part) for part in install], check=True, capture_output=True)
    return programs / "assetgen"


def test_a_stranger_gets_a_campaign_and_pictures_from_the_wheel(stranger: Path, tmp_path: Path) -> None:
    def assetgen(*arguments: str) -> None:
        ended = subprocess.run([str(stranger), *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr

    assetgen("init", "shop")
    assetgen("run", "shop/campaigns/spring.yaml", "-s", "sku:MUG-*", "-s", "channel:amazon-main,google-pmax-square")

    output = tmp_path / "shop/output/spring"
    assert (output / "report.html").exists()
    assert len(list(output.rglob("*.jpg"))) >= 2
