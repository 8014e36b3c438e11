"""What a server says about an error, whatever it is built with, as one sentence for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

MOST = 200
"""Letters of a sentence: about two lines of a terminal."""

_FEW = 3
"""The number of errors that are told where there are several."""

_NAMES = (
    *("message", "error", "detail", "errors", "error_message", "error_description"),
    *("error_msg", "errmsg", "msg", "reason", "title"),
)
"""Where servers put it, the surest first."""

_DEEP = 6


def sentence(body: object) -> str:
    """The server's own words in the body of an error; empty where there are none.

    It is `message` in the protocol; FastAPI has `detail` as a text or a list with places, RFC 9457 `title` and
    `detail`, and small servers have a text under `error`. Of a body that is like none of these, what it says is told
    with the names that it has for it.
    """
    return _sentence(body, 0) or "; ".join(islice(_told("", body, 0), _FEW))


def _told(name: str, body: object, depth: int) -> Iterator[str]:
    match body:
        case bool():
            return
        case str() | int() if name and str(body).strip():
            yield f"{name}: {str(body).strip()}"
        case [*parts] if depth < _DEEP:
            for part in parts:
                yield from _told(name, part, depth + 1)
        case Mapping() if depth < _DEEP:
            for inner, part in body.items():
                yield from _told(str(inner), part, depth + 1)


def _sentence(body: object, depth: int) -> str:
    match body:
        case str():
            said = body.strip()
        case [*parts] if depth < _DEEP:
            found = dict.fromkeys(filter(None, (_sentence(part, depth + 1) for part in parts)))
            said = "; ".join(islice(found, _FEW))
        case {"msg": str(what), "loc": [*places]}:
            named = ".".join(str(place) for place in places if place != "body")
            said = f"{named}: {what}" if named else what
        case {"title": str(title), "detail": str(detail)} if title and detail:
            said = f"{title}: {detail}"
        case Mapping() if depth < _DEEP:
            said = next(filter(None, (_sentence(body.get(name), depth + 1) for name in _NAMES)), "")
        case _:
            said = ""
    return said


def parameter(body: object) -> str | None:
    """The parameter that the body of an error is about, where it names one in a place of its own."""
    match body:
        case {"param": str(name)} if name:
            return name
        case {"loc": [*places]} if places and isinstance(places[-1], str):
            return places[-1]
        case {"detail": [*parts]}:
            return next(filter(None, map(parameter, parts)), None)
        case {"error": Mapping() as inner}:
            return parameter(inner)
    return None


def filtered(body: object) -> list[str]:
    """The categories for which a filter refused a prompt or a picture: OpenAI's, or Azure's with their results."""
    return list(dict.fromkeys(_filtered(body, 0)))


def _filtered(body: object, depth: int) -> Iterator[str]:
    if not isinstance(body, Mapping) or depth > _DEEP:
        return
    for name, value in body.items():
        match value:
            case [*parts] if name == "categories":
                yield from map(str, parts)
            case {"filtered": True} | {"detected": True}:
                yield str(name)
            case Mapping():
                yield from _filtered(value, depth + 1)


def short(text: str) -> str:
    """One line that any file or terminal can hold, and never a page of HTML."""
    line = " ".join(text.encode("utf-8", "replace").decode().split())
    if line.startswith("<") or "<html" in line.lower():
        return "it answered with a web page"
    return line if len(line) <= MOST else f"{line[:MOST]}…"
