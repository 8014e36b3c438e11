"""`assetgen doctor`: what has to be there before money is spent."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assetgen.cli import main
from assetgen.errors import Problem, SetupError
from assetgen.providers.openai import OpenAI
from assetgen.providers.openai.examination import examine
from tests.imageserver import Call, ImageServer
from tests.imageserver.replies import Reply, json_reply
from tests.kit import Flat, change, tree, write

NETWORK = {"reachable", "model"}


class Doctor:
    """Runs the command and keeps what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.exit_code = 0

    def __call__(self, *arguments: str | Path) -> dict[str, dict[str, Any]]:
        """The lines by subject; of several on one subject the worst."""
        self._capsys.readouterr()
        self.exit_code = main(["doctor", "--json", *map(str, arguments)])
        lines = [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]
        return {line["subject"]: line for line in sorted(lines, key=lambda line: "owp".index(line["level"][0]))}


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    return Doctor(capsys)


@pytest.fixture
def server(loopback: None) -> Iterator[ImageServer]:
    with ImageServer() as server:
        yield server


@pytest.fixture
def paid(small: Path, server: ImageServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small campaign, whose plates the server makes."""
    monkeypatch.setenv("OPENAI_API_KEY", server.key)
    return buy(small, base_url=server.url)


def buy(campaign: Path, **settings: str) -> Path:
    chosen = {"name": "openai", "model": "gpt-image-2.6-flare", **settings}
    lines = "".join(f"  {name}: {value}\n" for name, value in chosen.items())
    return write(campaign, f"{campaign.read_text(encoding='utf-8')}provider:\n{lines}")


def in_days(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days)).isoformat()


def test_without_a_campaign_the_machine_and_the_folder_are_looked_at(small: Path, doctor: Doctor) -> None:
    found = doctor()

    assert doctor.exit_code == 0
    assert {"python", "assetgen", "fonts", "rembg", "pyarrow", "disk", "ledger"} <= set(found)
    assert {line["level"] for line in found.values()} == {"ok"}


def test_the_stranger_who_has_our_name_on_the_index_is_told(
    small: Path, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "index/assetgen-0.3.10.dist-info/METADATA", "Name: assetgen\nVersion: 0.3.10\n")
    monkeypatch.syspath_prepend(str(tmp_path / "index"))
    told = doctor()["assetgen"]

    assert told["level"] == "problem"
    assert told["message"] == "the package `assetgen` 0.3.10 is another project, and its files lie among ours"
    assert "pip uninstall assetgen" in told["hint"]


def test_a_campaign_that_costs_nothing_is_ready(small: Path, doctor: Doctor) -> None:
    found = doctor(small)

    assert doctor.exit_code == 0
    assert {line["level"] for line in found.values()} == {"ok"}
    assert found["campaign"]["message"] == "campaigns/small.yaml: 1 scene, 2 channels, 1 locale"
    assert "free" in found["budget"]["message"]


def test_nothing_is_left_behind(small: Path, doctor: Doctor, tmp_path: Path) -> None:
    before = tree(tmp_path)

    doctor(small)

    assert tree(tmp_path) == before
    assert not Path(".assetgen").exists()


def test_people_read_a_line_for_each_thing_and_the_way_out_below(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", str(buy(small)), "--offline"]) == 3

    lines = capsys.readouterr().out.splitlines()
    assert "ok       campaign      campaigns/small.yaml: 1 scene, 2 channels, 1 locale" in lines
    after = lines.index(next(line for line in lines if line.startswith("problem  key           ")))
    assert lines[after + 1].startswith("         -> ")


def test_a_missing_key_is_named_by_its_variable(small: Path, doctor: Doctor) -> None:
    found = doctor(buy(small, api_key_env="SHOP_API_KEY"))

    assert doctor.exit_code == 3
    assert found["key"]["level"] == "problem"
    assert "`SHOP_API_KEY`" in found["key"]["message"]
    assert not NETWORK & set(found)


def test_a_key_is_never_shown(paid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", str(paid)])

    out, err = capsys.readouterr()
    assert "OPENAI_API_KEY is set" in out
    assert "sk-test" not in out + err


def test_a_key_with_quotes_from_a_word_processor_is_seen_before_it_is_sent(
    small: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "“sk-test”")

    assert doctor(buy(small))["key"]["level"] == "problem"
    assert doctor.exit_code == 3


def test_a_server_at_home_needs_no_key(paid: Path, server: ImageServer, doctor: Doctor, monkeypatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    server.key = ""

    found = doctor(paid)

    assert (found["key"]["level"], found["model"]["level"]) == ("ok", "ok")


def test_a_model_that_is_there_is_fine_and_nothing_is_bought(paid: Path, server: ImageServer, doctor: Doctor) -> None:
    found = doctor(paid)

    assert doctor.exit_code == 0
    assert found["reachable"]["message"].startswith(f"{server.url} answers in ")
    assert found["model"]["message"] == "`gpt-image-2.6-flare` is there"
    assert {call.method for call in server.calls} == {"GET"}


@pytest.mark.parametrize(("days", "level"), [(400, "ok"), (6, "warning"), (-1, "problem")])
def test_a_model_that_shuts_down_is_told_in_time(
    paid: Path, server: ImageServer, doctor: Doctor, days: int, level: str
) -> None:
    change(paid, "gpt-image-2.6-flare", "gpt-image-1.5")
    server.models = {"gpt-image-1.5": in_days(days), "gpt-image-2.6-flare": None}

    model = doctor(paid)["model"]

    assert model["level"] == level
    assert in_days(days) in model["message"]
    assert model["hint"] == (None if level == "ok" else "choose `gpt-image-2.6-flare`")
    assert doctor.exit_code == (3 if level == "problem" else 0)


@pytest.mark.parametrize(("days", "words"), [(6, "in 6 days"), (1, "tomorrow"), (0, "today"), (-2, "was shut down on")])
def test_the_days_that_a_model_has_left_are_counted(
    paid: Path, server: ImageServer, doctor: Doctor, days: int, words: str
) -> None:
    server.models = {"gpt-image-2.6-flare": in_days(days)}

    assert words in doctor(paid)["model"]["message"]


def test_the_nearest_model_is_named_for_one_that_is_not_there(paid: Path, server: ImageServer, doctor: Doctor) -> None:
    server.models = {"gpt-image-2.6-flame": in_days(30), "gpt-image-2.6-glare": None, "dall-e-3": None}

    model = doctor(paid)["model"]

    assert doctor.exit_code == 3
    assert "`gpt-image-2.6-flare` is not there" in model["message"]
    assert model["hint"] == "did you mean `gpt-image-2.6-glare`?"


def test_models_are_listed_where_none_is_near(paid: Path, server: ImageServer, doctor: Doctor) -> None:
    server.models = dict.fromkeys(["babel-1", "dall-e-3", "ada-2"])

    assert doctor(paid)["model"]["hint"] == "it has dall-e-3, babel-1, ada-2"


def test_a_wrong_key_is_told_from_a_missing_one(paid: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")

    found = doctor(paid)

    assert doctor.exit_code == 3
    assert "does not accept the key" in found["key"]["message"]
    assert "`OPENAI_API_KEY`" in found["key"]["hint"]
    assert found["reachable"]["level"] == "ok"


def test_a_server_that_is_not_there_cannot_be_reached(small: Path, loopback: None, doctor: Doctor) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"

    found = doctor(buy(small, base_url=address))

    assert doctor.exit_code == 3
    assert found["reachable"]["level"] == "problem"
    assert address in found["reachable"]["hint"]
    assert "model" not in found


def test_a_server_without_a_list_of_models_is_only_a_warning(
    small: Path, server: ImageServer, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", server.key)

    found = doctor(buy(small, base_url=server.url.removesuffix("/v1")))

    assert doctor.exit_code == 0
    assert (found["reachable"]["level"], found["model"]["level"]) == ("ok", "warning")


def test_a_price_that_nobody_knows_is_a_warning(paid: Path, doctor: Doctor) -> None:
    write(paid, f"{paid.read_text(encoding='utf-8')}  family: compatible\nbudget: {{run: 5}}\n")

    found = doctor(paid)

    assert doctor.exit_code == 0
    assert (found["prices"]["level"], found["budget"]["level"]) == ("warning", "warning")
    assert "`prices`" in found["prices"]["hint"]
    assert "--allow-unknown-price" in found["budget"]["hint"]


def test_prices_of_the_campaign_take_the_place_of_the_table(paid: Path, doctor: Doctor) -> None:
    write(paid, f"{paid.read_text(encoding='utf-8')}  prices: {{image: 0.04, currency: EUR}}\nbudget: {{run: 5}}\n")

    found = doctor(paid)

    assert found["prices"]["message"] == "the campaign's own: at most 0.04 EUR for a square picture"
    assert found["budget"]["message"] == "at most 5 USD for a run"


def test_old_prices_are_to_be_looked_at() -> None:
    settings = OpenAI()

    levels = {
        found.level for found in examine(settings, online=False, today=date(2029, 1, 1)) if found.subject == "prices"
    }

    assert levels == {"warning"}


def test_a_campaign_that_costs_money_wants_a_budget(paid: Path, doctor: Doctor) -> None:
    budget = doctor(paid)["budget"]

    assert budget["level"] == "warning"
    assert "budget" in budget["hint"]


def test_a_model_of_an_unknown_name_is_doubted(paid: Path, server: ImageServer, doctor: Doctor) -> None:
    change(paid, "gpt-image-2.6-flare", "flux")
    server.models = {"flux": None}

    found = doctor(paid)

    assert found["provider"]["level"] == "warning"
    assert "`flux`" in found["provider"]["message"]


def test_offline_asks_nobody(small: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")

    found = doctor(buy(small), "--offline")

    assert doctor.exit_code == 0
    assert found["key"]["level"] == "ok"
    assert not NETWORK & set(found)


def test_problems_of_a_campaign_are_counted_and_the_first_is_told(small: Path, doctor: Doctor) -> None:
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nfonts: {heading: Intr}")
    change(Path("templates/prompts/shelf.j2"), "scene.name", "product.colour")

    found = doctor(small)

    assert doctor.exit_code == 3
    assert "2 problems" in found["campaign"]["message"]
    assert found["campaign"]["hint"] == "see `assetgen check campaigns/small.yaml`"
    assert found["fonts"]["hint"] == "did you mean `Inter`?"


def test_a_campaign_that_cannot_be_read_is_an_error_of_its_file(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "brand: plain", "brnad: plain")

    assert main(["doctor", str(small)]) == 2
    assert "campaigns/small.yaml" in capsys.readouterr().err


def test_a_file_among_the_fonts_that_is_none_is_told(small: Path, doctor: Doctor) -> None:
    write(Path("templates/fonts/Own.ttf"), "<html>")

    found = doctor()

    assert doctor.exit_code == 3
    assert "templates/fonts/Own.ttf" in found["fonts"]["message"]


def test_a_model_for_cutouts_that_the_campaign_names_has_to_be_there(
    small: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("U2NET_HOME", str(tmp_path / "none"))
    write(small, f"{small.read_text(encoding='utf-8')}cutouts:\n  - cutout: rembg:u2net\n")

    assert doctor(small)["rembg"]["level"] == "problem"
    without = doctor()
    assert without["rembg"]["level"] == "ok"
    assert "as in `cutout: rembg:u2net`" in without["rembg"]["message"]
    assert "the model `u2netp`, which comes along" in without["cutouts"]["message"]


class Usage(NamedTuple):
    free: int


@pytest.mark.parametrize(("free", "level"), [(100_000_000, "problem"), (1_500_000_000, "warning")])
def test_a_disk_that_is_nearly_full_is_told(
    small: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, free: int, level: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free))

    assert doctor(small)["disk"]["level"] == level


def test_a_file_where_the_output_should_be_is_told(small: Path, doctor: Doctor) -> None:
    write(Path("output"), "a file")

    found = doctor(small)

    assert doctor.exit_code == 3
    assert "output/small" in found["disk"]["message"]


def test_a_ledger_that_is_damaged_is_told_and_a_whole_one_is_fine(small: Path, doctor: Doctor) -> None:
    main(["plan", str(small)])
    assert doctor(small)["ledger"]["level"] == "ok"
    for file in Path(".assetgen").glob("ledger.sqlite*"):
        write(file, "no ledger at all")

    assert doctor(small)["ledger"]["level"] == "problem"
    assert doctor.exit_code == 3


class Unlike(ImageServer):
    """Answers a question about a model in its own way, and knows it in its list."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self._reply = reply

    def _one_model(self, _call: Call, _name: str) -> Reply:
        return self._reply


def error(status: int, code: str) -> Reply:
    return json_reply({"error": {"message": "no", "type": "none", "param": None, "code": code}}, status=status)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (error(503, "server_is_overloaded"), "problem reachable"),
        (error(429, "insufficient_quota"), "problem account"),
        (error(429, "rate_limit_exceeded"), "warning model"),
        (error(403, "missing_scope"), "warning model"),
        (error(404, "not_found"), "ok model"),
        (Reply(501), "ok model"),
        (Reply(body=b"<html>hello</html>", content_type="text/html"), "warning model"),
        (json_reply([]), "warning model"),
        (json_reply({"id": "gpt-image-2.6-flare", "shutdown_date": "some day"}), "warning model"),
    ],
)
@pytest.mark.usefixtures("loopback")
def test_servers_may_answer_in_other_ways(
    small: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, reply: Reply, expected: str
) -> None:
    with Unlike(reply) as server:
        monkeypatch.setenv("OPENAI_API_KEY", server.key)
        found = doctor(buy(small, base_url=server.url))

    level, subject = expected.split()
    assert found[subject]["level"] == level
    assert doctor.exit_code == (3 if level == "problem" else 0)


def test_a_provider_of_ones_own_is_asked_to_prepare() -> None:
    class Locked(Flat):
        def prepare(self) -> None:
            raise SetupError(Problem("the drawer is locked", hint="get the key"))

    (found,) = Locked().examine(online=True)

    assert (found.level, found.message, found.hint) == ("problem", "the drawer is locked", "get the key")
