"""How well a shadow inside a transparent PNG is told from its product: `python -m benchmarks.shop_pngs`.

Products with exact alphas are laid over drawn shadows of many kinds, as shops' files have them, and compared with what
`alpha` makes of them. Files of see-through, feathered and hairy things without a shadow have to come out untouched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from assetgen.cutout.edge_colours import unmix
from assetgen.cutters.alpha import Alpha
from assetgen.files.decode import decode
from assetgen.model.arrays import Floats, Pixels
from assetgen.model.cutting import Cutout
from benchmarks import photos

SIDE = 900
SAMPLES = ("dropper", "flask", "headphones", "lamp", "mug", "tote", "vase")

Shadow = tuple[Floats, tuple[int, int, int]]
"""H x W, the opacity of a shadow, 0 to 1, and its colour."""


def products() -> Iterator[tuple[str, Pixels]]:
    """RGBA with room around it for a shadow."""
    for name in SAMPLES:
        rgb = np.asarray(Image.open(f"campaigns/photos/{name}.jpg").convert("RGB"))
        alpha = np.asarray(Image.open(f"tests/truth/{name}.png").convert("L"))
        yield name, roomy(unmix(rgb, alpha))
    for name in photos.names():
        if name.endswith("-1"):
            yield name, roomy(photos.take(name, SIDE).truth)


def roomy(rgba: Pixels, side: int = SIDE) -> Pixels:
    """Cut to what is seen, at most two thirds of `side` large, with room around it."""
    left, top, width, height = cv2.boundingRect((rgba[..., 3] > 0).astype(np.uint8))
    part = rgba[top : top + height, left : left + width].astype(np.float32)
    part[..., :3] *= part[..., 3:] / np.float32(255)
    scale = 0.66 * side / max(width, height)
    small = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.float32)
    small[..., :3] /= np.maximum(small[..., 3:], 1) / 255
    down, across = small.shape[:2]
    above, beside = (side - down) // 2, (side - across) // 2
    framed = cv2.copyMakeBorder(
        small, above, side - down - above, beside, side - across - beside, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)
    )
    return np.rint(np.clip(framed, 0, 255)).astype(np.uint8)


def dropped(alpha: Floats, across: float, down: float, sigma: float, dark: float) -> Floats:
    """A drop shadow; lengths are shares of the picture's side."""
    side = len(alpha)
    move = np.array([[1, 0, across * side], [0, 1, down * side]], np.float32)
    moved = cv2.warpAffine(alpha.astype(np.float32), move, (side, side))
    return dark * cv2.GaussianBlur(moved, (0, 0), sigma * side)


def contact(alpha: Floats, dark: float, *, sink: float = 0.0, soft: float = 1.0) -> Floats:
    """An ellipse on the floor below the product, dark at its foot; `sink` is how far below, a share of the side."""
    side = len(alpha)
    rows, columns = np.nonzero(alpha > 0.5)
    low = columns[rows > rows.max() - 0.04 * side]
    y, x = np.mgrid[:side, :side].astype(np.float32)
    across = (x - (low.min() + low.max()) / 2) / (0.62 * (np.ptp(low) + 0.05 * side))
    down = (y - rows.max() - sink * side) / (0.03 * side * soft)
    return np.asarray(dark * np.exp(-((across**2 + down**2) ** 0.8)), np.float32)


def cast(alpha: Floats, lean: float, dark: float) -> Floats:
    """The outline lying on the floor, leaning to a side and softer away from the foot."""
    side = len(alpha)
    rows = np.nonzero(alpha > 0.5)[0]
    foot = rows.max()
    flat = 0.35
    move = np.array([[1, -lean, lean * foot], [0, flat, foot * (1 - flat)]], np.float32)
    laid = cv2.warpAffine(alpha.astype(np.float32), move, (side, side))
    return dark * cv2.GaussianBlur(laid, (0, 0), 0.012 * side)


BLACK = (0, 0, 0)

