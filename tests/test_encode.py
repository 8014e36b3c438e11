import io
import json
import shutil
import subprocess
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image, ImageCms

from assetgen.errors import InputError
from assetgen.imaging.encode import Encoded, Limits, TooHeavy, encode
from assetgen.imaging.metadata import Provenance, SourceType, xmp

PACKET = xmp(Provenance(SourceType.DRAWN, "xmp.iid:1", "assetgen"))
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"


def noise(side: int = 200) -> np.ndarray:
    """Heavy to encode, and full of colour."""
    return np.random.default_rng(1).integers(0, 256, (side, side, 3), dtype=np.uint8)


def soft(side: int = 300) -> np.ndarray:
    ramp = np.linspace(40, 220, side).astype(np.uint8)
    return np.dstack(
        [np.tile(ramp, (side, 1)), np.tile(ramp[:, None], (1, side)), np.full((side, side), 120, np.uint8)]
    )


def opened(encoded: Encoded) -> Image.Image:
    return Image.open(io.BytesIO(encoded.data))


def weight() -> int:
    return len(encode(noise(), Limits(("jpg",)), PACKET).data)


def test_a_light_picture_is_encoded_once_with_sharp_colours():
    encoded = encode(soft(), Limits(("jpg", "png")), PACKET)
    assert (encoded.extension, encoded.quality, encoded.chroma, encoded.attempts) == (".jpg", 92, "4:4:4", 1)


@pytest.mark.parametrize(
    ("formats", "chosen"),
    [(("png", "jpg"), "jpg"), (("webp", "avif", "jpg"), "webp"), (("jpg", "webp"), "jpg"), (("png", "gif"), "png")],
)
def test_photos_are_jpeg_unless_the_channel_prefers_newer_formats(formats, chosen):
    encoded = encode(soft(), Limits(formats), PACKET)
    assert encoded.format == chosen
    assert opened(encoded).format == {"jpg": "JPEG"}.get(chosen, chosen.upper())


def test_a_tight_weight_costs_quality_before_sharp_colours():
    encoded = encode(noise(), Limits(("jpg",), max_bytes=weight() * 3 // 4), PACKET)
    assert encoded.chroma == "4:4:4"
    assert 80 <= encoded.quality < 92


def test_a_tighter_weight_costs_sharp_colours_too():
    limit = weight() * 2 // 5
    encoded = encode(noise(), Limits(("jpg",), max_bytes=limit), PACKET)
    assert encoded.chroma == "4:2:0"
    assert 0.8 * limit < len(encoded.data) <= limit
    assert encoded.attempts <= 6


def test_the_next_format_is_tried_when_one_is_too_heavy():
    encoded = encode(soft(), Limits(("jpg", "webp"), max_bytes=3000), PACKET)
    assert encoded.format == "webp"


def test_a_picture_too_heavy_at_the_floor_is_an_error_with_its_weight():
    with pytest.raises(TooHeavy, match=r"weighs \d+ kB .* the channel takes 2 kB"):
        encode(noise(), Limits(("jpg",), max_bytes=2000), PACKET)


def test_a_picture_under_the_least_weight_gets_more_quality_and_no_padding():
    assert encode(soft(), Limits(("jpg",), min_bytes=38_000), PACKET).quality == 100


def test_a_format_we_cannot_write_is_named():
    with pytest.raises(InputError, match="we cannot write gif or pdf"):
        encode(soft(), Limits(("gif", "pdf")), PACKET)


@pytest.mark.parametrize("codec", ["jpg", "png", "webp", "avif"])
def test_files_repeat_to_the_byte_and_carry_only_colours_and_provenance(codec):
    encoded = encode(soft(), Limits((codec,), dpi=300), PACKET)
    with opened(encoded) as picture:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        assert not picture.getexif()
        assert picture.info["xmp"].strip(b"\0") == PACKET
        if codec in {"jpg", "png"}:
            assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert encode(soft(), Limits((codec,), dpi=300), PACKET).data == encoded.data


def test_png_keeps_transparency():
    cutout = np.dstack([soft(), np.full((300, 300), 7, np.uint8)])
    with opened(encode(cutout, Limits(("png",)), PACKET)) as picture:
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
    with opened(encode(soft(), Limits((codec,)), xmp(FULL))) as picture:
        described = ET.fromstring(picture.info["xmp"].decode().strip("\0")).find(f".//{RDF}Description")
    assert described is not None
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
    assert described.findtext(f"{EXT}DigitalSourceType") == source
    assert described.findtext(f"{EXT}AISystemUsed") == FULL.system
    assert described.findtext("{http://ns.adobe.com/photoshop/1.0/}Credit") == "Haus & Hand"
    assert described.findtext(f".//{RDF}li") == FULL.copyright


def test_what_is_unknown_is_left_out():
    assert b"AISystemUsed" not in PACKET
    assert b"CreateDate" not in PACKET


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool, the independent reader, is not installed")
@pytest.mark.parametrize("codec", ["jpg", "png", "webp", "avif"])
def test_exiftool_reads_the_same(codec, tmp_path):
    encoded = encode(soft(), Limits((codec,)), xmp(FULL))
    path = tmp_path / f"picture{encoded.extension}"
    path.write_bytes(encoded.data)
    told = subprocess.run(["exiftool", "-j", "-all", "-validate", path], capture_output=True, check=True).stdout
    facts = json.loads(told)[0]
    assert facts["DigitalSourceType"].endswith("/compositeWithTrainedAlgorithmicMedia")
    assert facts["AISystemUsed"] == FULL.system
    assert (facts["InstanceID"], facts["CreatorTool"]) == ("uuid:5f0c", "assetgen 0.1")
    assert (facts["Credit"], facts["Rights"]) == ("Haus & Hand", "© 2026 Haus & Hand")
    assert facts["Validate"] == "OK"
