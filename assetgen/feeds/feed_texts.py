"""Generated texts of a Google feed, from the copy table."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.config.feed import LENGTHS, Feed
from assetgen.errors import InputError
from assetgen.model.brief import Brief
from assetgen.model.product import Product
from assetgen.prompts import Compiled, Templates


class FeedTexts:
    """`left_out` says of which products a text could not be used, and why."""

    def __init__(self, brief: Brief, feed: Feed) -> None:
        templates = Templates(brief.prompts)
        self._locale = feed.locale or brief.campaign.value.locales[0]
        self._texts: dict[str, Compiled] = {
            name: templates.text(brief.copy.texts[key][self._locale]) for name, key in feed.texts.items()
        }
        self._brand = brief.brand.value.model_dump()
        self._today = brief.today.isoformat()
        self.left_out: dict[str, str] = {}

    def of(self, product: Product) -> Mapping[str, str]:
        """By the columns of the feed."""
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
        return {f"structured_{name}": self._said(product, name, context) for name in self._texts}

    def _said(self, product: Product, name: str, context: Mapping[str, object]) -> str:
        try:
            text = self._texts[name].render(context)
        except InputError as error:
            self.left_out[product.sku] = f"its {name} is left out: {error.problems[0].message}"
            return ""
        if len(text) > LENGTHS[name]:
            self.left_out[product.sku] = f"its {name} is left out: it has {len(text)} characters of {LENGTHS[name]}"
            return ""
        return text
