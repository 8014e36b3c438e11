"""Photos, masks and other pictures as they come in: what is read, what is refused and how, and in which colours."""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from assetgen.cli import main
from assetgen.files.decode import Unreadable, decode, measure
from assetgen.files.file_facts import header
from tests.kit import change, manifest, shop, write
from tests.picture_files import (
    NOT_READ,
    ORANGE,
    SWAPPED,
    linear_grey_profile,
    png_chunk,
    product,
    saved,
    swapped_profile,
    turned,
    with_broken_exif,
    with_late_exif,
)

DEGRADED = 1
OUTPUT = Path("output/small")


def a_shop(folder: Path, photos: Mapping[str, bytes], masks: Mapping[str, bytes] | None = None) -> Path:
    """The small shop on white, with a row for each of these photos and none besides."""
    campaign = shop(folder)
    change(campaign, "channels: [instagram-feed-square, amazon-main]", "channels: [amazon-main]")
    masks = masks or {}
    for name, data in {**photos, **masks}.items():
        (folder / "campaigns" / name).write_bytes(data)
    rows = [f"{Path(name).name},Thing,1.00,EUR,{name},{next(iter(masks), '')}\n" for name in photos]
    write(folder / "campaigns/products.csv", "sku,title,price,currency,photo,mask\n" + "".join(rows))
    return campaign


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made() -> set[str]:
    """The skus of which there are pictures."""
    return {asset["sku"] for asset in manifest(OUTPUT)["assets"]}


def set_aside() -> dict[str, str]:
    """The messages of the rows that were set aside, by sku."""
    return {entry["sku"]: entry["message"] for entry in manifest(OUTPUT)["set_aside"]}


def test_what_is_no_picture_is_named_by_its_first_bytes_whatever_it_is_called(here: Path) -> None:
    photos = {f"{kind}.jpg": data for kind, (data, _) in NOT_READ.items()}
    campaign = a_shop(here, {**photos, "good.jpg": saved(product(), "PNG")})

    assert main(["run", str(campaign)]) == DEGRADED
    assert made() == {"good.jpg"}
    found = set_aside()
    for kind, (_, said) in NOT_READ.items():
        assert said in found[f"{kind}.jpg"]
        assert "/" not in found[f"{kind}.jpg"].replace(f"{kind}.jpg", "").replace("unpack it, and", "")


