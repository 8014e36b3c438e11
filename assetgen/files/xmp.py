"""The origin of a picture, as an XMP packet.

Field names: IPTC Photo Metadata Standard 2025.1, https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata,
and of China's label GB 45438-2025, annex E.
"""

from __future__ import annotations

import json
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

    @property
    def by_model(self) -> bool:
        """Whether a trained model drew some of it."""
        return self in {self.GENERATED, self.COMPOSITE_WITH_GENERATED, self.COMPOSITE_SYNTHETIC}


@dataclass(frozen=True)
class Provenance:
    """What every file says about itself.

    system: the model or engine that drew pixels, such as `gpt-image-2`; unique_id: must differ between contents. aigc:
    China's label, see `aigc`. No time of making: the same picture made again is the same file, under the same address.
    """

    source_type: SourceType
    unique_id: str
    creator_tool: str
    system: str | None = None
    system_version: str | None = None
    credit: str | None = None
    copyright: str | None = None
    aigc: str | None = None


_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
}

AIGC = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
"""The fields of China's label, in their order."""


def aigc(producer: str, content: str) -> str:
    """China's label for what an image model drew, as JSON; `content` is the number of this one file.

    At its first writing a producer is its own distributor: annex E, note 1.
    """
    return json.dumps(
        dict(zip(AIGC, ("1", producer, content, "", producer, content, ""), strict=True)), separators=(",", ":")
    )


def xmp(provenance: Provenance) -> bytes:
    """The packet, in UTF-8."""
    said = {tag: value for tag, value in _properties(provenance).items() if value}
    used = dict.fromkeys(tag.partition(":")[0] for tag in said)
    names = "".join(f' xmlns:{prefix}="{_NAMESPACES[prefix]}"' for prefix in used)
    body = "".join(f"<{tag}>{value}</{tag}>" for tag, value in said.items())
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
        "photoshop:Credit": _text(provenance.credit),
        "TC260:AIGC": _text(provenance.aigc),
        "dc:rights": rights and f'<rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt>',
    }


def _text(value: str | None) -> str | None:
    """Escaped, and without the control characters that XML cannot hold."""
    return value and escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", value))
