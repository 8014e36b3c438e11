"""What nature is made of. Texture coordinates as in `surfaces`; those of a solid begin at its middle."""

from __future__ import annotations

import numpy as np

from assetgen.studio.tracer.coat import Coat, tinted
from assetgen.studio.tracer.colours import linear, mix
from assetgen.studio.tracer.noise import Noise, sample
from assetgen.studio.tracer.solids import Array


def sand(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Wind ripples across the view, with a grain too fine to be seen one by one."""
    drift = sample(noise.soft, u * 0.10, v * 0.10)
    wave = v * 13 + u * 1.8 + drift * 3.2
    height = 0.10 * (0.6 + 0.4 * sample(noise.soft, u * 0.16 + 0.4, v * 0.16))
    right, down = (sample(tile, u * 0.9, v * 0.9) for tile in noise.relief)
    slope = np.cos(wave) * height
    shade = 1 + 0.05 * sample(noise.fine, u * 1.3, v * 1.3) + 0.03 * np.sin(wave)
    return Coat(tinted(colour, shade), (slope * 0.25 + right * 0.03, slope + down * 0.03))


def water(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Gentle ripples with the bright net of light on the bottom."""
    bend = sample(noise.soft, u * 0.2, v * 0.2)
    net = np.abs(sample(noise.soft, u * 0.33 + bend * 0.03, v * 0.24 + 0.2))
    right, down = (sample(tile, u * 0.14, v * 0.11) for tile in noise.relief)
    shade = 0.72 + 0.35 * np.exp(-net / 0.12)
    return Coat(tinted(colour, shade), (right * 0.035, down * 0.05))


def snow(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Fresh and wind-laid: soft swells under a little crust."""
    swell = [sample(tile, u * 0.16, v * 0.13) for tile in noise.relief]
    crust = [sample(tile, u * 0.8, v * 0.8) for tile in noise.relief]
    slopes = [0.05 * broad + 0.01 * small for broad, small in zip(swell, crust, strict=True)]
    return Coat(tinted(colour, 1 + 0.012 * sample(noise.fine, u * 1.1, v * 1.1)), (slopes[0], slopes[1]))


def moss(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Cushions of moss, yellow-green on their tops and dark between them."""
    cushion, tuft = sample(noise.soft, u * 0.33, v * 0.33), sample(noise.fine, u * 1.2, v * 1.2)
    relief = [0.2 * sample(t, u * 0.33, v * 0.33) + 0.12 * sample(t, u * 1.6, v * 1.6) for t in noise.relief]
    top = np.clip(0.5 + 0.28 * cushion + 0.16 * tuft, 0, 1)[..., None]
    ground, tip = mix(colour, linear("#232a14"), 0.62), mix(colour, linear("#b9c25a"), 0.35)
    return Coat(np.asarray(ground * (1 - top) + tip * top, np.float32), (relief[0], relief[1]))


def leaves(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Fallen leaves, from yellow over the colour itself to brown."""
    level, hue = (sample(np.ascontiguousarray(noise.leaves[..., i]), u * 0.36, v * 0.36)[..., None] for i in range(2))
    yellow, brown = mix(colour, linear("#e0a63c"), 0.7), mix(colour, linear("#6b3a22"), 0.65)
    warm = np.where(
        hue < 0.5, brown * (1 - 2 * hue) + colour * 2 * hue, colour * (2 - 2 * hue) + yellow * (2 * hue - 1)
    )
    right, down = (sample(tile, u * 0.9, v * 0.9) for tile in noise.relief)
    return Coat(np.asarray(warm * (0.1 + level), np.float32), (right * 0.05, down * 0.05))


def stone(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Split rock: grain, darker layers, an uneven face."""
    layer = sample(noise.soft, u * 0.12, v * 0.5) * 0.5 + sample(noise.fine, u * 0.7, v * 0.9) * 0.5
    grain = sample(noise.fine, u * 2.2 + 0.3, v * 2.2)
    relief = [0.07 * sample(t, u * 0.5, v * 0.6) + 0.06 * sample(t, u * 1.7, v * 1.7) for t in noise.relief]
    return Coat(tinted(colour, 1 + 0.07 * layer + 0.05 * grain), (relief[0], relief[1]))


def bark(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """Upright ridges, with dark clefts between them."""
    ridge = sample(noise.fine, u * 0.9, v * 0.16) + 0.6 * sample(noise.soft, u * 0.7, v * 0.2)
    relief = [weight * sample(t, u * 0.9, v * 0.2) for weight, t in zip((0.3, 0.1), noise.relief, strict=True)]
    return Coat(tinted(colour, 1 + 0.22 * ridge), (relief[0], relief[1]))


def rings(colour: Array, u: Array, v: Array, noise: Noise) -> Coat:
    """The sawn face of a trunk: a ring for each year, and a crack or two from the middle."""
    wobble = 0.05 * sample(noise.soft, u * 0.12, v * 0.12)
    radius = np.hypot(u + 0.06, v - 0.05) * (1 + wobble)
    year = np.sin(radius * 46 + 3 * sample(noise.soft, radius * 0.3, radius * 0.1 + 0.2))
    shade = 1 + 0.07 * year + 0.04 * sample(noise.fine, u * 0.7, v * 0.7) - 0.1 * radius
    return Coat(tinted(colour, shade))
