"""The products of a campaign, wherever they come from."""

from __future__ import annotations

from assetgen.catalog.catalogue import Catalog, read_table
from assetgen.model.brief import Brief


def read_catalog(brief: Brief) -> Catalog:
    """The products of a campaign, of the frame that was given or of its file. Raises InputError like `read_table`."""
    settings = brief.campaign.value.products
    if brief.frame is None:
        return read_table(brief.products, settings, brief.today)
    from assetgen.catalog.frame_table import read_frame

    return read_frame(brief.frame, settings, brief.today)
