from __future__ import annotations

from assetgen.catalog.catalogue import Catalog, read
from assetgen.catalog.frame_table import read_frame
from assetgen.model.brief import Brief


def catalog_of(brief: Brief) -> Catalog:
    """The products of a campaign, of the frame that was given or else of its file. Raises InputError as `read` does."""
    settings = brief.campaign.value.products
    return read(brief.products, settings) if brief.frame is None else read_frame(brief.frame, settings)
