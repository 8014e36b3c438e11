"""What the credentials in a file say, and whether they hold."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assetgen.credentials.c2pa_library import INSTALL, c2pa, context, installed

_STORE = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
"""How a manifest store describes itself, in all formats of pictures: ISO 19566-5 and C2PA's own content type."""

_REASONS = {
    "assertion.dataHash.mismatch": "the file was changed after it was signed",
    "assertion.bmffHash.mismatch": "the file was changed after it was signed",
    "signingCredential.expired": "its certificate has ended, and there is no time stamp",
    "signingCredential.revoked": "its certificate was revoked",
    "claimSignature.mismatch": "the signature is not that of its certificate",
}
"""Reasons in our words; others go by their code: C2PA specification, validation status codes."""


class SignatureState(StrEnum):
    TRUSTED = "trusted"
    UNKNOWN_SIGNER = "unknown signer"
    INVALID = "invalid"
    NOT_READ = "not read"


@dataclass(frozen=True)
class Credential:
    """The newest of a file's credentials.

    signer: as its certificate says; time: of its time stamp, ISO 8601; actions: by their names in C2PA, without the
    prefix. reason: why it is invalid, or was not read. ingredients: what went in that had credentials of its own.
    """

    state: SignatureState
    signer: str | None = None
    time: str | None = None
    actions: tuple[str, ...] = ()
    reason: str | None = None
    ingredients: int = 0

    def __str__(self) -> str:
        if self.reason:
            return f"{self.state}: {self.reason}"
        by = f"signed by `{self.signer}`" + (f" on {self.time[:10]}" if self.time else ", without a time stamp")
        trust = "" if self.state is SignatureState.TRUSTED else ", whom no authority that is trusted here vouches for"
        return f"{by}{trust}: {', '.join(self.actions)}"


def carries(data: bytes) -> bool:
    """Whether a file has credentials, whatever they are worth; needs no package."""
    return _STORE in data


def state(data: bytes, trust: str | None = None) -> Credential | None:
    """None where a file has none. trust: PEM certificates of authorities. Raises SetupError if c2pa does not load."""
    if not carries(data):
        return None
    if not installed():
        return Credential(SignatureState.NOT_READ, reason=f"{INSTALL} to read them")
    library = c2pa()
    try:
        with context(trust) as settings:
            reader = library.Reader.try_create(None, io.BytesIO(data), context=settings)
            if reader is None:
                return None
            with reader:
                return _credential(json.loads(reader.json()))
    except library.C2paError as error:
        return Credential(SignatureState.INVALID, reason=str(error))


def _credential(store: Mapping[str, Any]) -> Credential:
    manifest = store["manifests"][store["active_manifest"]]
    signature = manifest.get("signature_info", {})
    failures = store.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    state = {"Trusted": SignatureState.TRUSTED, "Valid": SignatureState.UNKNOWN_SIGNER}.get(
        store["validation_state"], SignatureState.INVALID
    )
    return Credential(
        state,
        signer=signature.get("issuer") or signature.get("common_name"),
        time=signature.get("time"),
        actions=tuple(_actions(manifest)),
        reason=_reason(failures) if state is SignatureState.INVALID else None,
        ingredients=sum("active_manifest" in each for each in manifest.get("ingredients", [])),
    )


def _actions(manifest: Mapping[str, Any]) -> list[str]:
    told = (each["data"]["actions"] for each in manifest["assertions"] if each["label"].startswith("c2pa.actions"))
    return [action["action"].removeprefix("c2pa.") for actions in told for action in actions]


def _reason(failures: list[Mapping[str, str]]) -> str:
    """The reason of the first failure which is not only about trust."""
    found = [each for each in failures if each["code"] != "signingCredential.untrusted"]
    first = next(iter(found), {"code": "unknown"})
    return _REASONS.get(first["code"], f"{first.get('explanation', '')} ({first['code']})".strip())
