"""The certificate that signs: as the campaign says, and before it the environment."""

from __future__ import annotations

import base64
import binascii
import os
import re
from dataclasses import dataclass
from pathlib import Path

from assetgen.config.publishing import Credentials
from assetgen.errors import Location, Problem, SetupError
from assetgen.fingerprint import digest

CERTIFICATE = "ASSETGEN_C2PA_CERT"
KEY = "ASSETGEN_C2PA_KEY"
PASSPHRASE = "ASSETGEN_C2PA_KEY_PASSPHRASE"  # noqa: S105 - its name
COMMAND = "ASSETGEN_C2PA_SIGN_CMD"
TIMESTAMP_SERVER = "ASSETGEN_C2PA_TSA_URL"
TRUST = "ASSETGEN_C2PA_TRUST"

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class Identity:
    """The places of everything that signing takes; nothing of it has been looked at but the certificate.

    `location` is that of `credentials` in the campaign, where it has one.
    """

    certificate: Path
    key: Path | None
    command: str | None
    timestamp_server: str | None
    trust: Path | None
    location: Location | None = None

    @property
    def recipe(self) -> str:
        """What of an identity changes a file: the certificate, and whether there is a time stamp. Raises SetupError."""
        leaf = _PEM.search(read(self.certificate, "certificate", self.location))
        try:
            contents = base64.b64decode(leaf[1]) if leaf else b""
        except binascii.Error:
            contents = b""
        if not contents:
            raise SetupError(no_pem(self.certificate, self.location))
        return digest(contents) + (", time stamped" if self.timestamp_server else "")


def identity(said: Credentials | None, folder: Path, location: Location | None = None) -> Identity | None:
    """None where nobody asks for credentials. Raises SetupError where the campaign does and nobody names a certificate.

    folder: that of the campaign, where its paths begin.
    """
    own, environment = said or Credentials(), os.environ

    def path(variable: str, written: str | None) -> Path | None:
        named = environment.get(variable)
        return Path(named) if named else (folder / written).resolve() if written else None

    certificate = path(CERTIFICATE, own.certificate)
    if certificate is None:
        if said is None:
            return None
        hint = f"name its file under `credentials`, as in `certificate: our.pem`, or in {CERTIFICATE}"
        raise SetupError(Problem("the campaign asks for content credentials and names no certificate", location, hint))
    key, command = path(KEY, None), environment.get(COMMAND) or None
    if not (key or command):
        key = path(KEY, own.key)
    return Identity(
        certificate,
        key,
        command,
        environment.get(TIMESTAMP_SERVER) or own.timestamp_server,
        path(TRUST, own.trust),
        location if said else None,
    )


def passphrase() -> bytes | None:
    """The passphrase of the key, from the environment alone."""
    return os.environ.get(PASSPHRASE, "").encode() or None


def anchors(file: Path | None = None) -> str | None:
    """PEM certificates of authorities to trust; those that the environment names if no file is. Raises SetupError."""
    named = file or (Path(os.environ[TRUST]) if os.environ.get(TRUST) else None)
    if named is None:
        return None
    data = read(named, "list of trusted authorities")
    if not _PEM.search(data):
        raise SetupError(no_pem(named))
    return data.decode("utf-8", "replace")


def read(file: Path, what: str, location: Location | None = None) -> bytes:
    """Raises SetupError."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        raise SetupError(Problem(f"the {what} `{file}` {reason}", location)) from error


def no_pem(file: Path, location: Location | None = None) -> Problem:
    hint = "it begins with -----BEGIN CERTIFICATE-----; a .p12 is unpacked with `openssl pkcs12 -nokeys -in our.p12`"
    return Problem(f"`{file}` is no PEM file with certificates", location, hint)
