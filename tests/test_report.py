import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from assetgen.config.brand import Brand
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.delivery.report import CUTOUTS, EMBEDDED, write_report
from assetgen.errors import Location, Problem
from assetgen.fingerprint import Json
from assetgen.model.ai_label import Label, Labels
from assetgen.model.brief import Brief, Copy, Marked, Marks
from assetgen.model.cutting import Judged, Verdict
from assetgen.model.finding import Finding, Level
from assetgen.model.made import Made
from assetgen.model.outcome import Delivered, Failure, ShownCutout
from assetgen.model.product import Reject

THUMBNAIL = b"RIFF....WEBP"
FREE: dict[str, Json] = {"provider": "studio", "cost": {"amount": "0", "currency": "USD"}, "seconds": 2.0}
PAID: dict[str, Json] = {"provider": "painter", "cost": {"amount": "0.04", "currency": "USD"}, "seconds": 9.5}
LOW_CONTRAST = Finding("contrast", Level.WARNING, "the headline is hard to read")


def channel(name: str, width: int, height: int) -> Channel:
    return Channel(
        id=name.lower(),
        name=name,
        platform="Here",
        kind="ad",
        width=width,
        height=height,
        aspect="",
        formats=("jpg",),
        source="us",
        evidence="memory",
    )


CHANNELS = {c.id: c for c in (channel("Story", 1080, 1920), channel("Leaderboard", 728, 90))}


def brief(name: str = "Spring") -> Brief:
    campaign = Campaign.model_validate(
        {
            "name": name,
            "products": {"file": "products.csv"},
            "brand": "halden",
            "copy": "copy.csv",
            "locales": ["en-US", "ar"],
            "scenes": {"terrace": {"prompt": "terrace"}},
            "channels": list(CHANNELS),
        }
    )
    here, marks = Path(), Marks("spring.yaml", {})
    return Brief(
        name="spring",
        file=here,
        root=here,
        output=here,
        campaign=Marked(campaign, marks),
        brand=Marked(Brand(name="Halden"), marks),
        logo=None,
        logo_dark=None,
        copy=Copy({}),
        layouts={},
        channels=tuple(CHANNELS.values()),
        prompts={},
        fonts=(),
        products=here,
        references={},
        terms={},
        today=date(2026, 3, 1),
        labels=Labels({}, Label("AI生成", "zh-CN"), None, {}),
    )


def made(sku: str = "MUG", on: str = "story", locale: str = "en-US", *findings: Finding, plate: str = "p1") -> Made:
    return Made(
        id=f"{on}/{sku}--terrace--{locale}",
        sku=sku,
        title=sku.title(),
        scene="terrace",
        locale=locale,
        audience=None,
        take=1,
        channel=on,
        key="",
        inputs={"plate": plate},
        photo=None,
        path=f"{on}/{sku}--terrace--{locale}--1a2b.jpg",
        digest="",
        size=183_600,
        modified=0,
        width=CHANNELS[on].width,
        height=CHANNELS[on].height,
        format="jpg",
        quality=85,
        source_type="",
        origin="new",
        seconds=0.5,
        findings=findings,
    )


def page(
    folder: Path,
    *delivered: Delivered,
    name: str = "Spring",
    rejects: tuple[Reject, ...] = (),
    failures: tuple[Failure, ...] = (),
    thumbnail: bytes | None = THUMBNAIL,
) -> str:
    path = folder / "report.html"
    write_report(path, brief(name), delivered, rejects, failures, lambda _: thumbnail)
    return path.read_text(encoding="utf-8")


