"""A planned asset as compose knows it: its canvas, the brand's look, and where its words come from."""

from __future__ import annotations

from assetgen.config.brand import Brand
from assetgen.errors import Problem
from assetgen.model.asset import Asset
from assetgen.model.brief import Brief
from assetgen.model.canvas import BrandLook, Canvas
from assetgen.picture.type.fonts import described
from assetgen.picture.type.lettering import Overfull


def too_long(asset: Asset, error: Overfull) -> Problem:
    """Words that find no room on an asset, told with the place where they were written."""
    problem = error.problems[0]
    return about_words(asset, error.position, problem.message, problem.hint)


def about_words(asset: Asset, position: int, message: str, hint: str | None) -> Problem:
    """A problem that points to the words in the copy table where they come from there, and names their layer.

    position: of the layer among those of the asset, from 0.
    """
    origin = asset.origins[position]
    place = (*origin.copy, origin.layout)[0]
    return Problem(f"{asset.channel.id}: {message}", place, f"{hint}; the layer is in {origin.layout}")


def brand_look(brief: Brief) -> BrandLook:
    """The brand as compose uses it."""
    brand = brief.brand.value
    heading, body = (described(font, brief.fonts) for font in (brand.fonts.heading, brand.fonts.body))
    return BrandLook(brand.colours, heading, body, brief.logo, brief.logo_dark, brief.fonts, brief.labels.icon)


def canvas_of(asset: Asset, brand: Brand) -> Canvas:
    """The canvas of an asset: its channel's size and rules, and the direction in which its words are read."""
    channel = asset.channel
    return Canvas(
        width=channel.width,
        height=channel.height,
        safe_area=channel.safe_area,
        keep_out=channel.keep_out,
        margin=brand.scale.margin,
        locale=asset.locale,
        direction="rtl" if asset.mirrored else "ltr",
        mirrored=asset.mirrored,
        drawn=asset.plate is not None and asset.plate.request.mode.draws_product,
        white=channel.background == "white",
        min_fill=channel.min_product_fill,
        max_fill=channel.max_product_fill,
    )
