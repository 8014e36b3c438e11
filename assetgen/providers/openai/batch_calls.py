"""The Batch API: a file of requests in, and within a day a file of answers out, at half the price."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from assetgen.errors import Problem, ProviderError
from assetgen.model.batch_state import BatchState
from assetgen.model.request import Attached, Generated, Request
from assetgen.providers.openai.families import table
from assetgen.providers.openai.faults import refused
from assetgen.providers.openai.uploads import named
from assetgen.providers.openai.wire import Wire

if TYPE_CHECKING:
    from openai.types import Batch

GENERATIONS: Literal["/v1/images/generations"] = "/v1/images/generations"
EDITS: Literal["/v1/images/edits"] = "/v1/images/edits"

MARK = "assetgen"
"""The key of a batch's metadata under which its token stands."""

RECENT = 100
"""Batches that are looked through for one that was handed in and not written down."""

OVER = {"completed", "failed", "expired", "cancelled"}


def send(wire: Wire, token: str, requests: Iterable[tuple[str, Request, Attached]]) -> str:
    """The id of the batch. Pictures that go along are uploaded first, each once."""
    uploads = _Uploads(wire)
    lines = [_line(wire, uploads, *request) for request in requests]
    endpoint = json.loads(lines[0])["url"]
    name, data = f"assetgen-{token[:8]}.jsonl", "".join(f"{line}\n" for line in lines).encode()
    file = wire.call(lambda: wire.client.files.create(file=(name, data), purpose="batch"))
    create = wire.client.batches.create
    batch = wire.call(
        lambda: create(endpoint=endpoint, input_file_id=file.id, completion_window="24h", metadata={MARK: token})
    )
    return str(batch.id)


def find(wire: Wire, token: str) -> str | None:
    """The id of the batch with this token, among the most recent ones."""
    page = wire.call(lambda: wire.client.batches.list(limit=RECENT))
    return next((str(batch.id) for batch in page.data if (batch.metadata or {}).get(MARK) == token), None)


def look(wire: Wire, batch: str) -> BatchState:
    found = _batch(wire, batch)
    counts = found.request_counts
    done, failed, total = (counts.completed, counts.failed, counts.total) if counts else (0, 0, 0)
    errors = (found.errors.data if found.errors else None) or []
    reason = next((error.message for error in errors if error.message), "")
    return BatchState(found.status, found.status in OVER, done, failed, total, reason)


def collect(wire: Wire, batch: str) -> Iterator[tuple[str, Generated | Problem]]:
    """The lines of its two files, whose order means nothing."""
    found = _batch(wire, batch)
    for file in filter(None, (found.error_file_id, found.output_file_id)):
        content = wire.call(partial(wire.client.files.content, file))
        for line in content.iter_lines():
            if line.strip():
                yield _result(wire, json.loads(line))


def cancel(wire: Wire, batch: str) -> None:
    wire.call(lambda: wire.client.batches.cancel(batch))


def _batch(wire: Wire, batch: str) -> Batch:
    found: Batch = wire.call(lambda: wire.client.batches.retrieve(batch))
    return found


class _Uploads:
    """Files that requests speak of by their ids: lines of JSON carry no pictures."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._ids: dict[bytes, str] = {}

    def reference(self, data: bytes) -> dict[str, str]:
        if data not in self._ids:
            file = self._wire.call(lambda: self._wire.client.files.create(file=named(data), purpose="vision"))
            self._ids[data] = str(file.id)
        return {"file_id": self._ids[data]}


def _line(wire: Wire, uploads: _Uploads, key: str, request: Request, attached: Attached) -> str:
    body: dict[str, Any] = {**wire.body(request), **wire.settings.extra_body}
    if attached.pictures:
        body["images"] = [uploads.reference(picture) for picture in attached.pictures]
    if attached.mask:
        body["mask"] = uploads.reference(attached.mask)
    url = EDITS if attached.pictures else GENERATIONS
    return json.dumps({"custom_id": key, "method": "POST", "url": url, "body": body}, ensure_ascii=False)


def _result(wire: Wire, line: dict[str, Any]) -> tuple[str, Generated | Problem]:
    key, response, error = str(line["custom_id"]), line.get("response") or {}, line.get("error")
    body = response.get("body") or {}
    if response.get("status_code") != 200:  # noqa: PLR2004 - HTTP's own number
        return key, _why(error or body.get("error") or {})
    try:
        return key, wire.generated(json.dumps(body).encode(), {}, response.get("request_id"), table().batch)
    except ProviderError as fault:
        return key, fault.problems[0]


def _why(error: dict[str, Any]) -> Problem:
    if error.get("code") == "batch_expired":
        hint = "the next run asks for it again"
        return Problem("the batch ended before it was made", hint=hint)
    if error.get("code") == "moderation_blocked":
        categories = (error.get("moderation_details") or {}).get("categories") or []
        return refused("the provider refused the prompt or the photo", [str(category) for category in categories])
    return Problem(f"the provider refused the request: {error.get('message') or 'no reason given'}")
