"""What a certificate must be like to sign content credentials.

Rules: https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html#x509_certificates, each
tried with c2pa-rs 0.91.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from assetgen.credentials.c2pa_library import PURPOSES
from assetgen.errors import Problem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
    from cryptography.x509 import Certificate, ExtensionType

    E = TypeVar("E", bound=ExtensionType)
    Chain = Sequence[Certificate]

SOON = timedelta(days=30)
"""An end that is nearer than this is worth a word."""

RSA_BITS = range(2048, 4097)

_ANY = "2.5.29.37.0"
_ALONE = {"1.3.6.1.5.5.7.3.8": "time stamps", "1.3.6.1.5.5.7.3.9": "OCSP answers"}
"""Purposes that no certificate may have beside others, by their numbers."""

_ASK = "ask whoever issues your certificates for one that signs e-mail (S/MIME) or documents"
_ORDER = "in the file your own certificate comes first, then the one that signed it, and so on"


def faults(chain: Chain, now: datetime) -> Iterator[Problem]:
    """Why nothing can be signed with it. chain: the own certificate first, then those of its authorities."""
    leaf, *above = chain
    if _is_authority(leaf):
        if all(map(_is_authority, above)):
            yield Problem("the certificate is that of an authority, which may not sign pictures itself", hint=_ASK)
        else:
            yield Problem("the certificates stand in the wrong order", hint=_ORDER)
        return
    for lower, upper in pairwise(chain):
        if lower.issuer != upper.subject:
            yield Problem(f"the certificate after that of `{name(lower)}` is not the one that signed it", hint=_ORDER)
    yield from (_dated(certificate, now) for certificate in chain if not _holds(certificate, now))
    yield from _for_other_purposes(leaf)
    if algorithm(leaf.public_key()) is None:
        hint = "P-256, P-384, P-521, Ed25519, and RSA of 2048 to 4096 bits can"
        yield Problem("the certificate's kind of key cannot sign content credentials", hint=hint)


def doubts(leaf: Certificate, now: datetime, *, timestamped: bool) -> Iterator[Problem]:
    """What a person should know about a certificate that can sign."""
    from cryptography.x509.oid import NameOID

    end = leaf.not_valid_after_utc
    if end - now < SOON:
        yield Problem(f"the certificate of `{name(leaf)}` ends on {end:%Y-%m-%d}", hint="renew it in time")
    if not timestamped:
        hint = "with a `timestamp_server` they stay valid"
        yield Problem(f"files without a time stamp are valid until the certificate ends, on {end:%Y-%m-%d}", hint=hint)
    if leaf.issuer == leaf.subject:
        yield Problem("the certificate has signed itself, which some viewers refuse", hint=_ASK)
    if not leaf.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME):
        yield Problem("the certificate names no organisation (O), which viewers show as the signer", hint=_ASK)


def algorithm(key: CertificatePublicKeyTypes) -> str | None:
    """The algorithm of a key by its name in C2PA; None for a key that may not sign."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    match key:
        case ec.EllipticCurvePublicKey():
            return {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}.get(key.curve.name)
        case ed25519.Ed25519PublicKey():
            return "ED25519"
        case rsa.RSAPublicKey():
            return "PS256" if key.key_size in RSA_BITS else None
    return None


def name(certificate: Certificate) -> str:
    """The name of a certificate as viewers show it: the organisation, else the common name."""
    from cryptography.x509.oid import NameOID

    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for found in certificate.subject.get_attributes_for_oid(kind):
            return str(found.value)
    return certificate.subject.rfc4514_string()


def _for_other_purposes(leaf: Certificate) -> Iterator[Problem]:
    from cryptography.x509 import AuthorityKeyIdentifier, ExtendedKeyUsage, KeyUsage

    usage = _extension(leaf, KeyUsage)
    if usage is None or not usage.digital_signature:
        yield Problem("the certificate is not for signatures: its key usage lacks digitalSignature", hint=_ASK)
    numbers = {purpose.dotted_string for purpose in _extension(leaf, ExtendedKeyUsage) or ()}
    if _ANY in numbers or not numbers & PURPOSES.keys():
        wanted = " or ".join(f"{purpose} ({number})" for number, purpose in PURPOSES.items())
        yield Problem(f"the certificate's extended key usage must name {wanted}", hint=_ASK)
    for number in numbers & _ALONE.keys():
        yield Problem(f"a certificate for {_ALONE[number]} may not sign anything else", hint=_ASK)
    if _extension(leaf, AuthorityKeyIdentifier) is None:
        hint = "with openssl, `authorityKeyIdentifier = keyid` writes it"
        yield Problem(
            "the certificate lacks the number of the key that signed it (authority key identifier)", hint=hint
        )


def _is_authority(certificate: Certificate) -> bool:
    from cryptography.x509 import BasicConstraints

    constraints = _extension(certificate, BasicConstraints)
    return constraints is not None and constraints.ca


def _extension(certificate: Certificate, kind: type[E]) -> E | None:
    from cryptography.x509 import ExtensionNotFound

    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except ExtensionNotFound:
        return None


def _holds(certificate: Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _dated(certificate: Certificate, now: datetime) -> Problem:
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    said = f"ended on {end:%Y-%m-%d}" if end < now else f"begins on {begin:%Y-%m-%d}"
    return Problem(
        f"the certificate of `{name(certificate)}` {said}", hint="renew it, or set this machine's clock right"
    )
