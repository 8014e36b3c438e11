"""A certificate to try things with: nobody trusts it, and it says so wherever it is shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assetgen import clock
from assetgen.credentials.c2pa_library import INSTALL, installed
from assetgen.disk import refusals_explained, write_whole
from assetgen.errors import InputError, Problem, SetupError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, Name

ORGANISATION = "TEST - not for publishing"
LASTS = timedelta(days=90)


class Files(NamedTuple):
    certificate: Path
    key: Path
    authority: Path


def make(folder: Path) -> Files:
    """Writes a certificate, its key, and its authority's certificate; the authority's key is thrown away.

    Raises InputError where one of the files is there already, SetupError.
    """
    if not installed():
        raise SetupError(Problem("making a certificate needs packages that are not installed", hint=INSTALL))
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    files = Files(*(folder / f"test-{what}.pem" for what in ("certificate", "key", "authority")))
    for file in files:
        if file.exists():
            raise InputError(Problem(f"`{file}` is there already", hint="name another folder, or move it away"))
    above, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _issued("assetgen test authority", above, by=None)
    certificate = _issued("assetgen test certificate", own, by=(authority.subject, above))
    private = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_whole(files.authority, authority.public_bytes(Encoding.PEM))
    write_whole(files.certificate, certificate.public_bytes(Encoding.PEM))
    with refusals_explained(files.key):
        files.key.touch(mode=0o600)
        files.key.write_bytes(private)
    return files


def _issued(name: str, key: EllipticCurvePrivateKey, by: tuple[Name, EllipticCurvePrivateKey] | None) -> Certificate:
    """A certificate signed `by` the authority's name and key; None for an authority, which signs itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    issuer, signing = by or (subject, key)
    now, authority = clock.real_now(), by is None
    usage = x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # clocks differ
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )
    if not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(signing, hashes.SHA256())
