"""The care of photos before they are cut out: cropped, its light and colours set, and straightened, as somebody asks.

Light is linear (sRGB, IEC 61966-2-1), 0 to 1; a stop is a factor of two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from assetgen.cutout.backdrop import Backdrop, compare
from assetgen.cutout.evidence import SIDE
from assetgen.cutout.light_levels import LIGHT_OF, gained, in_levels, in_linear
from assetgen.cutout.masks import sides_reached
from assetgen.cutout.tilt import product_region, tilt, turned
from assetgen.model.arrays import HALF, WITH_ALPHA, Alpha, Floats, Pixels, Region
from assetgen.model.care import NO_CARE, Care

CARING = 1
"""Part of the key of a photo with care, raised when the same care gives other pixels: tests/test_recipe.py sees it."""

_PLAIN = 0.7
"""The share of the frame that fits one smooth surface at least, where the backdrop is to tell something."""

_CLEAR = 0.005
"""The share of clear pixels above which a file is cut out already, and has no backdrop."""

_BRIGHT_PART = 90
"""The percentile of a backdrop's light that is brought near white: no more of it burns out than that lets."""

_NEARLY_WHITE = 0.913
"""The light of a backdrop as studios deliver it, sRGB 245: white to the eye, while a pale product keeps its edge."""

_WHITE_ENOUGH = 0.83
"""The light from which a backdrop is left: sRGB 235."""

_LIGHT = 0.25
"""The light from which a backdrop was meant to be light, sRGB 137: white paper that was metered as grey comes out at
0.18 to 0.5, and a backdrop that is grey on purpose is darker than most of these."""

_MOST = 2.0
"""The stops at most that `auto` adds: more is noise, and no slip of a meter."""

_LEAST = 0.1
"""The stops below which nobody sees a difference."""

_SHORT_OF_WHITE = 0.97
"""The light that a product's highlights reach at most, sRGB 252: they keep what is drawn in them."""

_BURNT = 0.005
"""The share of the product that may burn out, beside what has already: gleams are small."""

_HIGHLIGHT = 0.83
"""The light that the brightest parts reach where no backdrop tells: sRGB 235, with room for gleams."""

_HIGHLIGHTS = 99
"""The percentile of light that counts as the brightest parts."""

_MIDDLE = 0.18
"""Middle grey: as far as a dark picture's median is lifted at most, which is what a light meter makes of a scene."""

_UNKNOWING = 1.0
"""The stops at most that `auto` adds where no backdrop tells: dark may be meant."""

_NEUTRAL = 2
"""Levels between the channels of a backdrop that is neutral already."""

_LIGHTNESS = 40
"""The lightness, CIE L*, from which a backdrop may be white or grey paper: in the dark colours cannot be told."""

_ALONG_DAYLIGHT = 20
"""The way from grey that a cast goes at most in CIE b*, from blue to yellow: daylight and lamps differ along it."""

_ACROSS = 8
"""The same in CIE a*, from green to pink: paper of these colours is a colour, and yellowish paper may be none."""

_APART = 0.1
"""Light, as `Backdrop` counts it, from which on a pixel is surely no backdrop."""

_ALL_SIDES = 4
"""Sides that a product reaches in a file that is cut out close to it, where nothing of it is missing."""

_LUMINANCE = np.array((0.2126, 0.7152, 0.0722), np.float32)


@dataclass(frozen=True)
class Cared:
    """A photo after care was taken of it, its mask likewise, and what was done, a phrase each.

    unlit: in the light that it was taken in, for whoever cuts it out: making it darker or paler settles no doubt.
    gains: what its light is multiplied by, red, green and blue.
    """

    unlit: Pixels
    mask: Alpha | None = None
    told: tuple[str, ...] = ()
    gains: tuple[float, float, float] = (1, 1, 1)

    @property
    def photo(self) -> Pixels:
        """The photo as everybody is to see it."""
        return self.lit(self.unlit)

    def lit(self, pixels: Pixels) -> Pixels:
        """Pixels of that photo (H x W x 3 or 4) in the light that was asked for; alpha stays."""
        return gained(pixels, self.gains)


def care_for(photo: Pixels, care: Care, mask: Alpha | None = None) -> Cared:
    """The photo (H x W x 3 or 4) as it is asked for; a mask has its size. What nobody asked for stays as it is.

    It is cropped first, then made neutral, then lighter or darker, and turned last. Its light is set where it is seen.
    """
    cared = Cared(photo, mask)
    if care == NO_CARE:
        return cared
    if care.crop:
        cared = _cropped(cared, care.crop)
    cared = _in_light(cared, care)
    return _straightened(cared, care) if care.straighten else cared