SHADOWS: Mapping[str, Callable[[Floats], Shadow]] = {
    "drop": lambda alpha: (dropped(alpha, 0.01, 0.025, 0.015, 0.5), BLACK),
    "drop wide": lambda alpha: (dropped(alpha, 0, 0.03, 0.05, 0.55), BLACK),
    "drop hard": lambda alpha: (dropped(alpha, 0.012, 0.015, 0.005, 0.45), BLACK),
    "drop left": lambda alpha: (dropped(alpha, -0.03, 0.01, 0.02, 0.4), BLACK),
    "drop right": lambda alpha: (dropped(alpha, 0.04, 0.02, 0.025, 0.6), BLACK),
    "glow": lambda alpha: (dropped(alpha, 0, 0, 0.02, 0.5), BLACK),
    "contact": lambda alpha: (contact(alpha, 0.6), BLACK),
    "contact deep": lambda alpha: (contact(alpha, 0.85, soft=0.6), BLACK),
    "contact 70 %": lambda alpha: (contact(alpha, 0.7, soft=1.5), BLACK),
    "both": lambda alpha: (1 - (1 - dropped(alpha, 0, 0.02, 0.02, 0.3)) * (1 - contact(alpha, 0.5)), BLACK),
    "detached": lambda alpha: (contact(alpha, 0.5, sink=0.09), BLACK),
    "cast": lambda alpha: (cast(alpha, 0.8, 0.45), BLACK),
    "faint": lambda alpha: (dropped(alpha, 0.005, 0.02, 0.02, 0.15), BLACK),
    "bluish": lambda alpha: (contact(alpha, 0.6), (22, 24, 44)),
    "brownish": lambda alpha: (dropped(alpha, 0.01, 0.025, 0.02, 0.5), (46, 38, 30)),
    "grey": lambda alpha: (contact(alpha, 0.6), (88, 88, 88)),
}


def over(product: Pixels, shadow: Shadow) -> Pixels:
    """The product laid over its shadow, as a file keeps it: straight colours, 8 bit."""
    dark, colour = shadow
    own = product[..., 3:] / np.float32(255)
    behind = (1 - own) * dark[..., None]
    alpha = own + behind
    mixed = (product[..., :3] * own + np.array(colour, np.float32) * behind) / np.maximum(alpha, 1e-4)
    return np.asarray(np.rint(np.dstack([np.where(alpha > 0, mixed, 0), 255 * alpha])), np.uint8)


def few_colours(rgba: Pixels) -> Pixels:
    """As tools that make PNGs small leave it: 256 colours, alphas included."""
    colours, places = np.unique(rgba.reshape(-1, 4), axis=0, return_inverse=True)
    some = np.random.default_rng(1).permutation(colours)[:6000].astype(np.float32)
    cv2.setRNGSeed(1)
    once = (cv2.TERM_CRITERIA_MAX_ITER, 6, 0)
    _, _, palette = cv2.kmeans(some, 256, np.empty(0, np.int32), once, 1, cv2.KMEANS_RANDOM_CENTERS)
    found = cv2.BFMatcher().match(colours.astype(np.float32), np.asarray(palette, np.float32))
    levels = np.rint(palette).astype(np.uint8)[[match.trainIdx for match in found]]
    return np.where(rgba[..., 3:] > 0, levels[places].reshape(rgba.shape), 0).astype(np.uint8)


# What has to stay: drawn on a square of SIDE.


