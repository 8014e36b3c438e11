"""What campaigns disclose about pictures that an image model drew: on the picture, in the file, and at upload."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assetgen.cli import main
from tests.imageserver import ImageServer
from tests.kit import change, manifest, tree, with_model, write

OUTPUT = Path("output/small")
PRODUCER = "0011" + "91110000100000000X" + "00000"
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>'


def disclose(campaign: Path, **said: object) -> None:
    text = campaign.read_text(encoding="utf-8").partition("disclosure:")[0]
    campaign.write_text(f"{text}disclosure: {json.dumps(said)}\n", encoding="utf-8")


def run(campaign: Path, *options: str) -> dict[str, dict[str, Any]]:
    """What the manifest says of the first product's assets, by their scenes and channels."""
    assert main(["run", str(campaign), *options]) == 0
    assets = [asset for asset in manifest(OUTPUT)["assets"] if asset["sku"] == "A-1" and asset["state"] == "current"]
    return {f"{asset['scene']}/{asset['channel']}": asset for asset in assets}


def told(asset: dict[str, Any], rule: str) -> list[tuple[str, str]]:
    return [(check["level"], check["message"]) for check in asset["checks"] if check["rule"] == rule]


def channels(*rows: dict[str, object]) -> None:
    """Channels of the workspace, each for one format."""
    common: dict[str, object] = {"kind": "organic", "aspect": "1:1", "source": "a test", "evidence": "official-page"}
    made = [{"width": 800, "height": 800, "name": row["id"], "platform": "Weibo", **common, **row} for row in rows]
    write(Path("templates/channels.yaml"), json.dumps({"channels": made}))


def chinese(name: str, **row: object) -> dict[str, object]:
    return {"id": name, "formats": ["jpg"], "ai_metadata": "label-required-cn", **row}


def test_a_label_stands_on_what_a_model_drew_and_not_on_white(small: Path, server: ImageServer) -> None:
    with_model(small)
    before = run(small)
    disclose(small, label="eu")
    after = run(small)

    assert after["shelf/instagram-feed-square"]["sha256"] != before["shelf/instagram-feed-square"]["sha256"]
    assert after["packshot/amazon-main"] == before["packshot/amazon-main"]
    assert len(server.billed) == 1


def test_what_the_studio_drew_gets_no_label(small: Path) -> None:
    run(small)
    before = {name: digest for name, digest in tree(OUTPUT).items() if name.endswith(".jpg")}
    disclose(small, label="eu", ai_person=True)
    run(small)

    assert {name: digest for name, digest in tree(OUTPUT).items() if name.endswith(".jpg")} == before


def test_a_changed_label_is_told_as_the_reason(small: Path, server: ImageServer, capsys) -> None:
    with_model(small)
    disclose(small, label="eu")
    made = run(small)["shelf/instagram-feed-square"]["file"]
    disclose(small, label="Drawn by a machine")
    capsys.readouterr()

    assert main(["why", str(OUTPUT / made)]) == 0
    assert "the label changed" in capsys.readouterr().out


def test_a_person_made_by_a_model_forces_a_label(small: Path, server: ImageServer) -> None:
    with_model(small)
    disclose(small, label="eu")
    asked = run(small)["shelf/instagram-feed-square"]["sha256"]
    disclose(small, ai_person=True)

    assert run(small)["shelf/instagram-feed-square"]["sha256"] == asked


