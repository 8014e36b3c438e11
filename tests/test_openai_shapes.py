"""What the provider sends is what the SDK's own types say, and the sizes it asks for are allowed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai.types import BatchCreateParams, ImageCreateVariationParams
from openai.types.image_edit_params import ImageEditParamsNonStreaming
from openai.types.image_generate_params import ImageGenerateParamsNonStreaming
from openai.types.image_input_reference_param import ImageInputReferenceParam
from PIL import Image
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from assetgen.config.mode import Mode
from assetgen.config.shape import RATIOS, Shape
from assetgen.model.request import ALONE, Attached, Request
from assetgen.providers.openai import OpenAI
from assetgen.providers.openai.families import Family, Free, parsed, table
from assetgen.providers.openai.image_settings import PIXELS
from assetgen.providers.openai.wire import Wire
from tests.imageserver import Answer, Call, ImageServer

STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


@with_config(STRICT)
class Generation(ImageGenerateParamsNonStreaming): ...


@with_config(STRICT)
class Edit(ImageEditParamsNonStreaming): ...


@with_config(STRICT)
class Variation(ImageCreateVariationParams): ...


@with_config(STRICT)
class Batch(BatchCreateParams): ...


KINDS = {
    "/v1/images/generations": TypeAdapter[Any](Generation),
    "/v1/images/edits": TypeAdapter[Any](Edit),
    "/v1/images/variations": TypeAdapter[Any](Variation),
    "/v1/batches": TypeAdapter[Any](Batch),
}
FAMILIES = table().families
FREE = [family for family in FAMILIES if isinstance(family.sizes, Free)]
PLAIN = sorted({shape.plain for shape in Shape})
FORMATS = [("png", None), ("jpeg", None), ("jpeg", 80), ("webp", 0)]


def names(family: Family) -> list[str]:
    """A name for each pattern of a family; the one without patterns is chosen by its own name."""
    return [pattern.replace("*", "-flare") for pattern in family.models] or ["sd-turbo"]


def settings_of(family: Family) -> Iterator[dict[str, Any]]:
    """Every combination that the provider accepts."""
    grounds = ["auto", "opaque", *(["transparent"] if family.transparent else [])]
    for name, quality, ground, (form, compression), moderation in product(
        names(family), (None, *family.qualities), grounds, FORMATS, ("auto", "low")
    ):
        if (ground, form) != ("transparent", "jpeg"):
            yield {
                "model": name,
                "family": None if family.models else family.name,
                "quality": quality,
                "background": ground,
                "output_format": form,
                "output_compression": compression,
                "moderation": moderation,
            }


def png(size: tuple[int, int] = (32, 32)) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 128)).save(file, "png")
    return file.getvalue()


@pytest.fixture
def taking(server: ImageServer) -> ImageServer:
    """A server that draws nothing, which would take its time."""
    server.variations = True
    server.models["sd-turbo"] = None
    server.answer = lambda _call, _nth: Answer(bill=False, body=b"taken")
    return server


def valid(path: str, body: dict[str, Any]) -> bool:
    """Raises ValidationError, which says what is wrong."""
    KINDS[path].validate_python(body)
    return True


def as_the_sdk_knows_it(call: Call) -> dict[str, Any]:
    """The parameters of the SDK's method behind a call; lists of files have brackets on the wire."""
    body = dict(call.body)
    for file in call.files:
        picture = (file.filename, file.data, file.content_type)
        if file.field.endswith("[]"):
            body.setdefault(file.field[:-2], []).append(picture)
        else:
            body[file.field] = picture
    return body


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/images/generations", {"prompt": "tea", "size": "auto", "seed": 7}),
        ("/v1/images/generations", {"prompt": "tea", "quality": "best"}),
        ("/v1/images/generations", {"model": "gpt-image-2"}),
        ("/v1/images/edits", {"prompt": "tea", "image": b"", "moderation": "low"}),
        ("/v1/images/variations", {"prompt": "tea", "image": b""}),
        ("/v1/batches", {"endpoint": "/v1/pictures", "input_file_id": "f", "completion_window": "24h"}),
    ],
)
def test_the_types_of_the_sdk_refuse_what_it_does_not_know(path: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        valid(path, body)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_setting_of_every_family_gives_parameters_of_the_sdk(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    wire = Wire(OpenAI(model="any", family=family.name))
    for chosen in settings_of(family):
        wire.settings = OpenAI(**chosen)
        assert wire.settings.rules is family
        for shape in PLAIN:
            body = wire.body(Request("tea", *wire.settings.size(shape)))
            assert valid("/v1/images/generations", body)
            assert family.size_problem(parsed(body["size"])) is None
    wire.client.close()


def ways(family: Family) -> Iterator[tuple[Mode, int, bool]]:
    """What a plan may ask for: a mode, how many pictures go along, the product's first, and whether a mask does."""
    for mode, pictures, masked in product(Mode, (0, 1, 3), (False, True)):
        if pictures <= family.references and mode.sends_photo <= pictures and masked <= (mode is Mode.EDIT):
            yield mode, pictures, masked


@pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")  # the SDK's word on variations
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_what_arrives_is_what_the_sdk_knows_and_the_server_takes(taking: ImageServer, family: Family) -> None:
    chosen = next(settings_of(family)) | {"moderation": "low", "output_format": "webp", "output_compression": 70}
    with closing(OpenAI(**chosen)) as provider:
        size = provider.size(Shape.SQUARE)
        for nth, (mode, pictures, masked) in enumerate(ways(family)):
            request = Request("tea", *size, mode=mode, references=("digest",) * pictures)
            made = provider.generate(request, Attached((png(),) * pictures, png() if masked else None))

            assert made.data == b"taken"
            call = taking.calls[nth]
            assert valid(call.path, as_the_sdk_knows_it(call))
            assert len(call.files) == pictures + masked
            varied = mode is Mode.VARIATION and family.variations
            assert endpoint(call) == ("variations" if varied else "edits" if pictures else "generations")


def endpoint(call: Call) -> str:
    return call.path.rpartition("/")[2]


@pytest.mark.parametrize("pictures", [0, 2], ids=["generations", "edits"])
def test_a_batch_and_its_lines_are_what_the_sdk_knows(taking: ImageServer, pictures: int) -> None:
    with closing(OpenAI(moderation="low", output_format="jpeg", output_compression=90)) as provider:
        request = Request("tea", *provider.size(Shape.TALL), mode=Mode.EDIT if pictures else Mode.PLATE)
        attached = Attached((png(), png((16, 16))), png()) if pictures else ALONE
        provider.send_batch("token", [(key, request, attached) for key in ("one", "two")])

    (sheet,) = (call for call in taking.calls if call.body.get("purpose") == "batch")
    lines = [json.loads(line) for line in sheet.files[0].data.splitlines()]
    assert [(line["custom_id"], line["method"]) for line in lines] == [("one", "POST"), ("two", "POST")]
    for line in lines:
        assert valid(line["url"], in_a_form(line["body"]) if pictures else line["body"])
    (batch,) = (call for call in taking.calls if call.path == "/v1/batches")
    assert valid(batch.path, batch.body)
    assert {line["url"] for line in lines} == {batch.body["endpoint"]}


def in_a_form(body: dict[str, Any]) -> dict[str, Any]:
    """An edit as JSON names its pictures, and takes `moderation`; the SDK knows edits as forms only."""
    known = set(get_type_hints(ImageInputReferenceParam))
    named = [*body["images"], body["mask"]]
    assert all(picture.keys() <= known for picture in named)
    assert body["moderation"] in str(get_args(get_type_hints(Generation)["moderation"]))
    left = {name: value for name, value in body.items() if name not in {"images", "mask", "moderation"}}
    return {**left, "image": [b"" for _ in body["images"]], "mask": b""}


def test_settings_that_only_a_server_knows_arrive_with_every_kind_of_request(taking: ImageServer) -> None:
    with closing(OpenAI(model="sd-turbo", family="compatible", extra_body={"seed": 7})) as provider:
        request = Request("tea", *provider.size(Shape.SQUARE))
        provider.generate(request)
        provider.generate(request, Attached((png(),)))

    seeds = [(endpoint(call), str(call.body["seed"])) for call in taking.calls]
    assert seeds == [("generations", "7"), ("edits", "7")]


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Family, Shape, int]:
    family = draw(st.sampled_from(FREE))
    assert isinstance(family.sizes, Free)
    return family, draw(st.sampled_from(PLAIN)), draw(st.integers(*family.sizes.pixels))


@given(wishes())
@settings(deadline=None, max_examples=60)
def test_a_size_is_allowed_and_near_whatever_is_asked_for(wish: tuple[Family, Shape, int]) -> None:
    family, shape, pixels = wish
    assert isinstance(family.sizes, Free)
    width, height = family.size(shape, pixels)
    most = family.sizes.longest**2 / max(RATIOS[shape], 1 / RATIOS[shape])

    assert family.size_problem((width, height)) is None
    assert width / height == pytest.approx(RATIOS[shape], rel=0.02)
    assert width * height == pytest.approx(min(pixels, most), rel=0.3)


@pytest.mark.parametrize("pixels", PIXELS.values(), ids=list(PIXELS))
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_resolution_of_every_family_has_a_size_for_every_shape(family: Family, pixels: int) -> None:
    for shape in PLAIN:
        assert family.size_problem(family.size(shape, pixels)) is None


edges = st.integers(1, 256).map(lambda step: 16 * step) | st.integers(1, 4096)


@given(edges, edges)
@settings(max_examples=200)
def test_free_sizes_keep_the_rules_of_the_reference(width: int, height: int) -> None:
    longer, shorter = max(width, height), min(width, height)
    rules = [
        width % 16 == 0,
        height % 16 == 0,
        longer <= 3 * shorter,
        longer <= 3840,
        655_360 <= width * height <= 8_294_400,
    ]
    assert (table().newest.size_problem((width, height)) is None) == all(rules)


@pytest.mark.parametrize("size", ["1024x1024", "1280x720", "896x1120", "1568x672", "3840x1280", "2160x3840"])
def test_sizes_that_the_reference_names_are_allowed(size: str) -> None:
    assert table().newest.size_problem(parsed(size)) is None


@pytest.mark.parametrize(
    ("size", "why"),
    [
        ("512x512", "262,144 pixels"),
        ("1000x1000", "multiples of 16"),
        ("3840x1024", "3 times"),
        ("4096x2048", "over 3840"),
        ("3840x3840", "14,745,600 pixels"),
    ],
)
def test_sizes_that_cannot_be_had_say_why(size: str, why: str) -> None:
    assert why in (table().newest.size_problem(parsed(size)) or "")
