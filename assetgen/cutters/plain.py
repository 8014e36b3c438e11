"""Cutouts of products photographed on a plain backdrop, without a model."""

from __future__ import annotations

import cv2
import numpy as np

from assetgen.imaging.backdrop import compare
from assetgen.imaging.matting import soften
from assetgen.imaging.outline import SIDE, find_product, sharp_edges
from assetgen.model.cutout import Cutout, Pixels, Verdict


class Plain:
    """For a product on one smooth colour, with or without a shadow on the floor."""

    name = "plain"
    recipe = 1

    def cut(self, photo: Pixels) -> Cutout:
        rgb = photo[..., :3]
        scale = SIDE / max(rgb.shape[:2])
        small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        backdrop = compare(small.astype(np.float32) / 255)
        edges = sharp_edges(backdrop.ratio)
        product = find_product(backdrop, edges)
        return Cutout(soften(rgb, product), Verdict.GOOD, 1.0)
