"""Requests that are handed in together at half the price, and pictures that come the next day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assetgen.cli import main
from tests.imageserver import ImageServer, blocked
from tests.kit import change, pictures, tree, with_model

OUTPUT = Path("output/small")


def run(campaign: Path, *options: str) -> int:
    return main(["run", str(campaign), *options])


def lines(server: ImageServer) -> list[dict[str, object]]:
    """Of the file of requests that was uploaded."""
    sheets = [file.data for call in server.calls for file in call.files if call.body.get("purpose") == "batch"]
    return [json.loads(line) for sheet in sheets for line in sheet.decode().splitlines()]


def test_a_batch_is_handed_in_and_what_needs_no_plate_is_made(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, each=True)

    assert run(small, "--batch") == 0
    assert len(pictures(OUTPUT)) == 3
    assert not server.billed
    assert "3 pictures wait for a batch" in capsys.readouterr().err
    assert [line["url"] for line in lines(server)] == ["/v1/images/generations"] * 3


def test_the_custom_id_of_a_line_is_the_key_of_its_plate(small: Path, server: ImageServer) -> None:
    with_model(small, each=True)
    run(small, "--batch")
    server.finish_batches()
    run(small)

    stored = {path.name for path in Path(".assetgen/store/plates").rglob("*") if path.is_file() and not path.suffix}
    assert {line["custom_id"] for line in lines(server)} == stored == {bill.batch for bill in server.billed}


def test_a_later_run_picks_up_what_is_finished_at_half_the_price(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, each=True)
    run(small, "--batch")
    server.finish_batches()

    assert run(small) == 0
    assert len(pictures(OUTPUT)) == 6
    assert len(server.billed) == 3
    assert "3 of 3 plates came" in capsys.readouterr().err
    before = tree(OUTPUT)
    assert run(small) == 0
    assert tree(OUTPUT) == before


def test_each_line_brings_the_plate_of_its_own_product(small: Path, server: ImageServer, tmp_path: Path) -> None:
    """The server shuffles its answers; asked for one by one, the same prompts must give the same plates."""
    with_model(small, each=True, model="gpt-image-2", quality="low")
    run(small, "--batch")
    server.finish_batches()
    run(small)
    by_batch = tree(Path(".assetgen/store/plates"))
    Path(".assetgen").rename("other")
    Path("output").rename("another")
    run(small)

    pixels = {name: digest for name, digest in tree(Path(".assetgen/store/plates")).items() if "." not in name}
    assert pixels == {name: digest for name, digest in by_batch.items() if "." not in name}


def test_a_run_before_the_batch_is_done_waits_and_asks_for_nothing(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, each=True)
    run(small, "--batch")

    assert run(small) == 0
    assert run(small, "--batch") == 0
    assert not server.billed
    assert len(lines(server)) == 3
    main(["plan", str(small)])
    assert "no requests; 3 plates to come from a batch" in capsys.readouterr().out


def test_half_the_price_is_what_the_budget_counts_while_it_waits(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, each=True, budget="{run: 0.20}", prices={"image": "0.10"})
    assert run(small) == 5
    assert run(small, "--batch") == 0

    main(["spend", "--by", "campaign"])
    assert "3       0.15 USD   3 without an answer" in capsys.readouterr().out


def test_a_batch_that_expired_in_part_keeps_its_rows_and_lists_the_rest(
    small: Path, server: ImageServer, capsys
) -> None:
    with_model(small, each=True)
    run(small, "--batch")
    server.finish_batches(expired=1)
    capsys.readouterr()

    assert main(["batch", "collect", str(small)]) == 1
    out = capsys.readouterr().out
    assert "2 of 3 plates came; 1 not made: the batch ended before it was made" in out
    assert "  - a shelf for a Box in shelf" in out
    assert run(small) == 0
    assert len(server.billed) == 3
    assert len(pictures(OUTPUT)) == 6


def test_a_line_that_was_refused_says_why(small: Path, server: ImageServer, capsys) -> None:
    server.answer = lambda call, _nth: blocked("input", "violence") if "Ball" in str(call.body["prompt"]) else None
    with_model(small, each=True)
    run(small, "--batch")
    server.finish_batches()

    assert main(["batch", "collect", str(small)]) == 1
    assert "1 not made: the provider refused the prompt or the photo: violence" in capsys.readouterr().out


def test_a_batch_that_is_not_accepted_says_why_and_its_requests_are_free_again(
    small: Path, server: ImageServer, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr("tests.imageserver.batch.MOST_LINES", 2)
    with_model(small, each=True)
    run(small, "--batch")
    capsys.readouterr()

    assert main(["batch", "collect", str(small)]) == 1
    assert "0 of 3 plates came; 3 not made: the batch was not accepted: Too many" in capsys.readouterr().out
    main(["plan", str(small)])
    assert "3 requests" in capsys.readouterr().out


def test_photos_to_edit_are_uploaded_once_and_named_in_json(small: Path, server: ImageServer) -> None:
    with_model(small, each=True, scene="mode: edit\n    protect: true")
    change(small, "[instagram-feed-square,", "[instagram-feed-square, instagram-story,")
    change(Path("templates/layouts/card.yaml"), "square:", "tall: [{layer: plate}]\nsquare:")
    run(small, "--batch")
    server.finish_batches()

    assert {line["url"] for line in lines(server)} == {"/v1/images/edits"}
    assert run(small) == 0
    assert len(server.billed) == 6


def test_status_and_cancel(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, each=True)
    run(small, "--batch")
    server.work_batches(1)
    main(["batch", "status", str(small)])
    assert "in_progress, 1 of 3 done" in capsys.readouterr().out

    assert main(["batch", "cancel", str(small)]) == 0
    assert main(["batch", "collect", str(small)]) == 1
    assert "1 of 3 plates came" in capsys.readouterr().out
    assert main(["batch", "status", str(small)]) == 0
    assert "no batch is open" in capsys.readouterr().out


def test_a_provider_without_batches_says_so(small: Path, capsys) -> None:
    assert run(small, "--batch") == 2
    assert "provider `studio` takes no batches" in capsys.readouterr().err


def test_a_batch_that_could_not_be_handed_in_costs_nothing(small: Path, server: ImageServer, capsys) -> None:
    with_model(small, each=True)
    server.key = "sk-another"

    assert run(small, "--batch") == 4
    assert "the provider does not accept the key" in capsys.readouterr().err
    capsys.readouterr()
    main(["spend", "--json"])
    assert not capsys.readouterr().out


@pytest.mark.parametrize("command", ["status", "collect", "cancel"])
def test_nothing_is_open_where_nothing_was_handed_in(small: Path, command: str, capsys) -> None:
    assert main(["batch", command, str(small)]) == 0
