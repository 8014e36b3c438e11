"""What the empty backdrop of a product photo would look like behind the product, from the frame of the photo."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from assetgen.model.arrays import Floats, Region

_RING = 0.035
"""The part of each side that is looked at, as a fraction of the picture."""

_LIFT = 0.04
"""Added to light before its logarithm, so that noise in blacks stays small."""

_WHITE, _BURNT = float(np.log(1 + _LIFT)), float(np.log(0.99 + _LIFT))
"""Logarithms of the brightest light, and of light that may have been brighter."""

_CLOSE = 0.05
"""A part of the frame fits when it lies within about 5 % of the model."""


@dataclass(frozen=True)
class Backdrop:
    """The photo compared with its own empty backdrop.

    `ratio` is log(photo / backdrop) for each channel: 0 is empty backdrop, -0.7 half its brightness. Of it, `shade` is
    the mean of the channels, `hue` how far they are apart, `off` the largest without its sign. `noise` is the usual
    grain in the same unit, `fit` the share of the frame that is smooth, `sides` the same for top, bottom, left, right.
    `bare` is the logarithm of the empty backdrop, at a quarter of the size.
    """

    ratio: Floats
    shade: Floats
    hue: Floats
    off: Floats
    noise: float
    fit: float
    sides: tuple[float, float, float, float]
    bare: Floats

    def empty(self) -> Floats:
        """The backdrop as it would be without the product, 0 to 1, small."""
        return np.asarray(np.exp(self.bare) - _LIFT, np.float32)

    def kept(self, shade: Floats) -> Floats:
        """The share of the empty backdrop's level that is left at such a shade."""
        level = float(self.empty().mean())
        return np.asarray((np.exp(shade) * (level + _LIFT) - _LIFT) / level, np.float32)

    def settled(self, empty: Region) -> Backdrop:
        """Where more of the backdrop is known than the frame: follows it where the surface could not."""
        height, width = empty.shape
        size = max(8, width // 8), max(8, height // 8)
        known = (empty & (self.off < _CLOSE)).astype(np.float32)
        sigma = 0.05 * max(size)
        weight = cv2.GaussianBlur(cv2.resize(known, size, interpolation=cv2.INTER_AREA), (0, 0), sigma)
        drift = cv2.resize(self.ratio * known[..., None], size, interpolation=cv2.INTER_AREA)
        drift = cv2.GaussianBlur(drift, (0, 0), sigma) / (weight + 0.02)[..., None]
        ratio = self.ratio - cv2.resize(drift, (width, height))
        bare = np.minimum(self.bare + cv2.resize(drift, self.bare.shape[1::-1]), _WHITE)
        return _backdrop(ratio, self.noise, self.fit, self.sides, bare)


def compare(rgb: Floats) -> Backdrop:
    """Fits a smooth surface (quadratic in x and y) to the frame of the picture; rgb from 0 to 1."""
    light = cv2.log(rgb + np.float32(_LIFT))
    height, width = light.shape[:2]
    thumb = cv2.resize(light, (max(8, width // 4), max(8, height // 4)), interpolation=cv2.INTER_AREA)
    terms, ring = _terms(*thumb.shape[:2]), _ring(*thumb.shape[:2])
    empty = np.minimum(terms @ _surface(thumb[ring], terms[ring]), _WHITE).astype(np.float32)
    ratio = cv2.GaussianBlur(light - cv2.resize(empty, (width, height)), (0, 0), 0.8)
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
    """Starts at the commonest colour and lets go of what does not fit, because a product may touch the frame.

    Where paper is burnt out, it is at least as bright as it looks.
    """
    cells, counts = np.unique(np.floor(samples / 0.12), axis=0, return_counts=True)
    guess = np.broadcast_to((cells[counts.argmax()] + 0.5) * 0.12, samples.shape)
    weights = np.zeros((6, 3), np.float32)
    weights[0] = guess[0]
    ridge = np.diag([1e-6, *[1e-3] * 5])
    for reach in (0.35, 0.25, 0.15, 0.08, 0.05, 0.05):
        near = np.abs(samples - np.minimum(guess, _WHITE)).max(axis=1) < reach
        if near.sum() < 40:
            break
        A = places[near]
        seen = np.where(samples[near] > _BURNT, np.maximum(samples[near], guess[near]), samples[near])
        weights = np.linalg.solve(A.T @ A / len(A) + ridge, A.T @ seen / len(A)).astype(np.float32)
        guess = places @ weights
    return weights


def _noise(light: Floats) -> float:
    """What 8 bits alone would cause in the darkest channel, or what is seen in the frame, whichever is more."""
    depth = _depth(*light.shape[:2])
    strips = (light[:depth], light[-depth:], light[:, :depth], light[:, -depth:])
    grain = np.concatenate([np.abs(strip - cv2.blur(strip, (5, 5))).ravel() for strip in strips])
    darkest = float(np.exp(np.median(light.reshape(-1, 3)[::7], axis=0).min()))
    return max(float(np.percentile(grain, 70)), 0.5 / 255 / darkest)


def _terms(height: int, width: int) -> Floats:
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=2)


def _ring(height: int, width: int) -> Region:
    depth = _depth(height, width)
    ring = np.ones((height, width), bool)
    ring[depth:-depth, depth:-depth] = False
    return ring


def _depth(height: int, width: int) -> int:
    return max(2, round(_RING * min(height, width)))
