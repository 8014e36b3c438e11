"""What an XMP packet says, whoever wrote it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://www.tc260.org.cn/ns/AIGC/1.0/": "TC260",
}
"""The prefixes of names as the standards and exiftool write them. Others keep the prefix that the packet gives them."""


class _Forbidden(Exception):
    """A document type: nothing that writes XMP needs one, and entities in it can grow without end."""


def described(packet: bytes) -> dict[str, str]:
    """The properties of a packet, such as `Iptc4xmpExt:DigitalSourceType`, and their texts; of a list, one a line.

    Of a packet that is broken or holds a document type, nothing.
    """
    prefixes = dict(_PREFIXES)
    found: dict[str, str] = {}
    try:
        _refuse_document_type(packet)
        events = list(ET.iterparse(io.BytesIO(packet), ("start-ns", "end")))  # noqa: S314 - see the line before
    except (_Forbidden, expat.ExpatError, ET.ParseError, ValueError):
        return {}
    for event, thing in events:
        if event == "start-ns":
            prefix, namespace = thing
            prefixes.setdefault(namespace, prefix)
        elif thing.tag == f"{{{_RDF}}}Description":
            found |= {_named(tag, prefixes): text for tag, text in _properties(thing) if text}
    return found


def _refuse_document_type(packet: bytes) -> None:
    def refuse(*_: object) -> None:
        raise _Forbidden

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(packet, True)  # noqa: FBT003 - it takes no keywords


def _properties(description: ET.Element) -> Iterator[tuple[str, str]]:
    """Written as attributes, or as elements."""
    for tag, value in description.attrib.items():
        if not tag.startswith(f"{{{_RDF}}}"):
            yield tag, value
    for child in description:
        yield child.tag, child.get(f"{{{_RDF}}}resource") or _text(child)


def _text(element: ET.Element) -> str:
    return "\n".join(line for line in (text.strip() for text in element.itertext()) if line)


def _named(tag: str, prefixes: dict[str, str]) -> str:
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return f"{prefixes[namespace]}:{name}" if namespace in prefixes else name
