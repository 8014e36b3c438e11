"""What changed between two manifests, before and after, as one HTML file that needs no network."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from jinja2 import Template

from assetgen.delivery.html import environment
from assetgen.delivery.manifest_difference import Change, by_cause
from assetgen.disk import replace_if_changed

MOST = 60
"""Changes of one cause that are shown; the others are counted."""


def write_page(path: Path, title: str, changes: Sequence[Change], thumbnail: Callable[[str], bytes | None]) -> bool:
    """`thumbnail` finds a small WebP picture by a file's digest. Whether the page was written: it tells no time."""
    groups = by_cause(changes)
    shown = chain.from_iterable(group[:MOST] for group in groups.values())
    pictures = dict(_pictures(shown, thumbnail))
    return replace_if_changed(path, _template().generate(title=title, groups=groups, pictures=pictures, most=MOST))


def _pictures(changes: Iterator[Change], thumbnail: Callable[[str], bytes | None]) -> Iterator[tuple[str, str]]:
    for change in changes:
        for digest in filter(None, (change.before, change.after)):
            if picture := thumbnail(digest):
                yield digest, base64.b64encode(picture).decode()


@cache
def _template() -> Template:
    pages = environment()
    return pages.get_template("difference.html.j2")
