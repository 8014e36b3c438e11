"""Finished files are brought to a folder or an object store: what is missing, and nothing twice."""

from __future__ import annotations

import json
import os
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import obstore
import pytest
from obstore.store import from_url

from assetgen.cli import main
from tests.kit import STRICT, change, manifest, pictures, tree

OUTPUT, SHOP = Path("output/small"), Path("public")
TO_FOLDER = "layout: card\npublish: {to: public, base_url: https://cdn.example.com/shop}\n"
DEGRADED, WRONG_INPUT, NEEDS_SOMETHING = 1, 2, 3


@pytest.fixture
def ran(made: Path) -> Path:
    """The small shop with its pictures, to be published to a folder."""
    change(made, "layout: card\n", TO_FOLDER)
    return made


@pytest.fixture
def bucket(made: Path, object_store: str) -> str:
    """Where the small shop is published whose pictures are made."""
    change(made, "layout: card\n", TO_FOLDER.replace("to: public", f"to: {object_store}"))
    return object_store


def objects(bucket: str) -> dict[str, int]:
    listed = (entry for chunk in obstore.list(from_url(bucket)) for entry in chunk)
    return {entry["path"]: entry["size"] for entry in listed if entry["path"].endswith(".jpg")}


def test_all_pictures_go_to_the_folder_and_nothing_else_does(ran: Path) -> None:
    assert main(["publish", str(ran)]) == 0

    assert pictures(SHOP) == {f"small/{name}" for name in pictures(OUTPUT)}


def test_pictures_that_are_kept_elsewhere_go_under_the_same_names(small: Path) -> None:
    change(small, "layout: card\n", f"{TO_FOLDER}output: pictures/shop\n")

    assert main(["run", str(small)]) == 0
    assert main(["publish", str(small)]) == 0

    assert pictures(SHOP) == {f"small/{name}" for name in pictures(Path("pictures/shop"))}


def test_publishing_twice_sends_nothing_anew(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["publish", str(ran)])
    before = tree(SHOP)
    capsys.readouterr()

    assert main(["publish", str(ran)]) == 0
    assert capsys.readouterr().out == "0 files uploaded, 6 there already, 0 old files removed\n"
    assert tree(SHOP) == before


def test_a_dry_run_touches_nothing(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["publish", str(ran), "--dry-run"]) == 0
    assert capsys.readouterr().out == "6 files would be uploaded, 0 there already, 0 old files would be removed\n"
    assert not SHOP.exists()


def test_an_old_file_stays_for_its_days(ran: Path) -> None:
    main(["publish", str(ran)])
    old = pictures(SHOP)
    change(Path("campaigns/products.csv"), "10.00", "8.00")
    main(["run", str(ran)])

    main(["publish", str(ran)])
    assert len(pictures(SHOP)) == 7
    assert old < pictures(SHOP)

    retired = SHOP / "small/.retired.json"
    since = json.loads(retired.read_text(encoding="utf-8"))
    retired.write_text(json.dumps(dict.fromkeys(since, "2026-01-01")), encoding="utf-8")
    main(["publish", str(ran)])
    assert pictures(SHOP) == {f"small/{name}" for name in pictures(OUTPUT)}


