"""The history of a picture, in the words of C2PA.

Actions: https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html#_actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assetgen import clock
from assetgen.credentials.c2pa_reading import carries
from assetgen.files.file_facts import header
from assetgen.files.xmp import SourceType
from assetgen.fingerprint import Json
from assetgen.version import __version__

PLATE = "plate"


@dataclass(frozen=True)
class History:
    """How a picture came to be; how its plate was changed comes last."""

    source_type: SourceType
    system: str | None = None
    """The model that drew the pixels, where one did."""

    plate: bytes | None = None
    """The file as its provider sent it."""

    composed: bool = False
    """Whether the plate is a part of the picture, and not what became it."""

    photos: tuple[bytes, ...] = ()
    """The files of products whose own credentials are to be kept."""

    added: tuple[str, ...] = ()
    """The kinds of layers that were put on."""

    cropped: bool = False
    resized: bool = False
    mirrored: bool = False

    @property
    def opens_plate(self) -> bool:
        """Whether the picture goes on with the plate's own credentials."""
        return self.plate is not None and not self.composed and carries(self.plate)


def mime_type(format: str) -> str:  # noqa: A002 - channels call it so
    """The MIME type of a format as channels name it, such as `jpg`."""
    return f"image/{format}".replace("jpg", "jpeg")


@dataclass(frozen=True)
class Ingredient:
    """A file that went in: what the manifest says of it, its MIME type and its bytes."""

    said: dict[str, Json]
    mime: str
    data: bytes = field(repr=False)


def manifest(history: History, title: str, mime: str) -> dict[str, Json]:
    """A definition as c2pa's Builder takes it, in a claim of version 2."""
    data: dict[str, Json] = {"actions": list[Json](_actions(history, mime)), "allActionsIncluded": True}
    return {
        "claim_generator_info": [{**_tool(), "version": __version__}],
        "title": title,
        "format": mime,
        # Without `created` they would count as gathered from elsewhere.
        "assertions": [{"label": "c2pa.actions.v2", "created": True, "data": data}],
    }


def ingredients(history: History) -> Iterator[Ingredient]:
    """Those that the manifest's actions speak of, by their labels. Raises Unreadable for a file that is no picture."""
    if history.plate is not None and (history.composed or history.opens_plate):
        relationship = "componentOf" if history.composed else "parentOf"
        yield _ingredient(PLATE, "background" if history.composed else "original", history.plate, relationship)
    for n, photo in enumerate(history.photos):
        yield _ingredient(f"photo-{n}", "product photo", photo, "componentOf")


def _ingredient(label: str, title: str, data: bytes, relationship: str) -> Ingredient:
    return Ingredient({"title": title, "label": label, "relationship": relationship}, _mime(data), data)


def _mime(data: bytes) -> str:
    return mime_type(header(data).format)


def _actions(history: History, mime: str) -> Iterator[dict[str, Json]]:
    """The first says where the picture begins; a viewer refuses all others there."""
    if history.opens_plate:
        yield _action("opened", ingredient=PLATE)
    else:
        now = clock.written(clock.now())
        by: dict[str, Json] = {"name": history.system} if history.system and not history.composed else _tool()
        yield {**_action("created"), "digitalSourceType": history.source_type.uri, "softwareAgent": by, "when": now}
        if history.plate is not None and history.composed:
            yield _action("placed", ingredient=PLATE)
    yield from (_action("placed", ingredient=f"photo-{n}") for n, _ in enumerate(history.photos))
    if history.mirrored:
        yield _action("orientation")
    if history.cropped:
        yield _edit("cropped")
    if history.resized:
        yield _action("resized.proportional")
    if history.added:
        yield {**_edit("edited"), "description": f"added: {', '.join(history.added)}"}
    if history.plate is not None and _mime(history.plate) != mime:
        yield _action("converted")


def _action(name: str, *, ingredient: str | None = None) -> dict[str, Json]:
    action: dict[str, Json] = {"action": f"c2pa.{name}", "softwareAgent": _tool()}
    return {**action, "parameters": {"ingredientIds": [ingredient]}} if ingredient else action


def _edit(name: str) -> dict[str, Json]:
    """What changes what is seen says how; no model does it."""
    return {**_action(name), "digitalSourceType": SourceType.ENHANCED.uri}


def _tool() -> dict[str, Json]:
    return {"name": "assetgen"}
