"""Files that clients hand in and batches leave behind, and lists in pages."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.imageserver.records import Call
from tests.imageserver.replies import Refused, Reply, json_reply, missing

PURPOSES = ("batch", "vision", "user_data")
MONTH = 30 * 24 * 3600


@dataclass(frozen=True)
class StoredFile:
    filename: str
    purpose: str
    data: bytes
    expires_after: int | None = None
    id: str = field(default_factory=lambda: f"file-{uuid.uuid4().hex}")
    created_at: int = field(default_factory=lambda: int(time.time()))

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.data),
            "created_at": self.created_at,
            "expires_at": None if self.expires_after is None else self.created_at + self.expires_after,
            "filename": self.filename,
            "purpose": self.purpose,
            "status": "processed",
            "status_details": None,
        }


class Files:
    """The files of one server, in the order in which they came."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._lock = threading.Lock()

    def keep(self, file: StoredFile) -> StoredFile:
        with self._lock:
            self._files[file.id] = file
        return file

    def named(self, file_id: str) -> StoredFile:
        with self._lock:
            file = self._files.get(file_id)
        if file is None:
            raise Refused(f"No such File object: {file_id}", param="id", code=None, status=404)
        return file

    def upload(self, call: Call) -> Reply:
        sent = next((file for file in call.files if file.field == "file"), None)
        if sent is None:
            raise missing("file")
        purpose = call.body.get("purpose")
        if purpose not in PURPOSES:
            raise Refused(f"'{purpose}' is not one of {list(PURPOSES)} - 'purpose'", param="purpose", code=None)
        seconds = call.body.get("expires_after[seconds]")
        lasts = int(seconds) if seconds else MONTH if purpose == "batch" else None
        return json_reply(self.keep(StoredFile(sent.filename, purpose, sent.data, lasts)).told())

    def listed(self, call: Call) -> Reply:
        with self._lock:
            files = [file.told() for file in self._files.values()]
        if "purpose" in call.query:
            files = [file for file in files if file["purpose"] == call.query["purpose"]]
        if call.query.get("order", "desc") == "desc":
            files.reverse()
        return json_reply(page(files, call.query, most=10_000))

    def one(self, _call: Call, file_id: str) -> Reply:
        return json_reply(self.named(file_id).told())

    def content(self, _call: Call, file_id: str) -> Reply:
        return Reply(body=self.named(file_id).data, content_type="application/octet-stream")

    def delete(self, _call: Call, file_id: str) -> Reply:
        self.named(file_id)
        with self._lock:
            self._files.pop(file_id, None)
        return json_reply({"id": file_id, "object": "file", "deleted": True})


def page(items: Sequence[dict[str, Any]], query: Mapping[str, str], *, most: int) -> dict[str, Any]:
    """The items after the cursor, in the frame that the SDK pages through."""
    ids = [item["id"] for item in items]
    start = ids.index(query["after"]) + 1 if query.get("after") in ids else 0
    end = start + int(query.get("limit", most))
    shown = items[start:end]
    return {
        "object": "list",
        "data": shown,
        "first_id": shown[0]["id"] if shown else None,
        "last_id": shown[-1]["id"] if shown else None,
        "has_more": end < len(items),
    }
