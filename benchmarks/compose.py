"""CPU time for a megapixel of finished picture, next to plain Pillow: python benchmarks/compose.py"""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import yaml
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

import assetgen
from assetgen.config.layout import AnyLayer, BadgeLayer, Layout, TextLayer
from assetgen.config.shape import Shape
from assetgen.files.encode import FileLimits, encode
from assetgen.model.arrays import Pixels
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.model.request import Stage
from assetgen.picture.compose import compose, fit_plate
from assetgen.picture.standing_product import trim

ROOT = Path(__file__).parent.parent
FONT = Path(assetgen.__file__).parent / "data" / "fonts" / "Inter-SemiBold.otf"
SIZES = [(1080, 1920), (1080, 1350), (1200, 1200), (1920, 800), (1200, 628), (970, 250), (300, 250)]
STAGE = Stage(ground=0.7, x=0.5, y=0.8, width=0.95)
LOOK = BrandLook(
    {"ink": "#22302b", "paper": "#f6f1e7", "accent": "#c8623e"},
    logo=(ROOT / "templates" / "brands" / "halden.svg").read_bytes(),
)
RUNS = 12


def main() -> None:
    cv2.setNumThreads(1)
    plate, cutout = a_plate(), a_cutout()
    print(f"{'':>13}ms a megapixel{'':>30}ms a picture")
    print(f"{'canvas':>11}  fit plate  compose  encode    all  Pillow  ratio     all")
    for width, height in SIZES:
        canvas, layers = Canvas(width, height), words_filled_in(Shape.of(width, height))
        trimmed, backdrop = trim(cutout), fit_plate(plate, STAGE, canvas, layers)
        pixels = compose(canvas, layers, LOOK, backdrop=backdrop, products=[trimmed]).pixels
        times = [
            cpu(lambda: fit_plate(plate, STAGE, canvas, layers)),  # noqa: B023 - called before the next turn
            cpu(lambda: compose(canvas, layers, LOOK, backdrop=backdrop, products=[trimmed])),  # noqa: B023 - as above
            cpu(lambda: encode(pixels, FileLimits(("jpg",)), b"")),  # noqa: B023 - as above
        ]
        pillow = cpu(lambda: with_pillow(plate, cutout, width, height))  # noqa: B023 - as above
        megapixels = width * height / 1e6
        fit, draw, save, ours, theirs = (ms / megapixels for ms in (*times, sum(times), pillow))
        size = f"{width}x{height}"
        ratio = theirs / ours
        print(
            f"{size:>11} {fit:10.1f} {draw:8.1f} {save:7.1f} {ours:6.1f} {theirs:7.1f} {ratio:6.1f} {sum(times):7.1f}"
        )


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of CPU time for one run, the best of three rounds."""
    work()
    rounds = []
    for _ in range(3):
        started = time.process_time()
        for _ in range(RUNS):
            work()
        rounds.append((time.process_time() - started) / RUNS * 1000)
    return min(rounds)


def a_plate() -> Pixels:
    down = np.linspace(0, 1, 1232, dtype=np.float32)[:, None, None]
    noise = np.random.default_rng(1).normal(0, 1.5, (1232, 1232, 1))
    wall, floor = np.array([214, 206, 190]), np.array([176, 160, 140])
    return (np.where(down < STAGE.ground, wall - 30 * down, floor) + noise).clip(0, 255).astype(np.uint8)


def a_cutout() -> Pixels:
    """The sample mug; an oval does as its outline."""
    photo = np.asarray(Image.open(ROOT / "campaigns" / "photos" / "mug.jpg").convert("RGB"))
    alpha = np.zeros(photo.shape[:2], np.uint8)
    cv2.ellipse(alpha, (600, 620), (420, 480), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return np.dstack([photo, alpha])


def words_filled_in(shape: Shape) -> tuple[AnyLayer, ...]:
    texts = {"headline": "Spring, made by hand", "subline": "Speckled Mug in stoneware", "cta": "Shop now"}
    written = yaml.safe_load((ROOT / "templates" / "layouts" / "hero.yaml").read_text(encoding="utf-8"))
    layers = [layer for layer in Layout.model_validate(written).layers(shape) if not layer.when]
    return tuple(
        layer.model_copy(update={"text": texts[layer.text.strip("{} ").removeprefix("copy.")]})
        if isinstance(layer, TextLayer | BadgeLayer)
        else layer
        for layer in layers
    )


def with_pillow(plate: Pixels, cutout: Pixels, width: int, height: int) -> bytes:
    """What a short script does: fit, resize, blurred shadows, paste, three texts, JPEG."""
    canvas = ImageOps.fit(Image.fromarray(plate), (width, height), Image.Resampling.LANCZOS)
    whole = Image.fromarray(cutout)
    product = ImageOps.contain(whole.crop(whole.getbbox()), (width // 2, height // 2), Image.Resampling.LANCZOS)
    left, top = (width - product.width) // 2, int(0.8 * height) - product.height
    shadow = Image.new("L", canvas.size)
    flat = product.getchannel("A").resize((product.width, max(1, product.height // 6)))
    shadow.paste(flat, (left, top + product.height - flat.height))
    wide = shadow.filter(ImageFilter.GaussianBlur(product.height / 15))
    tight = shadow.filter(ImageFilter.GaussianBlur(product.height / 80))
    canvas.paste((40, 35, 30), mask=ImageChops.lighter(wide, tight).point(lambda level: level * 0.5))
    canvas.paste(product, (left, top), product)
    draw = ImageDraw.Draw(canvas)
    for y, size, text in ((0.1, 0.07, "Spring, made by hand"), (0.2, 0.03, "Speckled Mug"), (0.9, 0.03, "Shop now")):
        font = ImageFont.truetype(str(FONT), max(11, size * min(width, height)))
        draw.text((width / 2, y * height), text, font=font, fill=(34, 48, 43), anchor="mm")
    out = BytesIO()
    canvas.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


if __name__ == "__main__":
    main()
