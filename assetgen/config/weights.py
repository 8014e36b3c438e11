"""The models that rembg knows and that may cut for us: facts about their weights, as they were read on CHECKED.

rembg's own code is MIT; weights have terms of their own. What is not listed here is never used: models for faces, anime
or camouflage, those that need a click or more than one pass, and services. `u2netp` comes along and needs no rembg.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CHECKED = "2026-11-25"

RELEASES = "https://github.com/danielgatis/rembg/releases/download/v0.0.0"
"""Where rembg 2.0.86 takes weights from (rembg/sessions/*.py); tests/test_rembg_rows.py holds every row against it."""

SERVICES = ("withoutbg", "atlascloud")
"""Names that rembg knows too, and that would send the photos to somebody."""


class LicenceTerms(StrEnum):
    """What a company may do with the weights."""

    FREE = "free"
    UNCLEAR = "unclear"
    NONCOMMERCIAL = "non-commercial"


@dataclass(frozen=True)
class Eye:
    """What a model is given, and what it gives back.

    side: the pixels of the square that it looks at. mean, scale: its red, green and blue are shares of the brightest
    value in it, less the mean and divided by the scale. logits: it gives the logarithm of the odds of product, and not
    its share.
    """

    side: int
    mean: tuple[float, float, float]
    scale: tuple[float, float, float]
    logits: bool = False


_IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""The colours of the pictures that nearly all were trained on."""

U2NET = Eye(320, *_IMAGENET)
"""U-2-Net, data_loader.py, `ToTensorLab`; rembg/sessions/u2net.py, silueta.py and u2netp.py."""

_DIS = Eye(1024, (0.5, 0.5, 0.5), (1.0, 1.0, 1.0))
"""ISNet, by rembg/sessions/dis_general_use.py."""

_BIREF = Eye(1024, *_IMAGENET, logits=True)
"""BiRefNet, by rembg/sessions/birefnet_general.py, from which the others take it."""

_RMBG = Eye(1024, *_IMAGENET)
"""RMBG 2.0, by rembg/sessions/bria_rmbg.py."""


@dataclass(frozen=True)
class Weights:
    """One model; `file` is its name under RELEASES."""

    name: str
    terms: LicenceTerms
    licence: str
    source: str
    eye: Eye
    megabytes: float | None
    file: str
    checksum: str

    @property
    def url(self) -> str:
        return f"{RELEASES}/{self.file}"


_U2 = ("Apache-2.0", "https://github.com/xuebinqin/U-2-Net/issues/208")
_ISNET = (
    "code Apache-2.0, none stated for the weights, trained on DIS5K (non-commercial)",
    "https://github.com/xuebinqin/DIS/issues/150",
)
_BIREFNET = (
    "MIT, says its author; trained on DIS5K, whose terms are stricter",
    "https://github.com/ZhengPeng7/BiRefNet/issues/306",
)
_BRIA = ("non-commercial; others need an agreement with BRIA", "https://huggingface.co/briaai/RMBG-2.0")

_BIREFNETS = {
    "birefnet-general": ("BiRefNet-general-epoch_244.onnx", "md5:7a35a0141cbbc80de11d9c9a28f52697"),
    "birefnet-general-lite": (
        "BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx",
        "md5:4fab47adc4ff364be1713e97b7e66334",
    ),
    "birefnet-massive": ("BiRefNet-massive-TR_DIS5K_TR_TEs-epoch_420.onnx", "md5:33e726a2136a3d59eb0fdf613e31e3e9"),
}

_ALL = (
    Weights("u2net", LicenceTerms.FREE, *_U2, U2NET, 176, "u2net.onnx", "md5:60024c5c889badc19c04ad937298a77b"),
    Weights(
        "silueta",
        LicenceTerms.FREE,
        *_U2,
        U2NET,
        44.2,
        "silueta.onnx",
        "md5:55e59e0d8062d2f5d013f4725ee84782",
    ),
    Weights(
        "isnet-general-use",
        LicenceTerms.UNCLEAR,
        *_ISNET,
        _DIS,
        179,
        "isnet-general-use.onnx",
        "md5:fc16ebd8b0c10d971d3513d564d01e29",
    ),
    *(Weights(name, LicenceTerms.UNCLEAR, *_BIREFNET, _BIREF, None, *file) for name, file in _BIREFNETS.items()),
    Weights(
        "bria-rmbg",
        LicenceTerms.NONCOMMERCIAL,
        *_BRIA,
        _RMBG,
        1020,
        "bria-rmbg-2.0.onnx",
        "sha256:5b486f08200f513f460da46dd701db5fbb47d79b4be4b708a19444bcd4e79958",
    ),
)

WEIGHTS = {weights.name: weights for weights in _ALL}
"""All models by name."""

DEFAULT = _ALL[0].name
"""What `rembg` alone means."""