def _cropped(cared: Cared, crop: tuple[float, float, float, float]) -> Cared:
    height, width = cared.unlit.shape[:2]
    left, right = _span(crop[0], crop[2], width)
    top, bottom = _span(crop[1], crop[3], height)
    photo = np.ascontiguousarray(cared.unlit[top:bottom, left:right])
    mask = None if cared.mask is None else np.ascontiguousarray(cared.mask[top:bottom, left:right])
    across, down = (f"{100 * first:.3g}% to {100 * last:.3g}%" for first, last in (crop[::2], crop[1::2]))
    told = f"cropped to {across} across and {down} down"
    return Cared(photo, mask, (*cared.told, told))


def _span(first: float, last: float, length: int) -> tuple[int, int]:
    start = min(round(first * length), length - 1)
    return start, max(start + 1, round(last * length))


def _in_light(cared: Cared, care: Care) -> Cared:
    """White balance and exposure, in one step, so that levels are rounded once."""
    look = _looked_at(cared.unlit) if care.white_balance or care.exposure == "auto" else None
    gains: Floats = np.ones(3, np.float32)
    told = [*cared.told]
    if care.white_balance:
        gains, words = _balance(look)
        told.append(words)
    if care.exposure == "auto":
        stops, words = _exposure(look, gains)
        told.append(words)
    else:
        stops = care.exposure
        told += [f"exposure {stops:+g} stops"] if stops else []
    red, green, blue = (gains * np.float32(2**stops)).tolist()
    return replace(cared, told=tuple(told), gains=(red, green, blue))


@dataclass(frozen=True)
class _Look:
    """A photo made smaller, in light, H x W x 3, and its backdrop: None where none is plain.

    own_alpha: the file is cut out already, and `seen` says where anything is to be seen.
    """

    light: Floats
    seen: Region
    backdrop: Backdrop | None
    own_alpha: bool


def _looked_at(photo: Pixels) -> _Look:
    scale = min(1.0, SIDE / max(photo.shape[:2]))
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else photo
    rgb = np.ascontiguousarray(small[..., :3])
    light = np.asarray(LIGHT_OF[rgb], np.float32)
    seen = small[..., 3] > HALF if small.shape[2] == WITH_ALPHA else np.ones(small.shape[:2], bool)
    if (~seen).mean() > _CLEAR:
        return _Look(light, seen, None, own_alpha=True)
    backdrop = compare(rgb.astype(np.float32) / np.float32(255))
    return _Look(light, seen, backdrop if backdrop.fit >= _PLAIN else None, own_alpha=False)


def _without(look: _Look) -> str:
    return "the file has no backdrop to tell" if look.own_alpha else "there is no plain backdrop to tell"


def _balance(look: _Look | None) -> tuple[Floats, str]:
    """Gains for red, green and blue that make the backdrop neutral, or 1, and what to say of it.

    None is below 1, so that what is burnt out stays white, as raw converters have it.
    """
    ones = np.ones(3, np.float32)
    if look is None or look.backdrop is None:
        return ones, f"white balance left: {_without(look)}" if look else ""
    levels = np.median(look.backdrop.empty().reshape(-1, 3), axis=0)
    code = "#" + "".join(f"{round(float(level) * 255):02x}" for level in np.clip(levels, 0, 1))
    if np.ptp(levels) * 255 <= _NEUTRAL:
        return ones, "white balance left: the backdrop is neutral"
    lightness, a, b = cv2.cvtColor(levels[None, None].astype(np.float32), cv2.COLOR_RGB2Lab)[0, 0].tolist()
    if lightness < _LIGHTNESS or (a / _ACROSS) ** 2 + (b / _ALONG_DAYLIGHT) ** 2 > 1:
        return ones, f"white balance left: a backdrop of {code} is not supposed to be white"
    light = in_linear(levels)
    return np.asarray(light.max() / light, np.float32), f"white balance from a backdrop of {code}"


