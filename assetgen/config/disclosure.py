"""What a campaign discloses about the part that image models have in its pictures."""

from __future__ import annotations

import string
from typing import Annotated

from pydantic import AfterValidator, Field

from assetgen.config.strict import Strict

EU = "eu"
"""The word for `label` that asks for the label of the EU; text that is none of these words is a label's own text."""

CN = "cn"
"""The word for `label` that asks for the label of mainland China."""

ICON = "icon"
"""The word for `label` that asks for the icon without words."""

NONE = "none"
"""The word for `label` that asks for no label."""

_SIGNS = string.digits + string.ascii_uppercase
_CREDIT = "".join(sign for sign in _SIGNS if sign not in "IOSVZ")  # GB 32100
_UNNAMED = "00000"

# China's code for a producer of AI content, part by part: how many characters, which ones, and what they are.
# TC260-PG-20252A, https://www.secrss.com/articles/76654; instead of the last two parts may stand `00000`.
_PARTS = (
    (2, "0", "a code begins with `00`"),
    (2, "1", "an organisation that is known by its credit code has `11` here"),
    (18, _CREDIT, "a unified social credit code has digits and capitals without I, O, S, V and Z"),
    (1, "12", "the service is `1` for generating or `2` for distributing, or the last five characters are `00000`"),
    (4, _SIGNS, "the model's own part has digits and capitals"),
)
PRODUCER = sum(length for length, _, _ in _PARTS)


def _word(label: str) -> str:
    """The text, in small letters where it is a word: `None` and `EU` are words too, and nothing for a picture."""
    return label.casefold() if label.casefold() in {EU, CN, ICON, NONE} else label


Word = Annotated[str, AfterValidator(_word)]


def _producer(code: str) -> str:
    if len(code) != PRODUCER:
        raise ValueError(f"`{code}` has {len(code)} characters, and a producer code has {PRODUCER}")
    rules = [(allowed, meaning) for length, allowed, meaning in _PARTS for _ in range(length)]
    named = code if not code.endswith(_UNNAMED) else code[: -len(_UNNAMED)]
    for position, (char, (allowed, meaning)) in enumerate(zip(named, rules, strict=False), start=1):
        if char not in allowed:
            raise ValueError(f"character {position} of the producer code is `{char}`, but {meaning}")
    return code


class Disclosure(Strict):
    """What is disclosed about pictures in which an image model drew; the mark of origin in the file needs no word."""

    ai_person: bool = Field(default=False, description="A realistic person was generated.")
    label: Word | dict[str, Word] | None = Field(
        default=None,
        description="What stands on the pictures: eu (AI-generated, in their language), cn (AI生成), icon (nothing "
        "else), none, or a text of your own; or one of these for each locale.",
    )
    icon: str | None = Field(
        default=None, description="An icon of yours for the label: SVG or PNG, relative to the campaign file."
    )
    producer: Annotated[str, AfterValidator(_producer)] | None = Field(
        default=None,
        description="Your company's code for China's label in the file, 27 characters: made of its credit code, as "
        "TC260-PG-20252A says.",
    )
