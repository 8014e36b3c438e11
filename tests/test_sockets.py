"""The sockets against plug-ins that give what they should not: whose fault it is gets told, and the rest goes on."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import assetgen
from assetgen.catalog.installed_formats import format_named
from assetgen.checks import Basis, Fault, Level, Rule, Subject, rules
from assetgen.config.layer import DrawnLayer, LayerSurface
from assetgen.config.layer_fields import Box
from assetgen.config.layout import LogoLayer
from assetgen.cutters import Cutters
from assetgen.errors import AssetgenError, Busy, InputError, Location, PluginError, Problem, SetupError
from assetgen.model.brief import TemplateText
from assetgen.model.canvas import Canvas
from assetgen.model.cutting import Handling
from assetgen.model.request import ALONE, Attached, Generated, Price, Rate, Request
from assetgen.plugins import blamed, each_blamed, loaded, plugins
from assetgen.ports import Provider, reads
from assetgen.production.plates import sound_answer
from assetgen.promises import promised
from assetgen.prompts import Templates
from assetgen.providers import find_provider
from assetgen.publishing.places import find_target
from tests.beside_plugins import beside, lay_beside, layers_beside
from tests.drawing import LOOK, drawn
from tests.kit import Flat, manifest, write


@pytest.fixture
def beside_ours(tmp_path: Path) -> Iterator[Callable[[str, str], None]]:
    """Installs a package `our-odd` for this process: its entry points, and the code of its module `our_odd`."""
    entered = []

    def install(points: str, code: str) -> None:
        block = beside(lay_beside(tmp_path / "odd", "our_odd", points, {"our_odd": code}))
        block.__enter__()
        entered.append(block)

    yield install
    for block in entered:
        block.__exit__(None, None, None)


# What a plug-in raises


class House(BaseException):
    """As the command line raises one to end a command."""


House.__module__ = "assetgen.cli"


@pytest.mark.parametrize("raised", [SystemExit(0), SystemExit(3), GeneratorExit(), BaseException("x"), MemoryError()])
def test_that_a_plugin_wants_the_program_to_end_is_a_fault_of_its_own(raised: BaseException) -> None:
    with pytest.raises(PluginError, match=f"check `x` failed with {type(raised).__name__}"), blamed("check `x`"):
        raise raised


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), House(), InputError(Problem("no"))])
def test_that_a_person_wants_it_to_end_is_not(raised: BaseException) -> None:
    with pytest.raises(type(raised)), blamed("check `x`"):
        raise raised


def test_that_nobody_wants_more_of_a_plugins_things_is_no_fault_of_theirs() -> None:
    things = each_blamed("check `x`", lambda: iter([1, 2]))

    assert next(things) == 1
    things.close()  # type: ignore[attr-defined] # it is a generator


def test_an_exception_that_fails_over_its_own_words_is_told_by_its_class() -> None:
    class Wordless(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    with pytest.raises(PluginError, match="check `x` failed with Wordless"), blamed("check `x`"):
        raise Wordless


@pytest.mark.parametrize("given", [(), ("words",), (Problem("no"), None)])
def test_an_error_says_what_is_wrong_in_problems(given: tuple[Problem, ...]) -> None:
    with pytest.raises(TypeError, match="InputError takes one or more Problems"):
        InputError(*given)


def test_a_problem_is_text_that_a_file_can_hold() -> None:
    assert Problem("half \ud800").message == "half \\ud800"
    with pytest.raises(TypeError, match="the message of a Problem is a sentence"):
        Problem(3)  # type: ignore[arg-type] # the fault that is looked for


def test_errors_come_through_pickling_whole() -> None:
    error = Busy(Problem("later", Location("a.yaml", 1)), after=2.0, down=True)
    there: AssetgenError = pickle.loads(pickle.dumps(error))

    assert (there.problems, vars(there), str(there)) == (error.problems, vars(error), str(error))


# What an entry point names


@pytest.mark.parametrize(
    ("code", "point", "told"),
    [
        ("raise SystemExit(0)", "our_odd:F", "cannot be used here: SystemExit: 0"),
        ("raise ValueError", "our_odd:F", "cannot be used here: ValueError"),
        ("def __getattr__(name): raise SystemExit(7)", "our_odd:F", "cannot be used here: SystemExit: 7"),
        ("ASSETGEN_INTERFACE = '1'\nF = str", "our_odd:F", "its ASSETGEN_INTERFACE is no number"),
        ("ASSETGEN_INTERFACE = None\nF = str", "our_odd:F", "its ASSETGEN_INTERFACE is no number"),
        ("F = str", "!!! not a thing", "its entry point `!!! not a thing` names no `module:object`"),
    ],
)
def test_what_cannot_be_loaded_is_told_with_its_package(
    beside_ours: Callable[[str, str], None], code: str, point: str, told: str
) -> None:
    beside_ours(f"[assetgen.filters]\nodd = {point}\n", code)

    with pytest.raises(SetupError) as error:
        loaded(plugins("filters")["odd"])
    assert str(error.value).startswith("filter `odd` of `our-odd` cannot be used here")
    assert told in str(error.value)


def test_a_list_of_entry_points_that_is_no_text_is_told_with_its_package(tmp_path: Path) -> None:
    folder = lay_beside(tmp_path, "our_odd", "")
    (folder / "our_odd-1.0.dist-info/entry_points.txt").write_bytes(b"\xff\xfe[\x00")

    with beside(folder), pytest.raises(SetupError, match="the entry points of the package `our-odd` cannot be read"):
        plugins("filters")


PROVIDER = """\
from typing import ClassVar
from assetgen.ports import Provider

