"""Layouts with their words filled in: once for each shape, not once for each channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from babel import Locale

from assetgen import fingerprint
from assetgen.config.layer import DrawnLayer
from assetgen.config.layer_fields import Meaning
from assetgen.config.layout import AnyLayer, Layout
from assetgen.config.scene import layout_named
from assetgen.config.shape import Shape
from assetgen.errors import InputError, Location, PluginError, Problem, did_you_mean
from assetgen.model.arrays import Box
from assetgen.model.asset import Origin
from assetgen.model.brief import Brief, Copy, Marks, TemplateText
from assetgen.picture.colour_codes import colour_meant
from assetgen.picture.type import fonts
from assetgen.planning.placement import standing_place
from assetgen.plugins import blamed
from assetgen.promises import promised
from assetgen.prompts import Compiled, CompiledRule, Templates, Vocabulary

BARE = "bare"
"""The layout of channels that forbid words: the product and nothing else."""

Context = Mapping[str, object]
"""The values that templates are rendered with, by name."""


@dataclass(frozen=True)
class Page:
    """The layers of one canvas, ready for compose, with where each was written and what of them changes the picture."""

    layers: tuple[AnyLayer, ...]
    origins: tuple[Origin, ...]
    mirrored: bool
    inputs: Mapping[str, str]


@dataclass(frozen=True)
class CompiledLayer:
    """A layer with its templates compiled."""

    layer: AnyLayer
    place: Location
    when: CompiledRule | None
    fills: Mapping[str, Compiled]

    def fill(self, context: Context, day: date) -> AnyLayer | None:
        """The layer as compose gets it; None outside its days, when its rule is false or its words come out empty."""
        if not self.layer.holds(day):
            return None
        if self.when and not self.when.holds(context):
            return None
        values = {field: compiled.render(context) for field, compiled in self.fills.items()}
        # Conditions that have been met go out of the layer, or they would be part of the key.
        filled = self.layer.model_copy(update={**values, "when": None, "starts": None, "until": None})
        return None if filled.is_blank else filled

    def origin(self, copy: Copy, locale: str) -> Origin:
        """The places of the layer and of the cells of the copy table that its templates name."""
        words = [self.fills[field] for field in self.layer.fields_of(Meaning.TEMPLATE) if field in self.fills]
        named = dict.fromkeys(key for compiled in words for key in sorted(compiled.fields("copy") & copy.texts.keys()))
        return Origin(self.place, tuple(copy.texts[key][locale].location for key in named))

    @property
    def colours(self) -> frozenset[str]:
        """The colours that are named outright."""
        named = (
            getattr(self.layer, field) for field in self.layer.fields_of(Meaning.COLOUR) if field not in self.fills
        )
        return frozenset(colour for colour in named if colour and not colour.startswith("#"))

    def problems(self, vocabulary: Vocabulary, colours: Iterable[str]) -> Iterator[Problem]:
        """Unknown words in the layer's templates, and colours that the brand does not have."""
        for compiled in (*self.fills.values(), *filter(None, [self.when])):
            yield from compiled.check(vocabulary)
        for colour in sorted(self.colours):
            if colour not in colours:
                code = colour_meant(colour) or "#ffffff"
                known = f'it has {", ".join(f"`{name}`" for name in sorted(colours))}, and takes codes such as "{code}"'
                hint = did_you_mean(colour, colours, otherwise=known)
                yield Problem(f"the brand has no colour `{colour}`", self.place, hint)


class _RenderedCopy:
    """The texts in one language, each rendered when first asked for. It is no dict: its keys are the users' words."""

    def __init__(self, texts: Mapping[str, Compiled], context: Context) -> None:
        self._texts = texts
        self._context = context
        self._rendered: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        if key not in self._rendered:
            self._rendered[key] = self._texts[key].render(self._context)
        return self._rendered[key]


