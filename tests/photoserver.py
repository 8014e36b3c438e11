"""A host of photos on loopback, as good or as bad as a test wants it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread


@dataclass(frozen=True)
class Reply:
    """An answer. pause: seconds before each byte; length: what it says of its length, None for nothing at all."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    length: int | None = -1


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]

    @property
    def conditions(self) -> set[str]:
        return {"if-none-match", "if-modified-since"} & set(self.headers)


Answer = Callable[[Asked], Reply]


class PhotoServer:
    """Answers by path, and `otherwise`. `asked` is all that came in."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.otherwise: Answer = lambda _: Reply(404)
        self.asked: list[Asked] = []

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def photo(self, path: str, data: bytes, **validators: str) -> str:
        """A well-behaved photo, with an `etag` or a `last_modified` if given; its address."""
        headers = {name.replace("_", "-"): value for name, value in validators.items()}

        def answer(asked: Asked) -> Reply:
            same = headers.get("etag") and asked.headers.get("if-none-match") == headers["etag"]
            since = asked.headers.get("if-modified-since")
            if same or (since and since == headers.get("last-modified")):
                return Reply(304, headers=headers, length=None)
            return Reply(200, data, headers)

        self.answers[path] = answer
        return self.url(path)

    def says(self, path: str, *replies: Reply) -> str:
        """These one after the other, and the last one for ever; its address."""
        coming = iter(replies[:-1])
        self.answers[path] = lambda _: next(coming, replies[-1])
        return self.url(path)

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        return self.answers.get(asked.path, self.otherwise)(asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each photo waits 40 ms for the answer to its headers
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.photos.answer(Asked(self.path, headers))
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.length is not None:
            self.send_header("content-length", str(len(reply.body) if reply.length < 0 else reply.length))
        elif reply.status != 304:
            self.send_header("connection", "close")
        self.end_headers()
        if not reply.pause:
            self.wfile.write(reply.body)
        for byte in reply.body if reply.pause else b"":
            time.sleep(reply.pause)
            self.wfile.write(bytes([byte]))
        if reply.length is not None and reply.length > len(reply.body):
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None: ...  # noqa: A002 - its name there


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    photos: PhotoServer

    def handle_error(self, request: object, client_address: object) -> None: ...  # who has heard enough hangs up


@contextmanager
def photo_server(trust: SSLContext | None = None) -> Iterator[PhotoServer]:
    """`trust` makes it speak HTTPS."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if trust:
            server.socket = trust.wrap_socket(server.socket, server_side=True)
        server.photos = PhotoServer(server.server_address[1])
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.photos
        finally:
            server.shutdown()


@contextmanager
def dripping() -> Iterator[str]:
    """The address of a photo whose headers never end."""

    def drip() -> None:
        with suppress(OSError), listener.accept()[0] as caller:
            caller.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                caller.sendall(b"x-more: y\r\n")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=drip, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/mug.png"
