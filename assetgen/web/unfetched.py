"""The error of a photo that did not come."""

from __future__ import annotations


class Unfetched(Exception):
    """The reason why there is no photo, as the end of a sentence about it, and the way out, both in a marketer's words.

    down: its host does not do its work. again: asking once more may help. after: seconds that the host wants to be
    left alone. refused: nobody was asked, for it lies where it may not be fetched from.
    """

    def __init__(
        self,
        reason: str,
        hint: str | None,
        *,
        down: bool = False,
        again: bool = False,
        after: float | None = None,
        refused: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.down = down
        self.again = again
        self.after = after
        self.refused = refused
