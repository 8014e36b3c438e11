"""The server as tests see it: settings to turn, records to read."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Collection
from typing import Any, Self

from tests.imageserver.batch import Line
from tests.imageserver.batches import Batches
from tests.imageserver.easel import Easel
from tests.imageserver.files import Files
from tests.imageserver.moderation import moderated
from tests.imageserver.records import Bill, Call
from tests.imageserver.replies import NOT_THERE, Refused, Reply, json_reply
from tests.imageserver.rules import EDITS, GENERATIONS, VARIATIONS
from tests.imageserver.settings import Settings
from tests.imageserver.wire import Listener

Serve = Callable[..., Reply | None]


class ImageServer(Settings):
    """Listens on 127.0.0.1 while the `with` block lasts."""

    def __init__(self, *, port: int = 0, talkative: bool = False) -> None:
        super().__init__()
        self.port = port
        self._talkative = talkative
        self._calls: list[Call] = []
        self._image_calls = 0
        self._lock = threading.Lock()
        self._files = Files()
        self._easel = Easel(self, self._files, lambda: self.url.removesuffix("/v1"))
        self._batches = Batches(self._files, self._line)
        self._listener: Listener | None = None

    def __enter__(self) -> Self:
        self._listener = Listener(self.port, self._respond, talkative=self._talkative)
        self.port = self._listener.server_port
        threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._listener is not None
        self._easel.close()
        self._listener.shutdown()
        self._listener.hang_up()
        self._listener.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def calls(self) -> list[Call]:
        with self._lock:
            return list(self._calls)

    @property
    def billed(self) -> list[Bill]:
        return self._easel.billed

    @property
    def most_at_once(self) -> int:
        return self._easel.most_at_once

    def work_batches(self, requests: int, *, failed: Collection[str] = ()) -> None:
        """Works off the next few requests of each batch in progress, which stays in progress."""
        self._batches.work(requests, failed=failed)

    def finish_batches(self, *, expired: int = 0, failed: Collection[str] = ()) -> None:
        """Ends the batches in progress: the last `expired` requests of each stay undone, `failed` custom ids fail."""
        self._batches.finish(expired=expired, failed=failed)

    def _respond(self, call: Call, request_id: str) -> Reply | None:
        with self._lock:
            self._calls.append(call)
            self._number(call)
        try:
            reply = self._routed(call, request_id)
        except Refused as refused:
            reply = refused.reply
        call.status = reply.status if reply else 0
        return reply

    def _number(self, call: Call) -> None:
        if call.method == "POST" and call.path in {GENERATIONS, EDITS, VARIATIONS}:
            self._image_calls += 1
            call.nth = self._image_calls

    def _routed(self, call: Call, request_id: str) -> Reply | None:
        place = f"{call.method} {call.path}"
        if found := re.fullmatch(r"GET /pictures/([^/]+)", place):
            return self._easel.picture(call, found[1])
        for pattern, serve in self._routes(request_id).items():
            if found := re.fullmatch(pattern, place):
                self._admit(call)
                return serve(call, *found.groups())
        return NOT_THERE

    def _routes(self, request_id: str) -> dict[str, Serve]:
        def image(call: Call) -> Reply | None:
            return self._easel.serve(call, request_id)

        files, batches = self._files, self._batches
        routes: dict[str, Serve] = {
            f"POST {GENERATIONS}": image,
            f"POST {EDITS}": image,
            "POST /v1/moderations": lambda call: moderated(call, self.flags),
            "GET /v1/models": self._list_models,
            "GET /v1/models/(.+)": self._one_model,
            "POST /v1/files": files.upload,
            "GET /v1/files": files.listed,
            "GET /v1/files/([^/]+)": files.one,
            "DELETE /v1/files/([^/]+)": files.delete,
            "GET /v1/files/([^/]+)/content": files.content,
            "POST /v1/batches": self._new_batch,
            "GET /v1/batches": batches.listed,
            "GET /v1/batches/([^/]+)": batches.one,
            "POST /v1/batches/([^/]+)/cancel": batches.cancel,
        }
        # Upstream the retired endpoint is gone before anybody asks for a key.
        return routes | ({f"POST {VARIATIONS}": image} if self.variations else {})

    def _admit(self, call: Call) -> None:
        if self.key and call.headers.get("authorization") != f"Bearer {self.key}":
            raise Refused("Incorrect API key provided.", code="invalid_api_key", status=401)
        if not call.readable:
            raise Refused("We could not parse the JSON body of your request.", code=None)

    def _line(self, line: Line, request_id: str) -> Reply:
        call = Call(path=line.url, body=line.body, headers={"content-type": "application/json"})
        if line.url not in {GENERATIONS, EDITS}:
            return moderated(call, self.flags)
        with self._lock:
            self._number(call)
        reply = self._easel.serve_line(call, request_id, line.custom_id)
        call.status = reply.status
        return reply

    def _new_batch(self, call: Call) -> Reply:
        reply = self._batches.create(call)
        if self.instant_batches:
            self._batches.finish(expired=0, failed=())
        return reply

    def _list_models(self, _call: Call) -> Reply:
        return json_reply({"object": "list", "data": [self._told(name) for name in self.models]})

    def _one_model(self, _call: Call, name: str) -> Reply:
        if name not in self.models:
            raise Refused(f"The model '{name}' does not exist.", code="model_not_found", status=404, param="model")
        return json_reply(self._told(name))

    def _told(self, name: str) -> dict[str, Any]:
        created = int(time.time())
        date = self.models[name]
        return {"id": name, "object": "model", "created": created, "owned_by": "system", "shutdown_date": date}
