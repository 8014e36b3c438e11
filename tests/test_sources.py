from __future__ import annotations

import json
from pathlib import Path

import pytest

from assetgen.errors import InputError
from assetgen.sources import load

ROOT = Path(__file__).parents[1]
PROBLEMS = ROOT / "tests" / "problems"


@pytest.mark.parametrize("campaign", sorted(PROBLEMS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_is_explained_in_plain_words(campaign, monkeypatch):
    monkeypatch.chdir(PROBLEMS)
    with pytest.raises(InputError) as raised:
        load(Path(campaign.name))
    assert f"{raised.value}\n" == campaign.with_suffix(".txt").read_text(encoding="utf-8")
