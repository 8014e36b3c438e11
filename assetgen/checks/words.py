"""Words and logo on a picture."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.model.finding import Level


def _keep_out(subject: Subject) -> Iterator[Fault]:
    """Words and logo that the platform's own things would cover."""
    channel = subject.row
    for taken in channel.keep_out:
        for placed in subject.scene.placed if subject.scene else ():
            left, top, right, bottom = placed.box
            across = left < taken.x1 * channel.width and right > taken.x0 * channel.width
            down = top < taken.y1 * channel.height and bottom > taken.y0 * channel.height
            if placed.layer in {"text", "badge", "logo"} and across and down:
                yield Fault(f"the {placed.layer} lies where {channel.name} puts its {taken.why}", Level.WARNING)


RULES = (Rule("keep-out", "words and logo miss what the platform covers", Level.ERROR, Basis.PLATFORM, _keep_out),)
