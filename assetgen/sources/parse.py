"""Documents become models; what does not fit is told in the words of the trade, all of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assetgen.errors import InputError, PluginError
from assetgen.model.brief import Marked, Marks
from assetgen.sources.document import Document, Value
from assetgen.sources.error_wording import Wording
from assetgen.sources.vocabulary import Vocabulary

M = TypeVar("M", bound=BaseModel)


def parse(
    document: Document,
    model: type[M],
    context: BaseModel | None = None,
    *,
    filled: Mapping[str, Value] | None = None,
) -> Marked[M]:
    """A document as a model. Raises InputError with every problem of the file.

    context: what the model's own validators look up.
    filled: the document's value with what it may leave out, where that is known from elsewhere.
    """
    try:
        value = model.model_validate(filled or document.value, by_alias=True, by_name=False, context=context)
    except ValidationError as error:
        raise InputError(*Wording(document.value, document.marks, Vocabulary(model)).problems(error)) from error
    except PluginError as error:
        raise InputError(*(replace(each, location=document.marks.at()) for each in error.problems)) from error
    return Marked(value, document.marks)


def parse_settings(
    model: type[M],
    values: dict[str, Value],
    marks: Marks,
    *place: str | int,
    folder: Path | None = None,
    known: Mapping[str, object] | None = None,
) -> M:
    """The group of values at this place of a file, for which its own model did not know what is right.

    `folder` is that of the file: validators get it as their context, for paths that begin there. `known` holds for what
    the group does not say. Raises InputError with every problem of the group.
    """
    try:
        return model.model_validate({**(known or {}), **values}, by_alias=True, by_name=False, context=folder)
    except ValidationError as error:
        raise InputError(*Wording(values, marks, Vocabulary(model), place).problems(error)) from error