def _exposure(look: _Look | None, gains: Floats) -> tuple[float, str]:
    """The stops that a photographer would add, 0 for none, and what to say of it.

    A light neutral backdrop is meant to be white, and comes near it; the product burns out no further on the way.
    Where the backdrop says nothing, or is a colour or dark on purpose, the brightest parts are brought to where a
    photo has its whites, never so far that the middle of the picture gets lighter than middle grey.
    """
    if look is None or look.own_alpha:
        return 0.0, f"exposure left: {_without(look)}" if look else ""
    light = look.light * gains
    paper = _paper(look.backdrop, gains) if look.backdrop else None
    if look.backdrop is not None and paper is not None:
        if paper >= _WHITE_ENOUGH:
            return 0.0, "exposure left: the backdrop is white"
        wanted = min(_MOST, float(np.log2(_NEARLY_WHITE / paper)))
        inner = cv2.erode((look.backdrop.off > _APART).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        bound = _room_above(light[inner])  # edges are half backdrop
    else:
        brightness = light.max(axis=2)
        brightest = max(1e-4, float(np.percentile(brightness, _HIGHLIGHTS)))
        wanted = min(_UNKNOWING, float(np.log2(_HIGHLIGHT / brightest)))
        bound = float(np.log2(_MIDDLE / max(1e-4, float(np.median(light @ _LUMINANCE)))))
    stops = round(min(wanted, bound), 2)
    if stops < _LEAST:
        why = "the product's highlights would burn out" if paper is not None else "the photo is light enough"
        return 0.0, f"exposure left: {why}"
    less = ", more would burn the product's highlights out" if paper is not None and bound < wanted - _LEAST else ""
    return stops, f"exposure {stops:+.1f} stops{less}"


def _paper(backdrop: Backdrop, gains: Floats) -> float | None:
    """The light of a backdrop's brighter part; None where it is a colour, or too dark to be meant as white."""
    empty = np.clip(backdrop.empty().reshape(-1, 3), 0, 1)
    level = np.median(in_linear(empty) * gains, axis=0)
    lab = cv2.cvtColor(in_levels(np.clip(level, 0, 1))[None, None].astype(np.float32), cv2.COLOR_RGB2Lab)[0, 0]
    coloured = (lab[1] / _ACROSS) ** 2 + (lab[2] / _ALONG_DAYLIGHT) ** 2 > 1
    if coloured or float(level @ _LUMINANCE) < _LIGHT:
        return None
    return float(np.percentile((in_linear(empty) * gains).max(axis=1), _BRIGHT_PART))


def _room_above(product: Floats) -> float:
    """The stops by which a product's pixels (N x 3, light) can be lifted before more than a small share burns out."""
    brightest = product.max(axis=1) if len(product) else np.zeros(0, np.float32)
    unburnt = brightest[brightest < LIGHT_OF[-2]]
    if not unburnt.size:
        return _MOST if not len(product) else 0.0
    return float(np.log2(_SHORT_OF_WHITE / max(1e-4, float(np.percentile(unburnt, 100 * (1 - _BURNT))))))


def _straightened(cared: Cared, care: Care) -> Cared:
    """The photo turned until the product stands upright, as far as its symmetry says so clearly, or as it is told.

    What reaches out of the photo is not turned: what is missing of it would be smeared, or end along a slanting line.
    """
    region = cared.mask > HALF if cared.mask is not None else _region(cared.unlit)
    sides = sides_reached(region) if region is not None else ()
    if sides and not (len(sides) == _ALL_SIDES and cared.unlit.shape[2] == WITH_ALPHA):
        return _left_leaning(cared, "the product reaches out of the photo")
    if care.straighten != "auto":
        return _turned(cared, float(care.straighten))
    if region is None:
        return _left_leaning(cared, "there is no plain backdrop to tell the product by")
    found = tilt(region)
    return _left_leaning(cared, found) if isinstance(found, str) else _turned(cared, -found)


def _left_leaning(cared: Cared, why: str) -> Cared:
    return replace(cared, told=(*cared.told, f"straightening left: {why}"))


def _region(photo: Pixels) -> Region | None:
    """The product, at work size; None where only a model could tell."""
    look = _looked_at(photo)
    if look.own_alpha:
        return look.seen
    return product_region(look.backdrop) if look.backdrop else None


def _turned(cared: Cared, degrees: float) -> Cared:
    mask = None if cared.mask is None else turned(cared.mask, degrees)
    told = (*cared.told, f"straightened by {degrees:+.1f}°")
    return replace(cared, unlit=turned(cared.unlit, degrees), mask=mask, told=told)
