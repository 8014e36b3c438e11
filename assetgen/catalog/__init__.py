from assetgen.catalog.products import Catalog, read

__all__ = ["Catalog", "read"]
