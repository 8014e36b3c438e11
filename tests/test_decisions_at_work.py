"""The decisions of docs/architecture.md from the thirteenth on, each by its number: how work is done and told."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Barrier, Event

import pytest
from PIL import Image

import assetgen
from assetgen import fingerprint
from assetgen.cli import main
from assetgen.errors import Busy, Problem
from assetgen.model.request import ALONE, Attached, Generated, Rate, Request
from assetgen.production.lane import Lane, drive
from assetgen.production.pace import ROUNDS, Pace
from assetgen.production.pictures import Job
from assetgen.production.plan_stream import ProductPlan
from assetgen.production.waiting import MOST, Queue
from assetgen.prompts.filter_socket import filters
from tests.conftest import ROOT
from tests.imageserver import ImageServer
from tests.kit import Flat, change, manifest, pictures, tree, with_model, write
from tests.photoserver import PhotoServer
from tests.unsure_cutter import PHOTO, unsure_cutter, with_doubts

OUTPUT = Path("output/small")
DEGRADED = 1
SHOP = "layout: card\npublish: {to: public, base_url: https://cdn.example.com/shop}\n"


def product_plans(campaign: Path, day: date | None = None) -> list[ProductPlan]:
    plan = assetgen.plan(assetgen.load(campaign, on=day), provider=Flat())
    return [item for item in plan if isinstance(item, ProductPlan)]


def test_decision_13_a_call_is_noted_at_its_estimate_before_it_goes_out(small: Path, server: ImageServer) -> None:
    def spent() -> list[tuple[str, str]]:
        with closing(sqlite3.connect(".assetgen/ledger.sqlite")) as ledger:
            return ledger.execute("SELECT state, amount FROM spend").fetchall()

    during: list[list[tuple[str, str]]] = []
    server.answer = lambda _call, _nth: during.append(spent())  # which is None: the normal answer
    with_model(small, prices={"image": "0.10", "image_out": "30"})
    change(small, ", amazon-main]", "]")

    assert main(["run", str(small)]) == 0
    assert during == [[("noted", "0.10")]]
    [(state, amount)] = spent()
    assert (state, amount == "0.10") == ("paid", False)


def test_decision_14_failures_of_calls_that_were_under_way_together_count_once() -> None:
    """Twice as many as would shut a provider that fails in a row; then it answers, and all have their picture."""
    together = 2 * ROUNDS
    said, first = list[str](), Barrier(together)
    pace = Pace("flaky", Rate(), together, said.append)

    def picture(number: int) -> bytes:
        tries = iter(range(ROUNDS))

        def call() -> Generated:
            if next(tries) == 0:
                first.wait(20)
                raise Busy(Problem("out of order"), after=0.0, down=True)
            return Generated(b"%d" % number)

        return pace.ask(call, lambda answer: answer.data)

    with ThreadPoolExecutor(together) as threads:
        assert list(threads.map(picture, range(together))) == [b"%d" % number for number in range(together)]
    assert said == []


def test_decision_15_at_most_so_many_products_wait_and_then_the_table_is_not_read_on(small: Path) -> None:
    rows = "".join(f"P-{n},Thing {n},1.00,EUR,red.png\n" for n in range(MOST + 44))
    write(Path("campaigns/products.csv"), f"sku,title,price,currency,photo\n{rows}")
    change(small, "[instagram-feed-square, amazon-main]", "[instagram-feed-square]")
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a shelf for a {{ product.title }}")
    jobs = [Job(item.product, tuple(p.asset for p in item.planned), {}) for item in product_plans(small)]
    keys = [asset.plate.key for job in jobs for asset in job.assets if asset.plate]
    read: list[Job] = []

    def table() -> Iterator[Job]:
        for job in jobs:
            read.append(job)
            yield job

    queue = Queue(table(), keys)
    assert queue.draw() is None
    assert len(read) == MOST == 256

    queue.settled(keys[7])  # as soon as one need not wait any more, there is room for the next row
    assert queue.draw() is jobs[7]
    assert queue.draw() is None
    assert len(read) == MOST + 1


def test_decision_16_what_is_asked_for_is_in_the_request(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with_model(small)
    assert main(["prompts", "export", str(small)]) == 0
    exported = capsys.readouterr().out
    assert main(["run", str(small)]) == 0

    sent = str(server.calls[0].body["prompt"])
    told = {str(a["sources"]["request"]["prompt"]) for a in manifest(OUTPUT)["assets"] if a["sources"]["request"]}
    assert told == {sent}
    assert sent.splitlines()[0] in exported


class Interrupted(BaseException):
    """As a person's key, it comes from outside of the family of errors."""


