"""The Python API as a notebook or a scheduler uses it."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import typer

import assetgen
from assetgen.cli.commands import app
from assetgen.model.request import ALONE, Attached, Generated, Request
from assetgen.production.plan_stream import ProductPlan
from tests.kit import STRICT, Flat, change, manifest, pictures, tree, write

OUTPUT = Path("output/small")
SQUARE, AMAZON = "instagram-feed-square", "amazon-main"
FUNCTIONS = ("load", "plan", "run", "check", "preview", "publish", "feeds", "why", "diff", "inspect", "spend")
PUBLISH = "layout: card\npublish: {to: public, base_url: https://cdn.example.com/shop}\n"


class Dear(Flat):
    """Costs what it says."""

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:
        return replace(super().generate(request, attached), cost=self.price(request))


@pytest.fixture(autouse=True)
def _nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


@pytest.fixture
def brief(small: Path) -> assetgen.Brief:
    return assetgen.load(small)


@pytest.fixture
def ran(brief: assetgen.Brief) -> assetgen.Brief:
    """With its pictures."""
    assetgen.run(brief, provider=Flat())
    return brief


def test_the_front_door_has_every_name_and_none_but_those() -> None:
    assert set(FUNCTIONS) < set(assetgen.__all__)
    assert dir(assetgen) == sorted(assetgen.__all__)
    assert all(getattr(assetgen, name).__doc__ for name in assetgen.__all__ if name != "__version__")
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        assetgen.lode  # type: ignore[attr-defined]  # noqa: B018 - asking is enough


def test_importing_a_room_takes_no_function_s_place() -> None:
    script = (
        "import assetgen.production.workshop, assetgen.shop_feeds.feed_writing\n"
        "from assetgen import feeds, run\n"
        "assert callable(run) and callable(feeds) and assetgen.run is run\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_importing_the_package_brings_nothing_heavy_along() -> None:
    script = (
        "import sys, assetgen\n"
        "dir(assetgen)\n"
        "heavy = {'dataclasses', 'pydantic', 'numpy', 'pandas', 'yaml', 'jinja2', 'cv2', 'pyvips'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_pandas_is_imported_for_frames_alone(small: Path) -> None:
    script = (
        "import sys, assetgen\n"
        f"brief = assetgen.load({str(small)!r})\n"
        "spending = assetgen.spend(brief.root)\n"
        "assert 'pandas' not in sys.modules\n"
        "spending.frame()\n"
        "assert 'pandas' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_family_of_errors_is_at_the_front_door(small: Path) -> None:
    for error in (assetgen.InputError, assetgen.SetupError, assetgen.ProviderError, assetgen.BudgetError):
        assert issubclass(error, assetgen.AssetgenError)

    change(small, "prompt: shelf", "prompt: shelv")
    with pytest.raises(assetgen.InputError) as caught:
        assetgen.load(small)
    (problem,) = caught.value.problems
    assert isinstance(problem, assetgen.Problem)
    assert isinstance(problem.location, assetgen.Location)
    assert problem.hint == "did you mean `shelf`?"


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in {"load", "diff", "inspect", "spend"}])
def test_a_path_in_the_place_of_a_brief_is_answered_with_what_was_meant(small: Path, name: str) -> None:
    before = {"preview": ("card",), "why": ("story.jpg",)}.get(name, ())
    for path in (small, str(small)):
        with pytest.raises(TypeError) as caught:
            getattr(assetgen, name)(*before, path)
        assert str(caught.value).startswith(f"assetgen.{name} takes what assetgen.load gives: assetgen.{name}(")
        assert f"assetgen.load('{small}'))" in str(caught.value)

    with pytest.raises(TypeError) as caught:
        assetgen.run(None)  # type: ignore[arg-type]
    wanted = "assetgen.run takes what assetgen.load gives: assetgen.run(assetgen.load('campaigns/spring.yaml'))"
    assert str(caught.value) == wanted


def test_a_brief_can_be_read(small: Path) -> None:
    change(small, "layout: card", "layout: card\nbudget: {run: 20, month: 300}")
    brief = assetgen.load(str(small))

    assert (brief.name, brief.title, brief.locales, brief.provider) == ("small", "Small", ("en-US",), "studio")
    assert list(brief.scenes) == ["shelf"]
    assert [channel.id for channel in brief.channels] == [SQUARE, AMAZON]
    assert brief.budget
    assert brief.budget.run == Decimal(20)
    assert repr(brief).startswith("<Brief small: products.csv; shelf; en-US; 2 channels: ")
    assert len(repr(brief)) < 300
    assert "budget    20 USD for a run, 300 USD for a month" in str(brief).splitlines()[6]
    assert repr(brief.channels[0]) == f"Channel('{SQUARE}', 1080 x 1080)"


def test_a_campaign_is_loaded_as_on_another_day_and_in_pseudo_locales(small: Path) -> None:
    assert assetgen.load(small, on=date(2026, 11, 27)).today == date(2026, 11, 27)
    assert type(assetgen.load(small, on=datetime(2026, 11, 27, 9, 30)).today) is date  # noqa: DTZ001 - a day is a day
    pseudo = assetgen.load(small, pseudo=True)
    assert (pseudo.name, len(pseudo.locales)) == ("small-pseudo", 3)


def test_a_plan_tells_itself_in_words_once_it_was_gone_through(brief: assetgen.Brief) -> None:
    plan = assetgen.plan(brief, provider=Flat())
    assert repr(plan) == "<Plan of small: ask for its summary, or iterate it>"

    assert str(plan.summary) == "6 assets: 6 new; 1 request, free"
    assert repr(plan) == "<Plan of small: 6 assets: 6 new; 1 request, free>"
    assert plan.warnings == ()
    first = next(item for item in plan if isinstance(item, ProductPlan)).planned[0].asset
    assert isinstance(first, assetgen.Asset)
    assert repr(first) == f"Asset('{AMAZON}/A-1--packshot--all', 1000 x 1000)"


def test_a_plan_takes_a_part_of_the_campaign(brief: assetgen.Brief) -> None:
    def assets(**part: object) -> int:
        return assetgen.plan(brief, provider=Flat(), **part).summary.assets  # type: ignore[arg-type]

    assert assets(select="sku:A-1") == 2
    assert assets(select=["sku:A-1,B-2", f"channel:{AMAZON}"]) == 2
    assert assets(limit=1) == 2
    with pytest.raises(assetgen.InputError, match="have no field `color`"):
        assets(select="color:red")
    with pytest.raises(ValueError, match="at least 1, not 0"):
        assets(limit=0)
    with pytest.raises(ValueError, match="one of plate, cutout, compose, not 'paint'"):
        assets(force_step="paint")


def test_a_step_can_be_asked_for_again(ran: assetgen.Brief) -> None:
    assert assetgen.plan(ran, provider=Flat()).summary.to_do == 0
    assert assetgen.plan(ran, provider=Flat(), force_step="compose").summary.to_do == 6
    assert assetgen.run(ran, provider=Flat(), force_step="compose", limit=1).made == 2


def test_a_plan_comes_as_a_frame(brief: assetgen.Brief) -> None:
    change(Path("campaigns/products.csv"), "green.png", "lost.png")
    plan = assetgen.plan(brief, provider=Flat())

    frame = plan.frame()
    assert frame.state.value_counts().to_dict() == {"new": 4, "set aside": 1}
    squares = frame[frame.channel == SQUARE]
    assert squares[["sku", "scene", "locale", "take", "width", "height", "mode"]].iloc[0].to_list() == [
        "A-1",
        "shelf",
        "en-US",
        1,
        1080,
        1080,
        "plate",
    ]
    assert len(set(squares.plate)) == 1
    assert frame[frame.channel == AMAZON].plate.isna().all()
    assert "green.png" not in frame.reason.to_list()[0]
    assert frame[frame.state == "set aside"].place.item() == "campaigns/products.csv:3 (row 2)"
    assert plan.summary.set_aside == 1

    wanted = f"sku:{','.join(frame[frame.state == 'new'].sku.unique()[1:])}"
    assert assetgen.run(brief, provider=Flat(), select=wanted).made == 2


def test_an_empty_frame_has_its_columns(brief: assetgen.Brief) -> None:
    frame = assetgen.plan(brief, provider=Flat(), select="state:changed").frame()
    assert frame.empty
    assert {"state", "id", "sku", "channel", "reason"} < set(frame.columns)


def test_exactly_a_saved_plan_is_run(brief: assetgen.Brief) -> None:
    plan = assetgen.plan(brief, provider=Flat(), select="sku:A-1")
    plan.save("plans/today.json")
    saved = Path("plans/today.json").read_text(encoding="utf-8").splitlines()
    assert saved == list(plan.lines())
    assert json.loads(saved[-1])["summary"]["assets"] == 2

    with pytest.raises(ValueError, match="leave out `select`"):
        assetgen.run(brief, plan="plans/today.json", select="sku:B-2")
    assert assetgen.run(brief, provider=Flat(), plan="plans/today.json").made == 2
    with pytest.raises(assetgen.InputError, match="was carried out"):
        assetgen.run(brief, provider=Flat(), plan="plans/today.json")


def test_an_outcome_tells_what_was_made_and_why(brief: assetgen.Brief) -> None:
    change(Path("campaigns/products.csv"), "green.png", "lost.png")

    outcome = assetgen.run(brief, provider=Flat(), jobs=2, summary="how/it-went.md")

    assert repr(outcome) == f"<Outcome: 4 made, 0 up to date, 1 row set aside; exit code 1; {OUTPUT.absolute()}>"
    assert {file.path for file in outcome.files} == pictures(OUTPUT)
    assert {file.reason for file in outcome.files} == {"never made"}
    frame = outcome.frame()
    assert frame.state.to_list() == ["made"] * 4 + ["set aside"]
    assert set(frame[frame.state == "made"].file) == pictures(OUTPUT)
    assert set(frame[frame.state == "made"].id) <= set(assetgen.plan(brief, provider=Flat()).frame().id)
    aside = frame[frame.state == "set aside"].iloc[0]
    assert (aside.sku, aside.place) == ("B-2", "campaigns/products.csv:3 (row 2)")
    assert Path("how/it-went.md").read_text(encoding="utf-8").startswith("## Small")


def test_the_frame_of_an_outcome_tells_what_went_wrong(small: Path) -> None:
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a shelf for a {{ product.title }}")
    write(Path("templates/channels.yaml"), STRICT)
    brief = assetgen.load(small)

    frame = assetgen.run(brief, provider=Flat(refuses=("Cup",))).frame()

    assert frame.state.value_counts().to_dict() == {"made": 3, "rejected": 2, "not made": 1}
    assert frame[frame.state == "not made"].id.item() == f"{SQUARE}/B-2--shelf--en-US"
    assert "was refused" in frame[frame.state == "not made"].problem.item()
    rejected = frame[frame.state == "rejected"]
    assert rejected.file.str.startswith("rejected/").all()
    assert rejected.problem.str.contains("puts its buttons").all()

    again = assetgen.run(brief, provider=Flat(refuses=("Cup",))).frame()
    assert again.state.value_counts().to_dict() == {"rejected": 2, "not made": 1}
    assert set(again[again.state == "rejected"].file) == set(rejected.file)


def test_orphans_are_in_the_frame_until_they_are_pruned(ran: assetgen.Brief) -> None:
    change(ran.file, f", {AMAZON}]", "]")
    fewer = assetgen.load(ran.file)

    outcome = assetgen.run(fewer, provider=Flat())
    assert outcome.frame().state.to_list() == ["orphan"] * 3
    assert assetgen.plan(fewer, provider=Flat()).frame().state.value_counts().to_dict() == {
        "up to date": 3,
        "orphan": 3,
    }

    assert assetgen.run(fewer, provider=Flat(), prune=True).pruned == 3
    assert len(pictures(OUTPUT)) == 3


def test_budgets_hold_unless_one_says_otherwise(small: Path) -> None:
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a shelf for a {{ product.title }}")
    change(small, "layout: card", "layout: card\nbudget: {run: 0.25}")
    brief, dear = assetgen.load(small), Dear(cost=Decimal("0.10"))

    with pytest.raises(assetgen.BudgetError) as caught:
        assetgen.run(brief, provider=dear)
    assert caught.value.exit_code == 5
    outcome = assetgen.run(brief, provider=dear, partly=True)
    assert (outcome.exit_code, len(outcome.failures), outcome.spent["USD"]) == (5, 1, Decimal("0.20"))

    unknown = Flat(cost=None)
    with pytest.raises(assetgen.BudgetError):
        assetgen.run(brief, provider=unknown, select="sku:C-3")
    assert assetgen.run(brief, provider=unknown, select="sku:C-3", allow_unknown_price=True).failures == ()

    spending = assetgen.spend(brief.root, by="provider")
    assert [(expense.name, expense.calls, expense.amount) for expense in spending if expense.currency] == [
        ("flat", 2, Decimal("0.20"))
    ]
    assert spending.frame().columns.to_list() == [
        "name",
        "calls",
        "unconfirmed",
        "unpriced",
        "amount",
        "estimated",
        "currency",
    ]
    assert assetgen.spend(by="campaign", month="1999-01") == ()
    with pytest.raises(ValueError, match="`by` is one of campaign, model, provider, day, not 'sku'"):
        assetgen.spend(by="sku")  # type: ignore[arg-type]


def test_batches_are_for_providers_that_take_them(brief: assetgen.Brief) -> None:
    with pytest.raises(assetgen.InputError, match="provider `flat` takes no batches"):
        assetgen.run(brief, provider=Flat(), batch=True)


def test_what_is_not_here_is_not_fetched_offline(small: Path) -> None:
    change(Path("campaigns/products.csv"), "red.png", "https://127.0.0.1:9/red.png")
    brief = assetgen.load(small)

    assert assetgen.plan(brief, provider=Flat(), offline=True).summary.set_aside == 1
    assert len(assetgen.check(brief, provider=Flat(), offline=True).rejects) == 1
    assert len(assetgen.run(brief, provider=Flat(), offline=True).rejects) == 1


def test_events_are_told_to_a_class_of_one_s_own(brief: assetgen.Brief) -> None:
    class Log(assetgen.Events):
        def __init__(self) -> None:  # a class need not know that there are functions too
            self.told: list[tuple[str, int, int]] = []

        def step(self, stage: str, done: int, total: int) -> None:
            self.told.append((stage, done, total))

    log = Log()
    assetgen.run(brief, provider=Flat(), events=log)

    assert [told for told in log.told if told[0] == "pictures"] == [("pictures", n, 6) for n in range(1, 7)]
    assert ("plates", 1, 1) in log.told


def test_events_are_told_to_functions(brief: assetgen.Brief) -> None:
    told: list[object] = []
    events = assetgen.Events(
        planned=lambda summary: told.append(summary.to_do), step=lambda *step: told.append(step), note=told.append
    )

    assetgen.run(brief, provider=Flat(), events=events, select="sku:A-1")
    assert told[0] == 2
    assert ("pictures", 2, 2) in told
    events.note("a sentence")
    assert told[-1] == "a sentence"

    told.clear()
    assetgen.inspect(brief, events=events)
    assert told == [("files", 1, 2), ("files", 2, 2)]


def test_a_listener_that_raises_ends_the_run_and_what_is_finished_stays(brief: assetgen.Brief) -> None:
    def enough(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("pictures", 2):
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        assetgen.run(brief, provider=Flat(), jobs=1, events=assetgen.Events(step=enough))

    assert len(manifest(OUTPUT)["assets"]) >= 2
    assert assetgen.run(brief, provider=Flat()).exit_code == 0
    assert len(pictures(OUTPUT)) == 6


def test_a_check_says_what_would_go_wrong(small: Path) -> None:
    assert assetgen.check(assetgen.load(small), provider=Flat()).passed

    change(Path("campaigns/copy.csv"), "Now here", "All the words that nobody has ever found room for " * 9)
    change(Path("campaigns/products.csv"), "green.png", "lost.png")
    found = assetgen.check(assetgen.load(small), provider=Flat())

    assert not found.passed
    assert [reject.sku for reject in found.rejects] == ["B-2"]
    assert len(found.overfull) == 1
    assert repr(found).startswith("<CampaignCheck: 4 assets: 4 new; 1 row set aside; 1 request, free; words in ")
    frame = found.frame()
    assert frame[frame["size"].isna()].layer.to_list() == ["text"]
    assert frame.problem.notna().sum() == 1


def test_a_layout_is_shown_with_the_words_of_a_campaign(brief: assetgen.Brief, small: Path) -> None:
    sheet = assetgen.preview("card", brief, guides=True, file="sheets/card.png")

    height, width, _ = sheet.pixels.shape
    assert repr(sheet) == f"<LayoutSheet: {width} x {height}, 0 problems>"
    assert Path("sheets/card.png").read_bytes() == sheet._repr_png_()
    with pytest.raises(assetgen.InputError, match="no layout `cart`"):
        assetgen.preview("cart", brief)


def test_why_says_what_changed(ran: assetgen.Brief) -> None:
    file = OUTPUT / next(name for name in sorted(pictures(OUTPUT)) if name.startswith(SQUARE))
    assert assetgen.why(file, assetgen.load(ran.file)).state == "changed"  # the studio would make it another plate

    with pytest.raises(assetgen.InputError, match="no run of campaign `small` made this file"):
        assetgen.why("campaigns/red.png", ran)
    assert assetgen.why(str(file)) == assetgen.why(file, ran)


def test_diff_tells_two_manifests_apart(ran: assetgen.Brief) -> None:
    before = write(Path("before.json"), (OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    assert repr(assetgen.diff(before, OUTPUT / "manifest.json")) == "<Difference: nothing changed>"

    change(Path("campaigns/products.csv"), "10.00", "9.00")
    assetgen.run(ran, provider=Flat())
    changes = assetgen.diff("before.json", str(OUTPUT / "manifest.json"), page="pages/changes.html")

    assert [change.id for change in changes] == [f"{SQUARE}/A-1--shelf--en-US"]
    assert [len(group) for group in changes.by_cause.values()] == [1]
    assert changes.frame().columns.to_list() == ["id", "cause", "reason", "before", "after", "file"]
    assert Path("pages/changes.html").stat().st_size


def test_pictures_are_inspected_wherever_they_are(ran: assetgen.Brief) -> None:
    made = assetgen.inspect(ran)
    assert {Path(one.file) for one in made} == {Path.cwd() / OUTPUT / name for name in pictures(OUTPUT)}
    assert {one.channel for one in made} == {SQUARE, AMAZON}

    found = assetgen.inspect("campaigns", channel=SQUARE)
    assert [one.file.name for one in found] == ["blue.png", "green.png", "red.png"]
    assert assetgen.inspect([Path("campaigns/red.png"), "campaigns/blue.png"], channel=SQUARE)[1] == found[0]
    assert repr(found) == f"<Inspection: 3 files, {len(found.broken)} that break a rule>"

    frame = found.frame()
    assert frame[["format", "width", "height"]].iloc[0].to_list() == ["png", 240, 240]
    assert frame.level.to_list() == ["error"] * len(found)
    assert frame.errors.str.contains("size").all()

    with pytest.raises(assetgen.InputError, match="no channel `amazon-mian`"):
        assetgen.inspect("campaigns", channel="amazon-mian")
    with pytest.raises(ValueError, match="leave out `channel`"):
        assetgen.inspect(ran, channel=SQUARE)


def test_files_are_published_and_feeds_written(small: Path) -> None:
    change(small, "layout: card\n", f"{PUBLISH}feeds: [{{file: feeds/table.csv, pictures: {{photo: {SQUARE}}}}}]\n")
    brief = assetgen.load(small)
    with pytest.raises(assetgen.InputError, match="has no pictures yet"):
        assetgen.publish(brief)
    assetgen.run(brief, provider=Flat())

    assert len(assetgen.publish(brief, dry_run=True).files.uploaded) == 6
    assert not Path("public").exists()
    (would,) = assetgen.feeds(brief, dry_run=True)
    assert (would.products, would.changed, Path("feeds/table.csv").exists()) == (3, True, False)

    published = assetgen.publish(brief)
    assert (published.problems, published.lost, len(published.feeds)) == ((), (), 1)
    assert repr(published) == "<Publication: 6 uploaded, 0 there already, 0 removed; 1 feed, 0 problems>"
    assert pictures(Path("public")) == {f"small/{name}" for name in pictures(OUTPUT)}
    assert assetgen.publish(brief).as_json()["there"] == 6
    (again,) = assetgen.feeds(brief)
    assert not again.changed


def test_the_products_may_be_a_frame(small: Path) -> None:
    frame = pd.DataFrame({"sku": ["A-1", "N-9"], "title": ["Ball", "New"], "price": [12.5, None], "photo": "red.png"})
    frame["currency"] = "EUR"
    Path("campaigns/products.csv").unlink()

    brief = assetgen.load(small, products=frame)
    assert "products  a frame" in str(brief)
    outcome = assetgen.run(brief, provider=Flat())

    assert (outcome.made, outcome.rejects) == (4, ())
    assert set(outcome.frame().sku) == {"A-1", "N-9"}
    assert assetgen.plan(brief, provider=Flat()).summary.up_to_date == 4
    assert assetgen.check(brief, provider=Flat()).passed
    assert assetgen.preview("card", brief).problems == ()
    with pytest.raises(TypeError, match="takes a pandas frame for `products`, not a str"):
        assetgen.load(small, products="campaigns/products.csv")  # type: ignore[arg-type]


def test_a_frame_makes_the_pictures_that_its_file_makes(ran: assetgen.Brief) -> None:
    before = {name: digest for name, digest in tree(OUTPUT).items() if name in pictures(OUTPUT)}

    frame = pd.read_csv("campaigns/products.csv", dtype=str)
    outcome = assetgen.run(assetgen.load(ran.file, products=frame[::-1]), provider=Flat())

    assert (outcome.made, outcome.summary.up_to_date, outcome.orphans) == (0, 6, ())
    assert {name: digest for name, digest in tree(OUTPUT).items() if name in pictures(OUTPUT)} == before


def test_a_row_of_a_frame_that_cannot_be_used_is_told_by_its_number(small: Path) -> None:
    frame = pd.read_csv("campaigns/products.csv", dtype=str)
    frame.loc[1, "sku"] = None

    (reject,) = assetgen.run(assetgen.load(small, products=frame), provider=Flat()).rejects

    assert reject.problem.location
    assert reject.problem.location.row == 2
    with pytest.raises(assetgen.InputError, match="no rows"):
        assetgen.run(assetgen.load(small, products=frame[:0]), provider=Flat())


def test_a_feed_is_a_supplement_where_the_products_are_a_frame(small: Path) -> None:
    change(small, "layout: card\n", f"{PUBLISH}feeds: [{{file: feeds/table.csv, pictures: {{photo: {SQUARE}}}}}]\n")
    frame = pd.read_csv("campaigns/products.csv", dtype=str)
    brief = assetgen.load(small, products=frame)
    assetgen.run(brief, provider=Flat())

    (written,) = assetgen.feeds(brief)

    assert written.notes == ["a frame cannot be written back as it was: this is a supplemental feed"]
    assert written.products == 3


def test_options_of_commands_are_options_of_functions() -> None:
    """But for how a command prints, and for what a brief has already."""
    told = {"json", "fit", "detailed_exitcode", "rules"}
    elsewhere = {"campaign", "on", "pseudo", "files", "output"}  # `load`, `inspect`, `Plan.save`
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        if command.name in FUNCTIONS:
            ours = set(inspect.signature(getattr(assetgen, command.name)).parameters)
            assert {option.name for option in command.params} - told - elsewhere <= ours, command.name
    assert {"campaign", "on", "pseudo"} < set(inspect.signature(assetgen.load).parameters)
