"""What can be known of a certificate is known before anything is made or paid."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from assetgen.cli import main
from assetgen.credentials.c2pa_reading import SignatureState, state
from assetgen.credentials.identity import anchors
from tests.authority import AUTHORITY, CLAIMS, EMAIL, STAMPS, Holder, asking, command, curve_key, issue
from tests.kit import pictures, tree, write

ANY = ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE
OTHER = issue("Other")


class Stopped(Protocol):
    def __call__(self, campaign: Path, said: str) -> None: ...


@pytest.fixture
def stopped(capsys: pytest.CaptureFixture[str]) -> Stopped:
    def stopped(campaign: Path, said: str) -> None:
        """Code 3 with the reason, and nothing was made or asked for."""
        capsys.readouterr()
        assert main(["run", str(campaign)]) == 3
        assert said in capsys.readouterr().err
        assert not Path("output").exists()
        assert not list(Path(".assetgen/store").rglob("*"))

    return stopped


def leaf(**settings: Any) -> Callable[[], Holder]:
    return lambda: issue("Pictures", AUTHORITY.intermediate, **settings)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (leaf(age=20, days=10), "the certificate of `Halden GmbH` ended on"),
        (leaf(age=-5), "the certificate of `Halden GmbH` begins on"),
        (leaf(purposes=()), "extended key usage must name email protection"),
        (leaf(purposes=(ANY, EMAIL)), "extended key usage must name email protection"),
        (leaf(purposes=(ExtendedKeyUsageOID.CODE_SIGNING,)), "extended key usage must name email protection"),
        (leaf(purposes=(EMAIL, STAMPS)), "a certificate for time stamps may not sign anything else"),
        (leaf(signs=False), "its key usage lacks digitalSignature"),
        (leaf(authority=True), "that of an authority"),
        (leaf(names_issuer=False), "authority key identifier"),
        (leaf(key=rsa.generate_private_key(65537, 1024)), "kind of key cannot sign"),
        (lambda: issue("Pictures"), "the certificate after that of `Halden GmbH` is not the one that signed it"),
    ],
)
def test_a_certificate_that_cannot_sign_stops_the_run_before_it_begins(
    signed_shop: Path, certs: Path, stopped: Stopped, bad: Callable[[], Holder], said: str
) -> None:
    AUTHORITY.lay(certs, bad())

    stopped(signed_shop, said)


@pytest.mark.parametrize(
    ("file", "contents", "said"),
    [
        ("our.pem", None, "our.pem` is not there"),
        ("our.pem", b"\x30\x82", "our.pem` is no PEM file with certificates"),
        ("root.pem", None, "root.pem` is not there"),
        ("root.pem", b"\x30\x82", "root.pem` is no PEM file with certificates"),
        ("key.pem", None, "key.pem` is not there"),
        ("key.pem", b"-----BEGIN", "key.pem` is no private key in a PEM file"),
        ("key.pem", OTHER.key_pem(), "is not the one of the certificate"),
        ("key.pem", OTHER.key_pem(passphrase="open"), "is encrypted, and there is no passphrase"),
    ],
)
def test_a_file_that_is_missing_or_wrong_stops_the_run_before_it_begins(
    signed_shop: Path, stopped: Stopped, file: str, contents: bytes | None, said: str
) -> None:
    (Path("certs") / file).unlink()
    if contents:
        (Path("certs") / file).write_bytes(contents)

    stopped(signed_shop, said)


def test_a_reversed_chain_is_told_as_such(signed_shop: Path, certs: Path, stopped: Stopped) -> None:
    ours = AUTHORITY.lay(certs)
    (certs / "our.pem").write_bytes(AUTHORITY.intermediate.pem + ours.pem)

    stopped(signed_shop, "stand in the wrong order")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", "names no certificate"),
        ("certificate: ../certs/our.pem", "nothing can be signed with the certificate"),
        (
            "certificate: ../certs/our.pem, key: ../certs/key.pem, timestamp_server: 'http://127.0.0.1:9/'",
            "`http://127.0.0.1:9/` gave no time stamp",
        ),
    ],
)
def test_settings_with_which_nothing_can_be_signed_stop_the_run_before_it_begins(
    small: Path, certs: Path, stopped: Stopped, settings: str, said: str
) -> None:
    stopped(asking(small, settings), said)


@pytest.mark.parametrize("form", ["pkcs8", "sec1"])
def test_a_key_may_come_in_either_form_and_be_encrypted(
    signed_shop: Path, certs: Path, monkeypatch: pytest.MonkeyPatch, stopped: Stopped, form: Any
) -> None:
    ours = issue("Pictures", AUTHORITY.intermediate, key=curve_key(), purposes=(CLAIMS,))
    AUTHORITY.lay(certs, ours, key=ours.key_pem(form, "open sesame"))
    monkeypatch.setenv("ASSETGEN_C2PA_KEY_PASSPHRASE", "wrong")
    stopped(signed_shop, "ASSETGEN_C2PA_KEY_PASSPHRASE does not open the key")

    monkeypatch.setenv("ASSETGEN_C2PA_KEY_PASSPHRASE", "open sesame")
    assert main(["run", str(signed_shop), "--limit", "1"]) == 0


def doctor(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    capsys.readouterr()
    main(["doctor", "--json", *arguments])
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return [(line["level"], line["message"]) for line in lines if line["subject"] == "credentials"]


def test_doctor_tells_who_signs_and_what_is_to_be_known(
    signed_shop: Path, certs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    AUTHORITY.lay(certs, issue("Pictures", AUTHORITY.intermediate, days=10, organisation=None))

    (ready, *warnings) = doctor(capsys, str(signed_shop))
    assert ready[0] == "ok"
    assert "signs as `Pictures`" in ready[1]
    assert [level for level, _ in warnings] == ["warning"] * 3
    assert [word for _, message in warnings for word in ("ends on", "time stamp", "(O)") if word in message]

    (certs / "key.pem").unlink()
    ((level, message),) = doctor(capsys, str(signed_shop))
    assert level == "problem"
    assert "is not there" in message


def test_without_the_extra_the_command_that_brings_it_is_told(
    signed_shop: Path,
    certs: Path,
    stopped: Stopped,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)

    stopped(signed_shop, "pip install 'c2pa-python")
    assert doctor(capsys) == [("ok", "not installed (only needed for content credentials)")]


def test_a_system_that_is_too_old_for_the_library_is_told(
    signed_shop: Path, stopped: Stopped, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(tmp_path / "old/c2pa.py", "raise RuntimeError('libc.so.6: version `GLIBC_2.34\\' not found')\n")
    monkeypatch.delitem(sys.modules, "c2pa", raising=False)
    monkeypatch.syspath_prepend(tmp_path / "old")

    stopped(signed_shop, "this system is too old for content credentials")


def test_a_test_certificate_signs_and_is_never_written_over(
    small: Path, certs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["credentials", "test-certificate", "mine"]) == 0
    lines = [f"{line.replace('mine/', '../mine/')}" for line in capsys.readouterr().out.splitlines()]
    asking(small, ", ".join(lines))

    assert main(["run", str(small), "--limit", "1"]) == 0
    signed = ((Path("output/small") / name).read_bytes() for name in pictures(Path("output/small")))
    found = [state(data, anchors(Path("mine/test-authority.pem"))) for data in signed]
    assert {each.state for each in found if each} == {SignatureState.TRUSTED}
    assert {each.signer for each in found if each} == {"TEST - not for publishing"}
    before = tree(Path("mine"))
    assert main(["credentials", "test-certificate", "mine"]) == 2
    assert tree(Path("mine")) == before


@pytest.mark.parametrize(
    "case",
    [
        ("raise SystemExit('the token is locked')\n", "key.pem", "failed: the token is locked"),
        ("raise SystemExit(0)\n", "key.pem", "gave no signature"),
        ("", "other.pem", "signs with another key than the certificate's"),
    ],
)
def test_a_command_that_does_not_sign_stops_the_run_before_it_begins(
    signed_shop: Path, stopped: Stopped, monkeypatch: pytest.MonkeyPatch, case: tuple[str, str, str]
) -> None:
    before, key, said = case
    certs = Path("certs").resolve()
    (certs / "other.pem").write_bytes(OTHER.key_pem())
    monkeypatch.setenv("ASSETGEN_C2PA_SIGN_CMD", command(certs, key=key, before=before))

    stopped(signed_shop, said)
