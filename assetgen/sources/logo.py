from __future__ import annotations

import re
from pathlib import Path

from assetgen.errors import InputError, Location, Problem
from assetgen.imaging.vector import is_picture

PNG = b"\x89PNG\r\n\x1a\n"
SVG = re.compile(rb"\s*(<\?xml.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE svg.*?>\s*)*<svg[\s>]", re.DOTALL)


def read_logo(path: Path, place: Location) -> bytes:
    """The bytes of an SVG or PNG, whatever its name says. Raises InputError at `place` for anything else."""
    data = path.read_bytes()
    looks_right = data.startswith(PNG) or SVG.match(data.removeprefix(b"\xef\xbb\xbf"))
    if looks_right and is_picture(data):
        return data
    raise InputError(Problem(f"the logo `{path.name}` is not an SVG or PNG picture", place, "export it as SVG"))
