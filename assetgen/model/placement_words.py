"""The words that tell an image model where the layout will put the product."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.config.mode import Mode
from assetgen.model.arrays import Box


def with_placement(prompt: str, mode: Mode, box: Box | None) -> str:
    """The prompt, completed with where the product stands or will stand; as it is where nobody knows.

    In words and rough shares, as people would say it: layouts that differ little then share their plates. `box` is in
    fractions of the picture: left, top, right, bottom.
    """
    if box is None or mode is Mode.TEXT:
        return prompt
    where = _place_in_words(box)
    if mode is Mode.PLATE:
        return (
            f"{prompt}\n\nA product will be placed {where} later. Leave exactly that place empty: nothing stands, lies "
            "or hangs there, and the ground under it is level, in focus and evenly lit."
        )
    return f"{prompt}\n\nThe product stands {where}, whole and unobstructed."


def _place_in_words(box: Box) -> str:
    left, top, right, bottom = box
    across = _step_of((left + right) / 2, {0.42: "left", 0.58: "centre", 1: "right"})
    down = _step_of((top + bottom) / 2, {0.4: "upper", 0.55: "middle", 1: "lower"})
    high = _step_of(
        bottom - top, {0.3: "a quarter", 0.4: "a third", 0.55: "half", 0.7: "two thirds", 1: "three quarters"}
    )
    return f"in the {down} {across} of the frame, up to {high} of its height"


def _step_of(share: float, names: Mapping[float, str]) -> str:
    """The name of the first step that the share does not exceed."""
    return next(name for most, name in names.items() if share <= most)
