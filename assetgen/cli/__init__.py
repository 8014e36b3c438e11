"""The command line: one file for each command, exit codes from the family of errors.

This file imports next to nothing, so that whatever happens from the first moment on ends in words and with a code.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # `typing` takes a while, in which nobody would answer Ctrl-C

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

__all__ = ["main"]

INTERRUPTED = 130
"""The exit code after Ctrl-C, or where a scheduler wants the process to end."""

FAULT = 70
"""The exit code of a fault of the program itself: EX_SOFTWARE of sysexits.h. 1 has a meaning of its own here."""


_A_MOMENT = 0.01
"""Seconds after which somebody who wants the process to end is heard once more."""


class Stopped(BaseException):
    """Ctrl-C, or a scheduler that wants the process to end."""


_asked_to_stop: list[int] = []
"""The signals that came; imports turn what a handler raises into errors of their own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says who has to act (docs/engineers.md)."""
    if arguments is not None:
        return _ended(arguments)
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    sys.unraisablehook = _not_swallowed
    _open_what_is_closed()
    code = _ended(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is left to be tidied
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return code


def _ended(arguments: Sequence[str]) -> int:
    """Runs one command, whatever becomes of it."""
    try:
        from assetgen.cli.commands import perform

        return perform(arguments)
    except (Stopped, KeyboardInterrupt):
        return _stopped()
    except Exception as error:  # noqa: BLE001 - the last one there is
        if _asked_to_stop:
            return _stopped()
        from assetgen.cli.terminal.fault_report import tell

        tell(error)
        return FAULT


def _stopped() -> int:
    _asked_to_stop.clear()
    print("stopped; what is finished is kept, and the next run goes on from here", file=sys.stderr)  # noqa: T201
    return INTERRUPTED


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second Ctrl-C ends at once
    _asked_to_stop.append(number)
    raise Stopped


def _not_swallowed(lost: sys.UnraisableHookArgs) -> None:
    """Asks once more, a moment later, where the first time fell into what Python can only drop, such as a finaliser."""
    if not isinstance(lost.exc_value, Stopped):
        sys.__unraisablehook__(lost)
    elif hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, _A_MOMENT)


def _open_what_is_closed() -> None:
    """Gives a closed stdin, stdout or stderr a place to go: or the next file that is opened would take theirs."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # it takes the lowest number that is free, which is theirs
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123
