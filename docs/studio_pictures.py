"""Makes the pictures of docs/studio.md: python docs/studio_pictures.py"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.model.request import Request
from assetgen.providers.studio import Studio
from assetgen.studio.studio_vocabulary import PLACES

HERE = Path(__file__).parent
PICTURES = HERE / "images" / "studio"
STRIPS = {
    "times": [f"stepped podium, sage wall, {time}" for time in ("morning", "noon", "golden hour", "night", "neon")],
    "surfaces": [
        f"round podium, {each}" for each in ("marble podium", "oak floor", "terrazzo floor", "concrete", "water")
    ],
    "seasons": [f"round podium, {season}" for season in ("spring", "summer", "autumn", "winter", "christmas colours")],
    "changed": [
        f"kitchen, {words}"
        for words in (
            "sage wall",
            "golden hour",
            "oak table top",
            "round podium, pink wall",
            "night, light from the left",
        )
    ],
}
PRODUCTS = {
    "sage green": "#a9b79b",
    "terracotta": "#c8694a",
    "navy": "#1f2f52",
    "mustard": "#f0c24b",
    "white": "#f4f1ec",
}
SHAPES = [(450, 800), (640, 800), (800, 800), (1422, 800), (2400, 800)]


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for place, words in PLACES.items():
        save(place, painted(words.partition(", ")[0], 800, 800), 400)
    for name, prompts in STRIPS.items():
        save(name, beside([painted(prompt, 400, 400) for prompt in prompts]), 1000)
    products = [with_product(f"round podium, for a {colour} product", code) for colour, code in PRODUCTS.items()]
    save("products", beside(products), 1000)
    save("shapes", beside([painted("beach", *size) for size in SHAPES]), 1000)


def painted(prompt: str, width: int, height: int) -> npt.NDArray[np.uint8]:
    data = Studio().generate(Request(prompt, width, height)).data
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def with_product(prompt: str, code: str) -> npt.NDArray[np.uint8]:
    """The set with a plain box in the product's colour."""
    picture, place = painted(prompt, 400, 400), Studio().generate(Request(prompt, 400, 400)).stage
    assert place
    x, y = round(400 * place.x), round(400 * place.y)
    colour = tuple(int(code[i : i + 2], 16) for i in (5, 3, 1))
    cv2.rectangle(picture, (x - 55, y - 150), (x + 55, y), colour, -1)
    return picture


def beside(pictures: list[npt.NDArray[np.uint8]]) -> npt.NDArray[np.uint8]:
    """In a row, with white between them."""
    gaps = [cv2.copyMakeBorder(each, 0, 0, 0, 12, cv2.BORDER_CONSTANT, value=(255, 255, 255)) for each in pictures]
    return np.asarray(np.hstack(gaps)[:, :-12], np.uint8)


def save(name: str, picture: npt.NDArray[np.uint8], width: int) -> None:
    size = width, round(picture.shape[0] * width / picture.shape[1])
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(PICTURES / f"{name}.jpg"), small, [cv2.IMWRITE_JPEG_QUALITY, 80])


if __name__ == "__main__":
    main()
