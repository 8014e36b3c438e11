"""Colours as people write them, for messages that say how files have them."""

from __future__ import annotations

import re


def colour_meant(written: str) -> str | None:
    """The code, as `#ffffff`, of a colour in another form: `#fff`, `FFFFFF`, `rgb(255, 255, 255)`, `white`; or None."""
    from PIL import ImageColor

    text = written.strip()
    if re.fullmatch(r"[0-9a-fA-F]{6}|[0-9a-fA-F]{3}", text):
        text = f"#{text}"
    try:
        red, green, blue, *_ = ImageColor.getrgb(text)
    except ValueError:
        return None
    return f"#{red:02x}{green:02x}{blue:02x}"
