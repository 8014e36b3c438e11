"""The plan as a stream: every row measured, planned, and compared with what was made before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from assetgen.catalog import Account
from assetgen.delivery.asset_files import record_path
from assetgen.disk import last_change
from assetgen.errors import AssetgenError, InputError, Problem, SetupError, Unforeseen
from assetgen.fingerprint import digest
from assetgen.model.asset import Asset, CutoutOrder, Orphan, Planned
from assetgen.model.cutting import Judged
from assetgen.model.made import LastMade
from assetgen.model.product import Product, Reject, Row
from assetgen.photos.photo_files import addresses
from assetgen.planning.compare import compare
from assetgen.planning.members import problem_of_member
from assetgen.planning.selection import SkusWanted
from assetgen.planning.table_slips import UnmetLines
from assetgen.plugins import faults_told
from assetgen.production.materials.cutout_orders import NoCutout, order_for
from assetgen.production.materials.doubtful_cutouts import is_doubtful, known_cutouts
from assetgen.production.scope import Scope
from assetgen.production.workshop import Workshop


@dataclass(frozen=True)
class ProductPlan:
    """The assets of one product; `cutouts` is what is known of those that were made before, by their keys."""

    product: Product
    planned: tuple[Planned, ...]
    cutouts: Mapping[str, Judged] = field(default_factory=dict)

    @property
    def to_do(self) -> tuple[Planned, ...]:
        """The assets that a run has to make."""
        return tuple(p for p in self.planned if p.state.to_do)


def planned_products(shop: Workshop, scope: Scope) -> Iterator[ProductPlan | Reject | Orphan]:
    """Plans product by product, in the order of the table; the orphans come last, where the whole campaign is meant.

    For the driver's thread. The ids that were seen go to a temporary table of the ledger and not to memory, since a
    table may have a million rows; one stream at a time may use it. Raises InputError at the end for a selection of
    skus that no row has.
    """
    shop.ledger.start_over()
    wanted = SkusWanted(scope.select)
    for row in shop.photos.ahead(_rows(shop, scope, wanted), partial(_addresses, shop)):
        result = row if isinstance(row, Reject) else _plan_product(shop, row, scope)
        if isinstance(result, Reject):
            # The last good pictures of a product that is set aside stay.
            shop.ledger.seen(shop.ledger.standing(result.sku) if result.sku else ())
            yield result
        elif result.planned:
            if scope.whole:
                shop.ledger.seen(p.asset.id for p in result.planned)
            yield result
    wanted.check()
    if scope.whole:
        yield from (Orphan(made.id, made.path, made.stale) for made in shop.ledger.unseen())


def _rows(shop: Workshop, scope: Scope, wanted: SkusWanted) -> Iterator[Row]:
    """The rows that are meant, as far as that can be told before they are planned."""
    for row in islice(_subjects(shop, scope), scope.limit):
        wanted.see(row.skus if isinstance(row, Product) else filter(None, [row.sku]))
        if isinstance(row, Reject) or scope.select.may_show(row):
            yield row


def _addresses(shop: Workshop, row: Row) -> list[str]:
    """Addresses of the photos that planning a row will ask for, to be fetched ahead."""
    found = addresses(row)
    if not found or isinstance(row, Reject):
        return []
    try:
        with faults_told():
            return found if shop.planner.needs_photo(row) else []
    except (InputError, Unforeseen):
        return []  # and planning it says what is wrong


def _subjects(shop: Workshop, scope: Scope) -> Iterator[Row]:
    """The rows that take part, bundles with what is in them; then what the scenes show together."""
    lines = UnmetLines({} if scope.select else shop.brief.cutout_words)
    account = Account(hear=lines.see)
    for row in shop.catalog.read(account):
        lines.see(row.sku)
        if isinstance(row, Reject):
            yield row
        elif _takes_part(shop, row):
            yield shop.groups.filled(row)
    shop.passed.off_sale = account.off_sale
    shop.passed.unmet = lines
    yield from shop.groups.scenes(partial(order_for, shop, again=scope.again))


def _takes_part(shop: Workshop, product: Product) -> bool:
    try:
        with faults_told():
            return shop.planner.takes_part(product)
    except (InputError, Unforeseen):
        return True  # and planning it says what is wrong


def _plan_product(shop: Workshop, product: Product, scope: Scope) -> ProductPlan | Reject:
    """The plan of a product, or why its row cannot be used; whatever goes wrong with one row costs that row."""
    try:
        with faults_told():
            return _planned(shop, product, scope)
    except SetupError:
        raise
    except AssetgenError as error:
        key = error.key if isinstance(error, NoCutout) else None
        return Reject(product.sku, _in_row(error.problems[0], product), key)


def _planned(shop: Workshop, product: Product, scope: Scope) -> ProductPlan:
    if not product.scene:
        shop.planner.takes_part(product)
    shown = product.shown if shop.planner.needs_photo(product) else ()
    orders = [_order_in(shop, product, member, scope) for member in shown]
    assets = list(shop.planner.assets(product, orders))
    standing = shop.ledger.standing(product.sku)
    known = known_cutouts(shop, orders)
    planned = (_compared(shop, asset, standing.get(asset.id), known, scope) for asset in assets)
    return ProductPlan(product, tuple(p for p in planned if p in scope.select), known)


def _order_in(shop: Workshop, product: Product, member: Product, scope: Scope) -> CutoutOrder:
    try:
        return order_for(shop, member, again=scope.again)
    except InputError as error:
        problem = problem_of_member(product, member, error.problems[0])
        raise (NoCutout(problem, error.key) if isinstance(error, NoCutout) else InputError(problem)) from error


def _compared(
    shop: Workshop, asset: Asset, standing: LastMade | None, known: Mapping[str, Judged], scope: Scope
) -> Planned:
    return compare(
        asset,
        standing,
        lambda asset: shop.ledger.made(asset).inputs,
        file_is_there=standing is not None and _as_written(shop.brief.output, standing),
        forced=scope.force is not None,
        doubtful=is_doubtful(asset, known),
    )


def _as_written(output: Path, standing: LastMade) -> bool:
    """Whether a file is the one that was written, and has its record.

    That is told by its size and last change, or by its digest where it was copied since.
    """
    path = output / standing.path
    try:
        if not (output / record_path(standing.path)).is_file():
            return False
        if path.stat().st_size != standing.size:
            return False
        return last_change(path) == standing.modified or digest(path.read_bytes()) == standing.digest
    except OSError:
        return False


def _in_row(problem: Problem, product: Product) -> Problem:
    """A template's problem with one row points at the row; the template is named in the message."""
    if problem.location is None or problem.location.file == product.location.file:
        return replace(problem, location=product.location)
    return replace(problem, message=f"{problem.message} (in {problem.location})", location=product.location)
