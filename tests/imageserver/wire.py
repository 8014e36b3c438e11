"""HTTP: bytes of a connection into calls, and replies into bytes."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import socketserver
import sys
import threading
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.imageserver.records import Call, File
from tests.imageserver.replies import Reply

Respond = Callable[[Call, str], Reply | None]


class Listener(ThreadingHTTPServer):
    """Serves every connection in a thread of its own, and knows them all so that it can hang up."""

    daemon_threads = True
    request_queue_size = 512
    allow_reuse_address = True

    def __init__(self, port: int, respond: Respond, *, talkative: bool) -> None:
        self.respond = respond
        self.talkative = talkative
        self._connections: dict[threading.Thread, socket.socket] = {}
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        # HTTPServer would look up the name of this machine, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        self._connections = {known: kept for known, kept in self._connections.items() if known.is_alive()}
        thread.start()
        self._connections[thread] = request

    def hang_up(self) -> None:
        for connection in self._connections.values():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._connections:
            thread.join(timeout=5)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # Clients that give up are what tests are about; anything else is a mistake of this server.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def _serve(self) -> None:
        call = self._call()
        request_id = f"req_{uuid.uuid4().hex}"
        reply = self.server.respond(call, request_id)
        if reply is None:
            self.close_connection = True
            return
        self.send_response(reply.status)
        headers = {"x-request-id": request_id, "content-length": str(len(reply.body)), **reply.headers}
        if reply.content_type:
            headers["content-type"] = reply.content_type
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - the names http.server looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
        if self.server.talkative:
            super().log_message(format, *args)

    def _call(self) -> Call:
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(
            path=unquote(address.path), method=self.command, query=dict(parse_qsl(address.query)), headers=headers
        )
        data = self._read(headers)
        if call.is_form:
            call.body, call.files = _form(headers["content-type"], data)
        elif data:
            call.body, call.readable = _json(data)
        return call

    def _read(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self._exactly(int(headers.get("content-length", 0)))
        chunks = []
        while size := int(self.rfile.readline().partition(b";")[0] or b"0", 16):
            chunks.append(self._exactly(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(chunks)

    def _exactly(self, size: int) -> bytes:
        data = self.rfile.read(size)
        if len(data) < size:
            raise ConnectionError("the client hung up within its request")
        return data


def _json(data: bytes) -> tuple[dict[str, Any], bool]:
    try:
        body = json.loads(data)
    except ValueError:
        return {}, False
    return (body, True) if isinstance(body, dict) else ({}, False)


def _form(content_type: str, data: bytes) -> tuple[dict[str, Any], list[File]]:
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    fields: dict[str, Any] = {}
    files: list[File] = []
    parts = (b"\r\n" + data).split(b"\r\n--" + (boundary[1] if boundary else "").encode())
    for part in parts[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        text = head.decode()
        name = _quoted("name", text) or ""
        filename = _quoted("filename", text)
        if filename is None:
            fields[name] = content.decode()
        else:
            kind = re.search(r"(?im)^content-type:\s*([^\s;]+)", text)
            files.append(File(name, filename, kind[1] if kind else "application/octet-stream", content))
    return fields, files


def _quoted(name: str, head: str) -> str | None:
    found = re.search(rf'(?i)[;\s]{name}="([^"]*)"', head)
    return found[1] if found else None
