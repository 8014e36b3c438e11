"""A shop small enough to run in a second: three drawn products, one scene, two channels."""

from __future__ import annotations

import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image, ImageDraw
from pydantic import PrivateAttr

from assetgen.config.shape import Shape
from assetgen.errors import Problem, ProviderError
from assetgen.model.request import ALONE, Attached, Generated, Price, Request, Stage
from assetgen.ports import Provider

ROOT = Path(__file__).parent.parent
"""The folder of the project."""

CAMPAIGN = """\
name: Small
products:
  file: products.csv
brand: plain
copy: copy.csv
locales: [en-US]
scenes:
  shelf:
    prompt: shelf
layout: card
channels: [instagram-feed-square, amazon-main]
"""
BRAND = 'name: Plain\ncolours: {ink: "#222222", paper: "#fafafa", accent: "#aa4422"}\n'
LAYOUT = """\
square:
  - {layer: plate}
  - {layer: product, box: [0.2, 0.3, 0.8, 0.95]}
  - {layer: text, text: "{{ copy.headline }}", box: [0.05, 0.05, 0.95, 0.15]}
  - {layer: text, text: "{{ copy.offer }}", box: [0.05, 0.17, 0.95, 0.25], when: product.price}
"""
TABLE = """\
sku,title,price,currency,photo
A-1,Ball,10.00,EUR,red.png
B-2,Cup,20.00,EUR,green.png
C-3,Box,30.00,EUR,blue.png
"""
CHANNELS = "channels:\n  - {id: amazon-main, width: 1000, height: 1000}\n"
"""A quarter of the pixels that the channel has, which nobody looks at here, is encoded and checked sooner."""
STRICT = f"""\
{CHANNELS}\
  - id: instagram-feed-square
    keep_out: [{{x0: 0, y0: 0, x1: 1, y1: 1, why: buttons}}]
    checks: {{keep-out: error}}
"""
"""No square picture is good any more."""
COPY = "key,en-US\nheadline,Now here\noffer,{{ product.title }} for {{ product.price | money }}\n"


def shop(folder: Path) -> Path:
    """Lays the shop down and returns its campaign file."""
    prompts = "a shelf in {{ scene.name }}\n"
    write(folder / "templates/prompts/shelf.j2", prompts)
    write(folder / "templates/brands/plain.yaml", BRAND)
    write(folder / "templates/layouts/card.yaml", LAYOUT)
    write(folder / "templates/channels.yaml", CHANNELS)
    write(folder / "campaigns/products.csv", TABLE)
    write(folder / "campaigns/copy.csv", COPY)
    for name in ("red", "green", "blue"):
        draw_product(folder / f"campaigns/{name}.png", name)
    return write(folder / "campaigns/small.yaml", CAMPAIGN)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def draw_product(path: Path, colour: str, size: int = 240) -> None:
    """A product that is cut out already."""
    image = Image.new("RGBA", (size, size))
    ImageDraw.Draw(image).ellipse((size // 4, size // 8, size * 3 // 4, size * 7 // 8), fill=colour)
    image.save(path)


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def manifest(output: Path) -> Any:
    """The parsed manifest of a run."""
    return json.loads((output / "manifest.json").read_text(encoding="utf-8"))


def pictures(output: Path) -> set[str]:
    return {name for name in tree(output) if name.endswith((".jpg", ".png"))}


def with_model(campaign: Path, *, each: bool = False, budget: str = "", scene: str = "", **settings: object) -> None:
    """An image model makes the plates of the small shop. each: one for each product; scene: more lines of it."""
    said = json.dumps({"name": "openai", **settings})
    change(campaign, "layout: card", f"layout: card\nprovider: {said}" + (f"\nbudget: {budget}" if budget else ""))
    if each:
        change(campaign.parent.parent / "templates/prompts/shelf.j2", "a shelf", "a shelf for a {{ product.title }}")
    if scene:
        change(campaign, "    prompt: shelf\n", f"    prompt: shelf\n    {scene}\n")


def with_quick(campaign: Path, **settings: Any) -> None:
    """A model on a server of one's own makes small plates, one for each product."""
    with_model(campaign, each=True, model="quick", family="compatible", sizes={"square": "256x256"}, **settings)


class Flat(Provider):
    """One grey plate for every request. Remembers what it was asked for, may cost money, and may refuse."""

    name: ClassVar[str] = "flat"
    ai: ClassVar[bool] = False
    cost: Decimal | None = Decimal(0)
    refuses: tuple[str, ...] = ()

    _asked: list[Request] = PrivateAttr(default_factory=list)

    @property
    def asked(self) -> list[Request]:
        return self._asked

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:  # noqa: ARG002 - part of the socket
        self._asked.append(request)
        if any(word in request.prompt for word in self.refuses):
            raise ProviderError(Problem(f"the prompt was refused: `{request.prompt}`"))
        file = io.BytesIO()
        Image.new("RGB", (request.width, request.height), "#c8c8c8").save(file, "png")
        return Generated(file.getvalue(), Stage(0.6, 0.5, 0.8, 0.8))

    def size(self, shape: Shape) -> tuple[int, int]:
        return {Shape.TALL: (90, 160), Shape.PORTRAIT: (128, 160), Shape.BANNER: (240, 80)}.get(shape, (160, 160))

    def price(self, request: Request) -> Price | None:  # noqa: ARG002 - part of the socket
        return None if self.cost is None else Price(self.cost, "USD")


def size(picture: Path) -> tuple[int, int]:
    """Width and height, once every pixel of it could be read."""
    with Image.open(picture) as image:
        image.load()
        return image.size
