"""The products that are shown together: looked up in the table beforehand, and only those rows are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import islice

from assetgen.catalog import Catalog
from assetgen.config.mode import Mode
from assetgen.config.scene import MOST
from assetgen.config.skus import skus
from assetgen.errors import InputError, Location, PluginError, Problem, Unforeseen
from assetgen.model.brief import Marks
from assetgen.model.product import Product, Reject, Row
from assetgen.photos.photo_files import COLUMN as PHOTO
from assetgen.planning.asset_names import group_sku
from assetgen.planning.ideas import Idea
from assetgen.planning.members import group, problem_without
from assetgen.planning.planner import Planner
from assetgen.plugins import faults_told

COLUMN = "products"
"""The column in which a bundle lists what is in it."""

_HINTS = 10
"""The most unknown skus for which the nearest one is looked up; each of them is compared with the whole table."""

_ALIKE = 0.6
"""The ratio of difflib, 0 to 1, from which on a sku may have been meant."""


@dataclass
class Chosen:
    """The first rows that a scene's rule holds for, and what was wrong with the first that it could not be put to."""

    idea: Idea
    rows: list[Product] = field(default_factory=list)
    problem: Problem | None = None

    @property
    def full(self) -> bool:
        """Whether the scene shows no more than these."""
        return len(self.rows) >= self.idea.scene.most

    def offer(self, row: Row, planner: Planner) -> None:
        """Takes a row that the rule holds for, while there is room, and remembers one that it cannot be put to."""
        if self.full or isinstance(row, Reject) or bundled(row):
            return
        try:
            with faults_told():
                if planner.takes_part(row) and planner.chooses(self.idea, row):
                    self.rows.append(row)
        except (InputError, Unforeseen) as error:
            (problem, *_) = error.problems
            what = f"`{self.idea.name}` leaves out rows that its rule cannot be put to, such as `{row.sku}`"
            problem = replace(problem, message=f"{what}: {problem.message}", location=row.location)
            self.problem = self.problem or problem


@dataclass(frozen=True)
class ProductGroups:
    """The scenes that show several products, and the rows that they and the bundles need.

    named: rows by sku; chosen: what each rule found, by scene; near: for unknown skus the nearest that there is.
    """

    planner: Planner
    marks: Marks
    named: Mapping[str, Row]
    chosen: Mapping[str, Chosen]
    near: Mapping[str, str]

    def filled(self, row: Product) -> Row:
        """A bundle with what is in it; any other row as it is."""
        listed = bundled(row)
        if len(listed) > MOST:
            message = f"`{row.sku}` bundles {len(listed)} products, but a picture has room for {MOST}"
            return Reject(row.sku, Problem(message, row.location))
        try:
            return replace(row, members=tuple(self._member(row.sku, sku, row.location) for sku in listed))
        except InputError as error:
            return Reject(row.sku, error.problems[0])

    def scenes(self, usable: Callable[[Product], object]) -> Iterator[Row]:
        """A group for each scene that shows several. A rule's group goes on without those that are not usable.

        `usable` raises InputError.
        """
        for idea in self.planner.ideas:
            if idea.chooses:
                yield from self._fitting(idea, usable)
            elif isinstance(idea.scene.products, tuple):
                yield self._listed(idea.name, idea.scene.products)

    def _listed(self, scene: str, names: tuple[str, ...]) -> Row:
        place = self.marks.at("scenes", scene, "products")
        try:
            members = [
                self._taking_part(scene, sku, self.marks.at("scenes", scene, "products", n))
                for n, name in enumerate(names)
                for sku in skus([name])
            ]
        except InputError as error:
            return Reject(group_sku(scene), error.problems[0])
        return group(scene, members, place)

    def _fitting(self, idea: Idea, usable: Callable[[Product], object]) -> Iterator[Row]:
        """The group of a scene's rule, and then what was left out of it and why."""
        chosen, members, problems = self.chosen[idea.name], list[Product](), list[Problem]()
        for row in chosen.rows:
            try:
                with faults_told():
                    if idea.scene.mode != Mode.TEXT:
                        usable(row)
                    members.append(row)
            except (InputError, PluginError, Unforeseen) as error:
                (problem, *_) = error.problems
                problems.append(replace(problem, message=f"`{idea.name}` goes without `{row.sku}`: {problem.message}"))
        if members:
            yield group(idea.name, members, self.marks.at("scenes", idea.name, "products"))
        problems += [chosen.problem] if chosen.problem else []
        yield from (Reject(group_sku(idea.name), problem) for problem in problems)

    def _taking_part(self, scene: str, sku: str, place: Location) -> Product:
        member = self._member(scene, sku, place)
        if not self.planner.takes_part(member):
            message = f"`{scene}` cannot be shown without `{sku}`, which `where` leaves out"
            raise InputError(Problem(message, place, f"it stands in {member.location}"))
        return member

    def _member(self, what: str, sku: str, place: Location) -> Product:
        """The row of a sku. Raises InputError where there is none, or it is no use here."""
        found = self.named.get(sku)
        if found is None:
            near = self.near.get(sku)
            message = f"`{what}` shows `{sku}`, but no row has that sku"
            raise InputError(Problem(message, place, near and f"did you mean `{near}`?"))
        if isinstance(found, Reject):
            raise InputError(problem_without(what, sku, found.problem))
        if bundled(found):
            hint = "list what is in it instead, or give it a photo of its own"
            raise InputError(Problem(f"`{what}` shows `{sku}`, which is a bundle itself", place, hint))
        return found


def bundled(row: Product) -> tuple[str, ...]:
    """The skus of what is shown in place of a row: of a bundle without a photo of its own."""
    cell = row.fields.get(COLUMN, "")
    return skus(re.split(r"[,;\n]", cell)) if cell and not row.fields.get(PHOTO, "").strip() else ()


def gather(catalog: Catalog, planner: Planner, marks: Marks) -> ProductGroups:
    """Looks up what is shown together; the table is read only where a scene shows several, or may hold bundles."""
    listed = (idea.scene.products for idea in planner.ideas if isinstance(idea.scene.products, tuple))
    wanted = {sku for names in listed for sku in skus(names)}
    if COLUMN in catalog.columns:
        wanted |= {sku for row in catalog if isinstance(row, Product) for sku in bundled(row)}
    chosen = {idea.name: Chosen(idea) for idea in planner.ideas if idea.chooses}
    named: dict[str, Row] = {}
    for row in catalog if wanted or chosen else ():
        if row.sku in wanted:
            named.setdefault(row.sku, row)
        for scene in chosen.values():
            scene.offer(row, planner)
        if len(named) == len(wanted) and all(scene.full for scene in chosen.values()):
            break
    missing = islice(sorted(wanted - named.keys()), _HINTS)
    return ProductGroups(planner, marks, named, chosen, _nearest(list(missing), catalog))


def _nearest(missing: Sequence[str], catalog: Catalog) -> Mapping[str, str]:
    """The skus that no row has, each with the one that is most like it, if any is."""
    best: dict[str, tuple[float, str]] = {}
    for row in catalog if missing else ():
        for sku in missing:
            alike = SequenceMatcher(None, row.sku or "", sku)
            least = best[sku][0] if sku in best else _ALIKE
            if row.sku and alike.real_quick_ratio() > least and alike.quick_ratio() > least:
                best[sku] = max(best.get(sku, (least, "")), (alike.ratio(), row.sku))
    return {sku: near for sku, (_, near) in best.items() if near}
