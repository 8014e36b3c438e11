"""The way from a set to a picture: bodies are laid over each other from back to front, each as blurred as it is far."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from assetgen.studio.scenery.easel import Easel, PixelBox, lay_over
from assetgen.studio.scenery.sprig import add_sprig
from assetgen.studio.scenery.views import VIEWS
from assetgen.studio.sets import ProductSet
from assetgen.studio.tracer.camera import LENS_DISTANCE, Camera
from assetgen.studio.tracer.coat import Coat
from assetgen.studio.tracer.colours import linear
from assetgen.studio.tracer.developing import developed
from assetgen.studio.tracer.noise import Noise
from assetgen.studio.tracer.shading import Mirrored, Patch, Surroundings, shade
from assetgen.studio.tracer.solids import Array, Finish, Solid, clearance, column, entry, normals, share_free
from assetgen.studio.tracer.surfaces import SURFACES

SOFT = 2.2
"""The blur, in pixels, from which a solid is traced at half the size: nobody can tell."""

RIM = 0.08
"""How wide the band around a niche is."""


def render(studio: ProductSet) -> npt.NDArray[np.uint8]:
    """The picture, rows x columns x 3, 8 bit sRGB."""
    noise, around = Noise(studio.seed), _surroundings(studio)
    picture = _wall(studio, around, noise)
    if not studio.backdrop.sweep:
        _paint_view(picture, studio)
    around = replace(around, mirrored=_mirrored(picture, studio))
    _lay_floor(picture, studio, around, noise)
    if studio.backdrop.sweep:  # There the floor runs up the wall, and what hangs before the wall hides both.
        _paint_view(picture, studio)
    for solid in studio.solids:
        _lay_solid(picture, solid, studio, around, noise)
    if studio.sprig:
        add_sprig(picture, studio.sprig, np.random.default_rng(studio.seed + 1))
    return developed(picture, studio.time.exposure)


def _surroundings(studio: ProductSet) -> Surroundings:
    """Lamps and sky balanced so that a painted wall in the open shows its own colour."""
    key = studio.lamps[0]
    toward = np.subtract(key.position, key.aim)
    toward /= np.linalg.norm(toward)
    strength = studio.time.share / (0.5 * toward[1] - 0.5 * toward[2])
    lamps = tuple(replace(lamp, colour=lamp.colour * np.float32(strength)) for lamp in studio.lamps)
    sky = linear(studio.time.sky) * np.float32((1 - studio.time.share) / 0.92)
    return Surroundings(studio.solids, studio.backdrop, lamps, sky)


def _wall(studio: ProductSet, around: Surroundings, noise: Noise) -> Array:
    """Wall and niche over the whole frame, as blurred as they are far; below the floor's end the wall only goes on."""
    camera, backdrop = studio.camera, studio.backdrop
    picture: Array = np.zeros((camera.height, camera.width, 3), np.float32)
    blur = float(camera.blur(backdrop.distance))
    if not studio.open_air:
        end = _rows(backdrop.floor_share(camera) < 1, margin=int(3 * blur) + 2).stop
        step = 2 if blur > SOFT else 1
        rays = camera.rays(0, 0, camera.width, end, step)
        points = backdrop.on_wall(column(camera.eye), rays)
        facing = backdrop.normals(points) if backdrop.sweep else np.broadcast_to(column((0, 0, -1)), points.shape)
        wall = shade(Patch(points, facing, rays), _coat(backdrop.wall, points, noise), around)
        picture[:end] = _fitted(wall, step, (0, 0, camera.width, end))
        picture[end:] = picture[end - 1]
        _niche(picture, studio, around, noise, step)
        if blur > 0.4:
            return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.float32)
    return picture


def _paint_view(picture: Array, studio: ProductSet) -> None:
    if not studio.view:
        return
    _, ground = studio.camera.project(studio.backdrop.ground)
    accents = [finish.colour for finish in studio.accents]
    easel = Easel.behind(studio.camera, ground, studio.backdrop.wall.colour, accents, studio.seed + 1)
    for name in studio.view:
        VIEWS[name](easel)
    easel.over(picture, linear(studio.time.far))


def _fitted(layer: Array, step: int, box: PixelBox) -> Array:
    """What was traced for every `step`th pixel, for every pixel of the box."""
    if step == 1:
        return layer
    size = layer.shape[1] * step, layer.shape[0] * step
    whole = np.asarray(cv2.resize(layer, size, interpolation=cv2.INTER_LINEAR), np.float32)
    return whole[: box[3] - box[1], : box[2] - box[0]]


def _rows(wanted: Array, margin: int) -> slice:
    """The rows from the first wanted one to the last, and a margin more."""
    found = np.flatnonzero(wanted)
    return slice(max(int(found[0]) - margin, 0), min(int(found[-1]) + 1 + margin, wanted.size))


