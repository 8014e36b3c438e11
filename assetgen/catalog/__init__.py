from assetgen.catalog.products import Catalog, read
from assetgen.catalog.tally import Tally

__all__ = ["Catalog", "Tally", "read"]
