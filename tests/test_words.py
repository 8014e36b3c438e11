import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from assetgen.picture.type import fonts
from assetgen.picture.type.typesetting import SetText, TextDoesNotFit, set_text
from assetgen.picture.vector import NotAPicture, rasterise, rounded_mask

FOLDER = Path(str(files("assetgen"))) / "data" / "fonts"
PARAGRAPH = "触手生温，一杯一盏都有自己的样子，慢慢喝。"


def words(text, width=400, height=300, *, smallest=12.0, largest=48.0, locale="en-US", **more) -> SetText:
    font = more.pop("font", "Inter SemiBold")
    box = {"width": width, "height": height, "smallest": smallest, "largest": largest}
    return set_text(text, font=font, locale=locale, **box, **more)


def line_widths(text: SetText) -> list[int]:
    """The ink's width in each line, measured in the rows around its baseline."""
    ends = [text.baseline + text.pitch * line for line in range(text.lines)]
    bands = [np.flatnonzero(text.mask[max(0, end - round(text.cap_height)) : end].any(axis=0)) for end in ends]
    return [int(band[-1] - band[0]) for band in bands]


def test_words_are_as_large_as_their_box_allows():
    assert words("Spring", 4000, 300).size == 48
    narrow = words("Spring", 100, 300)
    assert 95 <= narrow.width <= 100
    assert 12 < narrow.size < 48


def test_the_mask_ends_where_the_ink_ends():
    mask = words("Hand-thrown", 400, 40).mask
    assert mask.max() == 255
    assert all(edge.any() for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))


@pytest.mark.parametrize("size", [9, 11.5, 14, 24, 31, 64, 90])
def test_capitals_stand_on_the_baseline_and_reach_the_cap_height(size):
    text = words("HHH", smallest=size, largest=size)
    assert text.baseline == text.height
    assert text.height == pytest.approx(text.cap_height, abs=2)


def test_a_headline_that_needs_two_lines_shares_its_words_between_them():
    text = words("Made by hand in small batches", 500, 300, largest=60)
    assert text.lines == 2
    first, second = line_widths(text)
    assert second > 0.7 * first


def test_a_word_too_long_for_its_box_is_an_error_and_never_cut():
    with pytest.raises(TextDoesNotFit, match=r"`Donaudampf.+` does not fit: at 24 px, its smallest size, it takes \d+"):
        words("Donaudampfschifffahrtsgesellschaft", 200, 200, smallest=24)


def test_a_text_too_long_for_its_box_is_an_error():
    with pytest.raises(TextDoesNotFit, match="its box has 200 x 40"):
        words("One more reason to come by " * 9, 200, 40)


def test_chinese_breaks_anywhere_but_before_a_full_stop_or_comma():
    box = {"width": 4 * 40 + 4, "smallest": 40, "largest": 40, "locale": "zh-CN"}
    free, held = (words(text, **box) for text in ("触手生温一杯", "触手生温，一杯"))
    assert (free.lines, held.lines) == (2, 2)
    assert line_widths(free)[1] < line_widths(held)[1]  # 生温 goes down with the comma
    assert words(PARAGRAPH, 300, 400, smallest=40, largest=40, locale="zh-CN").lines == 3


@pytest.mark.parametrize(
    ("width", "locale", "lines"),
    [
        (500, "en-US", ["Spring, made", "by hand"]),
        (500, "en-US", ["Botanical", "Oil in glass"]),
        (400, "en-US", ["A quiet", "cup for slow", "mornings"]),
        (400, "en-US", ["Up to 30 %", "off everything"]),
        (620, "de-DE", ["Handgefertigte", "Lieblingsstücke", "für jeden Tag"]),
        (450, "fr-FR", ["Le printemps,", "fait à la main"]),
        (400, "zh-CN", ["触手生温，一杯", "一盏都有自己的", "样子，慢慢喝。"]),
        (640, "ja-JP", ["春を手でつくる。", "ひとつずつ、", "ちがう表情。"]),
        (500, "ko-KR", ["손으로 빚은", "봄, 오늘부터"]),
        (450, "hi-IN", ["हाथ से बना", "वसंत संग्रह"]),
        (400, "th-TH", ["กระเป๋าผ้าใบ", "สำหรับทุกวัน"]),
        (300, "ar", ["ربيع مصنوع", "باليد في كل يوم"]),
    ],
)
def test_headlines_break_where_their_sense_does(width, locale, lines):
    joined = (" " if locale[:2] not in {"zh", "ja", "th"} else "").join(lines)
    assert list(words(joined, width, 260, smallest=24, largest=80, locale=locale).texts) == lines


