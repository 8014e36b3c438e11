"""What a file says about where it comes from.

Which code applies: IPTC's guidance on digital source types, and for Merchant Center Google's own list, which knows no
`compositeWithTrainedAlgorithmicMedia` (https://support.google.com/merchants/answer/14743464).
"""

from __future__ import annotations

from importlib.metadata import version

from assetgen.imaging.metadata import Provenance, SourceType
from assetgen.model.brand import Brand
from assetgen.model.plan import Asset
from assetgen.ports import Provider


def provenance(asset: Asset, brand: Brand, provider: Provider, model: str | None) -> Provenance:
    return Provenance(
        source_type=_source_type(asset, provider),
        unique_id=asset.key,
        creator_tool=f"assetgen {version('assetgen')}",
        system=(model or provider.name) if asset.plate and provider.ai else None,
        credit=brand.credit,
        copyright=brand.copyright,
    )


def _source_type(asset: Asset, provider: Provider) -> SourceType:
    if asset.plate is None:
        return SourceType.ENHANCED
    if not provider.ai:
        return SourceType.DRAWN
    if not asset.cutouts:
        return SourceType.GENERATED
    merchant_center = asset.channel.ai_metadata == "required-keep-iptc"
    return SourceType.COMPOSITE_SYNTHETIC if merchant_center else SourceType.COMPOSITE_WITH_GENERATED
