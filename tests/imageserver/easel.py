"""Serves image calls: lets them in, asks the test, draws, bills, answers."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.imageserver import images
from tests.imageserver.answers import Answer, broken
from tests.imageserver.files import Files
from tests.imageserver.records import Bill, Call, RateLimit
from tests.imageserver.replies import NOT_THERE, Refused, Reply, json_reply
from tests.imageserver.settings import Settings

MEDIA_TYPES = {"png": "image/png", "webp": "image/webp", "jpg": "image/jpeg"}


class Easel:
    """The pictures of one server and what they cost; `root` is asked for the address that links begin with."""

    def __init__(self, settings: Settings, files: Files, root: Callable[[], str]) -> None:
        self.most_at_once = 0
        self._settings = settings
        self._files = files
        self._root = root
        self._billed: list[Bill] = []
        self._pictures: dict[str, bytes] = {}
        self._at_once = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()

    @property
    def billed(self) -> list[Bill]:
        with self._lock:
            return list(self._billed)

    def close(self) -> None:
        """Calls that are still being waited for end at once, unanswered."""
        self._closing.set()

    def serve(self, call: Call, request_id: str) -> Reply | None:
        """The answer to a call over the wire; None hangs up."""
        limit = self._settings.limit
        with self._counted():
            try:
                reply = self._slowly(call, request_id, limit)
            except Refused as refused:
                reply = refused.reply
        if reply is None or limit is None:
            return reply
        return Reply(reply.status, reply.body, reply.content_type, {**limit.headers(), **reply.headers})

    def serve_line(self, call: Call, request_id: str, custom_id: str) -> Reply:
        """The answer to one request of a batch, which knows no limits, delays or connections."""
        try:
            order = images.ordered(call, self._settings.models, self._fetched)
        except Refused as refused:
            return refused.reply
        answer = self._settings.answer(call, call.nth) or Answer()
        return self._made(call, order, broken() if answer.drop else answer, request_id, batch=custom_id)

    def picture(self, _call: Call, name: str) -> Reply:
        with self._lock:
            picture = self._pictures.get(name)
        if picture is None:
            return NOT_THERE
        return Reply(200, picture, MEDIA_TYPES[name.rpartition(".")[2]])

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def _slowly(self, call: Call, request_id: str, limit: RateLimit | None) -> Reply | None:
        order = images.ordered(call, self._settings.models, self._fetched)
        if limit is not None:
            _let_through(limit, order.wanted.n)
        answer = self._settings.answer(call, call.nth) or Answer()
        if self._closing.wait(self._settings.latency):
            return None
        reply = self._made(call, order, answer, request_id)
        if self._closing.wait(answer.delay) or answer.drop:
            return None
        return reply

    def _made(
        self, call: Call, order: images.Order, answer: Answer, request_id: str, *, batch: str | None = None
    ) -> Reply:
        picture = b""
        if answer.bills:
            picture = images.drawn(order, answer)
            bill = Bill(order.wanted.prompt, order.size, order.wanted.n, call.path, request_id, batch)
            with self._lock:
                self._billed.append(bill)
        if answer.body is not None:
            return Reply(answer.status, answer.body, answer.content_type or "text/html", answer.headers)
        if answer.status != 200:
            return json_reply(answer.error(), status=answer.status, headers=answer.headers)
        # A success that is not billed still shows a picture.
        picture = picture or images.drawn(order, answer)
        return json_reply(images.told(order, answer, picture, self._link(picture, answer)), headers=answer.headers)

    def _link(self, picture: bytes, answer: Answer) -> str:
        kind = {b"\x89PNG": "png", b"RIFF": "webp"}.get(picture[:4], "jpg")
        name = f"{hashlib.sha256(picture).hexdigest()[:24]}.{kind}"
        with self._lock:
            self._pictures[name] = picture
        return f"{'' if answer.url == 'relative' else self._root()}/pictures/{name}"

    def _fetched(self, reference: Mapping[str, Any]) -> bytes:
        if "file_id" in reference:
            return self._files.named(reference["file_id"]).data
        address = str(reference.get("image_url", ""))
        if found := re.match(r"data:image/(?:png|jpeg|webp);base64,", address):
            return base64.b64decode(address[found.end() :])
        with self._lock:
            picture = self._pictures.get(address.rpartition("/")[2])
        if picture is None:
            raise Refused("Failed to download the image.", param="image_url", code="invalid_image_url")
        return picture


def _let_through(limit: RateLimit, pictures: int) -> None:
    wait = limit.take(pictures)
    if wait:
        raise Refused(
            "Rate limit reached for images per minute.",
            code="rate_limit_exceeded",
            type="requests",
            status=429,
            headers={"retry-after-ms": str(max(1, round(wait * 1000)))},
        )
