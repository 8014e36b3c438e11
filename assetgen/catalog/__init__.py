from assetgen.catalog.catalogue import Catalog, read
from assetgen.catalog.row_counts import Tally

__all__ = ["Catalog", "Tally", "read"]
