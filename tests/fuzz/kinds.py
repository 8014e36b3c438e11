"""Every kind of input there is, and how each is spoiled."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import openpyxl
import pandas as pd
from hypothesis import strategies as st
from jinja2 import Environment
from PIL import Image, ImageDraw
from typer.main import get_command

from assetgen.cli.commands import app
from tests.fuzz.mutations import NASTY_TEXTS, damaged, spoiled_table, spoiled_yaml
from tests.fuzz.trial import Attack, Bench
from tests.kit import BRAND, COPY, LAYOUT, ROOT, TABLE

Kind = Callable[[Bench], st.SearchStrategy[Attack]]

SMALL = "campaigns/small.yaml"
ONE = ("-s", "channel:amazon-main")
LOOK = (("check", SMALL), ("plan", SMALL, "--json"), ("check", SMALL, "--json"))
PRODUCTS = "campaigns/products"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z" fill="#a42"/></svg>'

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF", "BMP")


def _attack(files: Mapping[str, st.SearchStrategy[bytes]], *commands: tuple[str, ...]) -> st.SearchStrategy[Attack]:
    return st.builds(Attack, st.fixed_dictionaries(dict(files)), st.sampled_from(commands))


def campaign(bench: Bench) -> st.SearchStrategy[Attack]:
    return _attack({SMALL: spoiled_yaml(bench.file(SMALL))}, *LOOK)


def full_campaign(bench: Bench) -> st.SearchStrategy[Attack]:
    """The sample's campaign, which has a line for nearly everything, in the small shop."""
    full = (ROOT / "campaigns/spring.yaml").read_bytes()
    return _attack({"campaigns/spring.yaml": spoiled_yaml(full)}, ("check", "campaigns/spring.yaml"))


def brand(bench: Bench) -> st.SearchStrategy[Attack]:
    logo = f"{BRAND}logo: {{file: logo.svg}}\nfont: {{family: Inter}}\n".encode()
    return _attack({"templates/brands/plain.yaml": spoiled_yaml(logo)}, *LOOK)


def layout(bench: Bench) -> st.SearchStrategy[Attack]:
    shipped = sorted((ROOT / "templates/layouts").glob("*.yaml"))
    texts = [LAYOUT.encode(), *(path.read_bytes() for path in shipped)]
    spoiled = st.sampled_from(texts).flatmap(spoiled_yaml)
    return _attack({"templates/layouts/card.yaml": spoiled}, *LOOK)


def channels(bench: Bench) -> st.SearchStrategy[Attack]:
    rows = b"channels:\n- {id: wall, width: 300, height: 200}\n- {id: door, width: 90, height: 728, max_bytes: 90000}\n"
    return _attack({"templates/channels.yaml": spoiled_yaml(rows)}, *LOOK, ("channels",))


def copy(bench: Bench) -> st.SearchStrategy[Attack]:
    return _attack({"campaigns/copy.csv": spoiled_table(COPY.encode())}, *LOOK)


def products(bench: Bench) -> st.SearchStrategy[Attack]:
    table = f"{PRODUCTS}.csv"
    return _attack({table: spoiled_table(TABLE.encode())}, *LOOK, ("products", table, "--json"))


def exports(bench: Bench) -> st.SearchStrategy[Attack]:
    """Exports of shops, and feeds."""
    files = sorted(path for path in (ROOT / "tests/exports").iterdir() if path.is_file())

    def attack(file: Any) -> st.SearchStrategy[Attack]:
        return _attack({file.name: damaged(file.read_bytes())}, ("products", file.name, "--json"))

    return st.sampled_from(files).flatmap(attack)


