"""Labels that say which part a model has in a picture: on it, and for China in its file."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assetgen.checks.marks import SOURCE_TYPE
from assetgen.checks.rule import Basis, Fault, Rule
from assetgen.checks.subject import Subject
from assetgen.files.xmp import AIGC, SourceType
from assetgen.model.ai_label import CHINA, GB_45438
from assetgen.model.canvas import PlacedLayer
from assetgen.model.finding import Level
from assetgen.picture.colour import READABLE
from assetgen.picture.geometry import Rect
from assetgen.picture.label_drawing import smallest_glyph
from assetgen.picture.type.readable import readable

_AROUND = 2
"""The pixels around a label's letters that count as their ground; a plate reaches further."""

_SHORT = 0.9
"""The share of the contrast that a label must keep in the file: a codec mixes small letters into their ground."""

NO_PRODUCER = (
    "the file has no AIGC label, because the campaign has no `producer` under `disclosure`: the code is made of your "
    "company's credit code, as TC260-PG-20252A says"
)


def _asked_for(subject: Subject) -> Iterator[Fault]:
    if subject.label is None:
        return
    if subject.label.upload:
        yield Fault(f"it has no label, for no word may stand on it: {subject.label.upload}", Level.WARNING)
        return
    placed = _placed(subject)
    if placed is None:
        yield Fault(f"the label `{subject.label.text or 'icon'}` is not on the picture")
    elif placed.ink and placed.colour:
        ink = Rect(*placed.ink)
        if (found := readable(subject.seen, ink, placed.colour, placed.glyph, reach=_AROUND)) < _SHORT * READABLE:
            yield Fault(f"the label is hard to read: its contrast is {found:.1f}, and {READABLE} is needed")
        least = subject.label.standard.least(subject.frame.width, subject.frame.height)
        if placed.glyph < least:
            yield Fault(f"the label's capitals are {placed.glyph:.0f} px high, and {least:.0f} are needed")


def _chinese(subject: Subject) -> Iterator[Fault]:
    if subject.row.ai_metadata != CHINA or not _by_model(subject):
        return
    if subject.row.overlays != "forbidden":  # else `label` says what to do at upload
        yield from _visible(subject)
    yield from _in_the_file(subject)


def _visible(subject: Subject) -> Iterator[Fault]:
    """The faults of the label that GB 45438-2025, 5.2, wants on a picture."""
    if subject.scene is None:
        yield Fault("whether `AI生成` stands on it, large enough, was not checked", Level.NOT_CHECKED)
        return
    placed = _placed(subject)
    if placed is None or placed.ink is None:
        yield Fault("no label stands on it: China asks for `AI生成`")
        return
    if not (("AI" in placed.text or "人工智能" in placed.text) and ("生成" in placed.text or "合成" in placed.text)):
        yield Fault(f"its label `{placed.text}` needs `AI` or `人工智能`, and `生成` or `合成`")
    height = smallest_glyph(_letters(subject, placed))
    least = GB_45438.share * min(subject.frame.width, subject.frame.height)
    if height < least:
        yield Fault(f"its label is {height} px high, and 5 % of the short side are {least:.0f} px")


def _in_the_file(subject: Subject) -> Iterator[Fault]:
    """The faults of the AIGC label in the file.

    GB 45438-2025, annex E, wants an object, all of text without spaces, quotes and backslashes.
    """
    found = subject.xmp.get("TC260:AIGC")
    if not found:
        told = NO_PRODUCER if subject.marks and not subject.marks.aigc else "the file has no AIGC label"
        yield Fault(told, Level.WARNING)
    elif wrong := _label_problem(found):
        yield Fault(f"the AIGC label {wrong}", Level.WARNING)


def _label_problem(label: str) -> str | None:
    try:
        fields = json.loads(label)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        return "is no JSON object"
    if missing := [name for name in AIGC if name not in fields]:
        return f"lacks {', '.join(f'`{name}`' for name in missing)}"
    for name in AIGC:
        value = fields[name]
        if not isinstance(value, str) or any(not "!" <= char <= "~" or char in '"\\' for char in value):
            return f"has characters in `{name}` that are not allowed"
    empty = [name for name in ("Label", "ContentProducer", "ProduceID") if not fields[name]]
    return f"has nothing in `{empty[0]}`" if empty else None


def _by_model(subject: Subject) -> bool:
    if subject.marks:
        return subject.marks.source_type.by_model
    return any(source.by_model for source in SourceType if source.uri == subject.xmp.get(SOURCE_TYPE))


def _placed(subject: Subject) -> PlacedLayer | None:
    placed = subject.scene.placed if subject.scene else ()
    return next((layer for layer in placed if layer.layer == "label"), None)


def _letters(subject: Subject, placed: PlacedLayer) -> npt.NDArray[np.bool_]:
    """The label's letters as the file has them, H x W: what is nearer to their colour than to that of the ground."""
    box = Rect(*(placed.ink or placed.box)).grown(1).within(subject.frame)  # a codec may take them a pixel further
    part = subject.seen[box.top : box.bottom, box.left : box.right].astype(np.int32)
    words, ground = (((part - np.array(colour or 0)) ** 2).sum(axis=2) for colour in (placed.colour, placed.ground))
    return np.asarray(words < ground)


RULES = (
    Rule("label", "the label that was asked for is there and readable", Level.ERROR, Basis.OURS, _asked_for),
    Rule(
        "ai-label-cn",
        "what a model drew says so in China, on the picture and in the file",
        Level.ERROR,
        Basis.PLATFORM,
        _chinese,
    ),
)
