"""A campaign and everything it names, read before anything is planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.config.brand import Brand
from assetgen.config.campaign import Campaign
from assetgen.config.channel import Channel
from assetgen.config.fetching import is_address
from assetgen.config.layout import Layout
from assetgen.config.scale import Scale
from assetgen.config.scene import layout_named
from assetgen.config.shape import Shape
from assetgen.errors import InputError, Location, Problem
from assetgen.model.brief import Brief, Copy, Marked, Marks, TemplateText
from assetgen.model.cutting import WordLine
from assetgen.sources.channel_files import presets
from assetgen.sources.choice import chosen_channels
from assetgen.sources.collected_errors import errors_together
from assetgen.sources.copy_table import read_copy
from assetgen.sources.document import read_document, read_text, shown_path
from assetgen.sources.feed_settings import check_feeds
from assetgen.sources.font_files import read_fonts
from assetgen.sources.label_texts import read_labels
from assetgen.sources.layout_files import read_layout
from assetgen.sources.library import Library, campaign_file, file_beside, named
from assetgen.sources.locales import check_locale
from assetgen.sources.logo_file import read_logo
from assetgen.sources.parse import parse
from assetgen.sources.references import read_references
from assetgen.sources.terms import read_terms
from assetgen.sources.word_file import EXAMPLE, read_word_file

if TYPE_CHECKING:
    from assetgen.frames import DataFrame


def load(path: Path, on: date | None = None, frame: DataFrame | None = None) -> Brief:
    """Reads a campaign. A `frame` of products takes the place of its table.

    on: the day to go by; today if not given.
    Raises InputError: first with all that is wrong in the campaign file, then with all in the files it names.
    """
    file = campaign_file(path)
    campaign = _campaign(file)
    wanted, marks, library = campaign.value, campaign.marks, Library.around(file)
    with errors_together() as attempt:
        identity = attempt(_identity, library, campaign)
        scale = identity[0].value.scale if identity else Scale()
        placements = attempt(_placements, library, campaign, scale)
        copy = attempt(_copy, file, campaign)
        prompts = attempt(_prompts, library, campaign)
        terms = attempt(read_terms, library.root)
        fonts = attempt(read_fonts, library.root / "templates" / "fonts")
        labels = attempt(read_labels, file, campaign, scale.badge_radius)
        words = attempt(_cutout_words, file, campaign)
        if frame is None:
            products = attempt(file_beside, file, wanted.products.file, marks.at("products", "file"))
        else:
            products = (file.parent / wanted.products.file).resolve()  # photos are looked for beside it
    _check_masks(campaign, products)
    brand, logo, logo_dark = identity
    references = read_references(file, campaign, library.find("brands", wanted.brand, marks.at("brand")), brand)
    chosen, layouts = placements
    check_feeds(campaign, chosen, copy, products, library.root)
    return Brief(
        name=file.stem,
        file=file,
        root=library.root,
        output=_output(library.root, campaign, file),
        campaign=campaign,
        brand=brand,
        logo=logo,
        logo_dark=logo_dark,
        copy=copy,
        layouts=layouts,
        channels=chosen,
        prompts=prompts,
        fonts=fonts,
        products=products,
        references=references,
        terms=terms,
        today=on or wanted.today(),
        labels=labels,
        cutout_words=words,
        frame=frame,
    )


def _output(root: Path, campaign: Marked[Campaign], file: Path) -> Path:
    """The folder of finished files. Raises InputError for one in which there are other things that somebody made."""
    if not file.stem.strip("."):
        hint = "pictures, feeds and payments go by the name of the file: call it such as `spring.yaml`"
        raise InputError(Problem("a campaign's file needs a name before its ending", campaign.marks.at(), hint))
    said = campaign.value.output or f"output/{file.stem}"
    folder, home = (root / said).resolve(), root.resolve()
    kept = [home / name for name in ("templates", ".assetgen", ".git")]
    if any(folder.is_relative_to(each) for each in kept) or any(
        each.is_relative_to(folder) for each in (home, file.parent.resolve(), *kept)
    ):
        message = f"pictures cannot go to `{said}`: that folder has other things in it"
        raise InputError(Problem(message, campaign.marks.at("output"), f"choose one such as `output/{file.stem}`"))
    return root / said


def _campaign(file: Path) -> Marked[Campaign]:
    campaign = parse(read_document(file), Campaign)
    with errors_together() as attempt:
        for n, locale in enumerate(campaign.value.locales):
            attempt(check_locale, locale, campaign.marks.at("locales", n))
    return campaign


def _identity(library: Library, campaign: Marked[Campaign]) -> tuple[Marked[Brand], bytes | None, bytes | None]:
    """The brand, its logo and the logo for dark backgrounds."""
    file = library.find("brands", campaign.value.brand, campaign.marks.at("brand"))
    brand = parse(read_document(file), Brand)
    with errors_together() as attempt:
        logo = attempt(_logo, file, brand.value.logo, brand.marks.at("logo"))
        logo_dark = attempt(_logo, file, brand.value.logo_dark, brand.marks.at("logo_dark"))
    return brand, logo, logo_dark


def _logo(brand: Path, name: str | None, place: Location) -> bytes | None:
    return read_logo(file_beside(brand, name, place), place) if name else None


def _placements(
    library: Library, campaign: Marked[Campaign], scale: Scale
) -> tuple[tuple[Channel, ...], dict[str, Marked[Layout]]]:
    """The channels, and the layouts that their shapes need."""
    known = presets(library.root)
    with errors_together() as attempt:
        found = chosen_channels(campaign, known, attempt)
        layouts = attempt(_layouts, library, campaign, {channel.shape for channel in found}, scale)
    return found, layouts


def _layouts(
    library: Library, campaign: Marked[Campaign], shapes: set[Shape], scale: Scale
) -> dict[str, Marked[Layout]]:
    """The layouts by name, with `bare` for channels that take no words."""
    wanted, marks = campaign.value, campaign.marks
    drawn = dict(reversed(list(_drawn(wanted, marks, shapes))))
    places = {"bare": marks.at("layout"), **{name: place for (name, _), place in reversed(drawn.items())}}
    with errors_together() as attempt:
        layouts = {name: attempt(read_layout, library, name, scale, place) for name, place in places.items()}
    with errors_together() as attempt:
        for (name, shape), place in drawn.items():
            attempt(_check_layers, layouts, name, shape, place)
    return layouts


def _drawn(campaign: Campaign, marks: Marks, shapes: set[Shape]) -> Iterator[tuple[tuple[str, Shape], Location]]:
    """Every layout in every shape that any day may ask for, and where that is said."""
    for shape in sorted(shapes):
        for name, scene in campaign.scenes.items():
            own = marks.at(*(("scenes", name) if scene.layout else ()), "layout", shape)
            yield (campaign.layout_for(shape, scene), shape), own
        for n, season in enumerate(campaign.seasons):
            if layout := layout_named(season.layout, shape):
                yield (layout, shape), marks.at("seasons", n, "layout", shape)


def _check_layers(layouts: Mapping[str, Marked[Layout]], name: str, shape: Shape, place: Location) -> None:
    if not layouts[name].value.layers(shape):
        hint = f"draw it in {layouts[name].marks.file}, or choose another layout for this shape"
        raise InputError(Problem(f"the layout `{name}` has nothing for the shape `{shape}`", place, hint))


def _check_masks(campaign: Marked[Campaign], products: Path) -> None:
    with errors_together() as attempt:
        for n, rule in enumerate(campaign.value.cutouts):
            if rule.mask and not is_address(rule.mask):
                attempt(file_beside, products, rule.mask, campaign.marks.at("cutouts", n, "mask"))


def _copy(file: Path, campaign: Marked[Campaign]) -> Copy:
    table = file_beside(file, campaign.value.copy_file, campaign.marks.at("copy"))
    return read_copy(table, campaign.value.locales)


def _cutout_words(file: Path, campaign: Marked[Campaign]) -> Mapping[str, WordLine]:
    name, place = campaign.value.cutout_ok, campaign.marks.at("cutout_ok")
    otherwise = f"make it, with a line for each product such as `{EXAMPLE}`, or leave `cutout_ok` out"
    return read_word_file(file_beside(file, name, place, otherwise)) if name else {}


def _prompts(library: Library, campaign: Marked[Campaign]) -> dict[str, TemplateText]:
    """All prompt templates, for they may include one another."""
    files = library.files("prompts", ".j2")
    prompts = {}
    with errors_together() as attempt:
        for scene, idea in campaign.value.scenes.items():
            attempt(_check_prompt, idea.prompt, files, campaign.marks.at("scenes", scene, "prompt"))
        for name, file in files.items():
            prompts[name] = TemplateText(attempt(read_text, file), Location(shown_path(file), 1, 1))
    return prompts


def _check_prompt(name: str, known: Mapping[str, Path], place: Location) -> None:
    if name not in known:
        hint = named(name, "prompts", known)
        raise InputError(Problem(f"there is no prompt template `{name}`", place, hint))
