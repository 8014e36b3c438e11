"""Words in a prompt that cost money and then bring no picture, or one that nobody may use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache


def doubtful_words(prompt: str, never_say: Sequence[str], terms: Mapping[str, str]) -> Iterator[str]:
    """The phrases of the brand's list and the terms, with their reasons, that the prompt holds: a sentence for each."""
    for phrase in never_say:
        if _says(prompt, phrase):
            yield f"the prompt says `{phrase}`, which the brand never says"
    for term, reason in terms.items():
        if _says(prompt, term):
            yield f"the prompt says `{term}`: {reason}"


def _says(prompt: str, phrase: str) -> bool:
    return _pattern(phrase).search(prompt) is not None


@lru_cache(512)
def _pattern(phrase: str) -> re.Pattern[str]:
    """A pattern that finds whole words where the script has words: `gore` is not in `gorgeous`."""
    left, right = (r"\b" if end.isascii() and end.isalnum() else "" for end in (phrase[:1], phrase[-1:]))
    return re.compile(left + r"\s+".join(map(re.escape, phrase.split())) + right, re.IGNORECASE)
