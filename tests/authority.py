"""Certificates as an authority issues them, good and bad, and its server for time stamps."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from assetgen.credentials.identity import Identity
from assetgen.credentials.preflight import preflight
from assetgen.credentials.signing import Signer
from tests.kit import write

Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey
EMAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
STAMPS = ExtendedKeyUsageOID.TIME_STAMPING
CLAIMS = x509.ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
Form = Literal["pkcs8", "sec1"]


def curve_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, form: Form = "pkcs8", passphrase: str | None = None) -> bytes:
        encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        kind = PrivateFormat.TraditionalOpenSSL if form == "sec1" else PrivateFormat.PKCS8
        return self.key.private_bytes(Encoding.PEM, kind, encryption)


def issue(
    name: str,
    by: Holder | None = None,
    *,
    key: Key | None = None,
    authority: bool = False,
    days: int = 365,
    age: int = 1,
    purposes: Sequence[x509.ObjectIdentifier] = (EMAIL,),
    signs: bool = True,
    names_issuer: bool = True,
    organisation: str | None = "Halden GmbH",
) -> Holder:
    """days, age: how long it holds, and since when."""
    key = key or curve_key()
    names = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    subject, begin = x509.Name(names), datetime.now(UTC) - timedelta(days=age)
    signing = by.key if by else key
    builder = x509.CertificateBuilder(
        by.certificate.subject if by else subject,
        subject,
        key.public_key(),
        x509.random_serial_number(),
        begin,
        begin + timedelta(days=days),
    )
    builder = builder.add_extension(x509.BasicConstraints(authority, None), critical=True)
    usage = x509.KeyUsage(signs and not authority, *(False,) * 4, authority, authority, *(False,) * 2)
    builder = builder.add_extension(usage, critical=True)
    if names_issuer:
        from_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
        builder = builder.add_extension(from_issuer, critical=False)
    if purposes and not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=list(purposes) == [STAMPS])
    digest = None if isinstance(signing, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return Holder(builder.sign(signing, digest), key)


class Authority:
    """A root and an intermediate, which issues."""

    def __init__(self) -> None:
        self.root = issue("Root", authority=True)
        self.intermediate = issue("Issuing", self.root, authority=True)

    def lay(self, folder: Path, leaf: Holder | None = None, *, key: bytes | None = None) -> Holder:
        """Writes `our.pem`, the chain of a certificate; `key.pem`, its key or another; and `root.pem`."""
        leaf = leaf or issue("Pictures", self.intermediate)
        folder.mkdir(exist_ok=True)
        (folder / "our.pem").write_bytes(leaf.pem + self.intermediate.pem)
        (folder / "key.pem").write_bytes(key or leaf.key_pem())
        (folder / "root.pem").write_bytes(self.root.pem)
        return leaf


AUTHORITY = Authority()

_SIGN = """\
import sys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.serialization import load_pem_private_key
key = load_pem_private_key(open({key!r}, "rb").read(), None)
sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read(), ECDSA(hashes.SHA256())))
"""


def asking(campaign: Path, settings: str) -> Path:
    """The campaign, which now asks for credentials."""
    return write(campaign, f"{campaign.read_text(encoding='utf-8')}credentials: {{{settings}}}\n")


def signer(certs: Path, **other: Any) -> Signer:
    """Who signs with what was laid down; other: fields of its identity."""
    ours = Identity(certs / "our.pem", certs / "key.pem", None, None, certs / "root.pem")
    return preflight(replace(ours, **other)).signer


def command(certs: Path, *, key: str = "key.pem", before: str = "") -> str:
    """One that signs; before: lines of Python that come first."""
    script = write(certs / "sign.py", before + _SIGN.format(key=str(certs / key)))
    return f"{sys.executable} {script}"


_TSA = """\
[tsa]
default_tsa = ours
[ours]
serial = serial
signer_cert = certificate
certs = root
signer_key = key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


@contextmanager
def stamping(authority: Authority, folder: Path) -> Iterator[str]:
    """The address of a server for time stamps (RFC 3161), as long as it is up."""
    folder.mkdir()
    holder = issue("Clock", authority.root, purposes=(STAMPS,))
    files = {"certificate": holder.pem, "root": authority.root.pem, "key": holder.key_pem()}
    for name, data in {**files, "serial": b"01\n", "settings": _TSA.encode()}.items():
        (folder / name).write_bytes(data)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["content-length"])))
            command = "openssl ts -reply -config settings -queryfile query -out answer"
            subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
            self.send_response(200)
            self.send_header("content-type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((folder / "answer").read_bytes())

        def log_message(self, *_: object) -> None: ...

    # One after another: the files are shared.
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
