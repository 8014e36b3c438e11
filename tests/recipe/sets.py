"""Small sets of the studio, in several shapes, with where a product stands in them."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.model.request import Generated, Request
from assetgen.providers.studio import Studio
from tests.recipe.pinned import Seen

PROMPTS = {
    "round podium, sage wall, leaf shadow, light from the left": (128, 128),
    "stone steps, terracotta arch, golden hour": (96, 160),
    "kitchen, morning": (176, 96),
    "bathroom, tiles": (128, 128),
    "ramadan, night": (128, 128),
    "beach, noon": (176, 96),
    "black mirror, halo": (96, 128),
    "christmas, bokeh, palette #1b4535, #a8242c": (192, 64),
}
"""Prompts, and the pixels in which they are drawn: enough to see a set by."""


def studio() -> dict[str, Seen]:
    return {prompt: _seen(Studio().generate(Request(prompt, *size))) for prompt, size in PROMPTS.items()}


def _seen(generated: Generated) -> Seen:
    picture = cv2.imdecode(np.frombuffer(generated.data, np.uint8), cv2.IMREAD_COLOR)
    stage = generated.stage
    assert picture is not None
    assert stage
    places = " ".join(f"{value:.3f}" for value in (stage.x, stage.y, stage.width, stage.ground, stage.gloss))
    light = " ".join(f"{value:.2f}" for value in (stage.light.side, stage.light.height, stage.light.softness))
    return Seen(picture.astype(np.uint8), f"stands at {places}, light {light}")
