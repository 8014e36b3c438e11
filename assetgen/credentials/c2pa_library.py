"""The extra's own packages: whether they are here, and the settings that all use of them has in common."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from assetgen.errors import Problem, SetupError
from assetgen.extras import pip_install

INSTALL = pip_install("c2pa")

PURPOSES = {
    "1.3.6.1.5.5.7.3.4": "email protection",
    "1.3.6.1.5.5.7.3.36": "document signing",
    "1.3.6.1.4.1.62558.2.1": "C2PA claim signing",
}
"""What a certificate must be for, by the numbers of extended key usages. The library alone would know but the first."""


def installed() -> bool:
    return all(find_spec(name) is not None for name in ("c2pa", "cryptography"))


def c2pa() -> Any:
    """The library. Raises SetupError where it is not here or cannot be loaded."""
    if not installed():
        raise SetupError(Problem("content credentials need a package that is not installed", hint=INSTALL))
    try:
        import c2pa
    except (ImportError, OSError, RuntimeError) as error:
        if "GLIBC" in str(error):
            # Its wheel says glibc 2.28 and needs 2.34: https://github.com/contentauth/c2pa-python/issues/187
            message = "this system is too old for content credentials: the package c2pa needs glibc 2.34"
            hint = "use Debian 12, Ubuntu 22.04, RHEL 9 or newer, or an image with one of them"
            raise SetupError(Problem(message, hint=hint)) from error
        reason = str(error).splitlines()[0]
        raise SetupError(
            Problem(f"the package c2pa cannot be loaded: {reason}", hint=f"install it anew: {INSTALL}")
        ) from error
    return c2pa


def context(trust: str | None) -> Any:
    """One for each use, as it does not live through a fork. trust: PEM certificates of authorities to trust."""
    trusted: Mapping[str, str] = {"user_anchors": trust} if trust else {}
    settings: dict[str, object] = {
        "trust": {"trust_config": "".join(f"{number}\n" for number in PURPOSES), **trusted},
        "verify": {"remote_manifest_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},  # they can weigh more than the picture
    }
    library = c2pa()
    return library.Context(library.Settings.from_dict(settings))