def _shape(draw: Callable[[Pixels], object]) -> Floats:
    canvas = np.zeros((4 * SIDE, 4 * SIDE), np.uint8)
    draw(canvas)
    small = cv2.resize(canvas, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return cv2.GaussianBlur(small, (0, 0), 0.7)


def _box(left: float, top: float, right: float, bottom: float) -> Floats:
    first, last = ((round(4 * SIDE * x), round(4 * SIDE * y)) for x, y in ((left, top), (right, bottom)))
    return _shape(lambda canvas: cv2.rectangle(canvas, first, last, 255, -1))


def _disc(x: float, y: float, radius: float) -> Floats:
    middle, reach = (round(4 * SIDE * x), round(4 * SIDE * y)), round(4 * SIDE * radius)
    return _shape(lambda canvas: cv2.circle(canvas, middle, reach, 255, -1))


def _rgba(colour: tuple[int, int, int], alpha: Floats) -> Pixels:
    flat = np.full((SIDE, SIDE, 3), colour, np.uint8)
    return np.dstack([flat, np.rint(255 * np.clip(alpha, 0, 1)).astype(np.uint8)])


def _merged(lower: Pixels, upper: Pixels) -> Pixels:
    a, b = (layer[..., 3:] / np.float32(255) for layer in (upper, lower))
    alpha = a + (1 - a) * b
    mixed = (upper[..., :3] * a + lower[..., :3] * b * (1 - a)) / np.maximum(alpha, 1e-4)
    return np.rint(np.dstack([mixed, 255 * alpha])).astype(np.uint8)


def sunglasses(*, rim: bool, fading: bool) -> Pixels:
    lenses = np.maximum(_disc(0.3, 0.5, 0.16), _disc(0.7, 0.5, 0.16))
    down = np.linspace(1, 0, SIDE, dtype=np.float32)[:, None]
    tint = np.clip((down - 0.34) / 0.32, 0, 1) * 0.8 if fading else np.full((SIDE, 1), 0.6, np.float32)
    frame = _box(0.42, 0.46, 0.58, 0.49)
    if rim:
        frame = np.maximum(frame, lenses - np.maximum(_disc(0.3, 0.5, 0.145), _disc(0.7, 0.5, 0.145)))
    return _merged(_rgba((18, 18, 20), lenses * tint), _rgba((30, 26, 24), frame))


def smoked_bottle() -> Pixels:
    body = np.maximum(_box(0.35, 0.35, 0.65, 0.85), _box(0.45, 0.2, 0.55, 0.4))
    walls = body - 0.45 * cv2.erode(body, np.ones((25, 25)))
    return _merged(_rgba((30, 30, 32), walls), _rgba((200, 160, 60), _box(0.44, 0.15, 0.56, 0.22)))


def lace() -> Pixels:
    cloth = _disc(0.5, 0.5, 0.36)
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    holes = np.clip(1.5 * np.sin(x / 3.1) * np.sin(y / 3.1), 0, 1)
    return _rgba((14, 14, 16), cloth * (1 - 0.8 * holes))


def veil() -> Pixels:
    y = np.linspace(0, 1, SIDE, dtype=np.float32)[:, None]
    cloth = _box(0.25, 0.3, 0.75, 0.9) * (0.55 - 0.3 * y)
    return _merged(_rgba((16, 16, 18), cloth), _rgba((25, 20, 20), _box(0.25, 0.1, 0.75, 0.33)))


def hair(colour: tuple[int, int, int]) -> Pixels:
    random = np.random.default_rng(2)

    def draw(canvas: Pixels) -> None:
        cv2.circle(canvas, (2 * SIDE, 2 * SIDE), round(1.1 * SIDE), 255, -1)
        for angle in random.uniform(0, 2 * np.pi, 1200):
            start, lean, length = random.uniform(0.9, 1.1), angle + random.normal(0, 0.3), random.uniform(0.1, 0.4)
            root = 2 * SIDE + SIDE * start * np.array([np.cos(angle), np.sin(angle)])
            tip = root + SIDE * length * np.array([np.cos(lean), np.sin(lean)])
            cv2.line(canvas, root.astype(int).tolist(), tip.astype(int).tolist(), 255, 6, cv2.LINE_AA)

    return _rgba(colour, _shape(draw))


def feathered(product: Pixels, sigma: float) -> Pixels:
    soft = cv2.GaussianBlur(product[..., 3], (0, 0), sigma * SIDE)
    return np.dstack([_spread(product), np.minimum(soft, 255)]).astype(np.uint8)


def _spread(product: Pixels) -> Pixels:
    """Its colours carried on beyond its edge."""
    weight = (product[..., 3:] > 250).astype(np.float32)
    wide = cv2.GaussianBlur(np.dstack([product[..., :3] * weight, weight]), (0, 0), 0.02 * SIDE)
    around = wide[..., :3] / np.maximum(wide[..., 3:], 1e-3)
    return np.rint(np.where(weight > 0, product[..., :3], around)).clip(0, 255).astype(np.uint8)


def black_shoe(soft: float) -> Pixels:
    return _rgba((20, 19, 20), cv2.GaussianBlur(_box(0.2, 0.4, 0.8, 0.7), (0, 0), soft))


def candle() -> Pixels:
    return decode(Path("campaigns/photos/candle.png").read_bytes())


def without_shadow() -> Iterator[tuple[str, Pixels]]:
    yield "candle", candle()
    yield "tinted lenses", sunglasses(rim=True, fading=False)
    yield "fading lenses", sunglasses(rim=True, fading=True)
    yield "rimless lenses", sunglasses(rim=False, fading=False)
    yield "rimless fading", sunglasses(rim=False, fading=True)
    yield "smoked bottle", smoked_bottle()
    yield "black lace", lace()
    yield "black veil", veil()
    yield "black hair", hair((12, 10, 10))
    yield "grey fur", hair((120, 118, 116))
    for soft in (1, 2, 4, 8):
        yield f"black shoe, edge {soft}", black_shoe(soft)
    for name, product in products():
        yield name, product
        yield f"{name} feathered", feathered(product, 0.01)
        if name in SAMPLES:
            yield f"{name} feathered far", feathered(product, 0.03)


def score(found: Cutout, product: Pixels, shadow: Shadow, before: Pixels) -> dict[str, float]:
    """Of alphas in % of the product's area; `edge` colours in levels, `shade` of the layer in levels beside it."""
    true = product[..., 3].astype(np.float32)
    area = true.sum()
    mixed = (true > 12) & (true < 243)
    weight = np.minimum(true, found.rgba[..., 3])[mixed]
    off = np.abs(found.rgba[..., :3].astype(np.float32) - product[..., :3]).mean(axis=2)[mixed]
    dark, colour = shadow
    kept = 255 * (1 - dark * (1 - np.mean(colour) / 255))
    told = found.shadow if found.shadow is not None else np.full(true.shape, 255)
    beside = (true == 0) & (dark > 0.02)
    return {
        "before": 100 * float(np.abs(before[..., 3] - true).sum() / area),
        "after": 100 * float(np.abs(found.rgba[..., 3] - true).sum() / area),
        "lost": 100 * float(np.maximum(true - found.rgba[..., 3], 0).sum() / area),
        "edge": float((off * weight).sum() / max(weight.sum(), 1)),
        "shade": float(np.abs(told - kept)[beside].mean()),
    }


def main() -> None:
    cv2.setNumThreads(1)
    files = [*without_shadow()]
    touched = [name for name, file in files if not _same(Alpha().cut(file), file)]
    print(f"{len(files)} files without a shadow; touched or doubted all the same: {', '.join(touched) or 'none'}\n")
    wares = [*products()]
    print(f"{'shadow':20}before after  worst   lost  edge shade doubted")
    for name, make in SHADOWS.items():
        _print(name, wares, make, lambda file: file)
    for name in ("drop", "contact"):
        _print(f"{name}, few colours", wares[: len(SAMPLES)], SHADOWS[name], few_colours)


def _same(found: Cutout, file: Pixels) -> bool:
    return found.shadow is None and not found.reasons and np.array_equal(found.rgba, file)


def _print(
    name: str,
    wares: list[tuple[str, Pixels]],
    make: Callable[[Floats], Shadow],
    way: Callable[[Pixels], Pixels],
) -> None:
    scores, doubted, missed, worst = [], 0, [], ("", 0.0)
    started = time.process_time()
    for ware, product in wares:
        shadow = make(product[..., 3].astype(np.float32) / 255)
        file = way(over(product, shadow))
        found = Alpha().cut(file)
        one = score(found, product, shadow, file)
        doubted += bool(found.reasons)
        missed += [ware] if found.shadow is None else []
        worst = max(worst, (ware, one["after"]), key=lambda pair: pair[1])
        scores.append(one)
    seconds = (time.process_time() - started) / len(wares)
    mean = {key: float(np.mean([one[key] for one in scores])) for key in scores[0]}
    print(
        f"{name:20}{mean['before']:6.1f}{mean['after']:6.2f}{worst[1]:7.2f}{mean['lost']:7.2f}{mean['edge']:6.1f}"
        f"{mean['shade']:6.1f}{doubted:8}   {seconds:.2f} s, worst: {worst[0]}; missed: {' '.join(missed) or 'none'}",
        flush=True,
    )


if __name__ == "__main__":
    main()
