"""A server that answers in pieces of its own making: slowly, endlessly, or with what is no HTTP at all."""

from __future__ import annotations

import contextlib
import json
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Script = Callable[[str, bytes], Iterator[bytes]]
"""The pieces of an answer to a request line and a body."""


@dataclass
class OddServer:
    """Where it is, and what it was asked: the request lines, heads and bodies."""

    port: int = 0
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextlib.contextmanager
def odd_server(script: Script) -> Iterator[OddServer]:
    """Serves each connection once, in a thread of its own."""
    found = OddServer()

    class Once(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                if not (line := self.rfile.readline()):
                    return
                head += line
            length = re.search(rb"(?i)content-length: (\d+)", head)
            body = self.rfile.read(int(length[1])) if length else b""
            request, _, rest = head.decode("latin-1").partition("\r\n")
            found.asked.append((request, rest, body))
            with contextlib.suppress(OSError):
                for piece in script(request, body):
                    self.wfile.write(piece)
                    self.wfile.flush()

    class Threads(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        allow_reuse_address = True

    with Threads(("127.0.0.1", 0), Once) as server:
        found.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()  # else its thread goes round and round over a closed socket


def answer(body: bytes | object, status: int = 200, **headers: str) -> bytes:
    """A whole answer, with JSON or bytes for its body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    said = {"content-type": "application/json", "content-length": str(len(data)), "connection": "close"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status} Odd\r\n{lines}\r\n".encode() + data


def dripping(data: bytes, whole: int, pause: float = 0.1) -> Iterator[bytes]:
    """The first bytes at once, and each of the others after a pause."""
    yield data[:whole]
    for byte in data[whole:]:
        threading.Event().wait(pause)
        yield bytes([byte])