JAPANESE = "「いま」だけキャンペーン、きょうからスタート！チェックしてね。コーヒー１杯、¥1,299です。"


@pytest.mark.parametrize(("text", "locale"), [(PARAGRAPH * 2, "zh-CN"), (JAPANESE, "ja-JP")])
@pytest.mark.parametrize("width", range(130, 700, 30))
def test_no_line_begins_or_ends_with_what_must_not_stand_there(text, locale, width):
    lines = words(text, width, 2000, smallest=24, largest=24, locale=locale).texts
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in "。、，！」ーャッィ々" or line[-1] in "「¥"]
    assert len(lines[-1]) > 1
    assert "¥1,299" not in text or any("¥1,299" in line for line in lines)


def test_a_short_word_is_not_left_alone_even_if_the_others_could_be_larger():
    text = words("Handmade stoneware, now", 340, 260, smallest=24, largest=80)
    assert text.texts == ("Handmade", "stoneware, now")


def test_a_long_word_breaks_at_its_soft_hyphens_and_shows_one():
    text = words("Frühlings\u00adhandwerk", 260, 200, smallest=40)
    assert text.texts == ("Frühlings-", "handwerk")
    assert words("Frühlings\u00adhandwerk", 900, 200).texts == ("Frühlingshandwerk",)


def test_spaces_without_width_say_where_thai_words_end():
    wide = {"width": 250, "height": 300, "smallest": 40, "largest": 40, "locale": "th"}
    assert words("แก้วเซรามิก\u200bทำมือที่อบอุ่น", **wide).texts == ("แก้วเซรามิก", "ทำมือที่อบอุ่น")


