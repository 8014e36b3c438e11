"""What is read of a file before its pixels: its header, and the XMP packet that anybody may have written."""

from __future__ import annotations

import io
import math

import pytest
from PIL import Image

from assetgen.files.file_facts import header
from assetgen.files.xmp import xmp
from assetgen.files.xmp_reading import described
from tests.finished import MARKS, foreign, found, saved, scenery

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"


def packet(inside: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}>{inside}</rdf:RDF></x:xmpmeta>'.encode()


def test_our_own_packet_says_what_was_meant() -> None:
    said = described(xmp(MARKS))

    assert said["Iptc4xmpExt:DigitalSourceType"] == MARKS.source_type.uri
    assert said["dc:rights"] == MARKS.copyright
    assert said["photoshop:Credit"] == MARKS.credit


@pytest.mark.parametrize(
    "inside",
    [
        f'<rdf:Description xmlns:e="{EXT}" e:DigitalSourceType="uri"/>',
        f'<rdf:Description xmlns:e="{EXT}"><e:DigitalSourceType>uri</e:DigitalSourceType></rdf:Description>',
        f'<rdf:Description xmlns:e="{EXT}"><e:DigitalSourceType rdf:resource="uri"/></rdf:Description>',
        f'<rdf:Description xmlns="{EXT}"><DigitalSourceType> uri </DigitalSourceType></rdf:Description>',
    ],
)
def test_attributes_elements_and_links_say_the_same(inside: str) -> None:
    assert described(packet(inside)) == {"Iptc4xmpExt:DigitalSourceType": "uri"}


def test_lists_have_a_line_each_and_unknown_names_keep_their_prefix() -> None:
    listed = "<rdf:Bag><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Bag>"

    assert described(packet(f'<rdf:Description xmlns:my="urn:x"><my:Tags>{listed}</my:Tags></rdf:Description>')) == {
        "my:Tags": "one\ntwo"
    }


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb">]>' + packet('<rdf:Description xmlns:e="u" e:x="&b;"/>').decode()


@pytest.mark.parametrize("broken", [b"", b"<x", b"\xff\xfe\x00", packet("<a>"), BOMB.encode(), BOMB.encode("utf-16")])
def test_a_broken_packet_and_one_with_entities_say_nothing(broken: bytes) -> None:
    assert described(broken) == {}


def gif(times: list[int], **options: object) -> bytes:
    frames = [Image.fromarray(scenery(30, 20, seed)) for seed in range(len(times))]
    out = io.BytesIO()
    frames[0].save(out, "gif", save_all=True, append_images=frames[1:], duration=times, **options)
    return out.getvalue()


def test_an_animation_is_as_long_as_its_frames_and_its_repeats() -> None:
    once, twice, always = (header(gif([100, 400, 500], **loop)) for loop in ({}, {"loop": 2}, {"loop": 0}))

    assert (once.frames, once.seconds, once.pace) == (3, 1.0, 10.0)
    assert twice.seconds == 2.0
    assert always.seconds == math.inf
    assert header(saved(scenery())).frames == 1


@pytest.mark.parametrize("tag", [0xA430, 0xA431, 0xA435, 0xC62F, 0x9C9D])
def test_names_and_serial_numbers_lead_to_somebody(tag: int) -> None:
    exif = Image.Exif()
    exif[tag] = "somebody"

    assert set(found(foreign(None, saved(scenery(), exif=exif)))) == {"privacy"}


def test_a_place_in_the_packet_is_found_too_and_a_photographer_may_sign() -> None:
    place = packet('<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="48,8N"/>')
    exif = Image.Exif()
    exif[0x013B] = "A photographer"

    assert set(found(foreign(None, saved(scenery(), xmp=place)))) == {"privacy"}
    assert found(foreign(None, saved(scenery(), exif=exif))) == {}
