"""Before anything is made `check` says which words do not fit, and which come out small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assetgen.cli import main
from tests.kit import TABLE, change

LAYOUT = """\
square:
  - {layer: plate}
  - {layer: text, text: "{{ copy.headline }}", box: [0, 0, 1, 0.3], size: [0.03, 0.1]}
banner:
  - {layer: plate}
  - {layer: text, text: "{{ copy.headline }}", box: [0, 0, 0.4, 1], size: [0.08, 0.2]}
"""
COPY = "key,en-US,de-DE\noffer,unused,unbenutzt\nheadline,Now here,{}\n"
LONG = "Donaudampfschifffahrtsgesellschaft"


@pytest.fixture
def two(small: Path) -> Path:
    """The small shop in two languages, on a square and on a banner."""
    change(small, "[en-US]", "[en-US, de-DE]")
    change(small, "amazon-main", "display-728x90")
    Path("templates/layouts/card.yaml").write_text(LAYOUT)
    change(small, "layout: card", "layout: {square: card, banner: card}")
    Path("campaigns/copy.csv").write_text(COPY.format("Jetzt da"))
    return small


def fits(campaign: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    main(["check", str(campaign), "--json"])
    *lines, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert "summary" in summary
    return [line for line in lines if "text" in line]


def of_titles(campaign: Path, titles: list[str]) -> None:
    """A product for each title, all with one photo, whose headline is that title."""
    rows = "".join(f"P-{n},{title},10.00,EUR,red.png\n" for n, title in enumerate(titles))
    (campaign.parent / "products.csv").write_text(TABLE.splitlines()[0] + "\n" + rows)
    (campaign.parent / "copy.csv").write_text(COPY.replace("Now here", "{{{{ product.title }}}}").format("Jetzt da"))


def test_a_word_too_long_for_one_language_and_shape_is_named_with_its_line(two: Path, capsys) -> None:
    Path("campaigns/copy.csv").write_text(COPY.format(LONG))

    assert main(["check", str(two)]) == 1
    out, err = capsys.readouterr()
    assert err.count("error: ") == 1
    assert f"error: display-728x90: on 728 x 90, de-DE: `{LONG}` does not fit" in err
    assert "--> campaigns/copy.csv:3" in err
    assert "the layer is in templates/layouts/card.yaml:6:5" in err
    assert out.splitlines()[-1] == "words in 4 places: 1 too long, 1 small"
    assert not Path("output").exists()


def test_a_run_fails_for_the_pictures_that_were_named_and_makes_the_others(two: Path, capsys) -> None:
    change(two, "copy: copy.csv", "copy: copy.csv\nprovider: {name: studio, megapixels: 0.25}")
    Path("campaigns/copy.csv").write_text(COPY.format(LONG))

    assert main(["run", str(two), "-s", "sku:A-1"]) == 1
    out, err = capsys.readouterr()
    assert "1 picture could not be made: display-728x90: on 728 x 90, de-DE" in err
    assert out.startswith("3 pictures made")


def test_words_that_come_out_small_are_a_warning(two: Path, capsys) -> None:
    change(two, ", display-728x90", "")
    Path("campaigns/copy.csv").write_text(COPY.format(LONG))

    assert main(["check", str(two)]) == 0
    err = capsys.readouterr().err
    assert f"warning: instagram-feed-square: on 1080 x 1080, de-DE: `{LONG}` comes out at 49.5 px, 46%" in err
    assert "--> campaigns/copy.csv:3" in err


def test_words_that_fit_are_no_matter(two: Path, capsys) -> None:
    assert main(["check", str(two)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[-1] == "words in 4 places: all fit"


def test_sizes_and_lines_of_the_longest_words_are_listed(two: Path, capsys) -> None:
    found = fits(two, capsys)

    assert [(each["locale"], each["shape"], each["text"], each["lines"]) for each in found] == [
        ("en-US", "square", "Now here", 1),
        ("en-US", "banner", "Now here", 1),
        ("de-DE", "square", "Jetzt da", 1),
        ("de-DE", "banner", "Jetzt da", 1),
    ]
    assert (found[0]["size"], found[0]["shrink"], found[0]["problem"]) == (108, 1, None)
    assert main(["check", str(two), "--fit"]) == 0
    table = capsys.readouterr().out.splitlines()
    assert " ".join(table[2].split()) == "locale layout shape channel px share lines layer words"
    assert " ".join(table[3].split()) == "en-US card square instagram-feed-square 108 100% 1 text Now here"


@pytest.mark.parametrize("title", [f"Cup {LONG}", "One more reason to come by and see " * 5])
def test_the_longest_of_many_titles_is_found(two: Path, title: str, capsys) -> None:
    of_titles(two, [f"Cup number {n} of a row of so many cups" for n in range(499)] + [title] + ["Cup"] * 200)

    assert main(["check", str(two)]) == 1
    said = capsys.readouterr().err
    assert said.count("error: ") == 1
    assert f"error: display-728x90: on 728 x 90, en-US: `{title.strip()[:57]}" in said


def test_words_that_follow_each_other_are_tried_together(small: Path, capsys) -> None:
    # Each of them fits, and neither is the longest of its layer; together they need the most room.
    first = '{layer: text, text: "{{ product.title }}", box: [0, 0, 1, 0.305], size: 0.05}'
    second = '{layer: text, text: "{{ product.more }}", box: [0, 0.305, 1, 0.61], size: 0.05, follow: 0.02}'
    Path("templates/layouts/card.yaml").write_text(f"square:\n  - {{layer: plate}}\n  - {first}\n  - {second}\n")
    long, middling, short = (" ".join(["word"] * count) for count in (29, 26, 1))
    texts = [
        *[(f"{long}{n}", short) for n in range(4)],
        (middling, middling),
        *[(short, f"{long}{n}") for n in range(4)],
    ]
    rows = [f"P-{n},{title},{more},10.00,EUR,red.png" for n, (title, more) in enumerate(texts)]
    Path("campaigns/products.csv").write_text("\n".join(["sku,title,more,price,currency,photo", *rows]))

    assert main(["check", str(small)]) == 1
    said = capsys.readouterr().err
    assert said.count("error: ") == 1
    assert f"with what it follows `{middling}` takes" in said
