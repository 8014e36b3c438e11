"""Nights of a shop of two hundred products, and the workflow of the docs as it is written there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import obstore
import pytest
import yaml
from obstore.store import from_url

import assetgen
from assetgen.cli import main
from assetgen.errors import Problem, ProviderError
from assetgen.model.request import ALONE, Attached, Generated, Request, Stage
from assetgen.providers.studio import Studio
from tests.conftest import ROOT
from tests.kit import change, draw_product, manifest, pictures, tree, write

OUTPUT = Path("output/small")
DEGRADED = 1
PRODUCTS = 200
CHANNELS = """\
channels:
  - {id: card, name: Card, platform: Shop, kind: web, width: 300, height: 250, aspect: "6:5", formats: [jpg],
     source: us, evidence: memory}
  - {id: listing, name: Listing, platform: Shop, kind: listing, width: 320, height: 320, aspect: "1:1", formats: [jpg],
     background: white, overlays: forbidden, source: us, evidence: memory}
"""
PUBLISHED = """\
layout: card
publish: {to: public, base_url: https://cdn.example.com}
feeds: [{file: feed.csv, pictures: {photo: card}}]
"""
LAYOUT = """\
square:
  - {layer: plate}
  - {layer: product, box: [0.2, 0.3, 0.8, 0.95]}
  - {layer: text, text: "{{ copy.offer }}", box: [0.05, 0.02, 0.95, 0.2], size: [0.03, 0.06]}
"""


@pytest.fixture
def shop(small: Path) -> Path:
    """Two hundred products, each with a photo of its own, two small channels."""
    write(Path("templates/channels.yaml"), CHANNELS)
    write(Path("templates/layouts/card.yaml"), LAYOUT)
    change(small, "[instagram-feed-square, amazon-main]", "[card, listing]")
    change(small, "layout: card\n", PUBLISHED)
    rows = ["sku,title,price,currency,photo"]
    for n in range(PRODUCTS):
        draw_product(Path(f"campaigns/p{n}.png"), f"#{(n * 7919) % 0xCCCCCC:06x}", 160)
        rows.append(f"S-{n:03},Thing {n},{10 + n}.00,EUR,p{n}.png")
    write(Path("campaigns/products.csv"), "\n".join(rows) + "\n")
    return small


def night(campaign: Path) -> set[str]:
    """A run; the ids of the files that are others than before, new or gone."""
    before = assets()
    assert main(["run", str(campaign), "--prune"]) == 0
    after = assets()
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def published(campaign: Path) -> set[str]:
    """Publishes; the skus whose rows of the feed are others than before, new or gone."""
    before = rows()
    assert main(["publish", str(campaign)]) == 0
    after = rows()
    return {sku for sku in before.keys() | after.keys() if before.get(sku) != after.get(sku)}


def rows() -> dict[str, str]:
    feed = Path("feed.csv")
    lines = feed.read_text(encoding="utf-8").splitlines()[1:] if feed.exists() else []
    return {line.partition(",")[0]: line for line in lines}


def assets() -> dict[str, str]:
    return {a["id"]: a["sha256"] for a in manifest(OUTPUT)["assets"]} if OUTPUT.exists() else {}


def test_each_night_touches_what_changed_and_nothing_else(shop: Path) -> None:
    assert len(night(shop)) == 2 * PRODUCTS
    assert len(published(shop)) == PRODUCTS

    before = tree(Path("output"))
    assert night(shop) == set()
    assert tree(Path("output")) == before
    assert published(shop) == set()

    table = Path("campaigns/products.csv")
    for n in (3, 77, 150):  # new prices
        change(table, f"Thing {n},{10 + n}.00", f"Thing {n},{9 + n}.50")
    draw_product(Path("campaigns/p20.png"), "#123456", 170)
    change(Path("templates/prompts/shelf.j2"), "a shelf", "{# as the shop has it #}a shelf")
    change(table, "S-199,Thing 199,209.00,EUR,p199.png\n", "")
    cards = {f"card/S-{n:03}--shelf--en-US" for n in (3, 20, 77, 150, 199)}
    assert night(shop) == cards | {f"listing/S-{n:03}--packshot--all" for n in (20, 199)}
    assert published(shop) == {"S-003", "S-020", "S-077", "S-150", "S-199"}
    assert night(shop) == set()
    a_bad_night(shop)


class Stumbling(Studio):
    """The studio on a bad night: it breaks, refuses, sends what is no picture and what cannot be used, once each."""

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        if "Thing 50" in request.prompt:
            raise RuntimeError("out of paint")
        if "Thing 51" in request.prompt:
            raise ProviderError(Problem("the prompt was refused"))
        made = super().generate(request, attached)
        if "Thing 52" in request.prompt:
            return Generated(made.data[:400])
        if "Thing 53" in request.prompt:
            return Generated(made.data, Stage(0.6, 0.5, float("nan"), 0.8))
        return made


def spoil(campaign: Path) -> None:
    """One fault of each kind: in photos, in the table, in the store, in the output, and in what is asked for."""
    for n in (30, 31, 32):
        shutil.copy(f"campaigns/p{n}.png", f"p{n}.png")
    photo = Path("campaigns/p30.png")
    photo.write_bytes(photo.read_bytes()[:200])
    Path("campaigns/p31.png").write_text("<!doctype html><title>404</title>", encoding="utf-8")
    Path("campaigns/p32.png").unlink()
    table = Path("campaigns/products.csv")
    change(table, "Thing 40,50.00", "Thing 40,fifty")
    for n in (60, 61, 62):
        change(table, f"Thing {n},{10 + n}.00", f"Thing {n},{9 + n}.50")
    window = "  window:\n    prompt: window\n    when: product.sku in ['S-050', 'S-051', 'S-052', 'S-053', 'S-054']\n"
    change(campaign, "    prompt: shelf\n", f"    prompt: shelf\n{window}")
    write(Path("templates/prompts/window.j2"), "a window for {{ product.title }}\n")
    store = Path(".assetgen/store")
    for kind in ("cutouts", "plates"):
        for file in (store / kind).rglob("*"):
            if file.is_file() and not file.suffix:
                file.write_bytes(file.read_bytes()[:500])
    for record in list((store / "cutouts").rglob("*.json"))[::2]:
        record.write_bytes(b'{"verdict"')
    cut, page, *_ = (OUTPUT / asset for asset in sorted(pictures(OUTPUT)))
    cut.write_bytes(cut.read_bytes()[:1000])
    page.write_text("<html>", encoding="utf-8")
    next((OUTPUT / "records").rglob("*.json")).unlink()


def a_bad_night(campaign: Path) -> None:
    """Everything is made that can be, the rest is named and counted, and nothing goes out that is not whole."""
    standing = assets()
    spoil(campaign)
    outcome = assetgen.run(assetgen.load(campaign), provider=Stumbling())

    assert outcome.exit_code == DEGRADED
    assert {reject.sku for reject in outcome.rejects} == {"S-030", "S-031", "S-032", "S-040"}
    failed = {failure.id.removeprefix("card/"): failure.problem.message for failure in outcome.failures}
    assert failed.keys() == {f"S-05{n}--window--en-US" for n in range(3)}
    assert {file.id for file in outcome.files} >= {f"card/S-06{n}--shelf--en-US" for n in range(3)}
    assert assets().keys() == standing.keys() | {f"card/S-05{n}--window--en-US" for n in (3, 4)}
    told = manifest(OUTPUT)
    assert (len(told["set_aside"]), len(told["failed"])) == (4, 3)

    [spoilt, *_] = (OUTPUT / file.path for file in outcome.files if "S-06" in file.id)
    whole = spoilt.read_bytes()
    spoilt.write_bytes(whole[:1000])
    assert main(["publish", str(campaign)]) == DEGRADED
    for file in Path("public/small").rglob("*--*.jpg"):
        assert hashlib.sha256(file.read_bytes()).hexdigest()[:8] == file.stem[-8:]
    assert not list(Path("public").rglob(spoilt.name))

    for n in (30, 31, 32):
        shutil.copy(f"p{n}.png", f"campaigns/p{n}.png")
    change(Path("campaigns/products.csv"), "Thing 40,fifty", "Thing 40,50.00")
    assert main(["run", str(campaign), "--select", "sku:S-053", "--force-step", "plate"]) == 0
    assert main(["run", str(campaign)]) == 0
    assert main(["publish", str(campaign)]) == 0
    assert (Path("public/small") / spoilt.relative_to(OUTPUT)).read_bytes() == whole
    assert assets().keys() == standing.keys() | {f"card/S-05{n}--window--en-US" for n in range(5)}


def workflow(heading: str) -> Any:
    text = (ROOT / "docs/nightly.md").read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    found = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert found
    return yaml.safe_load(found[1])


def programs(folder: Path) -> dict[str, str]:
    """An environment in which `assetgen` is this one, and pip has nothing to install."""
    write(folder / "assetgen", f'#!/bin/sh\nexec {sys.executable} -m assetgen "$@"\n').chmod(0o755)
    write(folder / "pip", "#!/bin/sh\n").chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    files = {name: str(folder / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **files}


@pytest.fixture
def spring(workspace: Path, object_store: str) -> str:
    """The sample campaign with two channels, in version control, and the bucket to which it is published."""
    campaign = Path("campaigns/spring.yaml")
    text = campaign.read_text(encoding="utf-8")
    kept = re.sub(r"channels:\n(  - .*\n)+", "channels: [display-300x250, amazon-main]\n", text)
    publish = f"publish: {{to: {object_store}, base_url: https://cdn.example.com/shop}}\n"
    campaign.write_text(re.sub(r"locales: .*", "locales: [en-US]", kept) + publish, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], check=True)
    return object_store


def published_to(bucket: str) -> set[str]:
    listed = (entry["path"] for chunk in obstore.list(from_url(bucket)) for entry in chunk)
    return {Path(name).name for name in listed if name.endswith(".jpg")}


def test_the_workflow_for_github_runs_as_it_is_written(spring: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    environment = programs(tmp_path_factory.mktemp("programs"))
    steps = [step for step in workflow("GitHub Actions")["jobs"]["pictures"]["steps"] if "run" in step]
    for number in (1, 2):
        for step in steps:
            outputs = Path(environment["GITHUB_OUTPUT"])
            said = dict(line.split("=") for line in outputs.read_text().splitlines()) if outputs.exists() else {}
            script = step["run"].replace("${{ steps.pictures.outputs.code }}", said.get("code", ""))
            ended = subprocess.run(["bash", "-eo", "pipefail", "-c", script], env=environment, check=False)
            assert ended.returncode == 0, (number, step)

    assert published_to(spring) == {Path(asset["file"]).name for asset in manifest(Path("output/spring"))["assets"]}
    assert "## Spring, made by hand" in Path(environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    assert "Nothing: both manifests list the same files" in Path("changes.html").read_text(encoding="utf-8")
    committed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout
    assert committed == "payments.csv\n"


def test_the_job_for_gitlab_runs_as_it_is_written(spring: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    environment = programs(tmp_path_factory.mktemp("programs"))
    job = workflow("GitLab")["pictures"]
    script = "\n".join([*job["script"][:-1], *job["after_script"], job["script"][-1]])

    ended = subprocess.run(["bash", "-eo", "pipefail", "-c", script], env=environment, check=False)

    assert ended.returncode == 0
    assert json.loads(Path("before.json").read_text(encoding="utf-8")) == {"assets": []}
    assert published_to(spring)
