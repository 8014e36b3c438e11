"""The props by name, as `settings` asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assetgen.studio.scenery import festive, forms, household, outdoors
from assetgen.studio.scenery.kit import Spot
from assetgen.studio.tracer.solids import Solid

PROPS: dict[str, Callable[[Spot], Iterator[Solid]]] = {
    "spheres": forms.spheres,
    "vase": forms.vase,
    "quiet": forms.quiet,
    "homely": forms.homely,
    "beside-niche": forms.beside_niche,
    "cubes": forms.cubes,
    "ones": forms.ones,
    "hills": forms.hills,
    "clouds": forms.clouds,
    "tubes": forms.tubes,
    "jars": household.jars,
    "board": household.board,
    "bottles": household.bottles,
    "towels": household.towels,
    "books": household.books,
    "pencils": household.pencils,
    "cup": household.cup,
    "pillows": household.pillows,
    "headboard": household.headboard,
    "dumbbells": household.dumbbells,
    "weights": household.weights,
    "molecule": household.molecule,
    "petri": household.petri,
    "round-mirror": household.round_mirror,
    "pictures": household.pictures,
    "pebbles": outdoors.pebbles,
    "boulders": outdoors.boulders,
    "topiary": outdoors.topiary,
    "herbs": outdoors.herbs,
    "toadstools": outdoors.toadstools,
    "log": outdoors.log,
    "firs": outdoors.firs,
    "gifts": festive.gifts,
    "one-gift": festive.one_gift,
    "bags": festive.bags,
    "baubles": festive.baubles,
    "pumpkins": festive.pumpkins,
    "small-pumpkin": festive.small_pumpkin,
    "oranges": festive.oranges,
    "candles": festive.candles,
    "lantern": festive.lantern,
}
