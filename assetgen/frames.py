"""Results as pandas frames, for those who ask for one: pandas is imported no sooner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame as DataFrame  # noqa: PLC0414 - others import it from here


def frame(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> DataFrame:
    """A row for each of `rows`, with a cell for every column; no rows still have their columns.

    Texts, whole numbers and truths may be missing without becoming something else: see pandas' `convert_dtypes`.
    """
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns)).convert_dtypes()