def workbook(bench: Bench) -> st.SearchStrategy[Attack]:
    """XLSX with damage outside, and inside one of its members."""
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    whole = file.getvalue()
    with zipfile.ZipFile(file) as parts:
        members = {name: parts.read(name) for name in parts.namelist()}

    def packed(name: str, data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
            for each, kept in members.items():
                parts.writestr(each, data if each == name else kept)
        return out.getvalue()

    def inside(name: str) -> st.SearchStrategy[bytes]:
        return damaged(members[name]).map(lambda data: packed(name, data))

    spoiled = st.one_of(damaged(whole), st.sampled_from(sorted(members)).flatmap(inside))
    return _attack({f"{PRODUCTS}.xlsx": spoiled}, ("products", f"{PRODUCTS}.xlsx", "--json"))


def parquet(bench: Bench) -> st.SearchStrategy[Attack]:
    file = io.BytesIO()
    pd.read_csv(io.StringIO(TABLE)).to_parquet(file)
    return _attack({f"{PRODUCTS}.parquet": damaged(file.getvalue())}, ("products", f"{PRODUCTS}.parquet", "--json"))


NAMES = (
    "product",
    "product.price",
    "product.title",
    "copy",
    "scene",
    "locale",
    "x",
    "none",
    "loop",
    "self",
    "cycler",
    "dict",
)
LITERALS = ("1", "0", "-5", "1e308", "10**9", "''", "'a'", "[]", "{}", "range(9)", "'%d'", "'{0.__class__}'")
OPERATORS = st.sampled_from(("+", "-", "*", "/", "//", "%", "**", "~", "in", "==", "<", "and", "is", ","))
FILTERS = st.sampled_from([*Environment().filters, "money", "percent_off", "saving", "unknown"])
FILTER_ARGUMENTS = st.sampled_from(("", "", "(5)", "(-5)", "(0)", "(10**6)", "('a', 'b')", "('x')", "(1, 2, 3)"))
AROUND = st.sampled_from(("{}.x", "{}[0]", "{}()", "(not {})", "{{'a': {}}}"))
EXPRESSIONS = st.recursive(
    st.sampled_from((*NAMES, *LITERALS)),
    lambda inner: st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, FILTERS, FILTER_ARGUMENTS).map(lambda parts: f"({parts[0]} | {parts[1]}{parts[2]})"),
        st.tuples(AROUND, inner).map(lambda parts: parts[0].format(parts[1])),
    ),
    max_leaves=6,
)
STATEMENTS = st.sampled_from(
    (
        "{{% for i in {} %}}{{{{ i }}}}{{% endfor %}}",
        "{{% if {} %}}a{{% endif %}}",
        "{{% set y = {} %}}{{{{ y }}}}",
        "{{% macro m() %}}{}{{% endmacro %}}{{{{ m() }}}}",
        "{{% include {} %}}",
        "{{% with z={} %}}{{{{ z }}}}{{% endwith %}}",
        "{{% for i in {} %}}",
        "{{{{ {} }}}}",
        "{{{{ {} }}}}",
        "{{{{ {} }}",
        "{{% filter upper %}}{{{{ {} }}}}{{% endfilter %}}",
    )
)


def templates(bench: Bench) -> st.SearchStrategy[Attack]:
    """Expressions of all sorts as a prompt, in the copy table, and in a layout."""
    rendered = st.tuples(STATEMENTS, EXPRESSIONS).map(lambda parts: parts[0].format(parts[1]))

    def attack(text: str) -> st.SearchStrategy[Attack]:
        quoted = text.replace('"', "'")
        return st.sampled_from(
            (
                Attack({"templates/prompts/shelf.j2": text.encode()}, ("check", SMALL)),
                Attack({"campaigns/copy.csv": f'key,en-US\nheadline,"{quoted}"\noffer,x\n'.encode()}, ("check", SMALL)),
                Attack(
                    {"templates/layouts/card.yaml": LAYOUT.replace("{{ copy.headline }}", quoted).encode()},
                    ("check", SMALL),
                ),
            )
        )

    return rendered.flatmap(attack)


def prompts(bench: Bench) -> st.SearchStrategy[Attack]:
    shipped = [path.read_bytes() for path in sorted((ROOT / "templates/prompts").glob("*.j2"))]
    spoiled = st.sampled_from(shipped).flatmap(damaged)
    return _attack({"templates/prompts/shelf.j2": spoiled}, ("check", SMALL), ("prompts", "export", SMALL, "--json"))


def _drawn() -> Mapping[str, bytes]:
    """A product on white, in every format that photos come in."""
    picture = Image.new("RGB", (120, 90), "white")
    ImageDraw.Draw(picture).rectangle((40, 20, 80, 70), fill="#a42")
    written = {}
    for kind in FORMATS:
        file = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112], exif[0x010F] = 6, "maker"
        picture.save(file, kind, **({} if kind in {"GIF", "BMP"} else {"exif": exif}))
        written[kind] = file.getvalue()
    return written


def photos(bench: Bench) -> st.SearchStrategy[Attack]:
    """A damaged photo among good ones, through a run: every other product is made."""
    spoiled = st.sampled_from(sorted(_drawn().items())).flatmap(lambda drawn: damaged(drawn[1]))
    return _attack({"campaigns/red.png": spoiled}, ("run", SMALL, *ONE), ("check", SMALL))