def test_decision_17_what_has_begun_is_kept_and_what_has_not_is_dropped() -> None:
    """One thread, four items before it: the first is done, the second under way, and then somebody says stop."""
    begun, kept, under_way, go_on = list[int](), list[int](), Event(), Event()
    items = iter(range(5))

    def work(item: int) -> int:
        begun.append(item)
        if item == 1:
            under_way.set()
            go_on.wait(20)
        return item

    def keep(item: int, future: Future[int]) -> None:
        if item == 0:
            under_way.wait(20)
        kept.append(future.result())
        if item == 0:
            raise Interrupted

    with ThreadPoolExecutor(1) as thread:
        lane = Lane(thread, work, lambda: next(items, None), keep, window=lambda: 4, stop=go_on.set)
        with pytest.raises(Interrupted):
            drive(lane)

    assert kept == begun == [0, 1]


def test_decision_18_a_photo_is_known_before_it_is_planned_and_each_address_is_asked_once(
    small: Path, photos: PhotoServer
) -> None:
    address = photos.photo("/all.png", Path("campaigns/red.png").read_bytes())
    for name in ("red", "green", "blue"):
        change(Path("campaigns/products.csv"), f"{name}.png", address)
    change(small, "  file: products.csv", "  file: products.csv\n  fetch: {internal_hosts: [127.0.0.1]}")

    assert main(["plan", str(small)]) == 0
    assert [each.path for each in photos.asked] == ["/all.png"]