class X(Provider):
    name: ClassVar[str] = "odd"
    {}

    def generate(self, request, attached=None): ...

    def size(self, shape): ...
"""
FORMAT = """\
from assetgen.catalog import Format, columns
X = Format(name="odd", title="t", keys={}, marks=(columns("a"),), usual=columns("a"), product={})
"""
CUTTER = """\
from assetgen.ports import Cutter

class X(Cutter):
    {}

    def cut(self, photo, handling): ...
"""
RULE = """\
from assetgen.checks import Basis, Level, Rule
X = Rule({}, "it holds", {}, Basis.OURS, {})
"""


def _provider() -> object:
    return find_provider("odd")


def _target() -> object:
    return find_target("odd://there", Path(), Location("small.yaml"))


def _cutter() -> object:
    return Cutters().means(Handling("odd"))


def _filter() -> object:
    return Templates({})


def _format() -> object:
    return format_named("odd")


@pytest.mark.parametrize(
    ("socket", "use", "code", "told"),
    [
        *(
            (socket, use, code, "is no subclass of `assetgen.ports.")
            for socket, use in (("providers", _provider), ("targets", _target), ("cutters", _cutter))
            for code in ("X = 3", "def X(*given): return None", "class X: pass")
        ),
        ("providers", _provider, "from assetgen.ports import Provider\nclass X(Provider): pass", "has no `generate`"),
        ("targets", _target, "from assetgen.ports import Target\nclass X(Target): pass", "has no `get`, `present`"),
        ("providers", _provider, PROVIDER.format("").replace('name: ClassVar[str] = "odd"', "pass"), "has no `name`"),
        ("providers", _provider, PROVIDER.format("modes: ClassVar = None"), "its `modes` is of type NoneType"),
        ("providers", _provider, PROVIDER.format("modes: ClassVar = 'plate'"), "its `modes` is of type str"),
        ("providers", _provider, PROVIDER.format("recipe: ClassVar = [1]"), "`recipe` is of type list, and not int"),
        ("providers", _provider, PROVIDER.format("recipe: ClassVar = object()"), "its `recipe` is of type object"),
        ("providers", _provider, PROVIDER.format("ai: ClassVar = 'no'"), "its `ai` is of type str, and not bool"),
        ("cutters", _cutter, CUTTER.format("recipe = 1"), "has no `name`"),
        ("cutters", _cutter, CUTTER.format("name = 'odd'; recipe = None"), "its `recipe` is of type NoneType"),
        ("formats", _format, "X = 3", "it is of type int, and not Format"),
        ("formats", _format, FORMAT.format("'sku'", "len"), "`keys` of it is of type str, and not tuple"),
        ("formats", _format, FORMAT.format("('sku',)", "3"), "`product` of it is of type int"),
        ("checks", rules, "X = 3", "what it names is of type int, and not Rule"),
        ("checks", rules, RULE.format("5", "Level.ERROR", "len"), "`name` of what it names is of type int"),
        ("checks", rules, RULE.format("'odd'", "'error'", "len"), "`level` of what it names is of type str"),
        ("checks", rules, RULE.format("'odd'", "Level.ERROR", "None"), "`check` of what it names is of type NoneType"),
        ("filters", _filter, "X = 3", "`our_odd:X` is of type int, and not a function"),
        ("filters", _filter, "from assetgen.ports import reads\n@reads(3)\ndef X(a, b): ...", "names such as"),
        ("filters", _filter, "from assetgen.ports import reads\n@reads('locale')\ndef X(): ...", "too little"),
    ],
)  # fmt: skip
def test_what_is_of_another_kind_than_its_socket_asks_for_is_told_where_it_is_loaded(
    beside_ours: Callable[[str, str], None], socket: str, use: Callable[[], object], code: str, told: str
) -> None:
    beside_ours(f"[assetgen.{socket}]\nodd = our_odd:X\n", code)

    with pytest.raises(SetupError) as error:
        use()
    assert f"{socket.removesuffix('s')} `odd` of `our-odd` cannot be used here: " in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("name", ["product.a.b", "", "a b", 3])
def test_a_name_that_no_template_could_write_is_not_looked_up(name: str) -> None:
    with pytest.raises(TypeError, match="`reads` takes names"):
        reads(name)


# What plug-ins give


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Price | None, Price(0.1, "EUR")),  # type: ignore[arg-type] # the faults that are looked for
        (Price | None, Price(Decimal("NaN"), "EUR")),
        (Price | None, Price(Decimal("Infinity"), "EUR")),
        (Price | None, "free"),
        (Rate, Rate(parallel="2")),  # type: ignore[arg-type]
        (Rate, Rate(parallel=True)),
        (tuple[int, int], (1, 2, 3)),
        (tuple[int, int], (1.0, 2.0)),
        (tuple[str, ...], ("a", "\ud800")),
        (tuple[str, ...], "ab"),
        (float, float("nan")),
        (bytes | None, "text"),
    ],
)
def test_a_value_is_told_that_is_not_what_its_annotation_promises(kind: object, value: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"it (is|has) "):
        promised(kind, value, "it")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Price | None, None),
        (Price | None, Price(Decimal("0.1"), "EUR")),
        (Rate, Rate(2, 1, 0.5)),
        (tuple[str, ...], ["a", "é"]),
        (float, 1),
        (Callable[[], int], len),
    ],
)
def test_a_value_passes_that_will_do(kind: object, value: object) -> None:
    promised(kind, value, "it")


@pytest.mark.parametrize(
    "odd",
    [
        {"cost": "12 EUR"},
        {"cost": Price(0.1, "EUR")},  # type: ignore[arg-type] # the faults that are looked for
        {"cost": Price(Decimal("NaN"), "EUR")},
        {"notes": 5},
        {"notes": ("\ud800",)},
        {"stage": "left"},
        {"model": object()},
        {"request_id": b"x"},
        {"pause": "long"},
    ],
)
def test_a_paid_answer_is_kept_without_what_cannot_be_used_of_it(odd: dict[str, object]) -> None:
    (name,) = odd
    answer = sound_answer(replace(Generated(b"picture", model="m"), **odd))  # type: ignore[arg-type]

    assert answer.data == b"picture"
    assert getattr(replace(answer, notes=()), name) == getattr(Generated(b""), name)
    assert f"`{name}` of it" in answer.notes[0] or "an item in `notes` of it" in answer.notes[0]


@pytest.mark.parametrize("answer", [None, b"picture", Generated("picture"), Generated(None)])  # type: ignore[arg-type]
def test_an_answer_without_a_picture_file_is_none(answer: object) -> None:
    with pytest.raises(TypeError, match="its answer is of type"):
        sound_answer(answer)


class Odd(Flat):
    """Says nothing that can be used beside its picture."""

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        return replace(super().generate(request, attached), cost="12 EUR", notes=5, model=object())  # type: ignore[arg-type]


def test_a_run_makes_its_pictures_of_an_answer_that_cannot_say_what_it_cost(small: Path) -> None:
    outcome = assetgen.run(assetgen.load(small), provider=Odd(), limit=1)

    assert (outcome.made, outcome.failures) == (2, ())
    said = [finding for asset in manifest(Path("output/small"))["assets"] for finding in asset["checks"]]
    left_out = [each["message"] for each in said if "is left out" in each["message"]]
    assert [next(name for name in ("model", "cost", "notes") if f"`{name}`" in each) for each in left_out] == [
        "model",
        "cost",
        "notes",
    ]


FLOAT: Any = 0.1
"""An amount as those give it who have no type checker."""


def overriding(**members: object) -> Provider:
    return type("Overriding", (Flat,), members)()  # type: ignore[no-any-return]


def _raises(*_: object) -> None:
    raise RuntimeError("no idea")


@pytest.mark.parametrize(
    ("member", "given", "told"),
    [
        ("price", _raises, "failed with RuntimeError: no idea"),
        ("price", lambda *_: "free", "its price is of type str"),
        ("price", lambda *_: Price(FLOAT, "EUR"), "`amount` of its price is of type float"),
        ("price", lambda *_: Price(Decimal("NaN"), "EUR"), "`amount` of its price is NaN"),
        ("price", lambda *_: Price(Decimal(-5), "EUR"), "its price is below zero"),
        ("size", lambda *_: None, "what `size` gives is of type NoneType"),
        ("size", lambda *_: (0, 0), "it asks for 0 x 0 pixels"),
        ("size", lambda *_: (64.0, 64.0), "is of type float"),
        ("worded", lambda *_: None, "the prompt in its words is of type NoneType"),
        ("request_problem", lambda *_: 7, "what `request_problem` gives is of type int"),
        ("tokens", lambda *_: "many", "what `tokens` gives is of type str"),
    ],
)
def test_what_a_provider_says_of_a_request_sets_the_row_aside_where_it_cannot_be(
    small: Path, member: str, given: Callable[..., object], told: str
) -> None:
    plan = assetgen.plan(assetgen.load(small), provider=overriding(**{member: given}), limit=1)
    reasons = [reason for reason in plan.frame()["reason"] if isinstance(reason, str)]

    assert any("provider `flat` failed with" in reason and told in reason for reason in reasons), reasons


def test_a_setting_that_no_key_can_hold_sets_the_row_aside(small: Path) -> None:
    provider = type("Holding", (Flat,), {"__annotations__": {"held": object}, "held": object()})()
    (aside,) = assetgen.plan(assetgen.load(small), provider=provider, limit=1)

    assert "provider `flat` failed with PydanticSerializationError" in str(aside)


def test_what_a_provider_is_by_a_property_is_looked_at_before_anything_is_asked_for(small: Path) -> None:
    with pytest.raises(TypeError, match="its `ai` is of type str, and not bool"):
        assetgen.plan(assetgen.load(small), provider=overriding(ai=property(lambda _: "no")))


@pytest.mark.parametrize("limits", [property(_raises), property(lambda _: None), property(lambda _: Rate(parallel=-1))])
def test_limits_that_cannot_be_end_a_run_with_the_providers_name(small: Path, limits: property) -> None:
    with pytest.raises(PluginError, match="provider `flat` failed with"):
        assetgen.run(assetgen.load(small), provider=overriding(limits=limits), limit=1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (lambda: ["x"], "what it yields is of type str, and not Fault"),
        (lambda: 3, "TypeError"),
        (lambda: [Fault(object())], "`message` of what it yields is of type object"),  # type: ignore[arg-type]
        (lambda: [Fault("\ud800")], "half a character"),
        (lambda: [Fault("m", "error")], "`level` of what it yields is of type str"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_fault_breaks_its_rule(said: Callable[[], list[Fault]], told: str) -> None:
    rule = Rule("odd", "it holds", Level.ERROR, Basis.OURS, lambda _: said(), package="our-odd")
    (found,) = rule.findings(Subject(b"", ".jpg"), {})

    assert found.level is Level.ERROR
    assert found.message.startswith("the check of `our-odd` failed with")
    assert told in found.message


def test_a_rule_that_would_hold_a_file_breaks_it() -> None:
    rule = Rule("odd", "it holds", Level.HELD, Basis.OURS, lambda _: [Fault("m")], package="our-odd")

    assert [found.level for found in rule.findings(Subject(b"", ".jpg"), {})] == [Level.ERROR]


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ("Verdict.GOOD, 'hi'", "`confidence` of what it gives is of type str"),
        ("Verdict.GOOD, float('nan')", "`confidence` of what it gives is nan"),
        ("Verdict.GOOD, 7", "its confidence goes from 0 to 1, and this is 7"),
        ("Verdict.GOOD, 0.9, 5", "`reasons` of what it gives is of type int"),
        ("'fine', 0.9", "`verdict` of what it gives is of type str"),
    ],
)
def test_what_is_no_cutout_is_told_with_its_cutter(
    beside_ours: Callable[[str, str], None], odd: str, told: str
) -> None:
    cut = f"return Cutout(np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)]), {odd})"
    code = CUTTER.format("name = 'odd'").replace("handling): ...", f"handling):\n        {cut}")
    beside_ours("[assetgen.cutters]\nodd = our_odd:X\n", f"import numpy as np\nfrom assetgen.ports import *\n{code}")

    with pytest.raises(InputError, match="cutter `odd` of `our-odd` failed with") as error:
        Cutters().cut(np.full((8, 8, 3), 9, np.uint8), Handling("odd"))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise SystemExit(0)", "failed with SystemExit: 0"),
        ("return '\\ud800'", "half a character"),
        ("return ['\\ud800']", "half a character"),
        ("return type('X', (), {'__str__': lambda _: 1 / 0})()", "ZeroDivisionError"),
        ("return object()", "it gives object, which nobody can read"),
    ],
)
def test_what_no_template_can_print_is_told_with_its_filter(
    beside_ours: Callable[[str, str], None], body: str, told: str
) -> None:
    beside_ours("[assetgen.filters]\nodd = our_odd:X\n", f"def X(value): {body}")
    text = Templates({}).text(TemplateText("{{ 'a' | odd }}", Location("copy.csv", 2)))

    with pytest.raises(InputError, match="filter `odd` of `our-odd` failed with") as error:
        text.render({})
    assert told in str(error.value)


def test_a_filter_may_give_what_is_gone_through(beside_ours: Callable[[str, str], None]) -> None:
    beside_ours("[assetgen.filters]\nodd = our_odd:X\n", "def X(value): yield from value")
    text = Templates({}).text(TemplateText("{{ 'abc' | odd | join('-') }}", Location("copy.csv", 2)))

    assert text.render({}) == "a-b-c"


ITEM = "from assetgen.catalog import Item\n" + FORMAT.format("('a',)", "lambda entry: {}")


@pytest.mark.parametrize(
    ("gives", "told"),
    [
        ("Item(entry, 'a', None, ())", "`texts` of what it gives is of type NoneType"),
        ("Item(entry, 3, {}, ())", "`sku` of what it gives is of type int"),
        ("Item(entry, 'a', {'title': 3}, ())", "an item in `texts` of what it gives is of type int"),
        ("Item(entry, 'a', {}, (4,))", "an item in `photos` of what it gives is of type int"),
        ("None", "what it gives is of type NoneType, and not Item or Reject"),
        ("exit()", "failed with SystemExit"),
    ],
)
def test_what_is_no_product_sets_its_row_aside(
    beside_ours: Callable[[str, str], None], tmp_path: Path, gives: str, told: str
) -> None:
    from assetgen.catalog import read_table

    beside_ours("[assetgen.formats]\nodd = our_odd:X\n", ITEM.format(gives))
    write(tmp_path / "table.csv", "a,b\n1,2\n")
    (row,) = read_table(tmp_path / "table.csv")

    assert "format `odd` of `our-odd` failed with" in str(row)
    assert told in str(row)


# Layers


LAYER = """\
from typing import Literal
from assetgen.config.layer import DrawnLayer

