"""How a run went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.errors import Problem
from assetgen.fingerprint import Json
from assetgen.frames import frame
from assetgen.model.asset import Orphan, Summary
from assetgen.model.cutting import Judged, Verdict
from assetgen.model.finding import Finding
from assetgen.model.made import Made
from assetgen.model.product import Reject
from assetgen.plural import counted

if TYPE_CHECKING:
    from assetgen.frames import DataFrame


@dataclass(frozen=True)
class Failure:
    """An asset that was planned and could not be made."""

    id: str
    problem: Problem


@dataclass(frozen=True)
class Rejected:
    """A file that broke a rule, and what it must not go out for."""

    path: str
    errors: tuple[Finding, ...]


@dataclass(frozen=True)
class Held:
    """A product whose cutout is doubtful, and the files that wait for a person's word about it.

    word: what says that it is right, once it stands where the problem's hint says; files: none where they are only to
    be expected of a run; cutout: the key under which it is kept.
    """

    sku: str
    word: str
    problem: Problem
    files: tuple[str, ...]
    cutout: str

    def as_json(self) -> dict[str, Json]:
        """The product as a line of a plan or a manifest tells of it."""
        problem = self.problem
        facts: dict[str, Json] = {"sku": self.sku, "word": self.word, "message": problem.message}
        return {**facts, "place": str(problem.location or "") or None, "hint": problem.hint}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that a run made: which asset it is, where it lies in the output folder, and why it was to be made."""

    id: str
    sku: str
    scene: str
    locale: str
    audience: str | None
    take: int
    channel: str
    path: str
    reason: str

    @classmethod
    def of(cls, made: Made, reason: str) -> MadeFile:
        return cls(
            made.id, made.sku, made.scene, made.locale, made.audience, made.take, made.channel, made.path, reason
        )


@dataclass(frozen=True)
class Delivered:
    """A finished file as the manifest and the report tell of it: its record, and that of its plate (None on white)."""

    made: Made
    plate: Mapping[str, Json] | None
    orphan: bool = False


@dataclass(frozen=True)
class ShownCutout:
    """A product's cutout as the report shows it: `key` is where it is kept; approved: a person says it is right."""

    key: str
    sku: str
    title: str
    judged: Judged
    approved: bool = False

    @property
    def standing(self) -> str:
        """Its verdict, or `approved` where it was doubtful."""
        return "approved" if self.approved and self.judged.verdict is Verdict.CHECK else self.judged.verdict.value


@dataclass(frozen=True)
class Tallied:
    """Things of a kind: how many, and some of them."""

    name: str
    count: int
    examples: tuple[str, ...]


COLUMNS = ("state", "id", "sku", "scene", "locale", "audience", "take", "channel", "file", "reason", "problem", "place")
"""The columns of the frame of an outcome."""


@dataclass(frozen=True)
class Outcome:
    """What a run planned, made and could not make. Paths of files are relative to `output`.

    made: how many files; files: which, those among them that broke a rule as well.
    rejected: files that broke a rule, now or in an earlier run; held: products whose files wait for a person's word,
    likewise; waiting: assets whose plates a batch is going to bring.
    causes: why files were made, with ids; warnings: by rule, with messages, one a file; spent: by currency.
    slips: what was written in the table or the file of words and comes to nothing.
    `exit_code` is that of the command.
    """

    output: Path
    summary: Summary
    made: int
    rejected: tuple[Rejected, ...]
    held: tuple[Held, ...]
    rejects: tuple[Reject, ...]
    failures: tuple[Failure, ...]
    orphans: tuple[Orphan, ...]
    pruned: int
    waiting: int
    causes: tuple[Tallied, ...]
    warnings: tuple[Tallied, ...]
    spent: Mapping[str, Decimal]
    exit_code: int
    files: tuple[MadeFile, ...] = field(default=())
    slips: tuple[Problem, ...] = field(default=())

    def __repr__(self) -> str:
        wrong = {
            "held": len(self.held_files),
            "rejected": len(self.rejected),
            f"{counted(len(self.rejects), 'row')} set aside": len(self.rejects),
            "not made": len(self.failures),
            "waiting for a batch": self.waiting,
        }
        parts = [f"{self.made} made", f"{self.summary.up_to_date} up to date"]
        parts += [text if text[0].isdigit() else f"{count} {text}" for text, count in wrong.items() if count]
        return f"<Outcome: {', '.join(parts)}; exit code {self.exit_code}; {self.output}>"

    @property
    def held_files(self) -> Mapping[str, Problem]:
        """The files that wait for a person's word, each with what to say about it; of several doubtful products one."""
        return {path: each.problem for each in self.held for path in each.files}

    def frame(self) -> DataFrame:
        """A row for each file that was made, and below them for each that is wrong or that nothing asks for any more.

        state: `made`, `held`, `rejected`, `set aside` (rows of the product table), `not made`, or `orphan`. problem,
        place: what is wrong, and where. What was up to date has no row: it is in the frame of the plan.
        """
        return frame(COLUMNS, ([row.get(name) for name in COLUMNS] for row in self._rows()))

    def _rows(self) -> Iterator[Mapping[str, object]]:
        kept_back = {path: {"state": "held", **_wrong(problem)} for path, problem in self.held_files.items()} | {
            file.path: {"state": "rejected", "problem": "; ".join(finding.message for finding in file.errors)}
            for file in self.rejected
        }
        for file in self.files:
            facts = {name: getattr(file, name) for name in COLUMNS if hasattr(file, name)}
            yield {"state": "made", **facts, "file": file.path, **kept_back.pop(file.path, {})}
        yield from ({**wrong, "file": path} for path, wrong in kept_back.items())
        for reject in self.rejects:
            yield {"state": "set aside", "sku": reject.sku, **_wrong(reject.problem)}
        for failure in self.failures:
            yield {"state": "not made", "id": failure.id, **_wrong(failure.problem)}
        for orphan in self.orphans:
            yield {"state": "orphan", "id": orphan.id, "file": orphan.path}

    def as_json(self) -> dict[str, Json]:
        """The outcome for scripts: the plan in numbers, what was made of it, and the problems."""
        return {
            "output": str(self.output),
            "assets": self.summary.assets,
            "made": self.made,
            "up_to_date": self.summary.up_to_date,
            "held": [{**each.as_json(), "files": list[Json](each.files)} for each in self.held],
            "rejected": [file.path for file in self.rejected],
            "set_aside": [{"sku": r.sku, "problem": str(r.problem)} for r in self.rejects],
            "failed": [{"id": f.id, "problem": str(f.problem)} for f in self.failures],
            "orphans": [orphan.path for orphan in self.orphans],
            "pruned": self.pruned,
            "waiting": self.waiting,
            "causes": {cause.name: cause.count for cause in self.causes},
            "warnings": sum(rule.count for rule in self.warnings),
            "slips": [str(slip) for slip in self.slips],
            "spent": {currency: str(amount) for currency, amount in self.spent.items()},
            "exit_code": self.exit_code,
        }


def _wrong(problem: Problem) -> dict[str, object]:
    return {"problem": problem.message, "place": str(problem.location or "") or None}
