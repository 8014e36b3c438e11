"""Names of assets and files."""

from __future__ import annotations

import re

from assetgen.fingerprint import digest

_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._]|-(?!-)){0,63}")
_FINISHED = re.compile(r"(?:.+/)?[^/]+--([0-9a-f]{8})\.[a-z0-9]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # devices of Windows, whatever the ending


def safe_name(sku: str) -> str:
    """The sku itself where it can be a file name anywhere; else a readable part, `~` and eight digits of its digest.

    No safe name holds a `~`, so two skus never share a name.
    """
    if _SAFE.fullmatch(sku) and not _RESERVED.fullmatch(sku) and not sku.endswith((".", "-")):
        return sku
    readable = re.sub(r"[^A-Za-z0-9]+", "-", sku).strip("-")[:40] or "sku"
    return f"{readable}~{digest(sku.encode())[:8]}"


def digits_of(path: str) -> str:
    """The first digits of its contents' digest in a finished file's name, `<asset>--<8 digits>.<format>`.

    Empty for a name that is none of ours.
    """
    found = _FINISHED.fullmatch(path)
    return found[1] if found else ""


def group_sku(scene: str) -> str:
    """The name in place of a sku where a scene shows several products; no safe name holds two hyphens in a row."""
    return f"together--{scene}"


def asset_id(*, channel: str, sku: str, scene: str, locale: str, audience: str | None, take: int) -> str:
    """The name `<channel>/<sku>--<scene>--<locale>`, then the audience and the take where there are several."""
    parts = [sku if sku == group_sku(scene) else f"{safe_name(sku)}--{scene}", locale]
    if audience:
        parts.append(safe_name(audience))
    if take > 1:
        parts.append(f"take{take}")
    return f"{channel}/{'--'.join(parts)}"