class Pages:
    """All pages of a campaign; everything that no product changes is prepared once."""

    def __init__(self, brief: Brief, templates: Templates) -> None:
        self._brief = brief
        campaign = brief.campaign.value
        shapes = {channel.shape for channel in brief.channels}
        self._slots = {
            (name, shape): tuple(slots(brief.layouts[name].value, brief.layouts[name].marks, shape, templates))
            for name, shape in layouts_drawn(brief)
        }
        self._origins = {
            (name, shape, locale): tuple(slot.origin(brief.copy, locale) for slot in compiled)
            for (name, shape), compiled in self._slots.items()
            for locale in campaign.locales
        }
        self._margin = {"brand margin": f"{brief.brand.value.scale.margin:g}"}
        self._bare = {shape: self._bare_page(shape, templates) for shape in shapes}
        self._texts = {
            locale: {key: templates.text(cells[locale]) for key, cells in brief.copy.texts.items()}
            for locale in campaign.locales
        }
        self._rtl = {name: Locale.parse(name, sep="-").text_direction == "rtl" for name in campaign.locales}
        self._brand = {
            "brand colours": " ".join(f"{k}={v}" for k, v in sorted(brief.brand.value.colours.items())),
            "brand fonts": f"{brief.brand.value.fonts.heading}, {brief.brand.value.fonts.body}",
            "brand logo": ", ".join(fingerprint.digest(file or b"") for file in (brief.logo, brief.logo_dark)),
        }

    def bare(self, shape: Shape) -> Page:
        """The product alone, for channels that forbid words."""
        return self._bare[shape]

    def place(self, layout: str, shape: Shape, locale: str, *, turns: bool) -> Box | None:
        """The box of a layout's product, in shares of the plate; `turns`: plates are turned round with it."""
        mirror = not turns and self._brief.layouts[layout].value.mirror and self._rtl[locale]
        layers = [slot.layer for slot in self._slots[layout, shape]]
        return standing_place(layers, shape, self._brief.brand.value.scale.margin, mirrored=mirror)

    def with_copy(self, locale: str, context: Context) -> Context:
        """The context of layers: that of the scene, and the texts in this language."""
        return {**context, "copy": _RenderedCopy(self._texts[locale], context)}

    def full(self, layout: str, shape: Shape, locale: str, context: Context) -> Page:
        """A layout in this shape. Raises InputError for words that cannot be filled in or set."""
        written = zip(self._slots[layout, shape], self._origins[layout, shape, locale], strict=True)
        filled = list[tuple[AnyLayer, Origin]]()
        for slot, origin in written:
            with _layer_faults_in_rows(slot.layer):
                if layer := slot.fill(context, self._brief.today):
                    _ask(layer)
                    filled.append((layer, origin))
        layers = tuple(layer for layer, _ in filled)
        mirrored = self._brief.layouts[layout].value.mirror and self._rtl[locale]
        said = [text for layer in layers for text in layer.said]
        for text in said:
            # Looked at again once filled in: a title from the table may hold what no template does.
            for problem in wrong_words(self._brief, text):
                raise InputError(problem)
        direction = {"direction": "right to left" if mirrored else "left to right"}
        origins = tuple(origin for _, origin in filled)
        inputs = {**_inputs(layers), **direction, **self._margin, **self._brand, **self.added_fonts(said)}
        return Page(layers, origins, mirrored, inputs)

    def _bare_page(self, shape: Shape, templates: Templates) -> Page:
        layout = self._brief.layouts[BARE]
        drawn = slots(layout.value, layout.marks, shape, templates)
        kept = [slot for slot in drawn if not slot.layer.is_overlay]
        layers = tuple(slot.layer for slot in kept)
        origins = tuple(Origin(slot.place) for slot in kept)
        return Page(layers, origins, mirrored=False, inputs={**_inputs(layers), **self._margin})

    def added_fonts(self, words: Iterable[str]) -> Mapping[str, str]:
        """The workspace's fonts as an input, only where the bundled ones do not suffice.

        Else a font that nobody uses would make every picture anew.
        """
        brand = self._brief.brand.value.fonts
        suffice = all(map(fonts.is_bundled, (brand.heading, brand.body))) and not any(map(fonts.missing, words))
        return {} if suffice else {"fonts": " ".join(font.digest for font in self._brief.fonts)}