def test_what_was_cut_off_or_replaced_on_the_disk_stays_at_home_and_the_rest_goes(
    ran: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = sorted(pictures(OUTPUT))
    cut, page, swapped, gone = (OUTPUT / name for name in good[:4])
    cut.write_bytes(cut.read_bytes()[:5000])
    page.write_text("<html>404</html>", encoding="utf-8")
    stat, data = swapped.stat(), bytearray(swapped.read_bytes())
    data[len(data) // 2] ^= 0xFF
    swapped.write_bytes(data)
    os.utime(swapped, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    gone.unlink()
    change(ran, "layout: card\n", "layout: card\nfeeds: [{file: feed.csv, pictures: {photo: amazon-main}}]\n")
    capsys.readouterr()

    assert main(["publish", str(ran)]) == DEGRADED
    assert pictures(SHOP) == {f"small/{name}" for name in good[4:]}
    said = capsys.readouterr()
    assert all(f"`{name}` is not the file that was made" in said.err for name in good[:4])
    assert "2 files uploaded" in said.out
    assert not Path("feed.csv").exists(), "it would name what is not there"

    assert main(["run", str(ran)]) == 0
    assert main(["publish", str(ran)]) == 0
    assert pictures(SHOP) == {f"small/{name}" for name in good}
    assert Path("feed.csv").exists()


def test_what_is_out_stays_out_though_its_file_is_gone_here(ran: Path) -> None:
    change(ran, TO_FOLDER, TO_FOLDER.replace("shop}", "shop, keep_days: 0}"))
    main(["publish", str(ran)])
    before = pictures(SHOP)
    (OUTPUT / min(pictures(OUTPUT))).unlink()

    assert main(["publish", str(ran)]) == DEGRADED
    assert pictures(SHOP) == before


def test_a_feed_goes_on_naming_what_is_out_though_its_file_is_gone_here(
    ran: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds = "layout: card\nfeeds: [{file: feed.csv, pictures: {photo: amazon-main}}]\n"
    change(ran, "layout: card\n", feeds)
    assert main(["publish", str(ran)]) == 0
    feed = Path("feed.csv").read_text(encoding="utf-8")
    (gone,) = OUTPUT.glob("amazon-main/A-1*.jpg")
    gone.unlink()

    assert main(["publish", str(ran)]) == DEGRADED
    assert Path("feed.csv").read_text(encoding="utf-8") == feed
    assert gone.name in feed

    capsys.readouterr()
    main(["feeds", str(ran), "--json"])  # nobody asks the target here
    (written,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert written["kept"] == {"A-1": f"`amazon-main/{gone.name}` is not there; `assetgen run` makes it again"}


def test_files_of_others_at_the_target_are_never_taken_away(ran: Path) -> None:
    change(ran, TO_FOLDER, TO_FOLDER.replace("shop}", "shop, keep_days: 0}"))
    main(["publish", str(ran)])
    others = [
        SHOP / "small" / name for name in ("holiday.jpg", "amazon-main/A-1--packshot--all--0123abcd.jpg", ".x.part")
    ]
    for other in others:
        other.write_bytes(b"a holiday")
    ours = min(SHOP.rglob("A-1*--shelf--*.jpg"))
    change(Path("campaigns/products.csv"), "10.00", "8.00")
    main(["run", str(ran)])

    assert main(["publish", str(ran)]) == 0
    assert not ours.exists()
    assert all(other.exists() for other in others)


@pytest.mark.parametrize("said", [b'{"small/a', b"[1, 2]", b'{"small/a.jpg": 3}', b"\xff", b"[" * 100_000])
def test_a_damaged_list_of_old_files_is_put_aside_and_begun_anew(
    ran: Path, said: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["publish", str(ran)])
    change(Path("campaigns/products.csv"), "10.00", "8.00")
    main(["run", str(ran)])
    retired = SHOP / "small/.retired.json"
    retired.write_bytes(said)
    capsys.readouterr()

    assert main(["publish", str(ran)]) == 0
    assert "`small/.retired.json` at the target is damaged" in capsys.readouterr().err
    assert list(json.loads(retired.read_bytes())) == [name for name in sorted(pictures(SHOP)) if name not in now()]
    assert (SHOP / "small/.retired.json.damaged").read_bytes() == said
    assert main(["publish", str(ran)]) == 0
    assert capsys.readouterr().err == ""


def now() -> set[str]:
    return {f"small/{name}" for name in pictures(OUTPUT)}


def test_a_campaign_is_not_published_to_where_it_is_made(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(ran, "to: public", "to: output")

    assert main(["publish", str(ran)]) == WRONG_INPUT
    assert "to where its pictures are made: `output`" in capsys.readouterr().err


def test_a_damaged_manifest_writes_no_feed(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(ran, "layout: card\n", "layout: card\nfeeds: [{file: feed.csv, pictures: {photo: amazon-main}}]\n")
    (OUTPUT / "manifest.json").write_bytes(b'{"set_aside": [\n{"sku": "A-1", "mess')

    assert main(["feeds", str(ran)]) == WRONG_INPUT
    assert "this manifest is damaged" in capsys.readouterr().err
    assert main(["run", str(ran)]) == 0
    assert main(["feeds", str(ran)]) == 0


def test_a_rejected_file_stays_at_home_and_the_last_good_one_is_out(ran: Path) -> None:
    good = pictures(OUTPUT)
    Path("templates/channels.yaml").write_text(STRICT, encoding="utf-8")
    assert main(["run", str(ran)]) == DEGRADED

    assert main(["publish", str(ran)]) == 0
    assert pictures(SHOP) == {f"small/{name}" for name in good}


def test_a_bucket_gets_the_files_with_their_headers(bucket: str, made: Path) -> None:
    assert main(["publish", str(made)]) == 0

    found = objects(bucket)
    assert found == {f"small/{a['file']}": a["bytes"] for a in manifest(OUTPUT)["assets"]}
    headers = obstore.get(from_url(bucket), next(iter(found))).attributes
    assert headers == {"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=31536000, immutable"}


def test_what_broke_off_in_the_middle_is_sent_again(
    bucket: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["publish", str(made)])
    first, second, *_ = objects(bucket)
    obstore.put(from_url(bucket), first, b"half a pic")
    obstore.delete(from_url(bucket), [second])
    capsys.readouterr()

    assert main(["publish", str(made)]) == 0
    assert capsys.readouterr().out.startswith("2 files uploaded, 4 there already")
    assert objects(bucket) == {f"small/{a['file']}": a["bytes"] for a in manifest(OUTPUT)["assets"]}


def test_a_bucket_gets_the_feed_and_what_became_of_it_since(bucket: str, made: Path) -> None:
    feed = "feeds: [{file: feeds/table.csv, upload: true, pictures: {photo: amazon-main}}]\n"
    change(made, "layout: card\n", f"layout: card\n{feed}")
    for _ in range(2):
        assert main(["publish", str(made)]) == 0
        got = obstore.get(from_url(bucket), "small/table.csv")
        assert bytes(got.bytes()) == Path("feeds/table.csv").read_bytes()
        assert got.attributes == {"Content-Type": "text/csv", "Cache-Control": "no-cache"}
        obstore.put(from_url(bucket), "small/table.csv", b"half a feed")


class Lossy(BaseHTTPRequestHandler):
    """Stands before a store, and loses the last byte of each picture that is sent there."""

    behind: ClassVar[str]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        call = HTTPConnection(self.behind)
        call.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        cut = body[:-1] if self.path.endswith(".jpg") and body else body
        for name, value in self.headers.items():
            call.putheader(name, str(len(cut)) if name.lower() == "content-length" else value)
        call.endheaders(cut)
        answer = call.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                self.send_header(name, value)
        self.send_header("content-length", answer.getheader("content-length", str(len(data))))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_DELETE = do_PUT  # noqa: N815 - as http.server calls them

    def log_message(self, *_: object) -> None: ...


def test_what_did_not_arrive_as_it_was_sent_is_told_and_no_feed_names_it(
    bucket: str, made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Lossy, "behind", os.environ["AWS_ENDPOINT_URL"].partition("//")[2], raising=False)
    change(made, "layout: card\n", "layout: card\nfeeds: [{file: feed.csv, pictures: {photo: amazon-main}}]\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), Lossy) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")

        try:
            assert main(["publish", str(made)]) == DEGRADED
            assert objects(bucket) == {}  # else the next night would take them for whole
        finally:
            server.shutdown()

    said = capsys.readouterr().err
    assert said.count("did not arrive as it was sent") == 6
    assert not Path("feed.csv").exists()


def test_a_bucket_that_is_not_there_is_told(bucket: str, made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(made, "s3://pictures/shop", "s3://elsewhere/shop")

    assert main(["publish", str(made)]) == NEEDS_SOMETHING
    assert "`s3://elsewhere/shop` cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("layout: card\n", "does not say where to publish"),
        (TO_FOLDER.replace("to: public", "to: ftp://host/shop"), "cannot be published to `ftp://`"),
        (TO_FOLDER.replace("https://cdn.example.com/shop", "cdn.example.com"), "`base_url`"),
    ],
)
def test_a_campaign_that_cannot_be_published_says_why(
    small: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    change(small, "layout: card\n", text)

    assert main(["publish", str(small)]) == WRONG_INPUT
    assert said in capsys.readouterr().err


def test_before_the_first_run_there_is_nothing_to_publish(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small, "layout: card\n", TO_FOLDER)

    assert main(["publish", str(small)]) == WRONG_INPUT
    assert "has no pictures yet" in capsys.readouterr().err
