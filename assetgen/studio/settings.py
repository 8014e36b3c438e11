"""Every set as a row: what it is made of when the prompt says no more. Its words are in `vocabulary.PLACES`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class SetRow:
    """Finishes are written as "surface #colour"; the floor may have the colour of the wall, "surface wall".

    stand: a key of STANDS; top: its finish. floor: what it stands on, or the table's top.
    wall: the wall's finish, or with `open_air` only the main colour of the view.
    end: the floor runs up the wall in one sweep, meets it in a corner, ends like a table well before it, or runs far.
    depth: how far behind the product the wall stands. niche: the form of a recess in the wall.
    view: painters of what lies behind, from far to near. props: stand beside the product, the first far from the lamp.
    accents: colours of props, the strongest first. dyed: what takes colours that the prompt gives to nothing in
    particular; the rest keeps its nature.
    after_dark: a morning or a noon in the prompt does not turn on the daylight.
    """

    stand: str
    top: str
    floor: str
    wall: str
    end: Literal["sweep", "corner", "edge", "far"]
    depth: float = 2.5
    open_air: bool = False
    niche: str | None = None
    view: tuple[str, ...] = ()
    props: tuple[str, ...] = ()
    accents: str = "#c9a27c #efe6da"
    time: str = "day"
    shadow: str | None = None
    dyed: tuple[str, ...] = ("wall", "stand")
    after_dark: bool = False
    aperture: float = 0.02


SETTINGS = {
    "kitchen": SetRow(
        stand="table", top="marble #efece6", floor="marble #efece6",
        wall="tiles #ece7dc", end="edge", depth=3.2,
        props=("board", "jars"), accents="#f2eee6 #8fa08c #c9a27c #b5654a",
        time="morning", shadow="window", dyed=("wall", "floor"),
    ),
    "bathroom": SetRow(
        stand="tray", top="terrazzo #f0ebe2", floor="plaster #f1ede5",
        wall="stacked #a9bdb4", end="corner", depth=2.8,
        props=("round-mirror", "towels", "bottles"), accents="#f3efe8 #e9d9c6 #f7f4ee #c9a27c",
        time="morning",
    ),
    "bedroom": SetRow(
        stand="tray", top="wood #b98d62", floor="linen #efe6d9",
        wall="plaster #e4d2c0", end="corner", depth=2.9,
        props=("pillows", "books", "headboard"), accents="#f5efe6 #c48f74 #8d9a86",
        time="morning", shadow="window",
    ),
    "living-room": SetRow(
        stand="table", top="wood #a97f58", floor="wood #a97f58",
        wall="paint #d8d0c0", end="edge", depth=5.5,
        view=("shelves", "sofa"), props=("vase", "books"), accents="#7d8f86 #c98b62 #e8dcc8 #5c6f7a",
        dyed=("wall",), aperture=0.026,
    ),
    "desk": SetRow(
        stand="table", top="wood #d2b48c", floor="wood #d2b48c",
        wall="paint #c6d8dd", end="edge", depth=3.4,
        props=("books", "pencils"), accents="#2f4858 #e0a458 #f1ece2 #b5533c",
        shadow="window", time="morning", dyed=("wall",),
    ),
    "cafe": SetRow(
        stand="cafe-table", top="marble #e9e4dc", floor="wood #5b4030",
        wall="paint #7d6752", end="far", depth=5, open_air=True,
        view=("cafe",), props=("cup",), accents="#f3efe6 #a85f3c #6f7f6a",
        time="morning", dyed=("stand",), aperture=0.03,
    ),
    "loft": SetRow(
        stand="slab", top="plaster #c4c0b9", floor="concrete #a9a6a0",
        wall="concrete #bab7b1", end="corner", depth=2.7,
        props=("cubes",), accents="#8d8a84 #3f4143 #b5653c",
        time="noon", shadow="window",
    ),
    "gallery": SetRow(
        stand="slab", top="marble #f3f0eb", floor="marble #dcd6cc",
        wall="paint #efece6", end="corner", depth=2.5,
        props=("pictures",), accents="#b5523a #2f4a5f #d9b15c",
        time="gallery", dyed=("wall",),
    ),
    "laboratory": SetRow(
        stand="round", top="mirror #f4f8fa", floor="mirror #e9f0f3",
        wall="paint #dbe8ec", end="edge", depth=4.5,
        view=("glassware",), props=("molecule", "petri"), accents="#4fa3b5 #8fd0c4 #f0b65a #e4717a",
        time="gallery", dyed=("wall",),
    ),
    "gym": SetRow(
        stand="slab", top="wood #c9a577", floor="rubber #37383b",
        wall="paint #2c2e32", end="corner", depth=3.0,
        view=("strips",), props=("dumbbells", "weights"), accents="#222427 #e8e337 #c8ccd0",
        time="spot", after_dark=True,
    ),
    "beach": SetRow(
        stand="rock", top="stone #cfc4b2", floor="sand #e6d2ae",
        wall="paint #8fc4e6", end="far", depth=6.5, open_air=True,
        view=("sky", "soft-clouds", "sea"), props=("pebbles",), accents="#d9cdb8 #b9ac98 #e9e0d0 #3fa3b5",
        time="noon", dyed=("stand",), aperture=0.026,
    ),
    "pool": SetRow(
        stand="round", top="plaster #f7f3ea", floor="water #4fb9cf",
        wall="mosaic #8fd3df", end="corner", depth=2.6,
        props=("spheres",), accents="#f4c542 #f58a6b #fdfaf2",
        time="noon", shadow="leaves", dyed=("stand",),
    ),
    "snow": SetRow(
        stand="round", top="snow #f4f8fc", floor="snow #eef3f8",
        wall="paint #a9cbe6", end="far", depth=5, open_air=True,
        view=("sky", "snowy-hills", "snowfall"), props=("firs",), accents="#5f8a86 #e9f0f5 #7fa39c",
        time="winter", dyed=("stand",), aperture=0.026,
    ),
    "forest": SetRow(
        stand="stump", top="rings #d0ab7c", floor="moss #6f8038",
        wall="paint #93a76c", end="far", depth=4.5, open_air=True,
        view=("woods",), props=("log", "toadstools"), accents="#b5452f #8a6a4a",
        time="day", shadow="dapple", dyed=(), aperture=0.03,
    ),
    "garden": SetRow(
        stand="table", top="wood #c7b9a2", floor="wood #c7b9a2",
        wall="paint #dfe9cf", end="edge", depth=5, open_air=True,
        view=("garden",), props=("topiary", "herbs"), accents="#c2704d #d98f6a #f0e6d4",
        time="morning", shadow="dapple", dyed=("floor",), aperture=0.03,
    ),
    "autumn": SetRow(
        stand="stump", top="rings #caa26f", floor="leaves #b5612a",
        wall="paint #f3dcae", end="far", depth=4.5, open_air=True,
        view=("autumn-trees",), props=("small-pumpkin", "toadstools"), accents="#d98a2b #a94a24 #8a5a3a",
        time="golden", dyed=(), aperture=0.03,
    ),
    "blossom": SetRow(
        stand="round", top="plaster #fbf3f0", floor="paint wall",
        wall="paint #f3d3d8", end="sweep",
        view=("blossom",), props=("vase",), accents="#ec9fb0 #f7e3e2 #b9cfa4",
        time="morning",
    ),
    "desert": SetRow(
        stand="rock", top="stone #d6a27c", floor="sand #d99a5f",
        wall="paint #a8cbe0", end="far", depth=6, open_air=True,
        view=("warm-sky", "dunes"), props=("pebbles",), accents="#cf8047 #b5683e #8f5236",
        time="golden", dyed=("stand",), aperture=0.026,
    ),
    "terrace": SetRow(
        stand="slab", top="plaster #f5f1e9", floor="terrazzo #e3c7ae",
        wall="paint #7fb4dd", end="far", depth=3.4, open_air=True,
        view=("sky", "soft-clouds", "coast", "parapet"), props=("topiary", "jars"), accents="#c2603c #3f6fa5 #f0e6d4",
        time="noon", dyed=("stand",), aperture=0.024,
    ),
    "clouds": SetRow(
        stand="stepped", top="paint #fdf4f2", floor="paint #f6dcdf",
        wall="paint #b9d0ef", end="far", depth=3.2, open_air=True,
        view=("pastel-sky",), props=("clouds",), accents="#f3bfcb #fdf6f3",
        time="day", dyed=("wall", "stand"),
    ),
    "mountains": SetRow(
        stand="rock", top="stone #7f8285", floor="stone #8b8d8e",
        wall="paint #b4c4d0", end="far", depth=4, open_air=True,
        view=("sky", "mountains"), props=("boulders",), accents="#5d6c78 #75797c",
        time="day", dyed=(), aperture=0.026,
    ),
    "christmas": SetRow(
        stand="round", top="paint #f4ece0", floor="paint wall",
        wall="paint #1b4535", end="sweep", depth=3.2,
        view=("fir-branches", "bokeh"), props=("gifts", "baubles"), accents="#a8242c #e9dcc4 #d0a24c #f3e6d0",
        time="evening", dyed=("stand",), after_dark=True,
    ),
    "lunar-new-year": SetRow(
        stand="stepped", top="paint #c4281f", floor="paint wall",
        wall="paint #b0201e", end="corner", niche="moon",
        view=("lanterns",), props=("oranges",), accents="#d9a441 #ee8a1f #c4281f",
        time="evening", dyed=("stand",), after_dark=True,
    ),
    "ramadan": SetRow(
        stand="stepped", top="paint #d5b06a", floor="paint wall",
        wall="paint #22336b", end="corner", niche="pointed",
        view=("stars", "crescent", "hanging-lamps"), props=("lantern",), accents="#31508f #d0a24c #16224a",
        time="evening", dyed=("stand",), after_dark=True,
    ),
    "valentine": SetRow(
        stand="round", top="paint #fbe7e6", floor="paint wall",
        wall="paint #f2bcc2", end="sweep",
        view=("hearts",), props=("spheres",), accents="#d2384f #f7d9d8 #fbeeec #c02a44",
        time="day",
    ),
    "halloween": SetRow(
        stand="slab", top="stone #6a5f72", floor="paint #3a2a4c",
        wall="paint #4b3066", end="sweep", depth=3,
        view=("moon", "spooky"), props=("pumpkins", "candles"), accents="#e27a1f #d9651a #f2a33c",
        time="evening", dyed=(), after_dark=True,
    ),
    "singles-day": SetRow(
        stand="stepped", top="paint #fff0ec", floor="paint wall",
        wall="paint #f5376b", end="sweep",
        view=("confetti",), props=("ones", "one-gift"), accents="#ffb02e #ff6a3d #fff2e0 #ffd23f",
        time="day", dyed=("wall", "stand"),
    ),
    "black-friday": SetRow(
        stand="slab", top="mirror #17181b", floor="mirror #0e0f11",
        wall="paint #191a1e", end="corner", depth=2.6,
        props=("tubes", "bags"), accents="#ff3b30 #26282d #8d9096 #d0a24c",
        time="spot", dyed=(), after_dark=True,
    ),
    "black-mirror": SetRow(
        stand="floor", top="mirror #101114", floor="mirror #0b0c0e",
        wall="paint #1b1e24", end="corner", depth=4,
        view=("halo",), accents="#9fb4cf #2a2d33",
        time="spot", dyed=(), after_dark=True,
    ),
    "velvet": SetRow(
        stand="round", top="paint #e6d6ba", floor="paint wall",
        wall="velvet #1f5a45", end="corner", depth=2.6,
        accents="#c9a15a #2b5a49",
        time="spot", after_dark=True, aperture=0.012,
    ),
    "paper-cut": SetRow(
        stand="round", top="paint #fff4e3", floor="paint #f4c9a6",
        wall="paint #f8dcc0", end="corner", depth=2.7,
        view=("sun-disc",), props=("hills",), accents="#e2725b #2f6f73 #f2b84b #f6efe2",
        time="day",
    ),
}  # fmt: skip
