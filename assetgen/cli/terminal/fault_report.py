"""The end of a command that no part of it has foreseen: one line for the user, and the traceback in a file."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

from assetgen.printable import on_one_line
from assetgen.version import __version__

_HOME = ".assetgen"


def tell(error: BaseException) -> None:
    """Says on stderr that this is a fault of the program, and where its traceback is."""
    told = "".join(traceback.format_exception(error))
    text = f"assetgen {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n{told}"
    kept = next(filter(None, (_kept(folder, text) for folder in _folders())), None)
    _say(f"error: this is a fault of assetgen, not of yours: {on_one_line(_in_a_line(error))}")
    if isinstance(error, MemoryError):
        _say("hint: the memory was used up; `--jobs 1` takes less of it")
    if kept:
        _say(f"hint: the traceback is in {kept}: send it to whoever looks after assetgen")
    else:
        _say("hint: no folder takes the traceback; send it to whoever looks after assetgen:")
        for line in text.splitlines():
            _say(f"  {on_one_line(line)}")


def _in_a_line(error: BaseException) -> str:
    """The exception, and the line of ours that it came from: `KeyError: 'x' (production/pace.py:98)`."""
    house = str(Path(__file__).parents[2])
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(house)]
    place = f" ({Path(ours[-1].filename).relative_to(house).as_posix()}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}: {str(error)[:200]}{place}"


def _folders() -> Iterator[Path]:
    """The workspace around here, whose folder a nightly job keeps, and the one for temporary files."""
    here = Path.cwd()
    yield from (folder / _HOME for folder in (here, *here.parents) if (folder / _HOME).is_dir())
    yield Path(tempfile.gettempdir())


def _kept(folder: Path, text: str) -> Path | None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=folder, prefix="fault-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(text)
    except OSError:
        return None
    return Path(file.name)


def _say(line: str) -> None:
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the console may be what has failed
    except (OSError, ValueError):
        return
