"""Signatures, the last thing that happens to a file: any later change breaks them."""

from __future__ import annotations

import io
import shlex
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assetgen.credentials.c2pa_library import c2pa, context
from assetgen.credentials.c2pa_reading import SignatureState, state
from assetgen.credentials.history import History, ingredients, manifest, mime_type
from assetgen.errors import Problem, SetupError
from assetgen.patience import Attempt, Patience

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

LONGEST = 60
"""Seconds that a command may take for a signature."""


class Unsigned(SetupError):
    """A file could not be signed, though the certificate is in order: a server or a command failed."""


@dataclass(frozen=True)
class Signer:
    """Signs files with a key, as PKCS#8 in PEM, or by a command; several threads may use it.

    algorithm: by its name in C2PA. chain: certificates in PEM, the own one first. trust: see `reading.state`.
    pauses: seconds before a time stamp server is asked again; `patience` can be called off, and then it is not.
    """

    name: str
    chain: str
    algorithm: str
    key: bytes | None = field(default=None, repr=False)
    command: str | None = None
    timestamp_server: str | None = None
    trust: str | None = None
    pauses: tuple[float, ...] = (0.5, 2.0)
    patience: Patience = field(default_factory=Patience, repr=False, compare=False)

    def sign(self, data: bytes, format: str, title: str, history: History) -> bytes:  # noqa: A002 - channels call it so
        """The same file with credentials, which were read back and hold. Raises Unsigned."""
        mime = mime_type(format)
        return self.patience.ask(
            lambda: self._signed(data, mime, title, history), self._held, c2pa().C2paError, self._pause
        )

    def _pause(self, error: Exception, attempt: Attempt) -> float:
        """Only a server is worth another try: a key or a command would say the same again."""
        pauses = self.pauses if self.timestamp_server and not self.patience.called_off else ()
        if attempt.number > len(pauses):
            raise self._failed(error) from error
        return pauses[attempt.number - 1]

    def _held(self, signed: bytes) -> bytes:
        """The file, once its credentials were read back. Raises Unsigned where they do not hold."""
        found = state(signed, self.trust)
        if found is None or found.state is SignatureState.INVALID:
            reason = found.reason if found else "there are none"
            raise Unsigned(Problem(f"the credentials that were just written do not hold: {reason}"))
        return signed

    def prove(self, key: CertificatePublicKeyTypes) -> None:
        """Lets a command sign something. Raises SetupError unless the signature is that of the certificate's key."""
        if self.command and not _fits(key, trial := b"assetgen", self._answer(trial)):
            message = f"the command `{self.command}` signs with another key than the certificate's, or in another way"
            raise SetupError(Problem(message, hint=f"it gets bytes, and gives their {self.algorithm} signature"))

    def _signed(self, data: bytes, mime: str, title: str, history: History) -> bytes:
        library, out, failed = c2pa(), io.BytesIO(), list[Unsigned]()
        with (
            context(self.trust) as settings,
            library.Builder(manifest(history, title, mime), context=settings) as builder,
            self._native(failed) as signer,
        ):
            for each in ingredients(history):
                builder.add_ingredient(each.said, each.mime, io.BytesIO(each.data))
            try:
                builder.sign(signer, mime, io.BytesIO(data), out)
            except library.C2paError:
                if failed:
                    raise failed[0] from None
                raise
        return out.getvalue()

    def _native(self, failed: list[Unsigned]) -> Any:
        """The library's own signer. What goes wrong in a command comes in `failed`: the library would swallow it."""
        library = c2pa()
        algorithm = library.C2paSigningAlg[self.algorithm]
        if self.key:
            info = library.C2paSignerInfo(algorithm, self.chain.encode(), self.key, self.timestamp_server)
            return library.Signer.from_info(info)

        def answer(data: bytes) -> bytes:
            try:
                return self._answer(data)
            except Unsigned as error:
                failed.append(error)
                return b""

        return library.Signer.from_callback(answer, algorithm, self.chain, self.timestamp_server)

    def _answer(self, data: bytes) -> bytes:
        """What the command says to these bytes. Raises Unsigned."""
        words = shlex.split(self.command or "")
        try:
            done = subprocess.run(words, input=data, capture_output=True, timeout=LONGEST, check=True)  # noqa: S603 - the user's own command
        except subprocess.TimeoutExpired as error:
            raise self._no_answer(f"took longer than {LONGEST} seconds") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip().splitlines()
            raise self._no_answer(f"failed: {said[-1] if said else f'exit code {error.returncode}'}") from error
        except (OSError, ValueError) as error:
            raise self._no_answer(f"cannot be run: {error}") from error
        if not done.stdout:
            raise self._no_answer("gave no signature")
        return done.stdout

    def _no_answer(self, what: str) -> Unsigned:
        hint = "it gets the bytes to sign on stdin, and writes the signature to stdout"
        return Unsigned(Problem(f"the command `{self.command}` that signs {what}", hint=hint))

    def _failed(self, error: Exception) -> Unsigned:
        reason = str(error).splitlines()[0]
        if self.timestamp_server:
            hint = "try again later, or name another `timestamp_server`"
            return Unsigned(Problem(f"`{self.timestamp_server}` gave no time stamp: {reason}", hint=hint))
        return Unsigned(Problem(f"the file could not be signed: {reason}"))


def _fits(key: CertificatePublicKeyTypes, data: bytes, signature: bytes) -> bool:
    """Whether a signature is as C2PA wants it. Those of curves may come in DER, or as two numbers side by side."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

    try:
        match key:
            case ec.EllipticCurvePublicKey():
                size = (key.curve.key_size + 7) // 8
                digest = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}[key.curve.key_size]
                if len(signature) == 2 * size:
                    numbers = (int.from_bytes(half) for half in (signature[:size], signature[size:]))
                    signature = utils.encode_dss_signature(*numbers)
                key.verify(signature, data, ec.ECDSA(digest))
            case rsa.RSAPublicKey():
                digest = hashes.SHA256()
                key.verify(signature, data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
            case ed25519.Ed25519PublicKey():
                key.verify(signature, data)
    except InvalidSignature:
        return False
    return True
