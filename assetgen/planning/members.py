"""Several products in one picture: those that a scene names, and bundles, which are rows that list others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assetgen.errors import Location, Problem
from assetgen.model.product import Product
from assetgen.planning.asset_names import group_sku


def group(scene: str, members: Sequence[Product], place: Location) -> Product:
    """The products of a scene as one, whose fields have the values that all of them share."""
    first, *others = members
    fields = {
        name: value if all(other.fields[name] == value for other in others) else ""
        for name, value in first.fields.items()
    }
    return Product(group_sku(scene), fields, place, tuple(members), scene)


def title(product: Product) -> str:
    """The name of a product, or of several together, in the report."""
    own = product.fields.get("title") or product.sku
    if not product.scene:
        return own
    named = dict.fromkeys(title(member) for member in product.members)
    return f"{product.scene.replace('-', ' ').capitalize()}: {', '.join(named)}"


def problem_of_member(product: Product, member: Product, problem: Problem) -> Problem:
    """A problem with one of several, told of the picture that cannot be made without it."""
    return problem_without(product.scene or product.sku, member.sku, problem) if product.members else problem


def problem_without(what: str, sku: str, problem: Problem) -> Problem:
    """The problem that keeps one product out of a picture of several."""
    return replace(problem, message=f"`{what}` cannot be shown without `{sku}`: {problem.message}")
