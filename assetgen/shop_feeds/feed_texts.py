"""Generated texts of a supplemental feed, from the copy table."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.catalog import TextColumn
from assetgen.config.feed import Feed
from assetgen.errors import InputError
from assetgen.model.brief import Brief
from assetgen.model.product import Product
from assetgen.prompts import Compiled, Templates


class FeedTexts:
    """Renders the texts of one feed. `left_out` says by sku which of them could not be used, and why.

    columns: the columns of the feed's format by the names that the campaign gives to texts.
    """

    def __init__(self, brief: Brief, feed: Feed, columns: Mapping[str, TextColumn]) -> None:
        self._columns = columns
        templates = Templates(brief.prompts, brief.campaign.value.products.decimal_sign)
        self._locale = feed.locale or brief.campaign.value.locales[0]
        self._texts: dict[str, Compiled] = {
            name: templates.text(brief.copy.texts[key][self._locale]) for name, key in feed.texts.items()
        }
        self._brand = brief.brand.value.model_dump()
        self._today = brief.today.isoformat()
        self.left_out: dict[str, str] = {}

    def texts(self, product: Product) -> Mapping[str, str]:
        """The texts of a product by the columns of the feed; empty where one cannot be used."""
        context: dict[str, object] = {
            "product": product.words,
            "products": [product.words],
            "brand": self._brand,
            "locale": self._locale,
            "today": self._today,
            "scene": {},
            "audience": {},
            "mode": "text",
        }
        return {self._columns[name].column: self._text(product, name, context) for name in self._texts}

    def _text(self, product: Product, name: str, context: Mapping[str, object]) -> str:
        try:
            text = self._texts[name].render(context)
        except InputError as error:
            self.left_out[product.sku] = f"its {name} is left out: {error.problems[0].message}"
            return ""
        most = self._columns[name].most
        if len(text) > most:
            self.left_out[product.sku] = f"its {name} is left out: it has {len(text)} characters of {most}"
            return ""
        return text
