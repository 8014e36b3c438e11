"""Batches: taken in, worked off when the test says so, and written to files out of order."""

from __future__ import annotations

import json
import random
import threading
import uuid
from collections.abc import Callable, Collection
from typing import Any

from tests.imageserver.batch import Batch, Line, Sheet, read_sheet
from tests.imageserver.files import Files, StoredFile, page
from tests.imageserver.records import Call
from tests.imageserver.replies import Refused, Reply, json_reply, missing
from tests.imageserver.rules import EDITS, GENERATIONS

ENDPOINTS = (GENERATIONS, EDITS, "/v1/moderations")
BROKEN = {"message": "The server had an error.", "type": "server_error", "param": None, "code": None}
TOO_LATE = "This request could not be executed before the completion window expired."

Perform = Callable[[Line, str], Reply]


class Batches:
    """The batches of one server; `perform` answers one line under a request id."""

    def __init__(self, files: Files, perform: Perform) -> None:
        self._files = files
        self._perform = perform
        self._batches: dict[str, Batch] = {}
        self._lock = threading.RLock()

    def create(self, call: Call) -> Reply:
        body = call.body
        for name in ("input_file_id", "endpoint", "completion_window"):
            if body.get(name) is None:
                raise missing(name)
        if body["endpoint"] not in ENDPOINTS:
            raise Refused(f"Invalid value: '{body['endpoint']}'.", param="endpoint")
        if body["completion_window"] != "24h":
            raise Refused("Invalid value: the only completion window is '24h'.", param="completion_window")
        _check_extras(body)
        file = self._files.named(body["input_file_id"])
        if file.purpose != "batch":
            raise Refused("The input file must have the purpose 'batch'.", param="input_file_id")
        batch = Batch(body, read_sheet(file.data, body["endpoint"]))
        with self._lock:
            self._batches[batch.id] = batch
        return json_reply(batch.told())

    def one(self, _call: Call, batch_id: str) -> Reply:
        with self._lock:
            batch = self._named(batch_id)
            if batch.status == "cancelling":
                self._close(batch, "cancelled")
            return json_reply(batch.told())

    def listed(self, call: Call) -> Reply:
        with self._lock:
            batches = [batch.told() for batch in reversed(self._batches.values())]
        return json_reply(page(batches, call.query, most=20))

    def cancel(self, _call: Call, batch_id: str) -> Reply:
        with self._lock:
            batch = self._named(batch_id)
            if batch.status not in {"in_progress", "cancelling"}:
                message = f"Cannot cancel a batch with status '{batch.status}'."
                raise Refused(message, code=None, status=409)
            batch.turn("cancelling")
            return json_reply(batch.told())

    def work(self, requests: int, *, failed: Collection[str] = ()) -> None:
        """Works off the next few requests of every batch that is in progress."""
        with self._lock:
            for batch in self._running():
                self._work(batch, requests, failed)

    def finish(self, *, expired: int, failed: Collection[str]) -> None:
        with self._lock:
            for batch in self._running():
                self._work(batch, len(batch.waiting) - expired, failed)
                for line in batch.waiting:
                    batch.errors.append(_written(line, error={"code": "batch_expired", "message": TOO_LATE}))
                self._close(batch, "expired" if expired else "completed")

    def _named(self, batch_id: str) -> Batch:
        if batch_id not in self._batches:
            raise Refused(f"No batch found with id '{batch_id}'.", code=None, status=404)
        return self._batches[batch_id]

    def _running(self) -> list[Batch]:
        return [batch for batch in self._batches.values() if batch.status == "in_progress"]

    def _work(self, batch: Batch, requests: int, failed: Collection[str]) -> None:
        for line in batch.taken(max(0, requests)):
            request_id = f"req_{uuid.uuid4().hex}"
            if line.custom_id in failed:
                reply = json_reply({"error": BROKEN}, status=500)
            else:
                reply = self._perform(line, request_id)
            response = {"status_code": reply.status, "request_id": request_id, "body": _readable(reply)}
            target = batch.done if reply.status == 200 else batch.errors
            target.append(_written(line, response=response))
            batch.count(reply.status == 200)

    def _close(self, batch: Batch, status: str) -> None:
        batch.output_file_id = self._saved(batch, "output", batch.done)
        batch.error_file_id = self._saved(batch, "error", batch.errors)
        batch.turn("finalizing")
        batch.turn(status)

    def _saved(self, batch: Batch, kind: str, lines: Sheet) -> str | None:
        if not lines:
            return None
        text = "".join(json.dumps(line) + "\n" for line in _shuffled(lines))
        name = f"{batch.id}_{kind}.jsonl"
        return self._files.keep(StoredFile(name, "batch_output", text.encode(), batch.output_lasts)).id


def _check_extras(body: dict[str, Any]) -> None:
    for key, value in (body.get("metadata") or {}).items():
        if not isinstance(value, str) or len(key) > 64 or len(value) > 512:
            raise Refused(f"Invalid 'metadata.{key}': expected a short string.", param="metadata")
    if len(body.get("metadata") or {}) > 16:
        raise Refused("Invalid 'metadata': too many properties.", param="metadata")
    lasts = body.get("output_expires_after")
    if lasts and (lasts.get("anchor") != "created_at" or not 3600 <= lasts.get("seconds", 0) <= 2_592_000):
        raise Refused("Invalid 'output_expires_after'.", param="output_expires_after")


def _written(
    line: Line, *, response: dict[str, Any] | None = None, error: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "id": f"batch_req_{uuid.uuid4().hex}",
        "custom_id": line.custom_id,
        "response": response,
        "error": error,
    }


def _readable(reply: Reply) -> object:
    try:
        return json.loads(reply.body)
    except ValueError:
        return reply.body.decode(errors="replace")


def _shuffled(lines: Sheet) -> Sheet:
    mixed = random.Random(len(lines)).sample(lines, len(lines))
    return mixed if mixed != lines else lines[::-1]
