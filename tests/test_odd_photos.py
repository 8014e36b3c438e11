"""Photos that are no use: each is told what is so of it, and a way out that helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assetgen.cli import main
from tests.kit import ROOT

REFUSED = 1
ANOTHER = "give another photo: this one may be a placeholder, or a file that went wrong when it was saved"


def clear_with(alpha: int, where: slice) -> Image.Image:
    """A file that is cut out already, grey and clear but for a square of this alpha."""
    pixels = np.full((240, 240, 4), 90, np.uint8)
    pixels[..., 3] = 0
    pixels[where, where, 3] = alpha
    return Image.fromarray(pixels)


BLANK = {
    "white": (Image.new("RGB", (240, 240), "white"), "it has one colour all over"),
    "grey": (Image.new("L", (240, 240), 120), "it has one colour all over"),
    "opaque": (Image.new("RGBA", (240, 240), "maroon"), "it has one colour all over"),
    "clear": (clear_with(0, slice(0, 240)), "it is transparent all over"),
    "speck": (clear_with(255, slice(100, 103)), "hardly anything on it is opaque"),
    "veil": (clear_with(60, slice(20, 220)), "hardly anything on it is opaque"),
    "dot": (Image.new("RGB", (1, 1), "white"), "it has only 1 x 1 pixels"),
    "icon": (Image.new("RGBA", (8, 6), "maroon"), "it has only 8 x 6 pixels"),
}


@pytest.mark.parametrize(("photo", "why"), BLANK.values(), ids=list(BLANK))
def test_where_there_is_nothing_to_see_nobody_is_sent_for_a_model(
    photo: Image.Image, why: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo.save("campaigns/green.png")

    assert main(["cutout", "campaigns/green.png"]) == REFUSED
    told = capsys.readouterr().out.partition("\n")[2]
    assert told == f"  - it shows nothing, for {why}\n  what helps: {ANOTHER}\n"

    assert main(["check", str(small)]) == REFUSED
    err = capsys.readouterr().err
    assert f"warning: photo `green.png` cannot be cut out well: it shows nothing, for {why}\n" in err
    assert f"  --> campaigns/products.csv:3 (row 2)\nhint: {ANOTHER}\n" in err


def test_a_blank_photo_with_an_outline_made_by_hand_is_cut_by_that(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (240, 240), "white").save("white.png")
    clear_with(255, slice(60, 180)).save("mask.png")
    assert main(["cutout", "white.png", "--mask", "mask.png"]) == 0

    clear_with(255, slice(0, 1)).save("mask.png")
    assert main(["cutout", "white.png", "--mask", "mask.png"]) == REFUSED
    assert "what helps: give another mask, white where the product is and black elsewhere" in capsys.readouterr().out


def cut_off() -> bytes:
    whole = (ROOT / "campaigns/photos/mug.jpg").read_bytes()
    return whole[: len(whole) // 3]


def saved(size: tuple[int, int]) -> bytes:
    Image.new("1", size).save("large.png")
    return Path("large.png").read_bytes()


SMALLER = "save it smaller, for 4,000 pixels on its longer side are plenty"
UNREAD = {
    "cut off": (cut_off, "is damaged or cut off: save or download it again"),
    "a strip": (
        lambda: saved((20_000, 20)),
        "is a strip of 20,000 x 20 pixels, more than 200 times as long as wide: crop it",
    ),
    "too large": (lambda: saved((12_000, 9_000)), f"has 108 megapixels, the most that is read is 100: {SMALLER}"),
    "far too large": (
        lambda: saved((20_000, 20_000)),
        f"has far more than the 100 megapixels that are read: {SMALLER}",
    ),
    "too long": (
        lambda: saved((31_000, 200)),
        f"is 31,000 x 200 pixels, and the longest side that is read is 30,000: {SMALLER}",
    ),
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"hello", "is a text, not a picture"),
}


@pytest.mark.parametrize(("data", "why"), UNREAD.values(), ids=list(UNREAD))
def test_a_file_that_is_there_was_meant_and_its_own_way_out_is_told(
    data: Callable[[], bytes], why: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("campaigns/green.png").write_bytes(data())

    assert main(["cutout", "campaigns/green.png"]) == REFUSED
    assert capsys.readouterr().err == f"error: `campaigns/green.png` {why}\n"

    main(["check", str(small)])
    assert f"warning: photo `green.png` {why}\n  --> campaigns/products.csv:3 (row 2)" in capsys.readouterr().err


def test_of_one_that_is_not_there_the_nearest_is_told(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cutout", "campaigns/gren.png"]) == REFUSED
    assert capsys.readouterr().err == "error: `campaigns/gren.png` is not there\nhint: did you mean `green.png`?\n"