def test_no_program_is_started_for_a_photo(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ghostscript is what Pillow starts for EPS."""
    started = here / "started"
    program = write(here / "bin/gs", f"#!{sys.executable}\nopen({str(started)!r}, 'w')\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    eps = saved(product(mode="RGB"), "EPS")
    campaign = a_shop(here, {"thing.png": eps, "good.png": saved(product(), "PNG")})

    assert main(["run", str(campaign)]) == DEGRADED
    assert main(["inspect", "campaigns/thing.png"]) == DEGRADED
    assert not started.exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "BMP", "MPO"])
def test_these_formats_are_read(kind: str) -> None:
    picture = Image.new("RGB", (60, 40), ORANGE)
    data = saved(picture, kind, **({"save_all": True, "append_images": [picture]} if kind == "MPO" else {}))

    assert measure(data) == (60, 40)
    assert np.abs(decode(data)[20, 30].astype(int) - ORANGE).max() <= 3


def test_a_heic_photo_is_read_where_its_package_is_installed() -> None:
    pytest.importorskip("pi_heif")
    data = (Path(__file__).parent / "photos/orange.heic").read_bytes()

    assert measure(data) == (64, 48)
    assert np.abs(decode(data)[20, 30].astype(int) - ORANGE).max() <= 3


AVIF = saved(product(mode="RGB"), "AVIF")
DAMAGED = {
    "cut.jpg": saved(product(mode="RGB"), "JPEG")[:900],
    "flipped.avif": AVIF[:-80] + bytes(byte ^ 0x5A for byte in AVIF[-80:]),
    "long.tif": saved(Image.new("L", (60, 65539)), "TIFF"),
    "wide.png": saved(Image.new("L", (40_000, 2)), "PNG"),
    "strip.png": saved(Image.new("L", (20_000, 20)), "PNG"),
    "cut.gif": saved(product(mode="RGB"), "GIF")[:60],
    "header.png": saved(product(), "PNG")[:20],
    "cut.webp": saved(product(), "WEBP")[:50],
    "cut.tif": saved(product(), "TIFF")[:300],
    "cut.bmp": saved(product(mode="RGB"), "BMP")[:40],
    "film.png": b"\x89PNG\r\n\x1a\n"
    + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 359_000, 359_000, 8, 6, 0, 0, 0))
    + png_chunk(b"acTL", struct.pack(">II", 3, 0))
    + png_chunk(b"IDAT", b"x\x9c\x03\0\0\0\0\1")
    + png_chunk(b"IEND", b""),
}


def test_a_damaged_photo_is_the_problem_of_its_product_alone(here: Path) -> None:
    good = {
        "exif.jpg": with_broken_exif(saved(product((600, 750), mode="RGB"), "JPEG", quality=95)),
        "a.png": saved(product(), "PNG"),
    }
    campaign = a_shop(here, {**DAMAGED, **good})

    assert main(["run", str(campaign)]) == DEGRADED
    assert made() == set(good)
    assert set(set_aside()) == set(DAMAGED)
    assert main(["run", str(campaign)]) == DEGRADED  # and again


def test_inspecting_damaged_pictures_goes_on_and_says_one_line_of_each(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, data in {**DAMAGED, **{f"{kind}.png": data for kind, (data, _) in NOT_READ.items()}}.items():
        write(here / "in" / name, "").write_bytes(data)
    Path("in/ok.jpg").write_bytes(with_broken_exif(saved(product(mode="RGB"), "JPEG", quality=95)))

    assert main(["inspect", *sorted(map(str, Path("in").iterdir()))]) == DEGRADED
    said = capfd.readouterr()
    assert f"{len(DAMAGED) + len(NOT_READ) + 1} files: 1 clean" in said.out
    assert said.out.count("  error   readable: the file ") == len(DAMAGED) + len(NOT_READ)
    assert "Warning" not in said.err
    assert str(here) not in said.out + said.err


@pytest.fixture
def no_files(here: Path) -> Iterator[list[str]]:
    """What has the name of a photo and is no file."""
    folder = here / "campaigns"
    folder.mkdir()
    os.mkfifo(folder / "pipe.jpg")
    (folder / "device.jpg").symlink_to("/dev/zero")
    (folder / "folder.jpg").mkdir()
    with socket.socket(socket.AF_UNIX) as listening, pytest.MonkeyPatch.context() as there:
        there.chdir(folder)
        listening.bind("socket.jpg")
        yield ["pipe.jpg", "device.jpg", "folder.jpg", "socket.jpg"]


def test_what_is_no_file_is_refused_at_once(
    here: Path, no_files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(here)
    campaign = a_shop(here, {"a.png": saved(product(), "PNG")})
    table = Path("campaigns/products.csv")
    table.write_text(table.read_text() + "".join(f"{name},Thing,1.00,EUR,{name},\n" for name in no_files))

    assert main(["run", str(campaign)]) == DEGRADED
    found = set_aside()
    assert "is a folder" in found["folder.jpg"]
    assert all("is a pipe or a device, not a file" in found[name] for name in no_files if name != "folder.jpg")
    assert main(["inspect", "campaigns/pipe.jpg", "campaigns/device.jpg"]) == DEGRADED
    assert main(["cutout", "campaigns/pipe.jpg"]) == DEGRADED


RGBA = product(colour=(*SWAPPED, 255))
GREY = product(colour=(64, 255), mode="LA")
PALETTE = product(colour=SWAPPED, mode="RGB").quantize(8)
IN_A_PROFILE = {
    "rgba.png": saved(RGBA, "PNG", icc_profile=swapped_profile()),
    "rgba.tif": saved(RGBA, "TIFF", icc_profile=swapped_profile()),
    "rgba.webp": saved(RGBA, "WEBP", lossless=True, icc_profile=swapped_profile()),
    "rgba.avif": saved(RGBA, "AVIF", quality=100, subsampling="4:4:4", icc_profile=swapped_profile()),
    "palette.png": saved(PALETTE, "PNG", icc_profile=swapped_profile()),
    "clear-palette.png": saved(
        PALETTE, "PNG", icc_profile=swapped_profile(), transparency=int(np.asarray(PALETTE)[0, 0])
    ),
    "clear-colour.png": saved(
        product(colour=SWAPPED, mode="RGB"), "PNG", icc_profile=swapped_profile(), transparency=(255, 255, 255)
    ),
}


IN_P3 = (216, 99, 51)
"""The numbers of the true colour in Display P3."""

P3_SPACE = png_chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000))
GAMMA = png_chunk(b"gAMA", struct.pack(">I", 45455))


def png_with(told: bytes, colour: tuple[int, ...]) -> bytes:
    """A PNG of the product in these numbers, with a chunk that says what they mean."""
    png = saved(product(colour=(*colour, 255)), "PNG")
    return png[:33] + told + png[33:]


def avif_with(primaries: int, transfer: int) -> bytes:
    """An AVIF of the product that names its colours by these numbers."""
    avif = saved(product(colour=(*IN_P3, 255)), "AVIF", quality=100, subsampling="4:4:4")
    at = avif.index(b"colrnclx") + len(b"colrnclx")
    return avif[:at] + struct.pack(">HH", primaries, transfer) + avif[at + 4 :]


NAMED_BY_NUMBERS = {
    "p3.png": png_with(png_chunk(b"cICP", bytes([12, 13, 0, 1])), IN_P3),
    "bt2020.png": png_with(png_chunk(b"cICP", bytes([9, 1, 0, 1])), (195, 107, 52)),
    "old-p3.png": png_with(GAMMA + P3_SPACE, IN_P3),
    "srgb.png": png_with(png_chunk(b"cICP", bytes([1, 13, 0, 1])), ORANGE),
    "wins.png": png_with(GAMMA + P3_SPACE + png_chunk(b"sRGB", b"\0"), ORANGE),
    "wrong.png": png_with(png_chunk(b"gAMA", bytes(4)) + png_chunk(b"cHRM", bytes(32)), ORANGE),
    "p3.avif": avif_with(12, 13),
}


def test_colours_that_are_named_by_numbers_are_those_of_their_space(here: Path) -> None:
    bright = {"pq.png": png_with(png_chunk(b"cICP", bytes([9, 16, 0, 1])), IN_P3), "hlg.avif": avif_with(9, 18)}
    assert main(["run", str(a_shop(here, {**NAMED_BY_NUMBERS, **bright}))]) == DEGRADED

    assert made() == set(NAMED_BY_NUMBERS)
    for asset in manifest(OUTPUT)["assets"]:
        pixels = decode((OUTPUT / asset["file"]).read_bytes())
        middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2].astype(int)
        assert np.abs(middle - ORANGE).max() <= 3, asset["sku"]
    found = set_aside()
    assert set(found) == set(bright)
    assert all(
        "is an HDR picture" in message and "export it with sRGB colours" in message for message in found.values()
    )


def test_pictures_with_transparency_or_a_palette_keep_the_colours_of_their_profile(here: Path) -> None:
    """As far as the finished file of a shop."""
    assert main(["run", str(a_shop(here, IN_A_PROFILE))]) == 0

    for asset in manifest(OUTPUT)["assets"]:
        pixels = decode((OUTPUT / asset["file"]).read_bytes())
        middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2].astype(int)
        assert np.abs(middle - ORANGE).max() <= 2, asset["sku"]
        assert pixels[5, 5].min() == 255
    assert len(manifest(OUTPUT)["assets"]) == len(IN_A_PROFILE)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_grey_with_transparency_keeps_the_tone_of_its_profile(kind: str) -> None:
    pixels = decode(saved(GREY, kind, icc_profile=linear_grey_profile()))

    assert pixels[150, 120].tolist() == [137, 137, 137, 255]  # a quarter of the light
    assert pixels[5, 5, 3] == 0


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_every_way_of_storing_a_picture_is_turned_once(kind: str, orientation: int) -> None:
    data = turned(kind, orientation)

    height, width = decode(data).shape[:2]
    lying = orientation >= 5
    assert (width, height) == measure(data) == header(data).size == ((240, 300) if lying else (300, 240))
    assert header(data).orientation == orientation


def test_exif_behind_the_pixels_of_a_png_is_found() -> None:
    data = with_late_exif(saved(product(), "PNG"), 6)

    assert measure(data) == (300, 240) == decode(data).shape[1::-1]


def test_a_turned_photo_takes_its_upright_mask_in_every_format(here: Path) -> None:
    kinds = {"a.jpg": "JPEG", "b.png": "PNG", "c.tif": "TIFF", "d.webp": "WEBP", "e.avif": "AVIF"}
    mask = saved(product().getchannel("A"), "PNG")

    assert main(["run", str(a_shop(here, {n: turned(k) for n, k in kinds.items()}, {"mask.png": mask}))]) == 0
    assert made() == set(kinds)


def test_the_message_of_a_damaged_mask_names_it_as_the_table_does(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mask = saved(product().getchannel("A"), "PNG")
    main(["run", str(a_shop(here, {"a.png": saved(product(mode="RGB"), "PNG")}, {"mask.png": mask[:150]}))])

    said = capsys.readouterr().err
    assert "mask `mask.png` is damaged or cut off" in said
    assert str(here) not in said


@pytest.mark.parametrize("side", [500, 900])
@pytest.mark.parametrize("colour", [ORANGE, (20, 60, 200), (10, 140, 60)])
def test_a_smooth_product_in_a_strong_colour_is_cut_out_of_a_jpeg_with_halved_colours(
    here: Path, side: int, colour: tuple[int, int, int]
) -> None:
    photo = Image.new("RGB", (2 * side, 2 * side), "#ebebeb")
    ImageDraw.Draw(photo).rectangle((0.56 * side, 0.4 * side, 1.44 * side, 1.72 * side), fill=colour)
    photo = photo.resize((side, side), Image.Resampling.LANCZOS)
    photo.save("box.jpg", quality=90, subsampling=2)
    photo.save("box-png.png")

    assert main(["cutout", "box.jpg", "box-png.png"]) == 0
    for name in ("box", "box-png"):
        found = decode(Path(f"cutouts/{name}.png").read_bytes())[..., 3] / 255
        assert found.mean() == pytest.approx(0.44 * 0.66, abs=0.01)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Unreadable, match="108 megapixels, the most that is read is 100"):
        decode(saved(Image.new("1", (12_000, 9_000)), "PNG"))
    with pytest.raises(Unreadable, match="the longest side that is read is 30,000"):
        decode(saved(Image.new("1", (31_000, 9)), "PNG"))
    with pytest.raises(Unreadable, match="is a strip of 9 x 1,801 pixels, more than 200 times as long as wide"):
        decode(saved(Image.new("1", (9, 1_801)), "PNG"))


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 200), (3, 599)])
def test_whatever_is_no_strip_is_looked_at(here: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "red").save("speck.png")

    assert main(["cutout", "speck.png", "--preview"]) == DEGRADED
    assert Path("cutouts/speck--preview.png").exists()


def test_a_needle_that_is_cut_out_already_keeps_its_width(here: Path) -> None:
    needle = np.zeros((900, 900, 4), np.uint8)
    needle[50:850, 450] = (200, 30, 30, 255)
    Image.fromarray(needle).save("needle.png")

    assert main(["cutout", "needle.png", "--preview"]) == DEGRADED
    assert Path("cutouts/needle--preview.png").exists()
