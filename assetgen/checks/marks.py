"""Marks in a file of where it comes from, read back from its bytes."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.files.xmp import SourceType, xmp
from assetgen.files.xmp_reading import described
from assetgen.model.finding import Level

SOURCE_TYPE = "Iptc4xmpExt:DigitalSourceType"
_AI_SYSTEM = "Iptc4xmpExt:AISystemUsed"
_GOOGLES = ("trainedAlgorithmicMedia", "compositeSynthetic", "algorithmicMedia")
"""The codes that Merchant Center knows, as https://support.google.com/merchants/answer/14743464 lists them."""


def _ai_dst(subject: Subject) -> Iterator[Fault]:
    found = subject.xmp.get(SOURCE_TYPE)
    keeps = subject.channel is not None and subject.channel.ai_metadata == "required-keep-iptc"
    level = None if keeps else Level.WARNING
    if subject.marks and subject.marks.source_type.by_model and found != subject.marks.source_type.uri:
        yield Fault(f"is made with AI and says `{found or 'nothing'}` of how, not `{subject.marks.source_type}`", level)
    elif _AI_SYSTEM in subject.xmp and not found:
        yield Fault(f"names the AI system `{subject.xmp[_AI_SYSTEM]}` and has no digital source type", level)
    elif keeps and found in {kind.uri for kind in SourceType if kind.by_model} and not found.endswith(_GOOGLES):
        yield Fault(f"has the digital source type `{found}`, and Google reads {', '.join(_GOOGLES)}")


def _marks(subject: Subject) -> Iterator[Fault]:
    if subject.marks is None:
        return
    meant = described(xmp(subject.marks))
    wrong = sorted(name for name in meant or {SOURCE_TYPE} if subject.xmp.get(name) != meant.get(name, ""))
    if wrong:
        yield Fault(f"its marks were lost or changed in writing: {', '.join(wrong)}")


RULES = (
    Rule(
        "ai-dst",
        "what is made with AI says so by its IPTC digital source type; an error where that is required",
        Level.ERROR,
        Basis.OURS,
        _ai_dst,
    ),
    Rule("marks", "all that the file should say of where it comes from is in it", Level.ERROR, Basis.OURS, _marks),
)
