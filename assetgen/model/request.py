"""What is sent to a provider, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assetgen.config.mode import Mode
from assetgen.model.arrays import Box


@dataclass(frozen=True)
class Protected:
    """The product that only its surroundings may change round: the key of its cutout, and where it stands."""

    cutout: str
    box: Box


@dataclass(frozen=True)
class Request:
    """Exactly what is sent to a provider; sizes in pixels.

    references: digests of the pictures sent along, those of the products first. With `protected`, the first of them is
    sent as the product standing in an empty frame, together with a mask.
    """

    prompt: str
    width: int
    height: int
    mode: Mode = Mode.PLATE
    take: int = 1
    references: tuple[str, ...] = ()
    protected: Protected | None = None


@dataclass(frozen=True)
class Attached:
    """The files behind a request's references, in that order.

    mask: a PNG of the request's size, transparent where the picture may change; only with `protected`.
    """

    pictures: tuple[bytes, ...] = ()
    mask: bytes | None = None


ALONE = Attached()


@dataclass(frozen=True)
class Light:
    """The key light of a plate.

    side: -1 comes fully from the left, 0 from the camera or above, 1 from the right.
    height: 0 grazes the floor (long shadows), 1 stands overhead.
    softness: 0 is a bare bulb, 1 an overcast sky.
    strength: how dark the deepest shadow is, 0 to 1.
    tint: the light's colour in linear RGB; its largest part is 1.
    """

    side: float = 0.0
    height: float = 0.6
    softness: float = 0.7
    strength: float = 0.6
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Stage:
    """Where a product can stand on a plate. Fractions of the plate's width and height, from its top left corner.

    ground: y where the floor meets the wall, or the horizon.
    x, y: the best standing point, the middle of the product's contact line.
    width: how wide the free surface is at that point.
    gloss: how much of a mirror the floor is there, seen from the camera: 0 matt, 1 a mirror.
    """

    ground: float
    x: float
    y: float
    width: float
    light: Light = Light()
    gloss: float = 0.0


@dataclass(frozen=True)
class Price:
    """Money for one request; the currency is an ISO 4217 code."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Generated:
    """What a provider gave back: the picture file as it came, and what else it knows about it.

    notes: what a person should know of this picture; they become findings. pause: seconds for which the provider wants
    no further requests.
    """

    data: bytes
    stage: Stage | None = None
    model: str | None = None
    cost: Price | None = None
    request_id: str | None = None
    notes: tuple[str, ...] = ()
    pause: float = 0.0


@dataclass(frozen=True)
class Rate:
    """How fast a provider may be asked; None is as fast as it answers.

    parallel: requests at once; None for a provider that works on this machine, which gets a thread for each processor.
    """

    parallel: int | None = None
    images_per_minute: float | None = None
    tokens_per_minute: float | None = None
