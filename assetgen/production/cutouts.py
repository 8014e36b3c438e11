"""Photos -> cutouts, kept in the store by the photo's contents."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from assetgen.cutters import Auto
from assetgen.disk import write_whole
from assetgen.imaging.decode import Unreadable, decode
from assetgen.model.cutout import Cutout, Pixels
from assetgen.model.plan import CutoutOrder
from assetgen.ports import Cutter
from assetgen.store import Record, Store, Stored

CUTOUTS = "cutouts"
SHADOWS = "shadows"


def stored_cutout(order: CutoutOrder, cutter: Cutter, store: Store, *, again: bool) -> Stored:
    """From the store, or cut out now. Raises Unreadable for a photo that turns out to be damaged."""
    kept = None if again else store.get(CUTOUTS, order.key)
    if kept:
        return kept
    cutout = cutter.cut(decode(order.photo.path.read_bytes()), order.handling)
    if cutout.shadow is not None:
        store.put(SHADOWS, order.key, png(cutout.shadow))
    return store.put(CUTOUTS, order.key, png(cutout.rgba), record(cutout))


def record(cutout: Cutout) -> Record:
    """What is said about a cutout beside its pixels."""
    return {
        "verdict": cutout.verdict.value,
        "confidence": round(cutout.confidence, 3),
        "reasons": list(cutout.reasons),
    }


def png(pixels: Pixels) -> bytes:
    """RGBA, RGB, or the greys of a mask."""
    turned = {4: cv2.COLOR_RGBA2BGRA, 3: cv2.COLOR_RGB2BGR}
    ordered = cv2.cvtColor(pixels, turned[pixels.shape[2]]) if pixels.ndim == 3 else pixels  # noqa: PLR2004
    # The fastest level: these are read back far more often than they are sent anywhere.
    done, data = cv2.imencode(".png", ordered, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done  # noqa: S101 - fails only for pixels that are not pixels
    return np.asarray(data).tobytes()


def cut_file(photo: Path, folder: Path) -> tuple[Path, Record]:
    """Writes `<folder>/<stem>.png`, straight RGBA at the photo's size. Raises Unreadable, SetupError."""
    try:
        data = photo.read_bytes()
    except OSError as error:
        raise Unreadable("is not there or cannot be opened") from error
    cutout = Auto().cut(decode(data))
    file = folder / f"{photo.stem}.png"
    write_whole(file, png(cutout.rgba))
    return file, record(cutout)
