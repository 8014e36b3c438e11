"""How a run went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assetgen.errors import Problem
from assetgen.fingerprint import Json
from assetgen.model.asset import Orphan, Summary
from assetgen.model.cutting import Judged
from assetgen.model.finding import Finding
from assetgen.model.made import Made
from assetgen.model.product import Reject


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
class Delivered:
    """A finished file as the manifest and the report tell of it: its record, and that of its plate (None on white)."""

    made: Made
    plate: Mapping[str, Json] | None
    orphan: bool = False


@dataclass(frozen=True)
class ShownCutout:
    """A product's cutout as the report shows it: `key` is where it is kept."""

    key: str
    sku: str
    title: str
    judged: Judged


@dataclass(frozen=True)
class Tallied:
    """Things of a kind: how many, and some of them."""

    name: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a run planned, made and could not make.

    rejected: files that broke a rule, now or in an earlier run; waiting: assets whose plates a batch is going to bring.
    causes: why files were made, with ids; warnings: by rule, with messages, one a file; spent: by currency.
    `exit_code` is that of the command.
    """

    output: Path
    summary: Summary
    made: int
    rejected: tuple[Rejected, ...]
    rejects: tuple[Reject, ...]
    failures: tuple[Failure, ...]
    orphans: tuple[Orphan, ...]
    pruned: int
    waiting: int
    causes: tuple[Tallied, ...]
    warnings: tuple[Tallied, ...]
    spent: Mapping[str, Decimal]
    exit_code: int

    def as_json(self) -> dict[str, Json]:
        """For scripts: the plan in numbers, what was made of it, and the problems."""
        return {
            "output": str(self.output),
            "assets": self.summary.assets,
            "made": self.made,
            "up_to_date": self.summary.up_to_date,
            "rejected": [file.path for file in self.rejected],
            "set_aside": [{"sku": r.sku, "problem": str(r.problem)} for r in self.rejects],
            "failed": [{"id": f.id, "problem": str(f.problem)} for f in self.failures],
            "orphans": [orphan.path for orphan in self.orphans],
            "pruned": self.pruned,
            "waiting": self.waiting,
            "causes": {cause.name: cause.count for cause in self.causes},
            "spent": {currency: str(amount) for currency, amount in self.spent.items()},
            "exit_code": self.exit_code,
        }
