"""The offline provider: product sets ray-traced from the words of the prompt. Free, repeatable, no network."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from math import radians, sin
from typing import ClassVar

import cv2
import numpy as np
from pydantic import Field

from assetgen.config.shape import Shape
from assetgen.errors import Problem
from assetgen.model.request import ALONE, Attached, Generated, Light, Price, Request, Stage
from assetgen.ports import Provider
from assetgen.studio.prompt_reading import not_understood, read
from assetgen.studio.render import render
from assetgen.studio.sets import ProductSet, build
from assetgen.studio.tracer.camera import DROP
from assetgen.studio.tracer.shading import mirror_share
from assetgen.studio.tracer.solids import Array
from assetgen.studio.tracer.surfaces import SURFACES

FREE = Price(Decimal(0), "USD")
RATIOS = {Shape.TALL: 9 / 16, Shape.PORTRAIT: 4 / 5, Shape.SQUARE: 1.0, Shape.LANDSCAPE: 16 / 9, Shape.BANNER: 3.0}


class Studio(Provider):
    """Knows the words of `vocabulary.py`; everything else in a prompt is passed over."""

    name: ClassVar[str] = "studio"
    recipe: ClassVar[int] = 4
    """4: frost and snowfall, and window sills that look out on the set that is asked for."""

    ai: ClassVar[bool] = False

    megapixels: float = Field(default=1.5, ge=0.25, le=4, description="How large plates are.")

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:  # noqa: ARG002 - part of the socket
        # Not of the size: one prompt gives one arrangement, whatever the channel.
        digest = hashlib.sha256(f"{request.prompt}\0{request.take}".encode()).digest()
        studio = build(read(request.prompt), request.width, request.height, int.from_bytes(digest[:6]))
        picture = cv2.cvtColor(render(studio), cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 3])
        return Generated(data.tobytes(), stage_of(studio), model=self.name, cost=FREE)

    def size(self, shape: Shape) -> tuple[int, int]:
        height = (self.megapixels * 1e6 / RATIOS[shape.plain]) ** 0.5
        return _sixteens(height * RATIOS[shape.plain]), _sixteens(height)

    def passed_over(self, words: str) -> Problem | None:
        """A warning for words of which the studio knows as good as none, such as German ones."""
        return not_understood(words)

    def price(self, request: Request) -> Price:  # noqa: ARG002 - every picture is free
        return FREE


def stage_of(studio: ProductSet) -> Stage:
    """The stage where the product stands in the picture, by projecting the set."""
    camera, stand, time = studio.camera, studio.stand, studio.time
    x, y = camera.project(camera.stand)
    left, _ = camera.project((-stand.width / 2, stand.height, camera.stand[2]))
    _, ground = camera.project(studio.backdrop.ground)
    light = Light(
        side=round(studio.side * sin(radians(time.turn)), 3),
        height=round(time.height / 90, 3),
        softness=round(min(time.softness / 0.3, 1.0), 3),
        strength=round(time.share, 3),
        tint=_tint(studio.lamps[0].colour),
    )
    return Stage(ground=ground, x=x, y=y, width=2 * (x - left), light=light, gloss=_gloss(studio))


def _tint(colour: Array) -> tuple[float, float, float]:
    red, green, blue = (round(float(part), 3) for part in colour / colour.max())
    return red, green, blue


def _gloss(studio: ProductSet) -> float:
    """The mirror's share where the camera looks down on the standing point."""
    down = DROP / (1 + DROP * DROP) ** 0.5
    return round(float(mirror_share(SURFACES[studio.underfoot.surface].shine, np.array(down))), 3)


def _sixteens(length: float) -> int:
    return max(round(length / 16), 1) * 16