def test_a_locale_may_have_a_label_of_its_own(small: Path, server: ImageServer) -> None:
    with_model(small)
    plain = run(small)["shelf/instagram-feed-square"]["sha256"]
    disclose(small, label={"en-US": "none"})
    assert run(small)["shelf/instagram-feed-square"]["sha256"] == plain

    disclose(small, label={"en-US": "eu"})
    assert run(small)["shelf/instagram-feed-square"]["sha256"] != plain


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        ({"label": "none", "ai_person": True}, 23, "`label` cannot be `none` where `ai_person` is true"),
        ({"label": " "}, 23, "the label is empty"),
        ({"label": "icon"}, 23, "`label` is `icon`, and there is no icon"),
        ({"label": {"de-DE": "eu"}}, 24, "the campaign has no locale `de-DE`"),
        ({"label": "ᚠᚢᚦ"}, 23, "no font has `ᚠ`, `ᚢ`, `ᚦ` of `ᚠᚢᚦ`"),
        ({"icon": "lost.svg"}, 22, "there is no file `lost.svg`"),
        ({"icon": "copy.csv"}, 22, "the icon `copy.csv` is not an SVG or PNG picture"),
        ({"producer": PRODUCER[:-1]}, 26, f"`{PRODUCER[:-1]}` has 26 characters, and a producer code has 27"),
        ({"producer": "1" + PRODUCER[1:]}, 26, "character 1 of the producer code is `1`, but a code begins with `00`"),
        ({"producer": "0012" + PRODUCER[4:]}, 26, "character 4 of the producer code is `2`"),
        ({"producer": "0011O" + PRODUCER[5:]}, 26, "character 5 of the producer code is `O`, but a unified social"),
        ({"producer": PRODUCER[:22] + "30000"}, 26, "character 23 of the producer code is `3`, but the service is `1`"),
        ({"producer": PRODUCER[:22] + "1Aa00"}, 26, "character 25 of the producer code is `a`"),
    ],
)
def test_what_cannot_be_disclosed_is_told_with_its_place(small: Path, capsys, said, place, words) -> None:
    disclose(small, **said)

    assert main(["check", str(small)]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert f"campaigns/small.yaml:12:{place}" in err


def test_an_icon_that_holds_a_script_is_refused_where_it_does(small: Path, capsys) -> None:
    write(small.parent / "icon.svg", ICON.replace("<circle", '<script>1</script><circle onload="x"'))
    disclose(small, icon="icon.svg")

    assert main(["check", str(small)]) == 2
    assert "the icon holds a `<script>`\n  --> campaigns/icon.svg:1:" in capsys.readouterr().err


def test_a_label_too_long_for_its_canvas_fails_the_picture_and_says_so(
    small: Path, server: ImageServer, capsys
) -> None:
    with_model(small)
    disclose(small, label="This picture was drawn by a machine that was told to do so. " * 8)

    assert main(["run", str(small)]) == 1
    err = capsys.readouterr().err
    assert "on 1080 x 1080: the label `This picture was drawn" in err
    assert "shorten `label` under `disclosure`" in err


@pytest.mark.parametrize(("person", "answer"), [("true", "yes"), ("false", "no")])
def test_where_no_word_may_stand_it_is_told_what_to_say_at_upload(
    small: Path, server: ImageServer, person: str, answer: str
) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[amazon-swatch, meta-catalogue]")
    with_model(small)
    assert not told(run(small)["shelf/amazon-swatch"], "label")

    disclose(small, label="eu", ai_person=person)
    made = run(small)
    [(level, message)] = told(made["shelf/amazon-swatch"], "label")
    assert level == "warning"
    assert message.endswith(f"AI-generated, yes; photorealistic people made by AI, {answer}")
    assert "disclose AI use" in told(made["shelf/meta-catalogue"], "label")[0][1]


def test_china_gets_its_label_without_being_asked_and_a_missing_code_is_a_warning(
    small: Path, server: ImageServer
) -> None:
    change(small, "[instagram-feed-square, amazon-main]", "[shop-cn, taobao-white]")
    channels(chinese("shop-cn"))
    with_model(small)
    disclose(small, label="none")
    made = run(small)
    [(level, message)] = told(made["shelf/shop-cn"], "ai-label-cn")

    assert level == "warning"
    assert "no `producer` under `disclosure`" in message
    assert not told(made["packshot/taobao-white"], "ai-label-cn")

    disclose(small, label="none", producer=PRODUCER)
    assert not told(run(small)["shelf/shop-cn"], "ai-label-cn")


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool, the independent reader, is not installed")
def test_exiftool_reads_what_every_format_says(small: Path, server: ImageServer) -> None:
    formats = ("jpg", "png", "webp", "avif")
    change(small, "[instagram-feed-square, amazon-main]", f"[{', '.join(f'cn-{name}' for name in formats)}]")
    channels(*(chinese(f"cn-{name}", formats=[name]) for name in formats))
    with_model(small)
    disclose(small, producer=PRODUCER)
    run(small)

    contents = set()
    for name in formats:
        [file, *_] = sorted((OUTPUT / f"cn-{name}").iterdir())
        read = ["exiftool", "-j", "-a", "-G1", "-XMP:all", "-validate", str(file)]
        [facts] = json.loads(subprocess.run(read, capture_output=True, check=True).stdout)
        label = json.loads(facts["XMP-TC260:Aigc"])
        contents.add(label["ProduceID"])
        assert list(label.items()) == [
            ("Label", "1"),
            ("ContentProducer", PRODUCER),
            ("ProduceID", label["ProduceID"]),
            ("ReservedCode1", ""),
            ("ContentPropagator", PRODUCER),
            ("PropagateID", label["ProduceID"]),
            ("ReservedCode2", ""),
        ]
        assert facts["XMP-iptcExt:DigitalSourceType"].endswith("/compositeWithTrainedAlgorithmicMedia")
        assert facts["XMP-iptcExt:AISystemUsed"] == "gpt-image-2.6-flare"
        assert facts["XMP-iptcExt:AISystemVersionUsed"] == "2.6-flare"
        assert "XMP-xmp:CreateDate" not in facts, "made again, it is the same file"
        assert facts["XMP-xmpMM:InstanceID"] == f"xmp.iid:{label['ProduceID']}"
        assert facts["ExifTool:Validate"] == "OK"
    assert len(contents) == len(formats)


def test_the_same_pixels_give_the_same_files_whenever_they_are_made(
    small: Path, server: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    channels(chinese("shop-cn"))
    change(small, "amazon-main]", "amazon-main, shop-cn]")
    with_model(small)
    disclose(small, label="eu", producer=PRODUCER)
    before = {key: asset["sha256"] for key, asset in run(small).items()}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")

    assert {key: asset["sha256"] for key, asset in run(small, "--force-step", "compose").items()} == before
    assert {key: asset["sha256"] for key, asset in run(small, "--force-step", "plate").items()} == before


@pytest.mark.parametrize(
    ("scene", "channel", "code"),
    [
        ("mode: plate", "instagram-feed-square", "compositeWithTrainedAlgorithmicMedia"),
        ("mode: plate", "google-merchant-lifestyle", "compositeSynthetic"),
        ("mode: text", "google-merchant-lifestyle", "trainedAlgorithmicMedia"),
        ("mode: edit", "instagram-feed-square", "trainedAlgorithmicMedia"),
        ("mode: edit\n    protect: true", "instagram-feed-square", "compositeWithTrainedAlgorithmicMedia"),
    ],
)
def test_the_source_type_says_what_happened(
    small: Path, server: ImageServer, scene: str, channel: str, code: str
) -> None:
    change(small, "[instagram-feed-square,", f"[{channel},")
    change(small, "layout: card", 'layout: card\nchecks: {upscaled: "off"}')
    with_model(small, each=True, scene=scene)
    made = run(small)

    assert made[f"shelf/{channel}"]["digital_source_type"] == code
    assert made["packshot/amazon-main"]["digital_source_type"] == "algorithmicallyEnhanced"


def record(asset: dict[str, Any]) -> dict[str, Any]:
    """What lies beside a file for whoever uploads it."""
    path = OUTPUT / "records" / Path(asset["file"]).with_suffix(".json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert found["sha256"] == asset["sha256"]
    return found


def test_a_record_answers_what_upload_forms_ask(small: Path, server: ImageServer) -> None:
    with_model(small)
    disclose(small, ai_person=True, label="eu")
    made = run(small)

    drawn, white = record(made["shelf/instagram-feed-square"]), record(made["packshot/amazon-main"])
    assert (drawn["ai_used"], drawn["realistic_person"], drawn["label"]) == (True, True, "AI-generated")
    assert drawn["model"] == made["shelf/instagram-feed-square"]["model"]
    assert drawn["at_upload"].startswith("choose to disclose AI use")
    assert drawn["created"]
    assert (white["ai_used"], white["realistic_person"], white["at_upload"]) == (False, False, None)


def test_a_record_goes_with_its_file(small: Path) -> None:
    run(small)
    change(Path("campaigns/products.csv"), "10.00", "8.00")
    run(small)

    files = {Path(asset["file"]).with_suffix(".json") for asset in manifest(OUTPUT)["assets"]}
    assert {path.relative_to(OUTPUT / "records") for path in (OUTPUT / "records").rglob("*.json")} == files


def test_a_missing_producer_code_is_said_once_before_anything_is_made(
    small: Path, server: ImageServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with_model(small)
    change(small, "[instagram-feed-square, amazon-main]", "[weibo-post, xiaohongshu-square]")

    main(["plan", str(small)])
    assert capsys.readouterr().err.count("no AIGC label in the file") == 1

    disclose(small, producer=PRODUCER)
    main(["plan", str(small)])
    assert "AIGC" not in capsys.readouterr().err
