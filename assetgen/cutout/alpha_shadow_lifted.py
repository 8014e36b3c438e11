"""A file that is cut out already without the shadow in it: taken from beside the product and from under its edge."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.cutout.alpha_shadow import CLEAR, ROUNDED, SOLID, Glimpse, ShadowSpots, find_shadow
from assetgen.cutout.edge_colours import nearest_known, own_colour
from assetgen.cutout.masks import distance
from assetgen.cutout.photo_shadow import filled
from assetgen.model.arrays import HALF, Alpha, Floats, Pixels, Region

_FULL = 255
"""The level of a pixel that is all product."""

_UNMIXED = 0.985
"""The alpha from which a pixel's colour is the product's own; `SOLID`, where it has none."""

_BAND = 12
"""How far from what shows its shadow a product may be mixed with it, in pixels of what is looked at."""

_SHADOW_OFF = 0.04
"""The error of the alpha of a shadow that is carried on, beside where it is seen."""

_FURTHER_OFF = 4
"""How far from there it doubles, in pixels of what is looked at."""

_COLOUR_OFF = 0.12
"""The error of a product's colour that is carried on, in shares of 1."""

_LEVEL = 1 / 255
"""The error of an alpha that is kept in 8 bits."""

_LEAST = 0.02
"""The share of light that a shadow lets through at least, so that nothing is divided by none."""

_DUST = 0.03
"""The alpha up to which what is left of a pixel is an error."""


@dataclass(frozen=True)
class Lifted:
    """A file without its shadow.

    rgba: straight, H x W x 4; light: H x W, the share of light that the floor keeps, 255 is all, carried on below the
    product, None where there is no shadow; perhaps: whether what was left on the product may be a shadow too.
    """

    rgba: Pixels
    light: Alpha | None = None
    perhaps: bool = False


def lift_shadow(rgba: Pixels) -> Lifted:
    """The product and its shadow, each for itself; the very same pixels where no shadow is certain."""
    seen = Glimpse.of(rgba)
    found = find_shadow(seen)
    if not found.shadow.any():
        return Lifted(rgba, perhaps=found.perhaps)
    layer = _ShadowLayer.of(rgba, seen, found)
    return Lifted(layer.lifted(), layer.light(), found.perhaps)


@dataclass(frozen=True)
class _ShadowLayer:
    """A file, and the layer of shadow behind its product. Arrays are at the size of the file."""

    rgba: Pixels

    tint: Floats
    """The shadow's colour, three shares of 1."""

    bare: Region
    """Where nothing but shadow is."""

    dark: Floats
    """The shadow's alpha, carried on below the product."""

    share: Floats
    """How much of that counts, 0 to 1: far from where a shadow shows nothing is taken from a product."""

    off: Floats
    """The error of `dark`."""

    @classmethod
    def of(cls, rgba: Pixels, seen: Glimpse, found: ShadowSpots) -> _ShadowLayer:
        height, width = rgba.shape[:2]
        known = found.shadow | seen.clear
        near = distance(~(found.shadow | (seen.sooty() & ~found.kept)))

        def whole(values: Floats) -> Floats:
            return cv2.resize(values.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)

        bare = whole(255 * found.shadow) > HALF
        return cls(
            rgba,
            (seen.colours[found.shadow].sum(axis=0) / seen.alpha[found.shadow].sum()).astype(np.float32),
            bare,
            np.where(bare, rgba[..., 3] / np.float32(255), whole(filled(seen.alpha, known))),
            whole(np.clip(2 - 2 * near / _BAND, 0, 1) * ~found.kept),
            whole(_SHADOW_OFF * (1 + distance(~known) / _FURTHER_OFF)),
        )

    def light(self) -> Alpha:
        kept = 1 - self.dark * (1 - float(self.tint.mean()))
        return np.asarray(np.rint(255 * np.clip(kept, 0, 1)), np.uint8)

    def lifted(self) -> Pixels:
        alpha = self.rgba[..., 3]
        mixed = (alpha > 0) & (alpha < _FULL)
        solid = alpha > _FULL * next(least for least in (_UNMIXED, SOLID) if (alpha > _FULL * least).any())
        band = mixed & ~self.bare & (self.dark * self.share > CLEAR)
        rgba = self.rgba.copy()
        rgba[self.bare] = 0
        if band.any():
            rgba[band] = self._product(band, solid)
        return rgba

    def _product(self, band: Region, solid: Region) -> Pixels:
        """RGBA, N x 4, of the product in the pixels of the band, which lies over its shadow there.

        Over a shadow s of colour S, a product p of colour F gives the alpha t = p + (1 - p) s and, times that, the
        colour I = p F + (t - p) S. So the alphas tell p, and the colours do where F and S differ; each counts by how
        little an error of s, or of the F of the nearest solid pixel, would matter to it.
        """
        t = self.rgba[band][:, 3] / np.float32(255)
        I = self.rgba[band][:, :3] * (t[:, None] / 255)
        F, S = self.rgba[..., :3][nearest_known(solid, band)] / np.float32(255), self.tint
        s = self.dark[band] * self.share[band]
        through = np.maximum(1 - s, _LEAST)
        apart = np.maximum(((F - S) ** 2).sum(axis=1), _LEAST**2)
        by_alpha = np.clip((t - s) / through, 0, 1)
        by_colour = np.clip(((I - t[:, None] * S) * (F - S)).sum(axis=1) / apart, 0, 1)
        alpha_off = _LEVEL + self.off[band] * (1 - t) / through**2
        colour_off = _LEVEL + (_COLOUR_OFF * by_alpha + ROUNDED) / np.sqrt(apart)
        trust = colour_off**2 / (alpha_off**2 + colour_off**2)
        p = trust * by_alpha + (1 - trust) * by_colour
        p = np.where(p < _DUST, 0, p).astype(np.float32)
        behind = np.clip((t - p) / np.maximum(1 - p, _LEAST), 0, 1)[:, None] * S
        own = np.where(p[:, None] > 0, own_colour(255 * I, 255 * F, 255 * behind, p), 0)
        return np.hstack([own, np.rint(255 * p)[:, None]]).astype(np.uint8)
