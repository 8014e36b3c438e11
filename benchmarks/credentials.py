"""What content credentials add to a file, in time and weight: python benchmarks/credentials.py"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from assetgen.credentials.c2pa_reading import state
from assetgen.credentials.history import History
from assetgen.credentials.identity import Identity
from assetgen.credentials.preflight import preflight
from assetgen.credentials.signing import Signer
from assetgen.credentials.trial_certificate import make
from assetgen.files.encode import FileLimits, encode
from assetgen.files.xmp import Provenance, SourceType, xmp

TIMES = 20
OWN_COMMAND = """\
import sys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.serialization import load_pem_private_key
key = load_pem_private_key(open(sys.argv[1], "rb").read(), None)
sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read(), ECDSA(hashes.SHA256())))
"""


def main() -> None:
    grain = np.random.default_rng(1).normal(0, 6, (1080, 1080, 3))
    pixels = np.clip(np.linspace(40, 220, 1080)[:, None, None] + grain, 0, 255).astype(np.uint8)
    packet = xmp(Provenance(SourceType.COMPOSITE_WITH_GENERATED, "xmp.iid:1", "assetgen"))
    files = {kind: encode(pixels, FileLimits((kind,)), packet).data for kind in ("jpg", "png", "webp", "avif")}
    with tempfile.TemporaryDirectory() as folder:
        own = make(Path(folder))
        identity = Identity(own.certificate, own.key, None, None, own.authority)
        started = time.perf_counter()
        signer = preflight(identity).signer
        print(f"preflight: {1000 * (time.perf_counter() - started):.0f} ms, the packages' own loading in it")
        plate = signer.sign(files["png"], "png", "plate", History(SourceType.GENERATED, "model"))
        plain = History(SourceType.COMPOSITE_WITH_GENERATED, added=("product", "text"))
        composed = replace(plain, plate=files["png"], composed=True)
        for kind, data in files.items():
            tell(kind, data, signer, plain)
        tell("jpg, plate within", files["jpg"], signer, composed)
        tell("jpg, signed plate within", files["jpg"], signer, replace(composed, plate=plate))
        script = Path(folder) / "sign.py"
        script.write_text(OWN_COMMAND, encoding="utf-8")
        command = replace(signer, key=None, command=f"{sys.executable} {script} {own.key}")
        tell("jpg, by a command", files["jpg"], command, plain)


def tell(name: str, data: bytes, signer: Signer, history: History) -> None:
    kind, signing, reading, signed = name[:4].rstrip(","), list[float](), list[float](), b""
    for _ in range(TIMES):
        started = time.perf_counter()
        signed = signer.sign(data, kind, "picture", history)
        signing.append(time.perf_counter() - started)
        started = time.perf_counter()
        state(signed, signer.trust)
        reading.append(time.perf_counter() - started)
    signs, reads = (1000 * statistics.median(times) for times in (signing, reading))
    growth = (len(signed) - len(data)) / 1000
    print(f"{name:<25} {len(data) / 1000:6.0f} kB, {growth:+.1f} kB, signed in {signs:.0f} ms, read in {reads:.1f} ms")


if __name__ == "__main__":
    main()