def layouts_drawn(brief: Brief) -> tuple[tuple[str, Shape], ...]:
    """Every layout in every shape that a picture of the campaign is arranged by, on any day."""
    campaign, shapes = brief.campaign.value, dict.fromkeys(channel.shape for channel in brief.channels)
    pairs = [(campaign.layout_for(shape, scene), shape) for scene in campaign.scenes.values() for shape in shapes]
    seasons = ((layout_named(season.layout, shape), shape) for season in campaign.seasons for shape in shapes)
    return tuple(dict.fromkeys([*pairs, *((layout, shape) for layout, shape in seasons if layout)]))


def slots(layout: Layout, marks: Marks, shape: Shape, templates: Templates) -> Iterator[CompiledLayer]:
    """The layers of one shape, compiled; problems in them point into the layout file."""
    place = layout.drawn(shape).value
    for n, layer in enumerate(layout.layers(shape)):
        when = None if layer.when is None else templates.rule(TemplateText(layer.when, marks.at(place, n, "when")))
        written = {field: getattr(layer, field) for field in layer.fields_of(Meaning.TEMPLATE, Meaning.COLOUR)}
        # A colour is a template only where it has braces; `problems` checks those that are named outright.
        named = [field for field in layer.fields_of(Meaning.COLOUR) if "{" not in (written[field] or "")]
        fills = {
            field: templates.text(TemplateText(text, marks.at(place, n, field)))
            for field, text in written.items()
            if text and field not in named
        }
        yield CompiledLayer(layer, marks.at(place, n), when, fills)


@contextmanager
def _layer_faults_in_rows(layer: AnyLayer) -> Iterator[None]:
    """Turns what a layer raises outside of our family into InputError: this row is set aside, and others go on."""
    try:
        with blamed(f"layer `{layer.layer}`"):
            yield
    except PluginError as error:
        raise InputError(*error.problems) from error


_ASKED: Mapping[str, object] = {
    "said": tuple[str, ...],
    "is_ground": bool,
    "takes_room": bool,
    "moves_products": bool,
    "must_stay_free": bool,
    "clear_space": float,
    "reaches_edges": bool,
}
"""What composing is going to ask a layer of somebody else's for, and what it has to be."""


def _ask(layer: AnyLayer) -> None:
    """Raises what a layer of somebody else's raises when it is asked for these, TypeError and ValueError included."""
    if isinstance(layer, DrawnLayer):
        for name, kind in _ASKED.items():
            promised(kind, getattr(layer, name), f"its `{name}`")
        promised(type(layer), layer.mirrored(), "what `mirrored` gives")
        promised(str, layer.rest_of_key(), "what `rest_of_key` gives")
        promised(Mapping[str, str], layer.words_of_key(), "what `words_of_key` gives")


def _inputs(layers: Sequence[AnyLayer]) -> dict[str, str]:
    """The inputs that layers are, their words each by itself: what became of them is worth quoting."""
    words, rest = dict[str, str](), list[str]()
    for n, layer in enumerate(layers):
        with _layer_faults_in_rows(layer):
            for field, text in layer.words_of_key().items():
                first = field == layer.fields_of(Meaning.TEMPLATE)[0]
                words[f"words {n}" if first else f"words {n} {field}"] = text
            rest.append(layer.rest_of_key())
    return {"layout": fingerprint.digest("\n".join(rest).encode()), **words}


def wrong_words(brief: Brief, text: str, place: Location | None = None) -> Iterator[Problem]:
    """The problems of a text: characters that no font covers, and words that the brand never says."""
    if missing := fonts.missing(text, brief.fonts):
        chars = ", ".join(f"`{char}`" for char in missing)
        yield Problem(f"no font has {chars} of `{text}`", place, fonts.way_out(missing))
    for phrase in brief.brand.value.never_say:
        if phrase.casefold() in text.casefold():
            yield Problem(
                f"the brand never says `{phrase}`, as in `{text}`", place, "see `never_say` in the brand file"
            )
