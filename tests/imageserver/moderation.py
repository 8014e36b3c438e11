"""The moderation endpoint: whatever contains a word that the test named is flagged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from tests.imageserver.records import Call
from tests.imageserver.replies import Reply, json_reply, missing

TEXT_ONLY = (
    *("harassment", "harassment/threatening", "hate", "hate/threatening"),
    *("illicit", "illicit/violent", "sexual/minors"),
)
ALSO_PICTURES = (
    *("self-harm", "self-harm/intent", "self-harm/instructions"),
    *("sexual", "violence", "violence/graphic"),
)
PICTURE = "image"

Flags = Mapping[str, Sequence[str]]


def moderated(call: Call, flags: Flags) -> Reply:
    asked = call.body.get("input")
    if not asked:
        raise missing("input")
    if isinstance(asked, str):
        results = [_result([asked], flags, picture=False)]
    elif all(isinstance(part, str) for part in asked):
        results = [_result([text], flags, picture=False) for text in asked]
    else:
        texts = [part["text"] for part in asked if part["type"] == "text"]
        picture = any(part["type"] == "image_url" for part in asked)
        results = [_result(texts, flags, picture=picture)]
    model = call.body.get("model") or "omni-moderation-latest"
    return json_reply({"id": f"modr-{uuid.uuid4().hex}", "model": model, "results": results})


def _result(texts: Sequence[str], flags: Flags, *, picture: bool) -> dict[str, Any]:
    text = " ".join(texts).lower()
    found = {
        category
        for word, categories in flags.items()
        for category in categories
        if (picture if word == PICTURE else word.lower() in text)
    }
    words = ["text"] if texts else []
    both = words + (["image"] if picture else [])
    names = TEXT_ONLY + ALSO_PICTURES
    return {
        "flagged": bool(found),
        "categories": {name: name in found for name in names},
        "category_scores": {name: 0.98 if name in found else 0.0001 for name in names},
        "category_applied_input_types": {name: both if name in ALSO_PICTURES else words for name in names},
    }
