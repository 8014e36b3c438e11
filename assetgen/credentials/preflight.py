"""Everything that can be known about a signature before money is spent."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PIL import Image

from assetgen import clock
from assetgen.credentials import c2pa_library, checking
from assetgen.credentials.history import History
from assetgen.credentials.identity import COMMAND, KEY, PASSPHRASE, Identity, anchors, no_pem, passphrase, read
from assetgen.credentials.signing import Signer
from assetgen.errors import Problem, SetupError
from assetgen.files.xmp import SourceType

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate


@dataclass(frozen=True)
class Ready:
    """A signer that has signed a trial picture, the day its certificate ends, and what a person should know."""

    signer: Signer
    ends: str
    doubts: tuple[Problem, ...]


def preflight(identity: Identity, *, online: bool = True) -> Ready:
    """Raises SetupError with all that is wrong. online: a time stamp server may be asked."""
    c2pa_library.c2pa()
    chain = _chain(identity)
    now, leaf = clock.real_now(), chain[0]
    try:
        problems = [*checking.faults(chain, now), *_wrong_settings(identity)]
    except ValueError as error:
        raise SetupError(Problem(f"the certificate `{identity.certificate}` is damaged: {error}")) from error
    if problems:
        raise SetupError(*(replace(problem, location=identity.location) for problem in problems))
    signer = Signer(
        name=checking.name(leaf),
        chain=_pem(chain),
        algorithm=checking.algorithm(leaf.public_key()) or "",
        key=_key(identity, leaf) if identity.key else None,
        command=identity.command,
        timestamp_server=identity.timestamp_server,
        trust=anchors(identity.trust),
    )
    signer.prove(leaf.public_key())
    _try(replace(signer, timestamp_server=None))
    if online and signer.timestamp_server:
        _try(signer)
    doubts = tuple(checking.doubts(leaf, now, timestamped=signer.timestamp_server is not None))
    return Ready(signer, f"{leaf.not_valid_after_utc:%Y-%m-%d}", doubts)


def _wrong_settings(identity: Identity) -> Iterator[Problem]:
    if not (identity.key or identity.command):
        hint = f"name the file of its key under `credentials` or in {KEY}, or a command that signs in {COMMAND}"
        yield Problem(f"nothing can be signed with the certificate `{identity.certificate}` alone", hint=hint)
    if identity.key and identity.command:
        yield Problem("both a key and a command are to sign", hint=f"unset {KEY} or {COMMAND}")
    server = identity.timestamp_server
    if server and not server.startswith(("http://", "https://")):
        hint = "it begins with http:// or https://"
        yield Problem(f"the time stamp server `{server}` is no address", hint=hint)


def _chain(identity: Identity) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(read(identity.certificate, "certificate", identity.location))
    except ValueError as error:
        raise SetupError(no_pem(identity.certificate, identity.location)) from error


def _pem(chain: list[Certificate]) -> str:
    """The chain as PEM without what else is in the file: the library takes comments between certificates amiss."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain).decode()


def _key(identity: Identity, leaf: Certificate) -> bytes:
    """The key as PKCS#8, the only form that the library takes."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

    assert identity.key  # noqa: S101 - the caller has seen it
    data, file = read(identity.key, "key", identity.location), identity.key
    encrypted = b"ENCRYPTED" in data
    secret = passphrase() if encrypted else None
    if encrypted and not secret:
        hint = f"give it in the environment variable {PASSPHRASE}"
        raise SetupError(Problem(f"the key `{file}` is encrypted, and there is no passphrase", identity.location, hint))
    try:
        key: PrivateKeyTypes = load_pem_private_key(data, secret)
    except (ValueError, UnsupportedAlgorithm) as error:
        message = f"the key `{file}` is no private key in a PEM file"
        if encrypted:
            message = f"the passphrase in {PASSPHRASE} does not open the key `{file}`"
        raise SetupError(Problem(message, identity.location)) from error
    if key.public_key() != leaf.public_key():
        message = f"the key `{file}` is not the one of the certificate `{identity.certificate}`"
        raise SetupError(Problem(message, identity.location))
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _try(signer: Signer) -> None:
    """Whatever else the library may have against the certificate, or the server be down: raises SetupError."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    signer.sign(file.getvalue(), "png", "trial.png", History(SourceType.DRAWN))
