"""From a set to a picture: bodies are laid over each other from back to front, with smooth edges and their own blur."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.providers.studio.camera import LENS_DISTANCE, Camera
from assetgen.providers.studio.colours import encoded, linear
from assetgen.providers.studio.painted import Box, add_lights, add_sprig, lay_over, view
from assetgen.providers.studio.sets import ProductSet
from assetgen.providers.studio.shading import Patch, Surroundings, shade
from assetgen.providers.studio.solids import Array, Finish, Solid, clearance, column, entry, normals, share_free
from assetgen.providers.studio.surfaces import PLAIN, SURFACES, Coat, Noise


def render(studio: ProductSet) -> npt.NDArray[np.uint8]:
    """The picture, rows x columns x 3, 8 bit sRGB."""
    noise, around, camera = Noise(studio.seed), _surroundings(studio), studio.camera
    rng = np.random.default_rng(studio.seed + 1)
    garden = studio.backdrop.wall.colour
    picture = view(camera.width, camera.height, garden, rng) if studio.outdoors else _backdrop(studio, around, noise)
    _niche(picture, studio, around, noise)
    if studio.bokeh:
        add_lights(picture, rng)
    for solid in studio.solids:
        _solid(picture, solid, studio, around, noise)
    if studio.sprig:
        add_sprig(picture, studio.sprig, rng)
    return _developed(picture, studio)


def _surroundings(studio: ProductSet) -> Surroundings:
    """Lamps and sky balanced so that a painted wall in the open shows its own colour."""
    key = studio.lamps[0]
    toward = np.subtract(key.position, key.aim)
    toward /= np.linalg.norm(toward)
    strength = studio.time.share / (0.5 * toward[1] - 0.5 * toward[2])
    lamps = tuple(replace(lamp, colour=lamp.colour * np.float32(strength)) for lamp in studio.lamps)
    sky = linear(studio.time.sky) * np.float32((1 - studio.time.share) / 0.92)
    return Surroundings(studio.solids, studio.backdrop, lamps, sky, ground=0.0)


def _backdrop(studio: ProductSet, around: Surroundings, noise: Noise) -> Array:
    camera, backdrop = studio.camera, studio.backdrop
    rays = camera.rays(0, 0, camera.width, camera.height)
    points = backdrop.entry(column(camera.eye), rays)
    patch = Patch(points, backdrop.normals(points), rays)
    around = replace(around, ground=backdrop.floor_level)
    picture = shade(patch, _coat(backdrop.wall, points, noise), around)
    if backdrop.floor is not backdrop.wall:
        _lay_floor(picture, patch, around, noise)
    return picture


def _lay_floor(picture: Array, patch: Patch, around: Surroundings, noise: Noise) -> None:
    """The floor's finish over all that looks up, fading out where the floor curves into the wall."""
    floor = around.backdrop.floor
    share = np.clip(1.4 * patch.normals[1] - 0.2, 0, 1)
    rows = np.flatnonzero(share.any(axis=1))
    if rows.size:
        first = int(rows[0])
        below = Patch(patch.points[:, first:], patch.normals[:, first:], patch.rays[:, first:])
        colour = shade(below, _coat(floor, below.points, noise), around)
        lay_over(picture, colour, share[first:], (0, first, share.shape[1], share.shape[0]))


def _coat(finish: Finish, points: Array, noise: Noise) -> Coat:
    """The finish at each point; patterns are drawn three times as fine along the view and averaged."""
    u, v = points[0], points[2] + points[1]
    draw = SURFACES[finish.surface]
    if finish.surface in PLAIN:
        return draw(finish.colour, u, v, noise)
    rows, columns = u.shape
    fine = [cv2.resize(a, (columns, rows * 3), interpolation=cv2.INTER_LINEAR) for a in (u, v)]
    coat = draw(finish.colour, fine[0], fine[1], noise)
    slopes = [_averaged(slope, rows, columns) for slope in coat.relief or ()]
    return Coat(_averaged(coat.colour, rows, columns), (slopes[0], slopes[1]) if slopes else None, coat.shine)


def _averaged(fine: Array, rows: int, columns: int) -> Array:
    return np.asarray(cv2.resize(fine, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _niche(picture: Array, studio: ProductSet, around: Surroundings, noise: Noise) -> None:
    niche, camera, wall = studio.backdrop.niche, studio.camera, studio.backdrop.distance
    if not niche:
        return
    box = camera.box((niche.x, niche.height / 2, wall), max(niche.width, niche.height) * 0.6)
    if not box:
        return
    rays, eye = camera.rays(*box), column(camera.eye)
    at_wall = eye + rays * ((wall - eye[2]) / rays[2])
    opening = share_free(-niche.outline(at_wall) / LENS_DISTANCE, camera.pixel)
    opening *= share_free(at_wall[1] / LENS_DISTANCE, camera.pixel)
    points, facing = niche.entry(wall, eye, rays)
    patch = Patch(points, facing, rays)
    inside = shade(patch, _coat(niche.finish, points, noise), around)
    _lay_floor(inside, patch, around, noise)
    lay_over(picture, inside, opening, box)


def _solid(picture: Array, solid: Solid, studio: ProductSet, around: Surroundings, noise: Noise) -> None:
    camera = studio.camera
    blur = solid.blur * camera.height
    box = _covered(solid, camera, margin=2 + int(3 * blur))
    if not box:
        return
    rays, eye = camera.rays(*box), column(camera.eye)
    angle, valley = clearance(solid, eye, rays, steps=14)
    points = entry(solid, eye, rays, valley)
    patch = Patch(points, normals(solid, points), rays)
    others = replace(around, solids=tuple(other for other in around.solids if other is not solid))
    colour = shade(patch, _coat(solid.finish, points, noise), others)
    lay_over(picture, colour, 1 - share_free(angle, camera.pixel), box, blur)


def _covered(solid: Solid, camera: Camera, margin: int) -> Box | None:
    """The smallest box of pixels around a solid, found on a coarse grid of rays; None when it is out of the frame."""
    box = camera.box(solid.centre, solid.reach)
    if not box:
        return None
    step = 8
    angle, _ = clearance(solid, column(camera.eye), camera.rays(*box, step))
    near = angle < camera.pixel * step * 1.5
    rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
    if not rows.size:
        return None
    left, top = box[0] + int(columns[0]) * step - margin, box[1] + int(rows[0]) * step - margin
    right, bottom = box[0] + int(columns[-1] + 1) * step + margin, box[1] + int(rows[-1] + 1) * step + margin
    return max(left, 0), max(top, 0), min(right, camera.width), min(bottom, camera.height)


def _developed(picture: Array, studio: ProductSet) -> npt.NDArray[np.uint8]:
    """Exposure, a gentle fall-off to the corners, a shoulder that keeps highlights, and a dither against banding."""
    height, width = picture.shape[:2]
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    vignette = (1 - 0.10 * (x * x + y * y) / 2).astype(np.float32)
    light = picture * (vignette * np.float32(studio.time.exposure))[..., None]
    knee = np.float32(0.7)
    light = np.where(light > knee, 1 - (1 - knee) * np.exp(-(light - knee) / (1 - knee)), np.maximum(light, 0))
    dither = np.random.default_rng(0).random((height, width, 1), np.float32)
    return np.asarray(np.clip(encoded(light) + dither, 0, 255), np.uint8)