def pictures(bench: Bench) -> st.SearchStrategy[Attack]:
    """Damaged files of anybody's under the eyes of `inspect`."""
    kinds = st.sampled_from(sorted(_drawn().items())).flatmap(lambda drawn: damaged(drawn[1]))
    ours = damaged(bench.file("output/small/**/*.jpg"))
    return _attack(
        {"x.png": st.one_of(kinds, ours)}, ("inspect", "x.png", "--json"), ("inspect", "x.png", "-c", "pinterest-pin")
    )


def logos(bench: Bench) -> st.SearchStrategy[Attack]:
    named = f"{BRAND}logo: logo.svg\n".encode()
    shown = LAYOUT.replace("square:\n", "square:\n  - {layer: logo, box: [0.7, 0.02, 0.98, 0.12]}\n").encode()
    spoiled = st.one_of(damaged(SVG), damaged(_drawn()["PNG"]))
    fixed = {"templates/brands/plain.yaml": st.just(named), "templates/layouts/card.yaml": st.just(shown)}
    return _attack({**fixed, "templates/brands/logo.svg": spoiled}, ("check", SMALL), ("run", SMALL, *ONE))


def fonts(bench: Bench) -> st.SearchStrategy[Attack]:
    smallest = min((ROOT / "assetgen/data/fonts").rglob("*.otf"), key=lambda path: path.stat().st_size)
    spoiled = damaged(smallest.read_bytes())
    return _attack({"templates/fonts/own.otf": spoiled}, ("check", SMALL), ("doctor", SMALL))


def plans(bench: Bench) -> st.SearchStrategy[Attack]:
    return _attack({"kept.plan": damaged(bench.file("kept.plan"))}, ("run", SMALL, "--plan", "kept.plan"))


def records(bench: Bench) -> st.SearchStrategy[Attack]:
    """The manifest, what is stored, and what was finished, damaged between two runs."""
    names = [
        "output/small/manifest.json",
        "output/small/**/*.jpg",
        ".assetgen/store/**/*.json",
        ".assetgen/store/plates/**/*",
    ]
    found = [bench.name(name) for name in names]
    commands = (
        ("run", SMALL),
        ("check", SMALL, "--files"),
        ("run", SMALL, "--force-step", "compose"),
        ("publish", SMALL, "--dry-run"),
    )
    return st.sampled_from(found).flatmap(lambda name: _attack({name: damaged(bench.file(name))}, *commands))


def ledgers(bench: Bench) -> st.SearchStrategy[Attack]:
    name = bench.name(".assetgen/ledger.sqlite")
    commands = (
        ("run", SMALL),
        ("plan", SMALL),
        ("spend", "--json"),
        ("ledger", "export", "payments.csv"),
        ("batch", "status"),
    )
    return _attack({name: damaged(bench.file(name))}, *commands)


def payments(bench: Bench) -> st.SearchStrategy[Attack]:
    table = b"id,at,campaign,provider,amount,currency\n1,2026-11-01T00:00:00Z,small,openai,0.04,USD\n"
    return _attack({"payments.csv": spoiled_table(table)}, ("ledger", "restore", "payments.csv"))


def _command_words(command: Any) -> Iterator[str]:
    """The names of all commands and of their options."""
    for option in command.params:
        yield from option.opts
    for name, inner in getattr(command, "commands", {}).items():
        yield name
        yield from _command_words(inner)


def arguments(bench: Bench) -> st.SearchStrategy[Attack]:
    ordinary = (
        "sku:A-1",
        "channel:x",
        "state:new",
        "3",
        "-1",
        "2026-12-24",
        SMALL,
        "campaigns",
        "output/small/manifest.json",
    )
    word = st.sampled_from([*ordinary, *_command_words(get_command(app)), *NASTY_TEXTS])
    return st.lists(word.filter(lambda text: "\x00" not in text), max_size=6).map(lambda said: Attack({}, tuple(said)))


KINDS: Mapping[str, Kind] = {
    kind.__name__: kind
    for kind in (
        campaign,
        full_campaign,
        brand,
        layout,
        channels,
        copy,
        products,
        exports,
        workbook,
        parquet,
        templates,
        prompts,
        photos,
        pictures,
        logos,
        fonts,
        plans,
        records,
        ledgers,
        payments,
        arguments,
    )
}
"""The share of a long run is the same for each; photos and records, which are run through, come out fewer."""
