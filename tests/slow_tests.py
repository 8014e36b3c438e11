"""What `make quick` leaves out, and why: files nearly all of whose tests take seconds, and fixtures that do.

A single slow test says so itself: `@pytest.mark.slow("why")`.
"""

from __future__ import annotations

import pytest

_RUNS = "runs the small shop in nearly every test: two to five seconds of composing and encoding each"

SLOW_FILES = {
    "test_aimock.py": "starts another project's server, in Node",
    "test_batch.py": _RUNS,
    "test_commands.py": _RUNS,
    "test_credentials.py": "signs every file of a run",
    "test_cutouts.py": "cuts out photographs of full size",
    "test_diff.py": _RUNS,
    "test_disclosure.py": _RUNS,
    "test_folder.py": _RUNS,
    "test_fuzz.py": "tries hundreds of bad inputs",
    "test_groups.py": _RUNS,
    "test_kills.py": "kills runs thirty times, and lets each end",
    "test_money.py": _RUNS,
    "test_nightly.py": "makes the pictures of two hundred products, and runs the workflows of the docs as they stand",
    "test_openai.py": _RUNS,
    "test_pace.py": "waits as long as providers ask one to",
    "test_rejected.py": _RUNS,
    "test_rembg.py": _RUNS,
    "test_rembg_rows.py": "imports rembg with all that it needs, which takes seconds",
    "test_run.py": _RUNS,
    "test_studio_sets.py": "traces each of the studio's sets at the size in which one would see its faults",
    "test_web_photos.py": _RUNS,
    "test_wheel.py": "installs the wheel with all it needs in an empty environment",
    "test_windows.py": _RUNS,
}
SLOW_FIXTURES = {
    "feeding": "a feed has addresses once its pictures are made",
    "object_store": "a server that speaks S3 takes seconds to start",
}


def mark_slow(items: list[pytest.Item]) -> None:
    """Gives its reason to each test of these files and fixtures. Raises UsageError for a slow test without one."""
    for item in items:
        reasons = [SLOW_FIXTURES[name] for name in getattr(item, "fixturenames", ()) if name in SLOW_FIXTURES]
        for why in (*reasons, SLOW_FILES.get(item.path.name)):
            if why:
                item.add_marker(pytest.mark.slow(why))
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)  # counting branches costs a quarter of their time
        if any(not mark.args for mark in item.iter_markers("slow")):
            raise pytest.UsageError(f"say why it is slow, as in `@pytest.mark.slow('kills it')`: {item.nodeid}")