class X(DrawnLayer):
    layer: Literal["odd"]

    {}

    def draw(self, surface): ...
"""


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("said = property(lambda self: 1 / 0)", "ZeroDivisionError"),
        ("said = property(lambda self: None)", "its `said` is of type NoneType"),
        ("must_stay_free = property(lambda self: 1 / 0)", "ZeroDivisionError"),
        ("clear_space = property(lambda self: 'big')", "its `clear_space` is of type str"),
        ("def rest_of_key(self): raise SystemExit(0)", "SystemExit: 0"),
        ("def mirrored(self): return None", "what `mirrored` gives is of type NoneType"),
        ("def model_post_init(self, context): 1 / 0", "ZeroDivisionError"),
        ("takes_room = property(lambda self: 1 / 0)", "ZeroDivisionError"),
    ],
)
def test_a_layer_that_fails_over_what_it_says_of_itself_is_told(
    small: Path, tmp_path: Path, member: str, told: str
) -> None:
    layout = Path("templates/layouts/card.yaml")
    write(layout, layout.read_text(encoding="utf-8") + "  - {layer: odd, box: [0.8, 0.3, 1, 0.5], over: true}\n")
    folder = lay_beside(
        tmp_path / "odd", "our_odd", "[assetgen.layers]\nodd = our_odd:X\n", {"our_odd": LAYER.format(member)}
    )

    with layers_beside(folder):
        try:
            reasons = str(list(assetgen.plan(assetgen.load(small), limit=1)))
        except InputError as error:
            reasons = f"{error} {layout}" if "card.yaml" in str(error) else ""

    assert "layer `odd` of `our-odd` failed with" in reasons
    assert told in reasons


class Leaving(DrawnLayer):
    layer: str = "leaving"

    def draw(self, surface: LayerSurface) -> None:
        raise SystemExit(len(surface.locale) * 0)


def test_a_layer_that_wants_to_end_the_program_fails_its_picture() -> None:
    with pytest.raises(PluginError, match="layer `leaving` failed with SystemExit: 0"):
        drawn(Canvas(540, 540), Leaving(box=Box(0, 0, 1, 1)), product=False)


def test_a_layer_of_ours_that_fails_fails_its_picture_as_well() -> None:
    logo = LogoLayer(layer="logo", box=Box(0, 0, 0.5, 0.5))
    with pytest.raises(PluginError, match="layer `logo` failed with") as error:
        drawn(Canvas(540, 540), logo, product=False, look=replace(LOOK, logo=b"no drawing"))

    assert error.value.problems[0].hint == "this is a fault of assetgen's own: please report it"
