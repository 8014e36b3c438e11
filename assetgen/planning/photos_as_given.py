"""Photos as cutters and providers get them, in digests: of the file, or of all that makes it what is given."""

from __future__ import annotations

from dataclasses import asdict

from assetgen import fingerprint
from assetgen.cutout.photo_care import CARING
from assetgen.model.care import NO_CARE, Care


def as_given(photo: str, mask: str | None, care: Care) -> str:
    """The digest of a photo with its mask and the care that is taken of it, from the digests of their files.

    It is that of the photo's file where it has neither.
    """
    if mask is None and care == NO_CARE:
        return photo
    return fingerprint.key({"photo": photo, "mask": mask, "care": care_inputs(care)})


def care_inputs(care: Care) -> dict[str, object]:
    """What of the care that is taken of a photo enters keys."""
    return {**asdict(care), "recipe": CARING}
