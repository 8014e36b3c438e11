"""`make quick` leaves out what is slow, and nothing else; each reason stands beside what it is said of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.slow_tests import SLOW_FILES, SLOW_FIXTURES, mark_slow


@pytest.mark.parametrize("name", SLOW_FILES)
def test_a_file_that_is_called_slow_is_there_and_says_why(name: str) -> None:
    assert (Path(__file__).parent / name).is_file()
    assert len(SLOW_FILES[name].split()) > 3


@pytest.mark.parametrize("name", SLOW_FIXTURES)
def test_a_fixture_that_is_called_slow_is_there_and_says_why(name: str) -> None:
    files = Path(__file__).parent.glob("*.py")
    assert any(f"\ndef {name}(" in path.read_text(encoding="utf-8") for path in files)
    assert len(SLOW_FIXTURES[name].split()) > 3


def test_a_slow_test_without_a_reason_is_refused(request: pytest.FixtureRequest) -> None:
    item = request.node
    item.add_marker(pytest.mark.slow)
    with pytest.raises(pytest.UsageError, match="say why it is slow"):
        mark_slow([item])
