"""What docs/python.md shows works, and it leaves nothing out."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import assetgen
from tests.conftest import ROOT
from tests.kit import write

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SHOPS = """
publish: {to: public, base_url: https://cdn.example.com/shop}
feeds:
  - {file: feeds/products.csv, pictures: {photo: amazon-main}}
"""


def test_a_notebook_with_all_examples_runs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = Path("campaigns/spring.yaml")
    write(campaign, campaign.read_text(encoding="utf-8") + SHOPS)
    cells = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "docs/python.md", "exec"), names)

    printed = capsys.readouterr().out
    for said in re.findall(r"print\(.*\)  # (.+)", PAGE):
        assert said in printed.splitlines()
    assert "3 to make" in printed
    assert Path("how-it-went.md").is_file()


def test_every_name_of_the_package_is_on_the_page() -> None:
    spans = " ".join(re.findall(r"`([^`\n]+)`", PAGE))
    for name in set(assetgen.__all__) - {"__version__"}:
        assert re.search(rf"\b{name}\b", spans), name


def test_every_error_is_in_the_table_with_its_code() -> None:
    rows = dict(re.findall(r"^\| `assetgen\.(\w+Error)` \|.*\| (\d*) ?\|$", PAGE, re.MULTILINE))
    family = {
        name
        for name in assetgen.__all__
        if inspect.isclass(kind := getattr(assetgen, name)) and issubclass(kind, Exception)
    }
    assert rows.keys() == family
    for name in family - {"AssetgenError"}:
        assert int(rows[name]) == getattr(assetgen, name).exit_code
