"""Content credentials: files that say, signed, who made them and how."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

import assetgen
from assetgen.cli import main
from assetgen.config.mode import Mode
from assetgen.credentials.c2pa_reading import SignatureState, carries, state
from assetgen.credentials.history import History
from assetgen.credentials.identity import anchors
from assetgen.credentials.signing import Unsigned
from assetgen.files.encode import FileLimits, encode
from assetgen.files.xmp import Provenance, SourceType, xmp
from assetgen.model.request import ALONE, Attached, Generated, Request
from tests.authority import AUTHORITY, asking, command, issue, signer, stamping
from tests.kit import Flat, change, manifest, pictures, tree, write

PACKET = xmp(Provenance(SourceType.DRAWN, "xmp.iid:1", "assetgen"))
DRAWN = History(SourceType.DRAWN)


def picture(kind: str = "jpg") -> bytes:
    pixels = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    return encode(pixels, FileLimits((kind,)), PACKET).data


def trusted(certs: Path) -> str | None:
    return anchors(certs / "root.pem")


def files(output: Path) -> list[bytes]:
    return [(output / name).read_bytes() for name in sorted(pictures(output))]


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
def test_a_signed_file_is_trusted_by_who_trusts_the_authority(certs: Path, kind: str) -> None:
    signed = signer(certs).sign(picture(kind), kind, "x", DRAWN)

    found = state(signed, trusted(certs))
    assert found
    assert (found.state, found.signer, found.actions) == (SignatureState.TRUSTED, "Halden GmbH", ("created",))
    stranger = state(signed)
    assert stranger
    assert stranger.state is SignatureState.UNKNOWN_SIGNER
    assert "Halden GmbH" in str(stranger)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
def test_a_changed_byte_breaks_the_credentials(certs: Path, kind: str) -> None:
    signed = bytearray(signer(certs).sign(picture(kind), kind, "x", DRAWN))
    place = len(picture(kind)) // 2
    place = len(signed) - place if kind != "webp" else place
    signed[place] ^= 1

    found = state(bytes(signed), trusted(certs))
    assert found
    assert str(found) == "invalid: the file was changed after it was signed"


def test_a_file_without_credentials_has_none() -> None:
    assert state(picture()) is None


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
def test_others_still_read_the_source_type(certs: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"signed.{kind}"
    file.write_bytes(signer(certs).sign(picture(kind), kind, "x", DRAWN))

    done = subprocess.run(["exiftool", "-json", "-XMP:all", file], capture_output=True, check=True)
    assert json.loads(done.stdout)[0]["DigitalSourceType"] == SourceType.DRAWN.uri


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP521R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-384", "P-521", "Ed25519", "RSA"],
)
def test_all_kinds_of_keys_that_may_sign_do(tmp_path: Path, key: Any) -> None:
    AUTHORITY.lay(tmp_path / "certs", issue("Pictures", AUTHORITY.intermediate, key=key))

    assert state(signer(tmp_path / "certs").sign(picture(), "jpg", "x", DRAWN))


def test_a_run_signs_every_file_and_the_next_one_has_nothing_to_do(signed_shop: Path, certs: Path) -> None:
    assert main(["run", str(signed_shop)]) == 0
    output = Path("output/small")
    before = tree(output)

    found = [state(data, trusted(certs)) for data in files(output)]
    assert {each.state for each in found if each} == {SignatureState.TRUSTED}
    assert len(found) == len([each for each in found if each]) == 6
    assert {asset["credentials"] for asset in manifest(output)["assets"]} == {"Halden GmbH"}
    assert main(["run", str(signed_shop)]) == 0
    assert tree(output) == before


def test_files_without_credentials_say_nothing_of_them_and_have_the_keys_that_they_had(small: Path) -> None:
    assert main(["run", str(small), "--limit", "1"]) == 0

    assert not any(map(carries, files(Path("output/small"))))
    assert {asset["credentials"] for asset in manifest(Path("output/small"))["assets"]} == {None}
    plan = assetgen.plan(assetgen.load(small))
    assert not any("credentials" in p.asset.inputs for item in plan for p in getattr(item, "planned", ()))


def test_another_certificate_makes_the_files_anew(
    signed_shop: Path, certs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(signed_shop), "--limit", "1"]) == 0
    AUTHORITY.lay(certs)
    capsys.readouterr()

    assert main(["plan", str(signed_shop), "--limit", "1"]) == 0
    assert "2 changed; no requests" in capsys.readouterr().out


def test_a_plan_needs_the_certificate_and_not_its_key(signed_shop: Path, certs: Path) -> None:
    (certs / "key.pem").unlink()

    assert main(["plan", str(signed_shop)]) == 0
    assert main(["run", str(signed_shop)]) == 3


def test_what_the_environment_says_goes_before(signed_shop: Path, certs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AUTHORITY.lay(Path("other"), issue("Other", AUTHORITY.intermediate, organisation="Other"))
    monkeypatch.setenv("ASSETGEN_C2PA_CERT", "other/our.pem")
    monkeypatch.setenv("ASSETGEN_C2PA_KEY", "other/key.pem")

    assert main(["run", str(signed_shop), "--limit", "1"]) == 0
    assert {asset["credentials"] for asset in manifest(Path("output/small"))["assets"]} == {"Other"}


def test_a_file_and_its_credentials_weigh_no_more_than_the_channel_takes(small: Path, certs: Path) -> None:
    assert main(["run", str(small), "--limit", "1"]) == 0
    (plain,) = Path("output/small/instagram-feed-square").glob("A-1*")
    limit = plain.stat().st_size + 1000
    asking(small, "certificate: ../certs/our.pem, key: ../certs/key.pem")
    write(Path("templates/channels.yaml"), f"channels: [{{id: instagram-feed-square, max_bytes: {limit}}}]\n")

    assert main(["run", str(small), "--limit", "1"]) == 0
    (signed,) = Path("output/small/instagram-feed-square").glob("A-1*")
    assert carries(signed.read_bytes())
    assert signed.stat().st_size <= limit


class Model(Flat):
    """A trained model, whose pictures carry credentials where it has a certificate."""

    ai: ClassVar[bool] = True
    modes: ClassVar[frozenset[Mode]] = frozenset(Mode)
    certs: Path | None = None

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        made = super().generate(request, attached)
        if self.certs is None:
            return made
        drawn = History(SourceType.GENERATED, "model-1")
        return replace(made, data=signer(self.certs).sign(made.data, "png", "answer", drawn))


@pytest.mark.parametrize(
    ("mode", "kept", "first"),
    [
        ("text", 1, ("opened", "cropped")),
        ("text", 0, ("created", "cropped")),
        ("plate", 1, ("created", "placed")),
        ("plate", 0, ("created", "placed")),
    ],
)
def test_the_providers_own_credentials_are_kept(
    signed_shop: Path, certs: Path, mode: str, kept: int, first: tuple[str, ...]
) -> None:
    change(signed_shop, "    prompt: shelf\n", f"    prompt: shelf\n    mode: {mode}\n")
    change(signed_shop, ", amazon-main", "")
    provider = Model(certs=certs if kept else None)

    outcome = assetgen.run(assetgen.load(signed_shop), limit=1, provider=provider)

    (data,) = files(outcome.output)
    found = state(data, trusted(certs))
    assert found
    assert (found.state, found.actions[:2], found.ingredients) == (SignatureState.TRUSTED, first, kept)


def test_a_photo_with_credentials_is_kept_with_the_picture(signed_shop: Path, certs: Path) -> None:
    photo = Path("campaigns/red.png")
    photo.write_bytes(signer(certs).sign(photo.read_bytes(), "png", "red.png", DRAWN))

    assert main(["run", str(signed_shop), "--limit", "1"]) == 0
    found = [state(data) for data in files(Path("output/small"))]
    assert [each.ingredients for each in found if each] == [1, 1]


def test_a_command_of_the_environment_may_sign_in_place_of_a_key(
    small: Path, certs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking(small, "certificate: ../certs/our.pem, key: ../certs/nobody.pem")
    monkeypatch.setenv("ASSETGEN_C2PA_SIGN_CMD", command(certs))

    assert main(["run", str(small), "--limit", "1"]) == 0
    assert {each.state for data in files(Path("output/small")) if (each := state(data, trusted(certs)))} == {
        SignatureState.TRUSTED
    }


@pytest.mark.parametrize("verb", ["check", "doctor", "plan", "run"])
def test_a_command_that_a_campaign_names_is_never_run(
    small: Path, certs: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    asking(small, "certificate: ../certs/our.pem, sign_command: touch executed")

    assert main([verb, str(small)]) == 2
    told = capsys.readouterr().err
    assert "a command is not taken from a campaign" in told
    assert "ASSETGEN_C2PA_SIGN_CMD" in told
    assert "campaigns/small.yaml:" in told
    assert not Path("executed").exists()


def test_a_file_that_cannot_be_signed_fails_alone_and_with_its_reason(
    small: Path, certs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tired = f"n = len(open({str(certs / 'calls')!r}, 'a+').write('.') and open({str(certs / 'calls')!r}).read())\n"
    tired += "if n > 3: raise SystemExit('the token is locked')\n"  # two calls find out whether it works
    asking(small, "certificate: ../certs/our.pem")
    monkeypatch.setenv("ASSETGEN_C2PA_SIGN_CMD", command(certs, before=tired))

    assert main(["run", str(small), "--jobs", "1"]) == 1
    written = manifest(Path("output/small"))
    assert (len(written["assets"]), len(written["failed"])) == (1, 5)
    assert all("the token is locked" in failed["message"] for failed in written["failed"])


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_server_stamps_the_time(small: Path, certs: Path, tmp_path: Path, loopback: None) -> None:
    with stamping(AUTHORITY, tmp_path / "clock") as url:
        asking(small, f"certificate: ../certs/our.pem, key: ../certs/key.pem, timestamp_server: '{url}'")
        assert main(["run", str(small), "--limit", "1"]) == 0
        stamper = signer(certs, timestamp_server=url)

    for data in files(Path("output/small")):
        found = state(data, trusted(certs))
        assert found
        assert found.state is SignatureState.TRUSTED
        assert found.time
    with pytest.raises(Unsigned, match="gave no time stamp"):
        replace(stamper, pauses=(0.01,)).sign(picture(), "jpg", "x", DRAWN)


def test_without_the_extra_credentials_are_seen_and_not_read(certs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = signer(certs).sign(picture(), "jpg", "x", DRAWN)
    monkeypatch.setitem(sys.modules, "c2pa", None)

    assert str(state(signed)) == "not read: pip install 'c2pa-python<0.39,>=0.38' 'cryptography>=42' to read them"
    assert state(picture()) is None
