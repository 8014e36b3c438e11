"""A few bad inputs of every kind; `python -m tests.fuzz --minutes 10` tries as many as there is time for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.kinds import KINDS
from tests.fuzz.trial import Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_input_ends_in_a_traceback(kind: str, bench: Bench) -> None:
    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def attempt(data: st.DataObject) -> None:
        assert not bench.attempt(data.draw(attacks)).fault

    attacks = KINDS[kind](bench)
    attempt()
