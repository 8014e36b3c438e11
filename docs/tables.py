"""Renews what is generated in README.md, the pages of docs and the schemas for editors: `make docs`.

A generated part stands between `<!-- name -->` and `<!-- /name -->`; PARTS says what makes it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from assetgen.checks import Basis, Level, Rule, rules
from assetgen.errors import Location
from assetgen.model.brief import TemplateText
from assetgen.prompts import Templates
from assetgen.sources import presets, schema
from assetgen.studio.studio_vocabulary import PLACES

HERE = Path(__file__).parent
SCHEMAS = tuple(sorted((HERE.parent / "templates/schemas").glob("*.json")))
PAGES = (HERE.parent / "README.md", *sorted(HERE.glob("*.md")))

_EVIDENCE = {Basis.MEASURE: "not from `memory`", Basis.PLATFORM: "`official-page` or `-copy`", Basis.OURS: "any"}


def main() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if (new := renewed(text)) != text:
            page.write_text(new, encoding="utf-8")
            sys.stdout.write(f"renewed {page.relative_to(HERE.parent)}\n")
    for file in SCHEMAS:
        if (new := f"{json.dumps(schema(file.stem), indent=2, ensure_ascii=False)}\n") != file.read_text(
            encoding="utf-8"
        ):
            file.write_text(new, encoding="utf-8")
            sys.stdout.write(f"renewed {file.relative_to(HERE.parent)}\n")


def renewed(text: str) -> str:
    """A page with all its generated parts made anew."""
    names = "|".join(PARTS)
    return re.sub(
        rf"(<!-- ({names}) -->)(.*?)(<!-- /\2 -->)",
        lambda part: f"{part[1]}{PARTS[part[2]](part[3])}{part[4]}",
        text,
        flags=re.DOTALL,
    )


def rule_table(_: str = "") -> str:
    """Each rule with what it demands, how hard it is at most, and the evidence that allows an error."""
    head = "| rule | what holds | at most | on evidence |\n|---|---|---|---|"
    return "\n".join(["", head, *map(_rule_row, rules()), ""])


def _rule_row(rule: Rule) -> str:
    evidence = _EVIDENCE[rule.basis] if rule.level is Level.ERROR else "any"
    return f"| `{rule.name}` | {rule.demands} | {rule.level.value} | {evidence} |"


def filter_table(before: str) -> str:
    """The examples on the left as they stand, and beside each what a picture in en-US shows."""
    return re.sub(r"^\| `(\{\{.*\}\})` *\|.*\|$", _filter_row, before, flags=re.MULTILINE)


def _filter_row(row: re.Match[str]) -> str:
    example = TemplateText(row[1].replace("\\|", "|"), Location("docs/templates.md"))
    shown = Templates({}).text(example).render({"product": {"currency": "EUR"}, "locale": "en-US"})
    return f"| `{row[1]}` | {shown} |"


def set_table(_: str = "") -> str:
    """The sets of the studio, three in a row, each with its picture and its words."""
    places = list(PLACES)
    rows = ["", "| | | |", "|---|---|---|"]
    rows += [f"| {' | '.join(map(_set_cell, row))} |" for row in (places[i : i + 3] for i in range(0, len(places), 3))]
    return "\n".join([*rows, ""])


def _set_cell(place: str) -> str:
    words = PLACES[place].split(", ")
    english, chinese = ([word for word in words if (word[0] < "\u2e80") is latin] for latin in (True, False))
    return f"![{place}](images/studio/{place}.jpg)<br>{_ticked(english)}<br>{_ticked(chinese)}"


def _ticked(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def plan_of_sample(_: str = "") -> str:
    """What `assetgen plan` says of the sample where nothing was made yet."""
    with TemporaryDirectory() as folder:
        for part in ("campaigns", "templates"):
            shutil.copytree(HERE.parent / part, Path(folder) / part)
        command = [sys.executable, "-m", "assetgen", "plan", "campaigns/spring.yaml"]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return f"\n```\n{said.stdout}```\n"


PARTS: Mapping[str, Callable[[str], str]] = {
    "rules": rule_table,
    "filters": filter_table,
    "sets": set_table,
    "plan": plan_of_sample,
    "channel-count": lambda _: str(len(presets().channels)),
    "set-count": lambda _: str(len(PLACES)),
}
"""What makes each part, from what stood there."""

if __name__ == "__main__":
    main()
