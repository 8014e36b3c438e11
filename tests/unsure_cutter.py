"""A cutter of a package of its own that is never sure of what is red, and a shop with a photo for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw

from tests.beside_plugins import beside, lay_beside
from tests.kit import change

PHOTO = Path("campaigns/ball.png")
"""The photo of A-1, of which it is not sure."""

_CODE = """\
import numpy as np
from assetgen.ports import Cutout, Cutter, Verdict

class Unsure(Cutter):
    name, recipe = "unsure", 1

    def cut(self, photo, handling):
        colour = photo[120, 120]  # of all of it
        white = 255.0 - photo.min(axis=2)
        alpha = np.clip(white / white[120, 120] * 255, 0, 255).astype(np.uint8)
        red = colour[0] > 128
        verdict = Verdict.CHECK if red else Verdict.GOOD
        reasons = ("a part of it may be missing", "it may be glass") if red else ()
        return Cutout(np.dstack([np.broadcast_to(colour, photo.shape), alpha]), verdict, 0.5 if red else 1.0, reasons)
"""


@contextmanager
def unsure_cutter(folder: Path) -> Iterator[None]:
    """It is installed until the end of the block."""
    points = "[assetgen.cutters]\nunsure = our_unsure:Unsure\n"
    with beside(lay_beside(folder / "unsure", "our_unsure", points, {"our_unsure": _CODE})):
        yield


def with_doubts(campaign: Path) -> None:
    """The small shop has it cut out, and A-1 has a photo of which it is not sure."""
    photograph(PHOTO, "red")
    change(campaign.parent / "products.csv", "red.png", "ball.png")
    change(campaign, "layout: card\n", "layout: card\ncutouts:\n  - {cutout: unsure}\n")


def photograph(path: Path, colour: str) -> None:
    """A product on white."""
    image = Image.new("RGB", (960, 960), "white")
    ImageDraw.Draw(image).ellipse((240, 160, 720, 800), fill=colour)
    image.resize((240, 240), Image.Resampling.BOX).save(path)
