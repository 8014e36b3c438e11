"""Image models behind the OpenAI protocol, as a campaign uses them: the real SDK, and a real server on loopback."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assetgen.cli import main
from tests.imageserver import Answer, ImageServer, blocked
from tests.kit import change, manifest, pictures, tree, with_model

OUTPUT = Path("output/small")


def run(campaign: Path, *options: str) -> int:
    return main(["run", str(campaign), *options])


def findings(rule: str) -> list[str]:
    """What the manifest says under a rule."""
    return [f["message"] for asset in manifest(OUTPUT)["assets"] for f in asset["checks"] if f["rule"] == rule]


def sent(server: ImageServer) -> list[tuple[str, dict[str, object]]]:
    return [(call.path.removeprefix("/v1/images/"), call.body) for call in server.calls if "/images/" in call.path]


def a_picture(left: str, right: str) -> Answer:
    """One colour on each side."""
    file, picture = BytesIO(), Image.new("RGB", (1264, 1264), left)
    picture.paste(right, (632, 0, 1264, 1264))
    picture.save(file, "png")
    data = [{"b64_json": base64.b64encode(file.getvalue()).decode()}]
    return Answer(body=json.dumps({"created": 1, "data": data}).encode(), content_type="application/json")


def test_a_key_is_all_that_a_campaign_needs(small: Path, server: ImageServer) -> None:
    with_model(small)

    assert run(small) == 0
    [(path, body)] = sent(server)
    assert (path, body["model"], body["n"]) == ("generations", "gpt-image-2.6-flare", 1)
    assert len(pictures(OUTPUT)) == 6


def test_the_sample_campaign_needs_nothing_but_a_key(workspace: Path, server: ImageServer) -> None:
    campaign = "campaigns/spring-openai.yaml"

    assert main(["doctor", campaign]) == 0
    assert main(["run", campaign, "--select", "sku:MUG-*,FLSK-*", "--select", "locale:en-US,all"]) == 0
    assert {Path(call.path).name for call in server.calls if "/images/" in call.path} == {"generations", "edits"}
    assert main(["run", campaign, "--select", "sku:TOTE-*", "--batch"]) == 0


def test_the_second_run_asks_for_nothing(small: Path, server: ImageServer) -> None:
    with_model(small)
    run(small)
    before = tree(OUTPUT)
    run(small)

    assert len(server.calls) == 1
    assert tree(OUTPUT) == before


def test_without_a_key_the_variable_is_named_and_nothing_is_made(small: Path, capsys) -> None:
    with_model(small, api_key_env="SHOP_API_KEY")

    assert run(small) == 3
    assert "`SHOP_API_KEY` is not set" in capsys.readouterr().err
    assert not OUTPUT.exists() or not pictures(OUTPUT)


def test_a_plate_is_asked_for_with_the_place_of_the_product_left_empty(small: Path, server: ImageServer) -> None:
    with_model(small)
    run(small)

    prompt = str(sent(server)[0][1]["prompt"])
    assert prompt.startswith("a shelf in shelf\n\nA product will be placed in the lower centre of the frame")
    assert manifest(OUTPUT)["assets"][3]["sources"]["request"]["prompt"] == prompt


def test_how_to_ask_is_no_part_of_the_key_and_what_for_is(small: Path, server: ImageServer) -> None:
    with_model(small)
    run(small)
    change(small, '"openai"', '"openai", "parallel": 3, "timeout": 77, "prices": {"image": 0.01}')
    run(small)
    assert len(server.calls) == 1

    change(small, '"openai"', '"openai", "quality": "low"')
    run(small)
    assert len(server.calls) == 2


def test_the_plan_says_which_sizes_are_needed_and_why(small: Path, capsys) -> None:
    with_model(small)
    change(small, "[instagram-feed-square,", "[instagram-feed-square, instagram-story,")
    change(Path("templates/layouts/card.yaml"), "square:", "tall: [{layer: plate}]\nsquare:")

    assert main(["plan", str(small)]) == 0
    out = capsys.readouterr().out
    assert "1 x 1264 x 1264, 0.321 USD each: square (instagram-feed-square)" in out
    assert "tall (instagram-story)" in out


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"sizes": {"square": "1000x1000"}}, "`1000x1000` cannot be asked for: its edges are not multiples of 16"),
        ({"sizes": {"square": "512x512"}}, "it has 262,144 pixels"),
        ({"model": "dall-e-3", "sizes": {"square": "512x512"}}, "`dall-e-3` has 1024x1024, 1792x1024, 1024x1792"),
        ({"model": "gpt-image-2", "quality": "max"}, "`quality` cannot be `max` with this model"),
        ({"extra_body": {"n": 11}}, "`n` cannot stand in `extra_body`: `takes` in the campaign says how many"),
        ({"background": "transparent", "output_format": "jpeg"}, "a JPEG cannot be transparent"),
        ({"family": "gpt-imag-2"}, "did you mean `gpt-image-2`?"),
        ({"qualty": "low"}, "did you mean `quality`?"),
    ],
)
def test_settings_that_make_no_sense_are_told_before_anything_is_paid(small: Path, capsys, settings, words) -> None:
    with_model(small, **settings)

    assert main(["plan", str(small)]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "campaigns/small.yaml:11:" in err


def test_an_unknown_model_is_allowed_and_says_whose_rules_hold(small: Path, server: ImageServer, capsys) -> None:
    server.models["shop-1"] = None
    with_model(small, model="shop-1")
    main(["plan", str(small)])
    assert "the model `shop-1` is not known: the rules of gpt-image-2.6 are taken" in capsys.readouterr().err

    change(small, '"shop-1"', '"shop-1", "family": "compatible"')
    main(["plan", str(small)])
    assert "is not known" not in capsys.readouterr().err
    assert run(small) == 0


def test_a_server_of_ones_own_gets_its_own_settings_and_needs_no_key(
    small: Path, server: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    server.key = ""
    server.models["local"] = None
    with_model(small, model="local", family="compatible", base_url=server.url, extra_body={"seed": "7", "steps": 12})

    assert run(small) == 0
    body = sent(server)[0][1]
    assert (body["seed"], body["steps"], "quality" in body) == (7, 12, False)


def test_a_picture_behind_an_address_is_fetched(small: Path, server: ImageServer) -> None:
    server.answer = lambda _call, _nth: Answer(url="relative", usage=False)
    with_model(small)

    assert run(small) == 0
    assert any(call.path.startswith("/pictures/") for call in server.calls)


def test_a_picture_of_another_size_and_format_is_used_and_named(small: Path, server: ImageServer) -> None:
    server.answer = lambda _call, _nth: Answer(size="640x640", format="jpeg")
    with_model(small)

    assert run(small) == 0
    assert set(findings("plate")) == {
        "the provider sent a JPEG, png was asked for",
        "the provider sent 640 x 640 pixels, 1264 x 1264 were asked for",
    }


@pytest.mark.parametrize(
    "answer",
    [Answer(body=b"<html>hello</html>", content_type="text/html"), Answer(malformed=True)],
    ids=["a web page", "broken base64"],
)
def test_an_answer_that_is_no_picture_is_kept_and_its_place_named(
    small: Path, server: ImageServer, capsys, answer: Answer
) -> None:
    server.answer = lambda _call, _nth: answer
    with_model(small)

    assert run(small) == 4
    kept = next(path for path in Path(".assetgen/store/unusable").rglob("*") if path.is_file() and not path.suffix)
    assert kept.name in capsys.readouterr().err
    assert kept.read_bytes()


def test_a_refused_prompt_fails_its_pictures_with_the_reason_and_the_rest_goes_on(
    small: Path, server: ImageServer, capsys
) -> None:
    server.answer = lambda call, _nth: blocked("input", "violence") if "Ball" in str(call.body["prompt"]) else None
    with_model(small, each=True)

    assert run(small) == 1
    assert "the provider refused the prompt or the photo: violence" in capsys.readouterr().err
    assert len(pictures(OUTPUT)) == 5
    assert len(server.billed) == 2


def test_a_plate_that_was_asked_for_again_and_refused_fails_and_the_old_picture_stays(
    small: Path, server: ImageServer
) -> None:
    with_model(small)
    run(small)
    before = pictures(OUTPUT)
    server.answer = lambda _call, _nth: blocked("output", "violence")

    assert run(small, "--force-step", "plate", "--select", "channel:instagram-*") == 4
    assert pictures(OUTPUT) == before


def test_an_empty_answer_is_not_asked_for_again_and_may_have_cost_something(
    small: Path, server: ImageServer, capsys
) -> None:
    server.answer = lambda _call, _nth: Answer(empty=True)
    with_model(small)

    assert run(small) == 4
    assert len(server.calls) == 1
    main(["spend", "--by", "model"])
    assert "1 without an answer, " in capsys.readouterr().out


def test_an_edit_sends_the_photo_and_says_how_far_the_product_is_still_itself(small: Path, server: ImageServer) -> None:
    with_model(small, each=True, scene="mode: edit")

    assert run(small) == 0
    assert [path for path, _ in sent(server)] == ["edits"] * 3
    assert server.calls[0].files[0].data in {path.read_bytes() for path in Path("campaigns").glob("*.png")}
    scores = [asset["likeness"]["score"] for asset in manifest(OUTPUT)["assets"] if asset["scene"] == "shelf"]
    assert len(scores) == 3
    assert all(0 <= score <= 1 for score in scores)


def test_a_product_that_is_to_be_protected_goes_along_with_a_mask_of_its_size(small: Path, server: ImageServer) -> None:
    with_model(small, each=True, scene="mode: edit\n    protect: true")
    run(small)

    files = {file.field: Image.open(BytesIO(file.data)) for file in server.calls[0].files}
    assert files["image"].size == files["mask"].size == (1264, 1264)
    alpha = files["mask"].getchannel("A")
    left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
    assert 0.2 < left / 1264 < 0.4
    assert 0.85 < bottom / 1264 < 0.96
    assert (right - left, bottom - top) < (1264, 1264)


def test_pictures_of_the_scene_and_of_the_brand_go_along(small: Path, server: ImageServer) -> None:
    for name, colour in (("campaigns/mood.png", "teal"), ("templates/brands/look.png", "plum")):
        Image.new("RGB", (64, 64), colour).save(name)
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nstyle: [look.png]")
    with_model(small, each=True, scene="mode: edit\n    references: [mood.png]")
    run(small)

    assert [file.data for file in server.calls[0].files][1:] == [
        Path("campaigns/mood.png").read_bytes(),
        Path("templates/brands/look.png").read_bytes(),
    ]


def test_a_product_unlike_its_photo_is_asked_for_again_and_then_rejected(small: Path, server: ImageServer) -> None:
    server.answer = lambda _call, _nth: a_picture("beige", "beige")
    change(small, "layout: card", "layout: card\nlikeness: {retakes: 2}")
    with_model(small, each=True, scene="mode: edit")
    assert run(small) == 1

    assert len(server.billed) == 3 * 3
    assert len(findings("likeness")) == 3
    assert all("is not that of its photo: likeness 0.00" in message for message in findings("likeness"))
    delivered = {name for name in pictures(OUTPUT) if not name.startswith("rejected/")}
    assert len(delivered) == 3
    assert not [name for name in delivered if "shelf" in name]

    assert run(small) == 1
    assert len(server.billed) == 3 * 3


@pytest.mark.parametrize("rule", ["{reject_below: 0}", "{at_least: 0}"])
def test_who_wants_to_look_for_oneself_rejects_nothing(small: Path, server: ImageServer, rule: str) -> None:
    server.answer = lambda _call, _nth: a_picture("beige", "beige")
    change(small, "layout: card", f"layout: card\nlikeness: {rule}")
    with_model(small, each=True, scene="mode: edit")

    assert run(small, "-s", "sku:A-1") == 0


@pytest.mark.parametrize(("mode", "left"), [("edit", "red"), ("plate", "blue")])
def test_what_the_provider_drew_is_not_mirrored_for_right_to_left(
    small: Path, server: ImageServer, mode: str, left: str
) -> None:
    server.answer = lambda _call, _nth: a_picture("red", "blue")
    change(small, "[en-US]", "[ar]")
    change(Path("campaigns/copy.csv"), "en-US", "ar")
    with_model(small, each=True, scene=f"mode: {mode}")
    run(small)

    made = Image.open(OUTPUT / min(name for name in pictures(OUTPUT) if "shelf" in name))
    red, _, blue = made.convert("RGB").getpixel((40, 900))  # type: ignore[misc] # of three channels
    assert (red > blue) == (left == "red")


def test_variations_go_through_edits_where_their_endpoint_is_gone(small: Path, server: ImageServer) -> None:
    with_model(small, scene="mode: variation")

    assert run(small) == 0
    assert {path for path, _ in sent(server)} == {"edits"}


# The SDK keeps its method, and says that it is gone at OpenAI.
@pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")
def test_variations_go_through_their_endpoint_where_a_server_has_it(small: Path, server: ImageServer) -> None:
    server.variations = True
    with_model(small, scene="mode: variation", model="dall-e-2")

    assert run(small) == 0
    assert {path for path, _ in sent(server)} == {"variations"}
    assert {str(body["size"]) for _, body in sent(server)} == {"1024x1024"}


def test_prompts_are_screened_before_they_are_paid_for(small: Path, server: ImageServer, capsys) -> None:
    server.flags = {"Ball": ["violence"]}
    with_model(small, each=True, screen=True)

    assert run(small) == 1
    assert "the prompt was flagged before anything was paid: violence" in capsys.readouterr().err
    assert len(server.billed) == 2


def test_a_picture_that_is_flagged_is_kept_and_named(small: Path, server: ImageServer) -> None:
    server.flags = {"image": ["sexual"]}
    with_model(small, screen=True)

    assert run(small) == 0
    assert set(findings("plate")) == {"the moderation endpoint flags the picture: sexual"}


def test_doubtful_words_in_a_prompt_are_told_by_the_plan_and_the_manifest(
    small: Path, server: ImageServer, capsys
) -> None:
    change(Path("templates/brands/plain.yaml"), "name: Plain", "name: Plain\nnever_say: [cheap]")
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a cheap, gorgeous shelf in the style of a master")
    with_model(small)
    main(["plan", str(small)])
    told = capsys.readouterr().err
    assert "the prompt says `cheap`, which the brand never says" in told
    assert "the prompt says `in the style of`: naming an artist" in told
    assert "gore" not in told

    run(small)
    assert len(set(findings("prompt"))) == 2


def test_doubtful_words_can_stop_a_row_and_the_workspace_has_its_own(small: Path, server: ImageServer, capsys) -> None:
    Path("templates/terms.yaml").write_text("in the style of:\nBall: sport is another department's\n")
    change(Path("templates/prompts/shelf.j2"), "a shelf", "a {{ product.title }} in the style of a master")
    change(small, "layout: card", "layout: card\nprompt_terms: error")
    with_model(small)

    assert run(small) == 1
    assert "scene `shelf`: the prompt says `Ball`: sport is another department's" in capsys.readouterr().err
    assert len(server.billed) == 2
