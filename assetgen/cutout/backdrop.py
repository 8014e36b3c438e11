"""The empty backdrop of a product photo as it would be behind the product, worked out from the frame of the photo."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Region

_RING = 0.035
"""The part of each side that is looked at, as a fraction of the picture."""

_LIFT = 0.04
"""Added to light before its logarithm, so that noise in blacks stays small."""

_WHITE = float(np.log(1 + _LIFT))
"""The logarithm of the brightest light."""

_BURNT = float(np.log(0.99 + _LIFT))
"""The logarithm of light from which on it may have been brighter than the photo tells."""

_CLOSE = 0.05
"""A part of the frame fits when it lies within about 5 % of the model."""

_LEAST = 8
"""Pixels of a picture made smaller at least, so that there is something to fit."""

_GRAIN_BLUR = 0.8
"""Sigma in pixels of the blur that takes grain off the comparison."""

_DRIFT_BLUR = 0.05
"""Sigma of the blur that carries known backdrop behind the product, as a share of the longer side."""

_DRIFT_PULL = 0.02
"""The weight of no drift at all, where little is known."""

_CELL = 0.12
"""The side of the cells, in logarithms of light, by which the commonest colour of the frame is found."""

_LETTING_GO = (0.35, 0.25, 0.15, 0.08, 0.05, 0.05)
"""How far from the model samples of the frame count in each round of fitting, in logarithms of light."""

_FEWEST = 40
"""Samples below which a round fits nothing."""

_RIDGE = (1e-6, *[1e-3] * 5)
"""Holds the six terms of the surface back a little: the level hardly, slopes and bends more."""

_GRAIN_WINDOW = 5
"""Pixels of the square whose mean a pixel's grain is measured against."""

_GRAIN_PERCENTILE = 70
"""The percentile of the grain that is taken for the noise; the rest may be a product at the frame."""


