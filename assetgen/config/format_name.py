"""The exports of shops that a campaign may name."""

from __future__ import annotations

from typing import Literal

FormatName = Literal["shopify", "woocommerce", "google", "meta", "amazon", "plain"]
"""Whose export a product table is."""
