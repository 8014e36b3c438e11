"""Assets of a campaign with their keys: products x scenes x locales x audiences x takes x channels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial

from assetgen import fingerprint
from assetgen.checks import rules_for_keys
from assetgen.config.campaign import Audience
from assetgen.config.channel import Channel
from assetgen.config.mode import Mode
from assetgen.files import ENCODING
from assetgen.model.ai_label import CHINA, Label
from assetgen.model.asset import Asset, CutoutOrder, Photo, PlateOrder
from assetgen.model.brief import Brief
from assetgen.model.care import NO_CARE
from assetgen.model.cutting import Treatment, Word
from assetgen.model.product import Product
from assetgen.picture import COMPOSING
from assetgen.planning.asset_names import asset_id
from assetgen.planning.cutout_words import COLUMN, INPUT, noted, said, word_against, word_for
from assetgen.planning.heights import counting_sizes
from assetgen.planning.ideas import Idea, ideas, rule
from assetgen.planning.pages import Page, Pages
from assetgen.planning.photos_as_given import care_inputs
from assetgen.planning.requests import Requests, SceneOrder
from assetgen.planning.treatments import Treatments
from assetgen.ports import Cutter, Provider
from assetgen.prompts import Templates

PACKSHOT = "packshot"
"""The scene of a product on white."""

EVERYWHERE = "all"
"""The locale of a picture that looks the same in all of them."""


@dataclass(frozen=True)
class Variant:
    """An idea as it is told once: for whom, in which language, and what its templates may use."""

    idea: Idea
    locale: str
    audience: Audience | None
    context: dict[str, object]


class Planner:
    """Prepares once what is the same for all products, then turns each product into its assets.

    credentials: what of a signature changes a file.
    """

    def __init__(
        self, brief: Brief, templates: Templates, provider: Provider, cutter: Cutter, credentials: str | None = None
    ) -> None:
        self._credentials = credentials
        self._campaign = brief.campaign.value
        self._brand = brief.brand.value
        self._white = [channel for channel in brief.channels if channel.background == "white"]
        self._scenic = [channel for channel in brief.channels if channel.background != "white"]
        self._provider = provider
        self._cutter = cutter
        self._pages = Pages(brief, templates)
        self.requests = Requests(brief, provider, self._pages)
        self._labels = brief.labels
        self.ideas = tuple(idea for idea in ideas(brief, templates) if idea.scene.holds(brief.today))
        self._treatments = Treatments(brief, templates)
        self._brand_words = self._brand.model_dump()
        self._rules = {channel.id: pixel_rules(channel) for channel in brief.channels}
        self._marks = f"{self._brand.credit} / {self._brand.copyright}"
        self._today = brief.today
        self._rulebook = fingerprint.digest(rules_for_keys().encode())[:16]
        self._where = rule(brief, templates, self._campaign.products.where, "products", "where")

    def takes_part(self, product: Product) -> bool:
        """Whether the campaign's `where` rule lets this row in."""
        return self._where is None or self._where.holds({"product": product.words})

    def chooses(self, idea: Idea, product: Product) -> bool:
        """Whether the rule of a scene that shows several products lets this row in."""
        return idea.chooses is not None and idea.chooses.holds({"product": product.words})

    def needs_photo(self, product: Product) -> bool:
        """Whether any asset of this product shows its photo."""
        return bool(self._white_for(product)) or any(v.idea.scene.mode != Mode.TEXT for v in self._variants(product))

    def treatment(self, product: Product) -> Treatment:
        """The way in which its photo is to be cut out. Raises InputError for a cell that makes no sense."""
        return self._treatments.of(product)

    def against_all(self, product: Product) -> Word | None:
        """The no to a bundle, if people say one in its own row: it is one to all that is seen of it."""
        own = product.members and not product.scene
        return word_against(self._treatments.words(product.sku, product.fields.get(COLUMN, ""))) if own else None

    def assets(self, product: Product, cutouts: Sequence[CutoutOrder]) -> Iterator[Asset]:
        """The assets of one product, from the cutouts of what is shown of it, or without any.

        Raises InputError when a template cannot be filled from its row.
        """
        seen: set[str] = set()
        against = self.against_all(product)
        orders = tuple(replace(order, word=against) if against else order for order in cutouts)
        for asset in self._assets(product, orders):
            if asset.id not in seen:  # a picture without words is the same one for several locales
                seen.add(asset.id)
                yield asset

    def _assets(self, product: Product, cutouts: tuple[CutoutOrder, ...]) -> Iterator[Asset]:
        for channel in self._white_for(product):
            page = self._pages.bare(channel.shape)
            yield self._asset(product, channel, page, scene=PACKSHOT, locale=EVERYWHERE, cutouts=cutouts)
        for variant in self._variants(product):
            yield from self._tellings(product, cutouts, variant)

    def _ideas_for(self, product: Product) -> Iterator[Idea]:
        """The ideas for a product: scenes of several products are for their own group alone, and it for them."""
        return (idea for idea in self.ideas if (idea.name if idea.scene.products else None) == product.scene)

    def _white_for(self, product: Product) -> Sequence[Channel]:
        """The channels on white for a product: listings show what a row offers, never the products of a scene."""
        return () if product.scene else self._white

    def _variants(self, product: Product) -> Iterator[Variant]:
        for locale in self._campaign.locales:
            for audience in self._campaign.audiences or (None,):
                for idea in self._ideas_for(product):
                    context: dict[str, object] = {
                        "product": product.words,
                        "products": [member.words for member in product.shown],
                        "brand": self._brand_words,
                        "locale": locale,
                        "today": self._today.isoformat(),
                        "scene": {**idea.scene.words, "name": idea.name},
                        "audience": audience.model_dump() if audience else {},
                        "mode": idea.scene.mode.value,
                    }
                    if idea.when is None or idea.when.holds(context):
                        yield Variant(idea, locale, audience, context)

    def _tellings(self, product: Product, cutouts: tuple[CutoutOrder, ...], variant: Variant) -> Iterator[Asset]:
        idea, mode = variant.idea, variant.idea.scene.mode
        prompt = idea.prompt.render(variant.context)
        words = self._pages.with_copy(variant.locale, variant.context)
        layout = partial(self._campaign.layout_for, scene=idea.scene, day=self._today)
        # Channels of one shape share words and plate: each is filled in and ordered once, when first asked for.
        page = cache(lambda shape: self._pages.full(layout(shape), shape, variant.locale, words))
        plate = cache(partial(self.requests.order, SceneOrder(idea, variant.locale, prompt, cutouts)))
        for take in range(1, self._campaign.takes + 1):
            for channel in self._scenic:
                bare = channel.overlays == "forbidden"
                yield self._asset(
                    product,
                    channel,
                    self._pages.bare(channel.shape) if bare else page(channel.shape),
                    scene=idea.name,
                    # A bare picture is one for all locales, unless its plate was asked for in one.
                    locale=EVERYWHERE if bare and not idea.prompt.uses("locale") else variant.locale,
                    audience=None if bare and not idea.prompt.uses("audience") else variant.audience,
                    take=take,
                    plate=plate(channel.shape, take),
                    cutouts=cutouts if mode == Mode.PLATE else (),
                )

    def cutout(self, photo: Photo, treatment: Treatment, mask: Photo | None = None) -> CutoutOrder:
        """The order for a cutout, and the key under which it is kept."""
        inputs: dict[str, object] = {**self._cutter.key(treatment.handling), "photo": photo.digest}
        inputs["handling"] = asdict(treatment.handling)
        if mask:
            inputs["mask"] = mask.digest
        # Only where somebody asks: else what nobody asked for would change the keys of all cutouts.
        if treatment.care != NO_CARE:
            inputs["care"] = care_inputs(treatment.care)
        key = fingerprint.key(inputs)
        order = CutoutOrder(key, photo, treatment.handling, mask, treatment.keep_shadow, care=treatment.care)
        return replace(order, word=said(treatment, word_for(order)))

    def _asset(
        self,
        product: Product,
        channel: Channel,
        page: Page,
        *,
        scene: str,
        locale: str,
        audience: Audience | None = None,
        take: int = 1,
        plate: PlateOrder | None = None,
        cutouts: tuple[CutoutOrder, ...] = (),
    ) -> Asset:
        inputs = {
            "composing": str(COMPOSING),
            "encoding": str(ENCODING),
            "rules": self._rulebook,
            "plate": plate.key if plate else "white",
            "cutout": ", ".join(cutout.key for cutout in cutouts) or "none",
            "channel": self._rules[channel.id],
            "locale": locale,
            "marks": self._marks,
            **_own_shadows(cutouts),
            **page.inputs,
        }
        # Only what is used becomes an input: else what nobody asked for would change the keys of all pictures.
        if self._campaign.checks:
            inputs["checks"] = json.dumps(self._campaign.checks, sort_keys=True)
        if self._credentials:
            inputs["credentials"] = self._credentials
        if plate and plate.sent:
            rule = self._campaign.likeness
            inputs["likeness"] = f"{rule.at_least:g}, rejected below {rule.reject_below:g}"
        if product.members:
            inputs["products"] = ", ".join(member.sku for member in product.members)
        if cutouts and (sizes := counting_sizes(product, page.layers, white=plate is None)):
            inputs["size"] = sizes
        label = self._labels.of(channel, locale) if plate and self._provider.ai else None
        inputs |= self._disclosed(channel, label)
        inputs |= _own_words(cutouts, plate.protected if plate else ())
        person = audience.name if audience else None
        return Asset(
            id=asset_id(channel=channel.id, sku=product.sku, scene=scene, locale=locale, audience=person, take=take),
            product=product,
            scene=scene,
            locale=locale,
            audience=person,
            take=take,
            channel=channel,
            layers=page.layers,
            origins=page.origins,
            mirrored=page.mirrored,
            plate=plate,
            cutouts=cutouts,
            inputs=inputs,
            key=fingerprint.key(inputs),
            label=label,
        )

    def _disclosed(self, channel: Channel, label: Label | None) -> dict[str, str]:
        """The inputs that say which part a model has in a picture, on it and in its file."""
        if label is None:
            return {}
        drawn = json.dumps(asdict(label), ensure_ascii=False, sort_keys=True)
        icon = fingerprint.digest(self._labels.icon) if label.icon and self._labels.icon else ""
        said = {"label": f"{drawn} {icon}".strip(), **self._pages.added_fonts([label.text])}
        producer = self._campaign.disclosure.producer
        return said | ({"producer": producer} if producer and channel.ai_metadata == CHINA else {})


def _own_shadows(cutouts: Sequence[CutoutOrder]) -> dict[str, str]:
    """The input that says what becomes of the shadows in the photos, where somebody said."""
    if all(order.keep_shadow is None for order in cutouts):
        return {}
    words = {None: "as it fits", True: "kept", False: "left out"}
    return {"own shadow": ", ".join(words[order.keep_shadow] for order in cutouts)}


def _own_words(cutouts: Sequence[CutoutOrder], protected: Sequence[CutoutOrder]) -> dict[str, str]:
    """The input that says what people say of the cutouts, where anybody does: it decides whether the file goes out.

    What is protected in a plate is always noted: nothing else tells that it is seen.
    """
    notes = [noted(order) for order in cutouts or protected]
    return {INPUT: ", ".join(notes)} if {*notes} - {Word.NONE} or (protected and not cutouts) else {}


def pixel_rules(channel: Channel) -> str:
    """The facts of a channel that change a file, or what is found on it: all but its names and where it is written."""
    facts = channel.model_dump_json(
        exclude={"id", "name", "platform", "aspect", "notes", "source", "official_page", "checked"}
    )
    return f"{channel.width} x {channel.height} px {facts}"
