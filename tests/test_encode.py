import io
import json
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from assetgen.errors import InputError
from assetgen.files.encode import FLOOR, Encoded, FileLimits, TooHeavy, encode
from assetgen.files.fidelity import fidelity
from assetgen.files.xmp import Provenance, SourceType, xmp
from assetgen.model.arrays import Pixels

PACKET = xmp(Provenance(SourceType.DRAWN, "xmp.iid:1", "assetgen"))
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"


def soft(side: int = 300) -> np.ndarray:
    ramp = np.linspace(40, 220, side).astype(np.uint8)
    return np.dstack(
        [np.tile(ramp, (side, 1)), np.tile(ramp[:, None], (1, side)), np.full((side, side), 120, np.uint8)]
    )


def advert(width: int = 400, height: int = 300) -> np.ndarray:
    """Grain, a line of letters and a coloured button on a soft wall."""
    light = np.linspace(0.8, 1, height)[:, None, None] * np.array([214, 220, 190])
    pixels: Pixels = (light + np.random.default_rng(1).normal(0, 2, (height, width, 1))).astype(np.uint8)
    cv2.rectangle(pixels, (width // 8, height // 2), (width // 2, height * 3 // 4), (200, 98, 62), -1)
    cv2.putText(pixels, "Shop now", (width // 6, height * 2 // 3), 0, height / 400, (246, 241, 231), 2, cv2.LINE_AA)
    cv2.putText(pixels, "Spring", (width // 8, height // 3), 0, height / 200, (34, 48, 43), 3, cv2.LINE_AA)
    return pixels


def opened(encoded: Encoded) -> Image.Image:
    return Image.open(io.BytesIO(encoded.data))


def seen(encoded: Encoded) -> np.ndarray:
    return np.asarray(opened(encoded).convert("RGB"))


def weight(pixels: np.ndarray, *formats: str) -> int:
    return len(encode(pixels, FileLimits(formats or ("jpg",)), PACKET).data)


def test_a_light_picture_is_encoded_once_with_sharp_colours():
    encoded = encode(soft(), FileLimits(("jpg", "png")), PACKET)
    assert (encoded.extension, encoded.quality, encoded.chroma, encoded.attempts) == (".jpg", 92, "4:4:4", 1)
    assert 0.97 < encoded.score <= 1


@pytest.mark.parametrize(
    ("formats", "chosen"),
    [(("png", "jpg"), "jpg"), (("webp", "avif", "jpg"), "webp"), (("jpg", "webp"), "jpg"), (("png", "gif"), "png")],
)
def test_photos_are_jpeg_unless_the_channel_prefers_newer_formats(formats, chosen):
    encoded = encode(soft(), FileLimits(formats), PACKET)
    assert encoded.format == chosen
    assert opened(encoded).format == {"jpg": "JPEG"}.get(chosen, chosen.upper())


def test_a_tight_weight_costs_quality_before_sharp_colours():
    encoded = encode(advert(), FileLimits(("jpg",), max_bytes=weight(advert()) * 3 // 5), PACKET)
    assert encoded.chroma == "4:4:4"
    assert 80 <= encoded.quality < 92


def test_a_tighter_weight_costs_sharp_colours_too_and_is_used_up():
    limit = weight(advert()) * 2 // 5
    encoded = encode(advert(), FileLimits(("jpg",), max_bytes=limit), PACKET)
    assert encoded.chroma == "4:2:0"
    assert 0.9 * limit < len(encoded.data) <= limit
    assert encoded.attempts <= 5


def test_where_bytes_count_a_jpeg_is_progressive():
    assert opened(encode(advert(), FileLimits(("jpg",), max_bytes=weight(advert()) * 2 // 3), PACKET)).info[
        "progressive"
    ]


@pytest.mark.parametrize("lighter", ["webp", "avif"])
def test_a_lighter_format_is_tried_when_one_is_too_heavy(lighter):
    limit = weight(advert()) * 19 // 100
    with pytest.raises(TooHeavy):
        encode(advert(), FileLimits(("jpg",), max_bytes=limit), PACKET)
    assert encode(advert(), FileLimits(("jpg", "png", lighter), max_bytes=limit), PACKET).format == lighter


def test_a_png_that_is_too_heavy_gets_a_palette():
    encoded = encode(advert(), FileLimits(("png",), max_bytes=weight(advert(), "png") // 2), PACKET)
    assert opened(encoded).mode == "P"
    assert FLOOR <= encoded.score < 1
    assert encode(advert(), FileLimits(("png",)), PACKET).score == 1


def test_a_picture_that_would_turn_to_mush_is_an_error_that_says_what_it_weighs():
    with pytest.raises(TooHeavy) as told:
        encode(advert(), FileLimits(("jpg",), max_bytes=4000), PACKET)
    said = r"the picture weighs about ([\d.]+) kB at the lowest quality we accept, and the channel takes 4.0 kB"
    found = re.match(said, str(told.value))
    assert found
    just = encode(advert(), FileLimits(("jpg",), max_bytes=int(float(found[1]) * 1100)), PACKET)
    assert just.score < FLOOR + 0.02


def test_a_picture_under_the_least_weight_gets_more_quality_and_no_padding():
    assert encode(soft(), FileLimits(("jpg",), min_bytes=38_000), PACKET).quality == 100


def test_coloured_hairlines_that_webp_would_smear_are_kept_exactly():
    lines = np.tile(np.array([[[255, 0, 0]], [[0, 0, 255]]], np.uint8), (50, 100, 1))
    assert np.array_equal(seen(encode(lines, FileLimits(("webp",)), PACKET)), lines)


def test_the_score_is_that_of_the_file():
    for limit in (None, weight(advert()) // 2):
        encoded = encode(advert(), FileLimits(("jpg",), max_bytes=limit), PACKET)
        assert encoded.score == pytest.approx(fidelity(advert(), seen(encoded)), abs=0.001)


def test_the_score_of_a_large_jpeg_that_is_light_enough_is_close_to_that_of_the_file():
    encoded = encode(advert(1080, 1350), FileLimits(("jpg",)), PACKET)
    assert encoded.score == pytest.approx(fidelity(advert(1080, 1350), seen(encoded)), abs=0.01)


def blurred(pixels: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 2))


def blocky(pixels: np.ndarray) -> np.ndarray:
    """In squares of eight pixels of one colour each."""
    small = cv2.resize(pixels, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, pixels.shape[1::-1], interpolation=cv2.INTER_NEAREST))


def tinted(pixels: np.ndarray) -> np.ndarray:
    """Pinker by little more than eyes can tell."""
    return np.asarray((pixels + np.array([8, -4, 0])).clip(0, 255), np.uint8)


@pytest.mark.parametrize("harm", [blurred, blocky, tinted])
def test_a_spoilt_place_spoils_the_score(harm):
    before = advert(800, 600)
    after = before.copy()
    after[100:260, 60:300] = harm(before)[100:260, 60:300]
    assert fidelity(before, after) < FLOOR < fidelity(before, before) == 1


@settings(max_examples=60, deadline=None)
@given(
    formats=st.lists(st.sampled_from(["jpg", "png", "webp", "avif"]), min_size=1, unique=True),
    width=st.integers(1, 160),
    height=st.integers(1, 160),
    grain=st.sampled_from([0, 3, 30, 255]),
    share=st.floats(0.02, 1.2),
    seed=st.integers(0, 2**32 - 1),
)
def test_what_is_encoded_fits_and_looks_good_or_it_fails(*, formats, width, height, grain, share, seed):
    random = np.random.default_rng(seed)
    patches = cv2.resize(random.integers(0, 256, (5, 4, 3)).astype(np.uint8), (width, height), interpolation=seed % 3)
    pixels = (patches + random.normal(0, grain, (height, width, 3))).clip(0, 255).astype(np.uint8)
    limit = max(1, int(share * weight(pixels, *formats)))
    try:
        encoded = encode(pixels, FileLimits(tuple(formats), limit), PACKET)
    except TooHeavy:
        assert share < 1 or formats[0] == "webp"
        return
    assert len(encoded.data) <= limit
    assert encoded.format in formats
    assert seen(encoded).shape == pixels.shape
    assert min(encoded.score, fidelity(pixels, seen(encoded)) + 0.0005) >= FLOOR
    assert encoded.attempts <= 6


def test_a_format_we_cannot_write_is_named():
    with pytest.raises(InputError, match="we cannot write gif or pdf"):
        encode(soft(), FileLimits(("gif", "pdf")), PACKET)


@pytest.mark.parametrize("share", [1, 0.7])
@pytest.mark.parametrize("codec", ["jpg", "png", "webp", "avif"])
def test_files_repeat_to_the_byte_and_carry_only_colours_and_provenance(codec, share):
    limits = FileLimits((codec,), max_bytes=int(share * weight(advert(), codec)), dpi=300)
    encoded = encode(advert(), limits, PACKET)
    with opened(encoded) as picture:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        assert not picture.getexif()
        assert picture.info["xmp"].strip(b"\0") == PACKET
        if codec in {"jpg", "png"}:
            assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert encode(advert(), limits, PACKET).data == encoded.data


def test_png_keeps_transparency():
    cutout = np.dstack([soft(), np.full((300, 300), 7, np.uint8)])
    with opened(encode(cutout, FileLimits(("png",)), PACKET)) as picture:
        assert np.array_equal(np.asarray(picture), cutout)


FULL = Provenance(
    SourceType.COMPOSITE_WITH_GENERATED,
    unique_id="uuid:5f0c",
    creator_tool="assetgen 0.1",
    system='Studio "<&>" 春',
    system_version="2",
    credit="Haus & Hand\x07",
    copyright="© 2026 Haus & Hand",
)


@pytest.mark.parametrize("codec", ["jpg", "png", "webp"])
def test_provenance_reads_back_from_the_file(codec):
    with opened(encode(soft(), FileLimits((codec,)), xmp(FULL))) as picture:
        described = ET.fromstring(picture.info["xmp"].decode().strip("\0")).find(f".//{RDF}Description")
    assert described is not None
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
    assert described.findtext(f"{EXT}DigitalSourceType") == source
    assert described.findtext(f"{EXT}AISystemUsed") == FULL.system
    assert described.findtext("{http://ns.adobe.com/photoshop/1.0/}Credit") == "Haus & Hand"
    assert described.findtext(f".//{RDF}li") == FULL.copyright


def test_what_is_unknown_is_left_out():
    assert b"AISystemUsed" not in PACKET


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool, the independent reader, is not installed")
@pytest.mark.parametrize("share", [1.1, 0.7])
@pytest.mark.parametrize("codec", ["jpg", "png", "webp", "avif"])
def test_exiftool_reads_the_same(codec, share, tmp_path):
    encoded = encode(advert(), FileLimits((codec,), max_bytes=int(share * weight(advert(), codec))), xmp(FULL))
    path = tmp_path / f"picture{encoded.extension}"
    path.write_bytes(encoded.data)
    told = subprocess.run(["exiftool", "-j", "-all", "-validate", path], capture_output=True, check=True).stdout
    facts = json.loads(told)[0]
    assert facts["DigitalSourceType"].endswith("/compositeWithTrainedAlgorithmicMedia")
    assert facts["AISystemUsed"] == FULL.system
    assert (facts["InstanceID"], facts["CreatorTool"]) == ("uuid:5f0c", "assetgen 0.1")
    assert (facts["Credit"], facts["Rights"]) == ("Haus & Hand", "© 2026 Haus & Hand")
    assert facts["ProfileDescription"].startswith("sRGB")
    assert "ExifByteOrder" not in facts
    assert facts["Validate"] == "OK"
