"""Cutouts as values: how a photo is to be cut out, what came of it, and how far that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assetgen.config.cutout_rule import AUTO
from assetgen.errors import Location, Problem
from assetgen.model.arrays import Alpha, Pixels
from assetgen.model.care import NO_CARE, Care
from assetgen.model.finding import Finding, Level


class Verdict(StrEnum):
    """How far a cutout can be trusted: use it, let a person look, or make nothing of it."""

    GOOD = "good"
    CHECK = "check"
    REFUSED = "refused"


@dataclass(frozen=True)
class Handling:
    """How to cut a photo out, where the photo alone does not tell.

    method: the name of a cutter. model: which of rembg's. keep_holes: what looks like backdrop within the outline is
    product. glass: one sees through the product.
    """

    method: str = AUTO
    model: str | None = None
    keep_holes: bool = False
    glass: bool = False


class Word(StrEnum):
    """What a person says of whether a cutout is right, as far as it is about the photo as it is now.

    UNCLEAR: something that may be meant as a no. UNASKED: nobody said anything, and the campaign lets doubtful cutouts
    out all the same.
    """

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"
    UNCLEAR = "unclear"
    UNASKED = "unasked"


@dataclass(frozen=True)
class WordLine:
    """What people wrote of a product's cutout in the file of words, and where: in its first line, if it has several."""

    words: tuple[str, ...]
    place: Location


AS_SEEN = Handling()

_AGAINST = {
    Word.WRONG: "a person says that the cutout is not right",
    Word.UNCLEAR: "what a person says of the cutout is not clear",
}

NOTES = frozenset({"low-resolution", "small"})
"""Rules about a photo, not about how it was cut out: they leave the verdict as it is."""


@dataclass(frozen=True)
class Treatment:
    """All that a person says about one product's cutout.

    mask: an outline made by hand, a file beside the product table; keep_shadow: whether the shadow beside the product
    in the photo comes along, None leaves it to composing. words: what people wrote of whether it is right, each for a
    photo by its digest, or a plain yes or no; publish_doubtful: it goes out without any. care: what is done to the
    photo before it is cut out.
    """

    handling: Handling = AS_SEEN
    mask: str | None = None
    keep_shadow: bool | None = None
    words: tuple[str, ...] = ()
    publish_doubtful: bool = False
    care: Care = NO_CARE


@dataclass(frozen=True)
class Means:
    """What can be used here to cut a photo out, in words; `missing` is what would help, and how to get it."""

    words: str
    missing: Problem | None = None


@dataclass(frozen=True)
class Cutout:
    """A product without its backdrop, at the photo's size; `confidence` runs from 0 to 1, `reasons` say why.

    shadow: H x W, the share of its light that the floor keeps beside the product, 255 is all of it; None where the
    photo shows none. by: what made it, such as `plain` or `rembg u2net`. cropped: the sides of the photo (`top`,
    `right`, `bottom`, `left`) that the product reaches out of. findings: those of the quality check. agreed: two
    witnesses agree on its parts and openings, and its edges were cleaned by the colour of the backdrop, so that nobody
    needs to be asked about these. care: what was done to the photo beforehand, a phrase each.
    """

    rgba: Pixels
    verdict: Verdict
    confidence: float
    reasons: tuple[str, ...] = ()
    shadow: Alpha | None = None
    by: str = ""
    cropped: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    agreed: bool = False
    care: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What was found out about a cutout that is kept, and in `care` what was done to its photo beforehand."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    by: str = ""
    cropped: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    care: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What a person should look at, the method's own reasons first."""
        reasons = (Finding("cutout", Level.WARNING, reason) for reason in self.reasons)
        return (*reasons, *(finding for finding in self.findings if finding.rule not in NOTES))

    def doubts_on_pictures(self, word: Word) -> tuple[Finding, ...]:
        """What is found on each picture that shows it: doubts keep a picture back until a person says it is right."""
        if word in _AGAINST:
            return (Finding("cutout", Level.HELD, _AGAINST[word]),)
        if self.verdict is not Verdict.CHECK or word is Word.RIGHT:
            return ()
        doubts = self.doubts or (Finding("cutout", Level.WARNING, f"`{self.by}` is not sure of it"),)
        return doubts if word is Word.UNASKED else tuple(replace(doubt, level=Level.HELD) for doubt in doubts)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What there is to know about the photo."""
        return tuple(finding for finding in self.findings if finding.rule in NOTES)
