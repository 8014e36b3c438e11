"""State and reason of a planned asset against what was made before, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from assetgen.fingerprint import digest
from assetgen.model.asset import Asset, Planned, State
from assetgen.model.finding import KeptBack
from assetgen.model.made import LastMade

Inputs = Callable[[str], Mapping[str, str]]
"""A look-up of an asset's inputs by its id."""

_WORDS = {
    "composing": "assetgen composes differently since then",
    "encoding": "assetgen writes files differently since then",
    "plate": "the scene's picture is another one",
    "cutout": "the product's photo or its cutout changed",
    "size": "the height in the table changed",
    "cutout word": "what people say of the cutout changed",
    "own shadow": "what becomes of the shadow in the photo changed",
    "channel": "the channel's rules changed",
    "checks": "how hard the checks are changed",
    "rules": "the checks changed",
    "locale": "the locale changed",
    "credentials": "the certificate that signs it changed",
    "marks": "the credit or copyright changed",
    "label": "the label changed",
    "producer": "the producer code changed",
    "layout": "the layout changed",
    "direction": "the reading direction changed",
    "brand colours": "the brand's colours changed",
    "brand fonts": "the brand's fonts changed",
    "brand logo": "the brand's logo changed",
    "fonts": "the fonts in templates/fonts changed",
}
_DIGITS = 8
"""The digits of a digest that tell two values of one input apart."""

_FOLLOWING = {"cutout", "size"}
"""The inputs whose change goes without saying when other products are in the picture."""

_WORTH_SHOWING = {"brand colours", "brand fonts", "direction"}
"""The inputs whose values before and after are shown, beside words."""

_KEPT = {*_WORTH_SHOWING, "products", "cutout word"}
"""The inputs that a manifest has in full, beside words."""


def compare(
    asset: Asset,
    standing: LastMade | None,
    old_inputs: Inputs,
    *,
    file_is_there: bool,
    forced: bool = False,
    doubtful: bool | None = None,
) -> Planned:
    """The asset with what there is to do, from what was made of it and whether that file is still as it was written.

    `old_inputs` is asked for what it was made from, only where that has changed. doubtful: whether it shows a cutout
    that waits for a person's word; None where nobody knows.
    """
    if standing is None:
        return Planned(asset, State.NEW, "never made")
    if standing.key != asset.key:
        return Planned(asset, State.CHANGED, "; ".join(differences(old_inputs(asset.id), asset.inputs)))
    if not file_is_there:
        return Planned(asset, State.CHANGED, "the file is gone or was changed by hand")
    if forced:
        return Planned(asset, State.CHANGED, "asked for again")
    return Planned(asset, *_as_it_stands(standing, doubtful=doubtful))


def _as_it_stands(standing: LastMade, *, doubtful: bool | None) -> tuple[State, str]:
    """State and reason of what was made of the same inputs."""
    if standing.kept_back is KeptBack.REJECTED:
        return State.REJECTED, f"it broke a rule, and nothing changed since; see {standing.path}"
    held = standing.kept_back is KeptBack.HELD
    if doubtful is not None and doubtful is not held:
        return State.CHANGED, f"its cutout is {'doubtful' if doubtful else 'good'} now"
    if held:
        return State.HELD, f"it waits for a person's word about its cutout; see {standing.path}"
    return State.UP_TO_DATE, "nothing changed"


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """The inputs that differ, a phrase each; a manifest has them shortened."""
    old, new = inputs_shortened(old), inputs_shortened(new)
    for name in sorted(old.keys() | new.keys(), key=lambda n: (n not in _WORDS, n)):
        before, after = old.get(name), new.get(name)
        if before == after or (name in _FOLLOWING and old.get("products") != new.get("products")):
            continue
        if name == "products":
            yield from _comings_and_goings(before, after)
        elif name.startswith("words"):
            yield f"words: {_quoted(before)} became {_quoted(after)}"
        elif name in _WORTH_SHOWING:
            yield f"{_WORDS[name]}: {_quoted(before)} became {_quoted(after)}"
        else:
            yield _WORDS.get(name, f"{name} changed")


def inputs_shortened(inputs: Mapping[str, str]) -> dict[str, str]:
    """The inputs in a tenth of their room: what is long and not read again is cut to eight digits of its digest."""
    short = {name: value for name, value in inputs.items() if _is_kept(name) or len(value) <= _DIGITS}
    return {name: short.get(name, digest(value.encode())[:_DIGITS]) for name, value in inputs.items()}


def cause(reason: str) -> str:
    """The kinds of change that a reason speaks of, without what became of what: many files share them."""
    kinds = (phrase.partition(": ")[0] for phrase in reason.split("; "))
    return "; ".join(dict.fromkeys("the words changed" if kind == "words" else kind for kind in kinds))


def _is_kept(name: str) -> bool:
    return name.startswith("words") or name in _KEPT


def _comings_and_goings(before: str | None, after: str | None) -> Iterator[str]:
    """The products that were added to a picture of several, and those that were left out, a phrase each."""
    old, new = (Counter(skus.split(", ") if skus else ()) for skus in (before, after))
    yield from (f"`{sku}` was added to the picture" for sku in (new - old))
    yield from (f"`{sku}` is no longer in the picture" for sku in (old - new))
    if old == new:
        yield "the products stand in another order"


def _quoted(text: str | None) -> str:
    return "nothing" if text is None else f"“{text}”"