class Tags(HTMLParser):
    """The opening tags of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, name: str) -> Iterator[dict[str, str | None]]:
        return (attributes for tag, attributes in self.found if tag == name)


def facts(text: str) -> dict[str, str]:
    return dict(re.findall("<dt>(.+?)</dt><dd>(.+?)</dd>", text))


def test_the_page_needs_nothing_but_itself(tmp_path):
    text = page(tmp_path, Delivered(made(), FREE))
    sources = [value for _, attrs in Tags(text).found for key, value in attrs.items() if key in {"src", "srcset"}]
    assert sources == ["data:image/webp;base64,UklGRi4uLi5XRUJQ"]
    assert [link["href"] for link in Tags(text).all("link")] == ["data:,"]
    assert "://" not in text
    assert "@import" not in text


def test_what_comes_from_a_table_shows_as_text(tmp_path):
    evil = "\"><script>alert('x')</script>"
    reject = Reject(evil, Problem(f"no photo `{evil}`", Location(evil), evil))
    finding = Finding("rule", Level.ERROR, f"`{evil}`")
    file = made(evil, "story", "ar", finding)
    text = page(
        tmp_path,
        Delivered(file, FREE),
        name=evil,
        rejects=(reject,),
        failures=(Failure(evil, Problem(evil)),),
    )
    assert text.count("<script") == 1
    assert "&lt;script&gt;" in text
    assert not [attrs for _, attrs in Tags(text).found if any(key.startswith("alert") for key in attrs)]


def test_typed_words_are_set_as_code(tmp_path):
    text = page(tmp_path, failures=(Failure("a", Problem("the word `<b>` was refused")),))
    assert "the word <code>&lt;b&gt;</code> was refused" in text


def test_files_stand_under_their_product_in_the_order_of_the_channels(tmp_path):
    text = page(
        tmp_path,
        *(Delivered(made(sku, on), FREE) for on in ("leaderboard", "story") for sku in ("VASE", "MUG")),
    )
    alts = [image["alt"] for image in Tags(text).all("img")]
    assert re.findall('data-sku="(.+?)"', text) == ["mug mug", "vase vase"]
    assert alts == [
        "Mug, Story, terrace, English (United States)",
        "Mug, Leaderboard, terrace, English (United States)",
        "Vase, Story, terrace, English (United States)",
        "Vase, Leaderboard, terrace, English (United States)",
    ]


def test_a_picture_keeps_its_shape_and_opens_the_file(tmp_path):
    text = page(tmp_path, Delivered(made("MUG #1", "leaderboard"), FREE))
    image = next(Tags(text).all("img"))
    assert (image["width"], image["height"]) == ("728", "90")
    assert "leaderboard/MUG%20%231--terrace--en-US--1a2b.jpg" in [link["href"] for link in Tags(text).all("a")]
    assert "728\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}90\N{NO-BREAK SPACE}px · 184\N{NO-BREAK SPACE}kB" in text


def test_the_page_counts_what_is_there(tmp_path):
    text = page(
        tmp_path,
        Delivered(made(), FREE),
        Delivered(made(locale="ar"), FREE),
        Delivered(made("VASE", "leaderboard", plate="p2"), FREE),
        Delivered(made("OLD"), None, orphan=True),
    )
    assert facts(text) == {
        "Files": "3",
        "Products": "2",
        "Channels": "2",
        "Locales": "2",
        "Plates": "2",
        "Price": "free",
        "Work": "6 s",
    }


def test_a_plate_that_several_files_share_is_paid_once(tmp_path):
    files = (Delivered(made(sku, plate=plate), PAID) for sku, plate in (("A", "p1"), ("B", "p1"), ("C", "p2")))
    assert facts(page(tmp_path, *files))["Price"] == "0.08 USD"


def test_one_unknown_price_makes_the_total_unknown(tmp_path):
    unknown = Delivered(made(plate="p2"), PAID | {"cost": None})
    assert facts(page(tmp_path, Delivered(made(), PAID), unknown))["Price"] == "unknown"


def test_what_needs_attention_comes_first(tmp_path):
    text = page(
        tmp_path,
        Delivered(made("MUG", "story", "ar", LOW_CONTRAST), FREE),
        Delivered(made("OLD"), FREE, orphan=True),
        rejects=(Reject("CANDLE", Problem("there is no photo", Location("products.csv", 9), "did you mean it?")),),
        failures=(Failure("story/LAMP--terrace--ar", Problem("the service refused")),),
    )
    attention = text[: text.index("<form")]
    titles = re.findall(r"<summary>([A-Z].+?) <span", attention)
    assert titles == ["Could not be made", "Rows set aside", "Warnings", "Orphans"]
    for said in ("story/LAMP--terrace--ar", "CANDLE", "products.csv:9", "did you mean it?", LOW_CONTRAST.message):
        assert said in attention


def test_a_problem_is_told_once_for_all_its_files(tmp_path):
    refused = Problem("the service refused")
    text = page(tmp_path, failures=tuple(Failure(f"story/{n}", refused) for n in range(40)))
    assert text.count(refused.message) == 1
    assert "all 40" in text


def test_findings_are_marked_on_their_picture(tmp_path):
    unchecked = Finding("rules", Level.NOT_CHECKED, "the rules are from memory")
    text = page(tmp_path, Delivered(made("MUG", "story", "ar", unchecked, LOW_CONTRAST, LOW_CONTRAST), FREE))
    figure = text[text.index("<figure") : text.index("</figure>")]
    assert re.findall('class="mark (.+?)">(.+?)<', figure) == [
        ("warning", "2 warnings"),
        ("not-checked", "1 not checked"),
    ]


def test_a_language_that_runs_right_to_left_says_so(tmp_path):
    text = page(tmp_path, Delivered(made(locale="ar"), FREE), Delivered(made(), FREE))
    assert '<option value="ar">Arabic, right to left</option>' in text
    assert text.count('<span class="rtl">') == 1


def test_above_the_limit_the_files_without_findings_become_links(tmp_path):
    fine = (Delivered(made(f"{n:04}", on), FREE) for on in CHANNELS for n in range(EMBEDDED - 1))
    text = page(tmp_path, *fine, Delivered(made("0000", "leaderboard", "ar", LOW_CONTRAST), FREE))
    alts = [image["alt"] or "" for image in Tags(text).all("img")]
    assert [alt for alt in alts if "Leaderboard" in alt] == ["0000, Leaderboard, terrace, Arabic, right to left"]
    assert len({alt.split(",")[0] for alt in alts}) == EMBEDDED - 1
    assert len(list(Tags(text).all("tr"))) == EMBEDDED - 1
    assert "600 of 1,199 files are shown as pictures" in text


def test_a_file_without_a_thumbnail_is_still_listed(tmp_path):
    text = page(tmp_path, Delivered(made(), FREE), thumbnail=None)
    assert made().path in [link["href"] for link in Tags(text).all("a")]


def test_the_same_input_writes_no_byte(tmp_path):
    path = tmp_path / "report.html"
    delivered = [Delivered(made(locale=locale), FREE) for locale in ("ar", "en-US")]
    assert write_report(path, brief(), delivered, (), (), lambda _: THUMBNAIL)
    assert not write_report(path, brief(), reversed(delivered), (), (), lambda _: THUMBNAIL)


def test_a_campaign_without_files_says_that_nothing_is_wrong(tmp_path):
    text = page(tmp_path)
    assert "no check found anything wrong" in text
    assert facts(text)["Files"] == "0"


def cutout(sku: str, verdict: Verdict = Verdict.GOOD, *reasons: str) -> ShownCutout:
    return ShownCutout(f"key-of-{sku}", sku, sku.title(), Judged(verdict, reasons, "plain"))


def with_cutouts(folder: Path, *cutouts: ShownCutout) -> str:
    path = folder / "report.html"
    write_report(
        path,
        brief(),
        [Delivered(made(), FREE)],
        (),
        (),
        lambda _: THUMBNAIL,
        cutouts=cutouts,
        preview=lambda key: THUMBNAIL + key.encode(),
    )
    return path.read_text(encoding="utf-8").partition('<section id="cutouts">')[2]


def test_cutouts_are_shown_with_what_is_doubted_about_them(tmp_path):
    text = with_cutouts(tmp_path, cutout("LAMP", Verdict.CHECK, "the outline is `pale`"), cutout("MUG"))

    assert re.findall('alt="(.+?), cut out', text) == ["Lamp", "Mug"]
    assert re.findall("<summary>(.+?) <", text) == ["To look at", "Good"]
    assert "the outline is <code>pale</code>" in text
    assert len(set(re.findall('src="(data:image/webp.+?)"', text))) == 2


def test_a_campaign_without_cutouts_has_no_place_for_them(tmp_path):
    assert with_cutouts(tmp_path) == ""


def test_many_good_cutouts_are_folded_and_the_last_are_counted(tmp_path):
    text = with_cutouts(tmp_path, *(cutout(f"MUG-{n}") for n in range(CUTOUTS + 5)))

    assert "<details>" in text
    assert len(re.findall("<img", text)) == CUTOUTS
    assert "and 5 more" in text