def test_decision_19_rules_look_at_the_bytes(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The ledger still says of this file that it was made on white."""
    white = next(Path("output/small/amazon-main").glob("B-2*"))
    Image.new("RGB", (2000, 2000), "#dddddd").save(white)

    assert main(["check", str(made), "--files"]) == DEGRADED
    assert "white-background" in capsys.readouterr().out


def test_decision_20_a_label_is_no_layer_of_a_layout(small: Path) -> None:
    with_model(small)
    change(small, "layout: card", "layout: card\ndisclosure: {label: eu}")
    plan = assetgen.plan(assetgen.load(small))
    assets = [each.asset for item in plan if isinstance(item, ProductPlan) for each in item.planned]

    assert {asset.channel.id: bool(asset.label) for asset in assets} == {
        "instagram-feed-square": True,
        "amazon-main": False,
    }
    assert {layer.layer for asset in assets for layer in asset.layers} == {"plate", "product", "text"}


def test_decision_21_published_names_never_change_their_contents(made: Path) -> None:
    change(made, "layout: card\n", SHOP)
    assert main(["publish", str(made)]) == 0
    before = tree(Path("public"))
    change(Path("campaigns/products.csv"), "10.00", "9.00")
    assert main(["run", str(made)]) == 0
    assert main(["publish", str(made)]) == 0

    after = tree(Path("public"))
    assert len(pictures(Path("public"))) == 7
    assert {name: after[name] for name in before if name.endswith(".jpg")}.items() <= before.items()


def test_decision_22_a_feed_is_cut_and_not_written_anew(made: Path) -> None:
    table = Path("campaigns/products.csv")
    odd = (
        'sku,title,price,currency,photo,note\r\nA-1,"Ball",10.00,EUR,red.png,"a ""b"", c"\r\n'
        "B-2,Cup,20.00,EUR,green.png, x \r\n"
    )
    table.write_bytes(odd.encode())
    change(made, "layout: card\n", f"{SHOP}feeds: [{{file: feed.csv, pictures: {{photo: amazon-main}}}}]\n")
    assert main(["run", str(made)]) == 0
    assert main(["feeds", str(made)]) == 0

    fed = Path("feed.csv").read_bytes().decode()
    for asset in manifest(OUTPUT)["assets"]:
        if asset["channel"] == "amazon-main" and asset["state"] == "current":
            address = f"https://cdn.example.com/shop/small/{asset['file']}"
            assert fed.count(address) == 1
            fed = fed.replace(address, asset["sources"]["photo"])
    assert fed == odd


def test_decision_23_the_day_is_an_input_and_keys_hold_only_what_comes_of_it(small: Path) -> None:
    change(small, "    prompt: shelf\n", "    prompt: shelf\n    from: 2026-12-01\n    until: 2026-12-24\n")

    def shown(day: date) -> dict[str, str]:
        return {p.asset.id: p.asset.key for item in product_plans(small, day) for p in item.planned}

    advent, eve = shown(date(2026, 12, 1)), shown(date(2026, 12, 24))
    assert advent == eve
    assert len(advent) == 6
    assert len(shown(date(2026, 12, 25))) == 3


@pytest.mark.parametrize("recipe", ["composing", "encoding"])
def test_decision_24_a_recipe_is_part_of_the_key(small: Path, recipe: str) -> None:
    """What the numbers stand for is held by test_recipe.py."""
    inputs = {planned.asset.inputs[recipe] for each in product_plans(small) for planned in each.planned}
    assert len(inputs) == 1
    assert all(fingerprint.key(p.asset.inputs) == p.asset.key for each in product_plans(small) for p in each.planned)


def test_decision_25_a_layer_knows_about_itself_and_all_its_fields_enter_the_key(small: Path) -> None:
    """The sweep over all fields of all kinds is in test_layers.py."""

    def keys() -> dict[str, str]:
        return {p.asset.id: p.asset.key for each in product_plans(small) for p in each.planned if p.asset.plate}

    before = keys()
    change(Path("templates/layouts/card.yaml"), "layer: text, ", "layer: text, align: center, ")
    after = keys()
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def test_decision_26_what_a_filter_looks_up_it_declares() -> None:
    """A filter of somebody else's that does not is in test_plugin.py."""
    declared = {name: filters()[name].names for name in ("money", "percent", "title")}
    assert declared == {
        "money": {"locale", "product.currency", "decimal_sign"},
        "percent": {"locale", "decimal_sign"},
        "title": {"locale"},
    }


class Careless(Flat):
    """A provider that raises what none should."""

    def generate(self, request: Request, attached: Attached = ALONE) -> Generated:  # noqa: ARG002 - part of the socket
        raise KeyError("data")


def test_decision_27_a_fault_of_somebody_elses_code_is_told_by_its_name_and_costs_only_its_work(small: Path) -> None:
    outcome = assetgen.run(assetgen.load(small), provider=Careless())

    scenic = [planned for each in product_plans(small) for planned in each.planned if planned.asset.plate]
    assert len(outcome.failures) == len(scenic)
    assert {failure.problem.message for failure in outcome.failures} == {"provider `flat` failed with KeyError: 'data'"}
    assert outcome.made > 0


def test_decision_28_time_is_asked_for_in_one_place(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That nobody else asks for it is in test_clock.py."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert assetgen.load(small).today == date(2001, 9, 9)


def test_decision_29_an_amount_that_can_be_read_in_two_ways_is_read_in_no_way(small: Path) -> None:
    change(Path("campaigns/products.csv"), "10.00", "1.299")

    assert [reject.sku for reject in assetgen.check(assetgen.load(small)).rejects] == ["A-1"]
    change(small, "file: products.csv", "file: products.csv\n  numbers: german")
    assert not assetgen.check(assetgen.load(small)).rejects


def test_decision_30_a_templates_work_is_counted_and_not_timed(small: Path) -> None:
    change(
        Path("templates/prompts/shelf.j2"),
        "a shelf",
        "{% for i in range(99999) %}{% for k in range(9) %}x{% endfor %}{% endfor %}",
    )

    found = [str(reject.problem.message) for reject in assetgen.check(assetgen.load(small)).rejects]
    assert found
    assert found == [str(reject.problem.message) for reject in assetgen.check(assetgen.load(small)).rejects]


def test_decision_31_a_crash_never_ends_with_1(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_: int) -> None:
        raise KeyError("unforeseen")

    monkeypatch.setattr(os, "fsync", fsync)
    assert main(["run", str(small)]) == 70
    assert "unforeseen" in next(Path(".assetgen").glob("fault-*.txt")).read_text(encoding="utf-8")


def test_decision_32_what_is_doubtful_waits_for_a_person(small: Path, tmp_path: Path) -> None:
    change(small, "layout: card\n", SHOP)
    with_doubts(small)

    def kept_back() -> set[str]:
        return {name.partition("/")[0] for name in pictures(OUTPUT) if "A-1" in name}

    with unsure_cutter(tmp_path):
        assert main(["run", str(small)]) == DEGRADED
        cutouts = tree(Path(".assetgen/store/cutouts"))
        assert kept_back() == {"held"}
        assert main(["publish", str(small)]) == 0
        assert not [name for name in pictures(Path("public")) if "A-1" in name]

        word = fingerprint.digest(PHOTO.read_bytes())
        change(Path("campaigns/products.csv"), "photo\n", "photo,cutout_ok\n")
        change(Path("campaigns/products.csv"), "ball.png\n", f"ball.png,{word}\n")
        change(Path("campaigns/products.csv"), "green.png\n", "green.png,\n")
        change(Path("campaigns/products.csv"), "blue.png\n", "blue.png,\n")
        assert main(["run", str(small)]) == 0
        assert "held" not in kept_back()
        assert tree(Path(".assetgen/store/cutouts")) == cutouts
        assert main(["publish", str(small)]) == 0
        assert [name for name in pictures(Path("public")) if "A-1" in name]

        change(Path("campaigns/products.csv"), word, f"{word} no")
        assert main(["publish", str(small)]) == 0
        assert not [name for name in pictures(Path("public")) if "A-1" in name]
        assert main(["run", str(small)]) == DEGRADED
        assert kept_back() == {"held"}


def test_decision_33_two_witnesses_cut_a_photo_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    box = Image.new("RGB", (600, 600), (250, 250, 250))
    for top, colour in ((120, (40, 90, 160)), (240, (242, 241, 238)), (420, (40, 90, 160))):
        box.paste(colour, (200, top, 400, 500))
    (tmp_path / "photos").mkdir()
    box.save(tmp_path / "photos/box.png")

    def cut(photo: Path, *options: str) -> tuple[str, object]:
        """What is said of a cutout, and how much of its middle is product."""
        main(["cutout", str(photo), "--output", str(tmp_path), *options])
        with Image.open(tmp_path / f"{photo.stem}.png") as made:
            return capsys.readouterr().out, made.getchannel("A").getpixel((made.width // 2, made.height * 33 // 60))

    clear_glass = ROOT / "tests/photos/candle.jpg"
    told, middle = cut(tmp_path / "photos/box.png")
    assert "good, by plain and u2netp" in told
    assert middle == 255, "the white label is part of the box"
    told, middle = cut(tmp_path / "photos/box.png", "--method", "plain")
    assert middle == 0, "colour alone cannot see it"
    assert "check, by plain and u2netp" in cut(clear_glass)[0]
