"""The formats that are known. A new one is a file here with a `FORMAT`, a line below, and a `FormatName`."""

from assetgen.catalog.formats.amazon import FORMAT as AMAZON
from assetgen.catalog.formats.google import GOOGLE, META
from assetgen.catalog.formats.shopify import FORMAT as SHOPIFY
from assetgen.catalog.formats.woocommerce import FORMAT as WOOCOMMERCE

__all__ = ["FORMATS", "plain"]

FORMATS = (SHOPIFY, WOOCOMMERCE, AMAZON, META, GOOGLE)
"""Those told by their columns; the first that fits is taken. All else is `plain`."""
