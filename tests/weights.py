"""Weights small enough to write down: a model that takes dark pixels for the product."""

from __future__ import annotations

import struct
from pathlib import Path


def tiny_model(
    side: int = 320, weight: float = -4.0, bias: float = 6.0, *, logits: bool = False, kind: int = 1
) -> bytes:
    """178 bytes of ONNX: sigmoid(1 x 1 convolution), with the inputs and outputs that rembg expects of a model.

    logits: without the sigmoid. kind: ONNX's number of its type of numbers, 1 for float32.

    In protobuf's own notation: a field is its number and kind, then a varint (kind 0) or a length and bytes (kind 2).
    """
    weights = _tensor("w", [1, 3, 1, 1], [weight] * 3) + _tensor("b", [1], [bias])
    last = "Identity" if logits else "Sigmoid"
    nodes = _node("Conv", ["input", "w", "b"], ["c"]) + _node(last, ["c"], ["output"])
    ports = _bytes(11, _port("input", [1, 3, side, side], kind)) + _bytes(12, _port("output", [1, 1, side, side], kind))
    graph = nodes + _text(2, "tiny") + weights + ports
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13))


def install(home: Path, name: str = "u2net", data: bytes | None = None) -> Path:
    """Puts weights where rembg looks for them when U2NET_HOME is `home`."""
    path = home / "models" / name / f"{name}.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tiny_model() if data is None else data)
    return path


def _varint(value: int) -> bytes:
    low = b""
    while value > 127:
        low, value = low + bytes([value & 127 | 128]), value >> 7
    return low + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _tensor(name: str, shape: list[int], values: list[float]) -> bytes:
    floats = struct.pack(f"<{len(values)}f", *values)
    return _bytes(5, b"".join(_number(1, n) for n in shape) + _number(2, 1) + _text(8, name) + _bytes(9, floats))


def _node(kind: str, inputs: list[str], outputs: list[str]) -> bytes:
    names = b"".join(_text(1, name) for name in inputs) + b"".join(_text(2, name) for name in outputs)
    return _bytes(1, names + _text(4, kind))


def _port(name: str, shape: list[int], kind: int) -> bytes:
    sides = b"".join(_bytes(1, _number(1, n)) for n in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, sides)))
