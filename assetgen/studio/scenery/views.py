"""The painters of what lies behind, by name, as `settings` asks for them."""

from __future__ import annotations

from collections.abc import Callable

from assetgen.studio.scenery import landscapes, occasions, rooms
from assetgen.studio.scenery.easel import Easel

VIEWS: dict[str, Callable[[Easel], None]] = {
    "sky": landscapes.sky,
    "warm-sky": landscapes.warm_sky,
    "soft-clouds": landscapes.soft_clouds,
    "pastel-sky": landscapes.pastel_sky,
    "sea": landscapes.sea,
    "mountains": landscapes.mountains,
    "dunes": landscapes.dunes,
    "snowy-hills": landscapes.snowy_hills,
    "snowfall": landscapes.snowfall,
    "woods": landscapes.woods,
    "garden": landscapes.garden,
    "autumn-trees": landscapes.autumn_trees,
    "blossom": landscapes.blossom,
    "coast": landscapes.coast,
    "parapet": landscapes.parapet,
    "moon": landscapes.moon,
    "bokeh": occasions.bokeh,
    "shelves": rooms.shelves,
    "sofa": rooms.sofa,
    "cafe": rooms.cafe,
    "glassware": rooms.glassware,
    "strips": rooms.strips,
    "lanterns": occasions.lanterns,
    "crescent": occasions.crescent,
    "stars": occasions.stars,
    "hanging-lamps": occasions.hanging_lamps,
    "hearts": occasions.hearts,
    "spooky": occasions.spooky,
    "confetti": occasions.confetti,
    "halo": occasions.halo,
    "sun-disc": occasions.sun_disc,
    "fir-branches": occasions.fir_branches,
}
