"""Where a picture comes from, as an XMP packet.

Field names: IPTC Photo Metadata Standard 2025.1, https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape


class SourceType(StrEnum):
    """The codes of https://cv.iptc.org/newscodes/digitalsourcetype/ that apply to what we make."""

    GENERATED = "trainedAlgorithmicMedia"
    COMPOSITE_WITH_GENERATED = "compositeWithTrainedAlgorithmicMedia"
    COMPOSITE_SYNTHETIC = "compositeSynthetic"
    DRAWN = "digitalCreation"
    ENHANCED = "algorithmicallyEnhanced"

    @property
    def uri(self) -> str:
        return f"http://cv.iptc.org/newscodes/digitalsourcetype/{self.value}"


@dataclass(frozen=True)
class Provenance:
    """What every file says about itself.

    system: the model or engine that drew pixels, such as `gpt-image-2`; unique_id: must differ between contents;
    created: ISO 8601, left out where files must not change from run to run.
    """

    source_type: SourceType
    unique_id: str
    creator_tool: str
    system: str | None = None
    system_version: str | None = None
    credit: str | None = None
    copyright: str | None = None
    created: str | None = None


_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


def xmp(provenance: Provenance) -> bytes:
    """The packet, in UTF-8."""
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    body = "".join(f"<{tag}>{value}</{tag}>" for tag, value in _properties(provenance).items() if value)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{names}>{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return packet.encode()


def _properties(provenance: Provenance) -> dict[str, str | None]:
    rights = _text(provenance.copyright)
    return {
        "Iptc4xmpExt:DigitalSourceType": provenance.source_type.uri,
        "Iptc4xmpExt:AISystemUsed": _text(provenance.system),
        "Iptc4xmpExt:AISystemVersionUsed": _text(provenance.system_version),
        "xmpMM:InstanceID": _text(provenance.unique_id),
        "xmp:CreatorTool": _text(provenance.creator_tool),
        "xmp:CreateDate": _text(provenance.created),
        "photoshop:Credit": _text(provenance.credit),
        "dc:rights": rights and f'<rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt>',
    }


def _text(value: str | None) -> str | None:
    """Escaped, and without the control characters that XML cannot hold."""
    return value and escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", value))