def _mirrored(picture: Array, studio: ProductSet) -> Mirrored:
    rows, columns = picture.shape[:2]
    small = cv2.resize(picture, (max(columns // 4, 1), max(rows // 4, 1)), interpolation=cv2.INTER_AREA)
    return Mirrored(np.asarray(small, np.float32), studio.camera, studio.backdrop.distance)


def _lay_floor(picture: Array, studio: ProductSet, around: Surroundings, noise: Noise) -> None:
    camera, backdrop = studio.camera, studio.backdrop
    share = backdrop.floor_share(camera)
    blurs = camera.blur(_depths(camera, backdrop.end))
    rows = _rows(share > 0, margin=int(3 * blurs[0]) + 2)
    rays = camera.rays(0, rows.start, camera.width, camera.height)
    points = backdrop.on_floor(column(camera.eye), rays)
    facing = backdrop.normals(points) if backdrop.sweep else np.broadcast_to(column((0, 1, 0)), points.shape)
    colour = shade(Patch(points, facing, rays), _coat(backdrop.floor, points, noise), around)
    cover = share[rows.start :, None]
    layer = _softened(
        np.concatenate([colour * cover[..., None], np.broadcast_to(cover[..., None], (*colour.shape[:2], 1))], axis=2),
        blurs[rows.start :],
    )
    below = picture[rows.start :]
    below *= 1 - layer[..., 3:]
    below += layer[..., :3]


def _depths(camera: Camera, end: float) -> Array:
    """How far away the floor is in each row of pixels."""
    ray = camera.rays(0, 0, 1, camera.height)[:, :, 0]
    depths: Array = camera.eye[2] + ray[2] * (-camera.eye[1] / np.minimum(ray[1], np.float32(-1e-3)))
    return np.asarray(np.minimum(depths, np.float32(end)))


def _softened(layer: Array, blurs: Array) -> Array:
    """Each row with its own blur, mixed from three."""
    most = float(blurs.max())
    if most < 0.4:
        return layer
    steps = [0.0, most / 3, most * 2 / 3, most]
    result: Array = np.zeros_like(layer)
    for step in steps:
        weight = np.clip(1 - np.abs(blurs - step) / steps[1], 0, 1)
        rows = np.flatnonzero(weight > 0)
        if rows.size:
            margin = int(3 * step) + 1
            part = slice(max(int(rows[0]) - margin, 0), int(rows[-1]) + 1 + margin)
            soft = cv2.GaussianBlur(layer[part], (0, 0), step) if step else layer[part]
            result[part] += soft * weight[part, None, None]
    return result


def _coat(finish: Finish, points: Array, noise: Noise) -> Coat:
    """The finish at each point; patterns are drawn three times as fine along the view and averaged."""
    u, v = points[0], points[2] + points[1]
    surface = SURFACES[finish.surface]
    if not surface.fine:
        return replace(surface.draw(finish.colour, u, v, noise), shine=surface.shine)
    rows, columns = u.shape
    fine = [cv2.resize(a, (columns, rows * 3), interpolation=cv2.INTER_LINEAR) for a in (u, v)]
    coat = surface.draw(finish.colour, fine[0], fine[1], noise)
    slopes = [_averaged(slope, rows, columns) for slope in coat.relief or ()]
    return Coat(_averaged(coat.colour, rows, columns), (slopes[0], slopes[1]) if slopes else None, surface.shine)


def _averaged(fine: Array, rows: int, columns: int) -> Array:
    return np.asarray(cv2.resize(fine, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _niche(picture: Array, studio: ProductSet, around: Surroundings, noise: Noise, step: int) -> None:
    niche, camera, wall = studio.backdrop.niche, studio.camera, studio.backdrop.distance
    if not niche:
        return
    box = camera.box((0.0, niche.height / 2, wall), max(niche.width, niche.height) * 0.6)
    if not box:
        return
    rays, eye = camera.rays(*box, step), column(camera.eye)
    at_wall = eye + rays * ((wall - eye[2]) / rays[2])
    edge, soft = niche.outline(at_wall) / LENS_DISTANCE, camera.pixel * step
    layers = []
    if niche.rim:
        band = Patch(at_wall, np.broadcast_to(column((0, 0, -1)), at_wall.shape), rays)
        coat = _coat(niche.rim, at_wall, noise)
        layers.append((shade(band, coat, around), share_free(RIM / LENS_DISTANCE - edge, soft)))
    points, facing = niche.entry(wall, eye, rays)
    inside = shade(Patch(points, facing, rays), _coat(niche.finish, points, noise), around)
    layers.append((inside, share_free(-edge, soft)))
    for colour, cover in layers:
        lay_over(picture, _fitted(colour, step, box), _fitted(cover, step, box), box)


def _lay_solid(picture: Array, solid: Solid, studio: ProductSet, around: Surroundings, noise: Noise) -> None:
    camera = studio.camera
    blur = 0.0 if solid.sharp else float(camera.blur(solid.centre[2]))
    step = 2 if blur > SOFT else 1
    box = _covered(solid, camera, margin=2 + int(3 * blur))
    if not box:
        return
    rays, eye = camera.rays(*box, step), column(camera.eye)
    angle, valley = clearance(solid, eye, rays, steps=14)
    points = entry(solid, eye, rays, valley)
    patch = Patch(points, normals(solid, points), rays)
    others = replace(around, solids=tuple(other for other in around.solids if other is not solid))
    colour = shade(patch, _coat(solid.finish, points - column(solid.centre), noise), others)
    colour += solid.finish.colour * np.float32(solid.finish.glow)
    cover = 1 - share_free(angle, camera.pixel * step)
    colour, cover = _fitted(colour, step, box), _fitted(cover, step, box)
    if solid.finish.glow:
        _add_glow(picture, solid, cover, box)
    lay_over(picture, colour, cover, box, blur)


def _add_glow(picture: Array, solid: Solid, cover: Array, box: PixelBox) -> None:
    """The air and the lens around a light."""
    rows, columns = picture.shape[:2]
    whole = np.zeros((rows, columns), np.float32)
    whole[box[1] : box[3], box[0] : box[2]] = cover
    small = cv2.resize(whole, (max(128 * columns // rows, 16), 128), interpolation=cv2.INTER_AREA)
    wide = cv2.GaussianBlur(small, (0, 0), 4) + cv2.GaussianBlur(small, (0, 0), 12)
    halo = cv2.resize(wide, (columns, rows), interpolation=cv2.INTER_CUBIC)
    picture += solid.finish.colour * (np.maximum(halo, 0) * np.float32(0.25 * solid.finish.glow))[..., None]


def _covered(solid: Solid, camera: Camera, margin: int) -> PixelBox | None:
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
