"""Runs of a shop whose photos have addresses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assetgen.cli import main
from tests.kit import change, draw_product, manifest, pictures, tree, write
from tests.photoserver import PhotoServer, Reply

OUTPUT = Path("output/small")
DEGRADED = 1


@pytest.fixture
def web(small: Path, photos: PhotoServer) -> Path:
    """The small shop with its photos on a host of its own network."""
    for name in ("red", "green", "blue"):
        file = Path(f"campaigns/{name}.png")
        address = photos.photo(f"/{name}.png", file.read_bytes(), etag=f'"{name}"')
        change(Path("campaigns/products.csv"), f"{name}.png", address)
        file.unlink()
    fetch = "fetch: {internal_hosts: [127.0.0.1], seconds: 5}"
    change(small, "  file: products.csv", f"  file: products.csv\n  {fetch}")
    change(small, "layout: card", "layout: card\nprovider: {name: studio, megapixels: 0.25}")
    return small


def redrawn(photos: PhotoServer, name: str, colour: str) -> None:
    """Another photo at the same address."""
    draw_product(Path("other.png"), colour)
    photos.photo(f"/{name}.png", Path("other.png").read_bytes(), etag=f'"{colour}"')


def asked(photos: PhotoServer) -> Counter[str]:
    found = Counter(asked.path for asked in photos.asked)
    photos.asked.clear()
    return found


def stored() -> list[Path]:
    return [
        path for path in sorted(Path(".assetgen/store/photos").rglob("*")) if path.is_file() and path.suffix != ".json"
    ]


ONCE = Counter({"/red.png": 1, "/green.png": 1, "/blue.png": 1})


def test_photos_with_addresses_are_fetched_once_for_all_their_pictures(web: Path, photos: PhotoServer) -> None:
    assert main(["run", str(web)]) == 0

    assert len(pictures(OUTPUT)) == 6
    assert asked(photos) == ONCE
    (ball, *_) = (asset for asset in manifest(OUTPUT)["assets"] if asset["sku"] == "A-1")
    assert ball["sources"]["photo"] == photos.url("/red.png")


def test_a_second_run_only_asks_whether_they_are_the_same(web: Path, photos: PhotoServer) -> None:
    main(["run", str(web)])
    before = tree(OUTPUT)
    photos.asked.clear()

    assert main(["run", str(web)]) == 0
    assert [len(each.conditions) for each in photos.asked] == [1, 1, 1]
    assert asked(photos) == ONCE
    assert tree(OUTPUT) == before


def test_a_host_that_cannot_tell_sends_the_same_photo_again_and_nothing_is_remade(
    web: Path, photos: PhotoServer
) -> None:
    for name in ("red", "green", "blue"):
        draw_product(Path("same.png"), name)
        photos.photo(f"/{name}.png", Path("same.png").read_bytes())
    main(["run", str(web)])
    before, kept = tree(OUTPUT), [path.stat().st_mtime_ns for path in stored()]

    assert main(["run", str(web)]) == 0
    assert tree(OUTPUT) == before
    assert [path.stat().st_mtime_ns for path in stored()] == kept


def test_a_new_photo_at_an_address_remakes_the_pictures_of_its_product(web: Path, photos: PhotoServer) -> None:
    main(["run", str(web)])
    before = pictures(OUTPUT)
    redrawn(photos, "green", "orange")

    assert main(["run", str(web)]) == 0
    assert {Path(name).name.split("--")[0] for name in pictures(OUTPUT) - before} == {"B-2"}


def test_plan_and_check_look_at_the_photos_too(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(web)]) == 0
    assert main(["check", str(web)]) == 0

    assert asked(photos) == ONCE + ONCE
    assert "6 assets: 6 new" in capsys.readouterr().out


def test_a_saved_plan_no_longer_holds_when_a_photo_has_changed(web: Path, photos: PhotoServer) -> None:
    main(["plan", str(web), "-o", "plan.json"])
    redrawn(photos, "green", "orange")

    assert main(["run", str(web), "--plan", "plan.json"]) == 2


def test_a_dead_link_sets_its_row_aside_and_the_last_good_pictures_stay(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", str(web)])
    before, files = manifest(OUTPUT), pictures(OUTPUT)
    photos.says("/green.png", Reply(410))

    assert main(["run", str(web), "--prune"]) == DEGRADED

    after = manifest(OUTPUT)
    assert after["assets"] == before["assets"]
    assert pictures(OUTPUT) == files
    (aside,) = after["set_aside"]
    assert aside["sku"] == "B-2"
    assert aside["message"] == f"photo `{photos.url('/green.png')}` is not there: `127.0.0.1` answers 410 Gone"
    said = capsys.readouterr().err
    assert "--> campaigns/products.csv:3 (row 2)" in said
    assert "open the address in a browser, and correct it in the table" in said


def test_a_link_that_is_dead_is_asked_once_in_a_run_and_again_in_the_next(web: Path, photos: PhotoServer) -> None:
    photos.says("/green.png", Reply(404))
    assert main(["run", str(web)]) == DEGRADED
    assert asked(photos) == ONCE
    redrawn(photos, "green", "green")

    assert main(["run", str(web)]) == 0


def test_a_host_that_stumbles_is_asked_again(web: Path, photos: PhotoServer) -> None:
    good = Path("good.png")
    draw_product(good, "green")
    busy = Reply(429, headers={"retry-after": "0"})
    photos.says("/green.png", Reply(500), *[busy] * 5, Reply(200, good.read_bytes()))

    assert main(["check", str(web)]) == 0
    assert asked(photos)["/green.png"] == 7


def test_a_host_that_keeps_failing_is_not_asked_for_ever(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    change(web, "seconds: 5", "retries: 1")
    photos.says("/green.png", Reply(503))

    assert main(["check", str(web)]) == DEGRADED
    assert asked(photos)["/green.png"] == 2
    assert "did not come: `127.0.0.1` answers 503 Service Unavailable" in capsys.readouterr().err


def test_a_host_that_is_down_is_given_up(web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]) -> None:
    change(web, "seconds: 5", "retries: 0, parallel: 1")
    rows = "".join(f"N-{n},Nothing,1.00,EUR,{photos.url(f'/{n}.png')}\n" for n in range(30))
    write(Path("campaigns/products.csv"), f"sku,title,price,currency,photo\n{rows}")
    for n in range(30):
        photos.says(f"/{n}.png", Reply(500))

    assert main(["check", str(web)]) == DEGRADED
    assert len(photos.asked) == 20
    assert "was not asked for: 20 photos in a row did not come from `127.0.0.1`" in capsys.readouterr().err


def test_a_host_that_wants_to_be_left_alone_for_long_is(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    change(web, "seconds: 5", "parallel: 1")
    photos.says("/red.png", Reply(429, headers={"retry-after": "3600"}))

    assert main(["check", str(web)]) == DEGRADED
    assert asked(photos) == Counter({"/red.png": 1})
    assert "`127.0.0.1` wants to be left alone for 60 minutes" in capsys.readouterr().err


def test_offline_works_with_what_was_fetched_before(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    change(Path("campaigns/products.csv"), "blue.png", "late.png")
    assert main(["run", str(web)]) == DEGRADED
    asked(photos)
    capsys.readouterr()

    assert main(["run", str(web), "--offline"]) == DEGRADED
    assert main(["plan", str(web), "--offline"]) == 0
    assert main(["check", str(web), "--offline"]) == DEGRADED
    assert photos.asked == []
    said = capsys.readouterr()
    assert f"photo `{photos.url('/late.png')}` was never fetched" in said.err
    assert "4 assets: 4 up to date; 1 row set aside" in said.out


def test_only_what_takes_part_and_is_meant_is_fetched(web: Path, photos: PhotoServer) -> None:
    change(web, "  file: products.csv\n", '  file: products.csv\n  where: product.title != "Ball"\n')

    assert main(["plan", str(web), "-s", "sku:B-*"]) == 0
    assert asked(photos) == Counter({"/green.png": 1})


def test_rows_that_share_an_address_share_what_comes_of_it(web: Path, photos: PhotoServer) -> None:
    change(Path("campaigns/products.csv"), "blue.png", "green.png")

    assert main(["check", str(web)]) == 0
    assert asked(photos)["/green.png"] == 1


def test_masks_may_have_addresses_too(web: Path, photos: PhotoServer) -> None:
    draw_product(Path("mask.png"), "white")
    address = photos.photo("/mask.png", Path("mask.png").read_bytes())
    change(web, "layout: card", f"layout: card\ncutouts: [{{mask: '{address}'}}]")

    assert main(["check", str(web)]) == 0
    assert asked(photos)["/mask.png"] == 1


def test_hosts_of_private_networks_are_not_asked_unless_the_campaign_says_so(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    change(web, "internal_hosts: [127.0.0.1]", "internal_hosts: [images.internal]")

    assert main(["check", str(web)]) == DEGRADED
    assert photos.asked == []
    said = capsys.readouterr().err
    assert "is not fetched: `127.0.0.1` is 127.0.0.1, this machine itself" in said
    assert "add `127.0.0.1` to `internal_hosts` under `products: fetch:`" in said


def test_files_and_passwords_of_this_machine_stay_where_they_are(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Path("campaigns/products.csv")
    change(table, photos.url("/red.png"), "file:///etc/hostname")
    change(table, photos.url("/green.png"), "https://shop:hunter2@cdn.example/green.png")

    assert main(["check", str(web)]) == DEGRADED
    said = capsys.readouterr().err
    assert "photo `file:///etc/hostname` is a `file:` address, and those are not fetched" in said
    assert "photo `https://…@cdn.example/green.png` has a name or password in its address" in said
    assert "hunter2" not in said


def test_fetched_photos_that_no_file_was_made_from_can_be_tidied_away(
    web: Path, photos: PhotoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", str(web)])
    change(Path("campaigns/products.csv"), "B-2,", "D-4,")
    change(Path("campaigns/products.csv"), "green.png", "violet.png")
    redrawn(photos, "violet", "violet")
    main(["run", str(web), "--prune"])

    assert len(stored()) == 4
    assert main(["cache", "prune"]) == 0
    assert len(stored()) == 3
    assert main(["run", str(web), "--offline"]) == 0


def test_a_run_that_is_killed_between_bytes_and_record_asks_for_the_whole_photo(web: Path, photos: PhotoServer) -> None:
    """What a host said of other bytes must not vouch for those that are there."""
    main(["check", str(web)])
    asked(photos)
    for record in Path(".assetgen/store/photos").rglob("*.json"):
        record.write_text("{}")

    assert main(["check", str(web)]) == 0
    assert [each.conditions for each in photos.asked] == [set()] * 3
