"""The Batch API: a file of requests in, and within a day a file of answers out, at half the price."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Literal

import openai

from assetgen.errors import Closed, Problem, ProviderError, Unanswered
from assetgen.model.batch_state import BatchState
from assetgen.model.request import Attached, Generated, Request
from assetgen.providers.openai.families import table
from assetgen.providers.openai.faults import refused, said_by
from assetgen.providers.openai.http_client import MOST, as_sdk_errors
from assetgen.providers.openai.said import filtered
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

_NO_SUCH_PLACE = {404, 405, 501}
"""What a server answers that has no batches."""

_MOST_REQUESTS = 50_000
"""The requests of a batch at most, as the API has it."""

OVER = {"completed", "failed", "expired", "cancelled"}


def send(wire: Wire, token: str, requests: Iterable[tuple[str, Request, Attached]]) -> str:
    """The id of the batch. Pictures that go along are uploaded first, each once."""
    uploads = _Uploads(wire)
    lines = [_line(wire, uploads, *request) for request in requests]
    endpoint = json.loads(lines[0])["url"]
    name, data = f"assetgen-{token[:8]}.jsonl", "".join(f"{line}\n" for line in lines).encode()
    file = _offered(wire, lambda: wire.client.files.create(file=(name, data), purpose="batch"))
    create = wire.client.batches.create
    batch = _offered(
        wire, lambda: create(endpoint=endpoint, input_file_id=file, completion_window="24h", metadata={MARK: token})
    )
    return str(batch)


def find(wire: Wire, token: str) -> str | None:
    """The id of the batch with this token, among the most recent ones."""
    page = wire.call(lambda: wire.client.batches.list(limit=RECENT))
    batches = getattr(page, "data", None) or ()
    return next((str(batch.id) for batch in batches if (batch.metadata or {}).get(MARK) == token), None)


def look(wire: Wire, batch: str) -> BatchState:
    found = _batch(wire, batch)
    counts = found.request_counts
    done, failed, total = (counts.completed, counts.failed, counts.total) if counts else (0, 0, 0)
    errors = (found.errors.data if found.errors else None) or []
    reason = next((error.message for error in errors if error.message), "")
    return BatchState(found.status, found.status in OVER, done, failed, total, reason)


def collect(wire: Wire, batch: str) -> Iterator[tuple[str, Generated | Problem]]:
    """The lines of its two files, whose order means nothing. They may be many GB, and so are kept on the disk."""
    found = _batch(wire, batch)
    asked = found.request_counts.total if found.request_counts else _MOST_REQUESTS
    for file in filter(None, (found.error_file_id, found.output_file_id)):
        with TemporaryFile() as lines:
            wire.call(partial(_fetch, wire, file, lines, asked * MOST))
            lines.seek(0)
            while line := lines.readline(MOST):  # what is longer comes in pieces, of which none can be read
                yield from _results(wire, line)


def _fetch(wire: Wire, file: str, into: IO[bytes], most: int) -> None:
    """Writes a file of the server's into one here. Raises Unanswered for one of more bytes than `most`."""
    with wire.client.files.with_streaming_response.content(file) as answer, as_sdk_errors():
        for chunk in answer.iter_bytes():
            if into.tell() + len(chunk) > most:
                message = "the file of the batch's answers is larger than its pictures can be and was not read on"
                raise Unanswered(Problem(message, hint="look what the server sends"))
            into.write(chunk)


def _offered(wire: Wire, act: Callable[[], Any]) -> str:
    """The id of what a server makes for a batch. Raises Closed where it knows of no such thing."""
    try:
        made = wire.call(act)
    except ProviderError as error:
        cause = error.__cause__
        if isinstance(cause, openai.APIStatusError) and cause.status_code in _NO_SUCH_PLACE:
            raise _no_batches() from error
        raise
    if not isinstance(found := getattr(made, "id", None), str):  # some answer everything with a web page
        raise _no_batches()
    return found


def _no_batches() -> Closed:
    message = "the server has no batches: it takes requests one by one"
    return Closed(Problem(message, hint="run without --batch"))


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


def _results(wire: Wire, text: bytes) -> Iterator[tuple[str, Generated | Problem]]:
    """What a line says of the request that it names; nothing where it cannot be read."""
    with suppress(ValueError, RecursionError):
        match json.loads(text):
            case {"custom_id": str(key)} as line:
                yield key, _result(wire, line)


def _result(wire: Wire, line: Mapping[str, Any]) -> Generated | Problem:
    response = _mapping(line.get("response"))
    body, status = _mapping(response.get("body")), response.get("status_code")
    if status != 200:  # noqa: PLR2004 - HTTP's own number
        return _why(_mapping(line.get("error")) or body, wire)
    try:
        return wire.generated(json.dumps(body).encode(), {}, response.get("request_id"), table().batch)
    except Unanswered:  # it may have been paid for: kept as what it is, an answer that is no picture
        return Generated(json.dumps(body).encode(), model=wire.settings.model, request_id=response.get("request_id"))
    except ProviderError as fault:
        return fault.problems[0]


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


def _why(body: Mapping[str, Any], wire: Wire) -> Problem:
    error = _mapping(body.get("error")) or body
    if error.get("code") == "batch_expired":
        hint = "the next run asks for it again"
        return Problem("the batch ended before it was made", hint=hint)
    if error.get("code") == "moderation_blocked":
        return refused("the provider refused the prompt or the photo", filtered(error))
    return Problem(f"the provider refused the request: {said_by(body, wire.settings) or 'no reason given'}")