@dataclass(frozen=True)
class Backdrop:
    """The photo compared with its own empty backdrop.

    Its unit of light is the natural logarithm of sRGB levels: 0.01 is about 1 %.
    """

    ratio: Floats
    """H x W x 3, log(photo / backdrop) for each channel: 0 is empty backdrop, -0.7 half its level."""

    shade: Floats
    """H x W, the mean of the channels of `ratio`."""

    hue: Floats
    """H x W, how far the channels of `ratio` are apart; 0 is the backdrop's own hue."""

    off: Floats
    """H x W, the largest channel of `ratio` without its sign."""

    noise: float
    """The usual grain of the photo, in the same unit."""

    fit: float
    """The share of the frame, 0 to 1, that the smooth surface fits."""

    sides: tuple[float, float, float, float]
    """The same share for top, bottom, left and right."""

    bare: Floats
    """H / 4 x W / 4 x 3, the logarithm of the empty backdrop."""

    def empty(self) -> Floats:
        """The backdrop as it would be without the product, 0 to 1, at the size of `bare`."""
        return np.asarray(np.exp(self.bare) - _LIFT, np.float32)

    def kept(self, shade: Floats) -> Floats:
        """The share of the empty backdrop's level that is left at such a shade."""
        level = float(self.empty().mean())
        return np.asarray((np.exp(shade) * (level + _LIFT) - _LIFT) / level, np.float32)

    def settled(self, empty: Region) -> Backdrop:
        """The same photo compared with a backdrop that follows what is known of it, where the surface could not.

        `empty` (H x W) is true where backdrop was found.
        """
        height, width = empty.shape
        size = max(_LEAST, width // 8), max(_LEAST, height // 8)
        known = (empty & (self.off < _CLOSE)).astype(np.float32)
        sigma = _DRIFT_BLUR * max(size)
        weight = cv2.GaussianBlur(cv2.resize(known, size, interpolation=cv2.INTER_AREA), (0, 0), sigma)
        drift = cv2.resize(self.ratio * known[..., None], size, interpolation=cv2.INTER_AREA)
        drift = cv2.GaussianBlur(drift, (0, 0), sigma) / (weight + _DRIFT_PULL)[..., None]
        ratio = self.ratio - cv2.resize(drift, (width, height))
        bare = np.minimum(self.bare + cv2.resize(drift, self.bare.shape[1::-1]), _WHITE)
        return _backdrop(ratio, self.noise, self.fit, self.sides, bare)


def compare(rgb: Floats) -> Backdrop:
    """The picture (H x W x 3, sRGB, 0 to 1) compared with a surface, quadratic in x and y, fitted to its frame."""
    light = cv2.log(rgb + np.float32(_LIFT))
    height, width = light.shape[:2]
    thumb = cv2.resize(light, (max(_LEAST, width // 4), max(_LEAST, height // 4)), interpolation=cv2.INTER_AREA)
    terms, ring = _terms(*thumb.shape[:2]), _ring(*thumb.shape[:2])
    empty = np.minimum(terms @ _surface(thumb[ring], terms[ring]), _WHITE).astype(np.float32)
    ratio = cv2.GaussianBlur(light - cv2.resize(empty, (width, height)), (0, 0), _GRAIN_BLUR)
    fits = np.abs(thumb - empty).max(axis=2) < _CLOSE
    return _backdrop(ratio, _noise(light), float(fits[ring].mean()), _each_side(fits), empty)


def _backdrop(
    ratio: Floats, noise: float, fit: float, sides: tuple[float, float, float, float], bare: Floats
) -> Backdrop:
    red, green, blue = cv2.split(ratio)
    highest, lowest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    shade, hue, off = (red + green + blue) / 3, highest - lowest, cv2.max(highest, -lowest)
    return Backdrop(ratio, shade, hue, off, noise, fit, sides, bare)


def _each_side(fits: Region) -> tuple[float, float, float, float]:
    depth = _depth(*fits.shape)
    top, bottom, left, right = fits[:depth], fits[-depth:], fits[:, :depth], fits[:, -depth:]
    return float(top.mean()), float(bottom.mean()), float(left.mean()), float(right.mean())


def _surface(samples: Floats, places: Floats) -> Floats:
    """The weights (6 x 3) of the surface through samples (N x 3) at places (N x 6).

    It starts at the commonest colour and lets go of what does not fit, because a product may touch the frame.

    Where paper is burnt out, it is at least as bright as it looks.
    """
    cells, counts = np.unique(np.floor(samples / _CELL), axis=0, return_counts=True)
    guess = np.broadcast_to((cells[counts.argmax()] + 0.5) * _CELL, samples.shape)
    weights = np.zeros((6, 3), np.float32)
    weights[0] = guess[0]
    ridge = np.diag(_RIDGE)
    for reach in _LETTING_GO:
        near = np.abs(samples - np.minimum(guess, _WHITE)).max(axis=1) < reach
        if near.sum() < _FEWEST:
            break
        A = places[near]
        seen = np.where(samples[near] > _BURNT, np.maximum(samples[near], guess[near]), samples[near])
        # The normal equations will do: there are six unknowns, and the ridge keeps them solvable.
        weights = np.linalg.solve(A.T @ A / len(A) + ridge, A.T @ seen / len(A)).astype(np.float32)
        guess = places @ weights
    return weights


def _noise(light: Floats) -> float:
    """The grain seen in the frame, or what 8 bits alone would cause in the darkest channel, whichever is more."""
    depth = _depth(*light.shape[:2])
    strips = (light[:depth], light[-depth:], light[:, :depth], light[:, -depth:])
    grain = np.concatenate(
        [np.abs(strip - cv2.blur(strip, (_GRAIN_WINDOW, _GRAIN_WINDOW))).ravel() for strip in strips]
    )
    darkest = float(np.exp(np.median(light.reshape(-1, 3)[::7], axis=0).min()))
    return max(float(np.percentile(grain, _GRAIN_PERCENTILE)), 0.5 / 255 / darkest)


def _terms(height: int, width: int) -> Floats:
    """The six terms of a quadratic surface at each pixel, H x W x 6, with x and y from -1 to 1."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=2)


def _ring(height: int, width: int) -> Region:
    """The frame of a picture, H x W."""
    depth = _depth(height, width)
    ring = np.ones((height, width), bool)
    ring[depth:-depth, depth:-depth] = False
    return ring


def _depth(height: int, width: int) -> int:
    """The width of that frame in pixels."""
    return max(2, round(_RING * min(height, width)))