def test_quotation_marks_hang_out_so_that_letters_align():
    text = words("“Quiet things, made slowly by hand.”", 420, 300, smallest=40, largest=60)
    first, second = (text.mask[: text.baseline], text.mask[text.baseline + text.pitch // 2 :])
    assert np.flatnonzero(first.any(axis=0))[0] == 0
    assert np.flatnonzero(second.any(axis=0))[0] > 0.25 * text.size


def test_one_sign_has_the_form_that_each_language_writes():
    chinese, japanese = (words("直", locale=locale).mask for locale in ("zh-CN", "ja-JP"))
    assert chinese.shape != japanese.shape or (chinese != japanese).any()


def test_words_that_many_products_share_are_set_once():
    assert words("Spring") is words("Spring")
    with pytest.raises(ValueError, match="read-only"):
        words("Spring").mask[0] = 0


def test_arabic_runs_from_the_right_edge():
    text = words("ربيع مصنوع باليد", 300, 300, smallest=50, largest=60, locale="ar")
    first = text.mask[: text.baseline]
    assert text.lines == 2
    assert first[:, -3:].any()
    assert not first[:, :3].any()


def test_arabic_letters_join():
    joined = words("ببب", locale="ar").width
    apart = words("ب\u200cب\u200cب", locale="ar").width
    assert joined < 0.8 * apart


def test_a_latin_name_does_not_turn_an_arabic_line_round():
    arabic_first = words("الآن Nike", locale="ar", largest=40)
    latin_first = words("Nike الآن", locale="ar", largest=40)
    descender = arabic_first.baseline + 2
    assert arabic_first.mask[descender:, : arabic_first.width // 2].sum() == 0
    assert latin_first.mask[descender:, latin_first.width // 2 :].sum() == 0


def test_scripts_share_their_lines():
    latin, mixed = words("Tea\nTea", spacing=1.2), words("Tea 春\nشاي Tea", spacing=1.2)
    assert (latin.lines, latin.pitch) == (mixed.lines, mixed.pitch) == (2, 58)


def test_markup_is_only_text():
    assert words("<b>A&B</b>").width > 2 * words("A&B").width


def test_a_hard_space_keeps_a_price_together():
    free, hard = (words(f"A 2900{space}EUR", 150, 200, smallest=30, largest=30) for space in (" ", "\u00a0"))
    assert line_widths(hard)[1] > line_widths(free)[1]


def test_threads_set_the_same_words_alike():
    expected = [words(text, 200, 100).mask for text in ("Spring", "春日手作", "ربيع")]
    start = threading.Barrier(6)

    def work(number: int) -> bool:
        start.wait()
        drawn = rasterise(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>a</text></svg>', 90, 90)
        texts = [words(text, 200, 100).mask for text in ("Spring", "春日手作", "ربيع")]
        return drawn.shape == (90, 90, 4) and all(map(np.array_equal, texts, expected)) and number >= 0

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(work, range(6)))


def test_the_coverage_file_agrees_with_the_fonts():
    points = set().union(*(TTFont(path).getBestCmap() for path in FOLDER.glob("*.?tf")))
    assert fonts._covered() == {chr(point) for point in points}


def test_every_font_stands_on_the_same_line():
    def share(font: TTFont) -> float:
        return float((font["hhea"].ascent + font["hhea"].descent) / 2 / font["head"].unitsPerEm)

    assert [share(TTFont(path)) for path in FOLDER.glob("*.?tf")] == pytest.approx([0.364] * 18, abs=0.001)


def test_missing_names_each_character_that_no_font_draws():
    assert fonts.missing("Spring — 春日手作，ربيع £29 ราคา 한 हाथ 臺灣 \u200f\ufe0f\n") == ()
    assert fonts.missing("விலை ფ ფ") == ("வ", "ி", "ல", "ை", "ფ")


def test_a_missing_character_names_the_font_to_look_for():
    assert fonts.package_for("வ") == "Noto Sans Tamil (fonts-noto-core)"
    assert fonts.package_for("嘅") == "Noto Sans CJK (fonts-noto-cjk)"
    assert "fonts-noto-color-emoji" in fonts.package_for("🎁")


def test_only_bundled_families_are_known():
    assert fonts.is_bundled("Inter SemiBold")
    assert not fonts.is_bundled("Interstate")


def test_an_svg_fills_its_box_and_keeps_its_aspect():
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24.4 24.4"><path d="M0 0h24.4v24.4H0z"/></svg>'
    drawn = rasterise(square, 401, 900)
    assert drawn.shape == (401, 401, 4)
    assert drawn[2:-2, 2:-2, 3].min() == 255


def test_junk_is_not_a_picture():
    for junk in (b"<svg junk", b"junk"):
        with pytest.raises(NotAPicture):
            rasterise(junk, 10, 10)


def test_round_corners_are_smooth_and_cover_what_geometry_says():
    disc = rounded_mask(101, 101, 50.5)
    assert disc.sum() / 255 == pytest.approx(np.pi * 50.5**2, rel=0.001)
    assert rounded_mask(40, 20, 0).min() == 255


def test_words_that_fit_on_two_lines_are_not_refused_for_a_hair_on_one() -> None:
    words = set_text(
        "Spring, made by hand",
        font="Inter SemiBold",
        locale="en-US",
        width=595,
        height=230,
        smallest=60,
        largest=108,
        spacing=1.1,
    )

    assert words.lines == 2


@pytest.mark.parametrize("text", ["\u200b", "\u200e", "\u2060", "\u3000", "\u200b\n\u200b", "\x01"])
def test_words_that_are_drawn_to_nothing_take_next_to_no_room(text):
    drawn = set_text(text, font="Inter", locale="en-US", width=300, height=100, smallest=12, largest=40)
    assert (drawn.width, drawn.mask.max()) == (1, 0)
