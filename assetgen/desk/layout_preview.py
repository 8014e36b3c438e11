"""A layout in all its shapes on one sheet, with the longest and the shortest words of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from os import PathLike
from pathlib import Path

from assetgen.config.fetching import is_address
from assetgen.cutout.photo_care import care_for
from assetgen.disk import write_whole
from assetgen.errors import InputError, Problem
from assetgen.file_bytes import Unopened, read_whole
from assetgen.files.decode import Unreadable, decode
from assetgen.files.resize import resized
from assetgen.model.arrays import Pixels
from assetgen.model.asset import Asset
from assetgen.model.brief import Brief
from assetgen.model.cutting import Verdict
from assetgen.model.product import Product
from assetgen.photos.photo_files import COLUMN
from assetgen.photos.photo_store import PhotoStore
from assetgen.picture.compose import compose
from assetgen.picture.contact_sheet import Print, lay_out
from assetgen.picture.geometry import mean_side
from assetgen.picture.guides import cross_out, mark
from assetgen.picture.neutral_plate import neutral_plate, neutral_product
from assetgen.picture.standing_product import Trimmed, trim
from assetgen.picture.type.text_fit import breadth, fit
from assetgen.planning.planner import Planner
from assetgen.plural import counted
from assetgen.production.canvases import brand_look, canvas_of, too_long
from assetgen.production.materials.stored_cutouts import png
from assetgen.production.session import Session, open_session
from assetgen.store import Store
from assetgen.web import Unfetched

CHANNELS = (
    "instagram-story",
    "display-160x600",
    "instagram-feed-portrait",
    "x-image-square",
    "display-300x250",
    "display-970x250",
    "linkedin-landscape",
    "display-728x90",
)
"""The sizes of the sheet: one for each shape, and both extremes of banners."""

ROWS = 60
"""Products among which the longest and the shortest words are looked for."""

WIDTH = 1520
"""The width of the sheet in pixels."""

MEAN = 420
"""The mean side in pixels of a picture on the sheet."""

ADVERT = 250
"""The short side in pixels up to which a picture is shown at its own size."""


@dataclass(frozen=True)
class LayoutSheet:
    """The preview, and what does not fit on it, each with its place."""

    pixels: Pixels
    problems: tuple[Problem, ...]

    def __repr__(self) -> str:
        height, width = self.pixels.shape[:2]
        return f"<LayoutSheet: {width} x {height}, {counted(len(self.problems), 'problem')}>"

    def save(self, file: str | PathLike[str]) -> None:
        """Writes it as PNG. Raises SetupError where that is not possible."""
        write_whole(Path(file), self._repr_png_())

    def _repr_png_(self) -> bytes:
        """The sheet as PNG, as notebooks ask for it."""
        return png(self.pixels)


def preview(brief: Brief, *, guides: bool) -> LayoutSheet:
    """Draws the sheet for a campaign that is seen through the layout to look at. Nothing is asked for or kept.

    Raises InputError for what is wrong with the layout itself, or with the campaign.
    """
    session = open_session(brief, signed=False)
    planner = session.planner
    rows = (row for row in session.catalog if isinstance(row, Product) and planner.takes_part(row))
    tellings = _chosen(telling for row in islice(rows, ROWS) for telling in _tellings(planner, row))
    prints, problems = list[Print](), dict[Problem, None]()
    for telling in tellings:
        product = _cutout(session, planner, telling[0].product)
        for n, asset in enumerate(telling):
            drawn, unfit = _drawn(brief, asset, product, guides=guides)
            problems |= dict.fromkeys(unfit)
            prints.append(replace(drawn, first=n == 0))
    return LayoutSheet(lay_out(prints, WIDTH), tuple(problems))


Telling = tuple[Asset, ...]
"""The pictures of one product in one language, in the order of the sheet."""


def _tellings(planner: Planner, product: Product) -> Iterator[Telling]:
    try:
        assets = list(planner.assets(product, ()))
    except InputError:
        return  # a row that would be set aside
    keys = dict.fromkeys((asset.scene, asset.locale, asset.audience) for asset in assets)
    for key in keys:
        yield tuple(a for a in assets if (a.scene, a.locale, a.audience) == key and a.take == 1)


def _chosen(tellings: Iterable[Telling]) -> list[Telling]:
    """The tellings with the most words, one for each direction of reading, and the one with the fewest."""
    by_length = sorted(tellings, key=_length)
    if not by_length:
        raise InputError(Problem("no row of the product table can be shown", hint="`assetgen check` says why"))
    longest = {telling[0].mirrored: telling for telling in by_length}
    chosen = {_words(t): t for t in (*(longest[way] for way in sorted(longest)), by_length[0])}
    return list(chosen.values())


def _words(telling: Telling) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for a in telling for layer in a.layers for w in layer.said))


def _length(telling: Telling) -> float:
    return sum(map(breadth, _words(telling)))


def _cutout(session: Session, planner: Planner, product: Product) -> Trimmed:
    """The product's own cutout, where its photo is here and can be cut out; the neutral one elsewhere."""
    brief, name = session.brief, product.fields.get(COLUMN, "").strip()
    try:
        path = PhotoStore(Store(brief.home / "store")).photo(name) if is_address(name) else brief.products.parent / name
        cared = care_for(decode(read_whole(path)), planner.treatment(product).care)
    except (InputError, Unopened, Unfetched, Unreadable):
        return neutral_product()
    cutout = session.cutter.cut(cared.unlit)
    return neutral_product() if cutout.verdict == Verdict.REFUSED else trim(cared.lit(cutout.rgba))


def _drawn(brief: Brief, asset: Asset, product: Trimmed, *, guides: bool) -> tuple[Print, Sequence[Problem]]:
    """One picture of the sheet, drawn without the words that do not fit, of which the problems tell."""
    canvas = canvas_of(asset, brief.brand.value)
    unfit = fit(canvas, asset.layers, brand_look(brief)).overfull
    overfull = [error.position for error in unfit]
    kept = [layer for n, layer in enumerate(asset.layers) if n not in overfull]
    backdrop = neutral_plate(canvas, asset.layers)
    picture = compose(canvas, kept, brand_look(brief), backdrop=backdrop, products=[product])
    small = min(canvas.width, canvas.height) <= ADVERT
    scale = 1.0 if small else min(1.0, MEAN / mean_side(canvas))
    pixels = resized(picture.pixels, round(scale * canvas.width), round(scale * canvas.height))
    if guides:
        mark(pixels, canvas, asset.layers, brand_look(brief), scale=scale, overfull=overfull)
    cross_out(pixels, canvas, asset.layers, overfull, scale=scale)
    caption = f"{asset.channel.shape} {canvas.width} × {canvas.height}  {asset.locale}  {asset.product.sku}"
    return Print(pixels, caption), [too_long(asset, error) for error in unfit]
