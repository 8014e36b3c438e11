"""One product's assets: their materials brought together, then each composed, finished and delivered."""

from __future__ import annotations

import time
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from assetgen import clock
from assetgen.credentials.signing import Signer, Unsigned
from assetgen.delivery.asset_files import File, deliver
from assetgen.disk import NameTaken
from assetgen.errors import AssetgenError, Problem, SetupError
from assetgen.files.perceptual_hash import perceptual_hash
from assetgen.model.ai_label import Label
from assetgen.model.asset import Asset, CutoutOrder, Photo
from assetgen.model.canvas import BrandLook, Picture
from assetgen.model.made import Made
from assetgen.model.outcome import Failure
from assetgen.model.product import Product, Reject
from assetgen.photos.photo_files import COLUMN
from assetgen.picture.compose import compose
from assetgen.picture.type.lettering import Overfull
from assetgen.planning.members import title
from assetgen.plugins import faults_told
from assetgen.production.canvases import brand_look, too_long
from assetgen.production.finishing.finished_files import THUMBS, FinishedFile, Finishing, thumbnail
from assetgen.production.materials.picture_materials import Materials, PictureMaterials, ShownProduct, UnusablePhoto
from assetgen.production.materials.stored_plates import damage
from assetgen.production.workshop import Workshop
from assetgen.store import Damaged


@dataclass(frozen=True)
class Job:
    """One product's assets that are to be made, and why each is."""

    product: Product
    assets: tuple[Asset, ...]
    reasons: Mapping[str, str]


@dataclass
class Result:
    """What became of a job.

    reject: why nothing could be made of the product; condemned: its photo, where that turned out to be damaged, and
    what is wrong with it.
    """

    made: list[Made] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    reject: Reject | None = None
    condemned: tuple[Photo, str] | None = None


class Pictures:
    """Makes the pictures of one product after the other. Safe to call from several threads."""

    def __init__(self, shop: Workshop, bought: AbstractSet[str], signer: Signer | None, *, again: bool) -> None:
        """Prepares for one run.

        bought: keys of the plates made in this run. again: photos are cut out once more.
        """
        self._shop = shop
        self._signer = signer
        self._bought = bought
        self._materials = Materials(shop, again=again, signs=signer is not None)
        self._finishing = Finishing(shop, signer)
        self._look = brand_look(shop.brief)

    def make(self, job: Job) -> Result:
        """Makes what it can: an asset that cannot be made does not stop the others.

        A photo that is no use sets the product aside. Raises SetupError, such as for a full disk.
        """
        try:
            with faults_told(UnusablePhoto):
                products = self._materials.products(job.product, job.assets)
        except UnusablePhoto as error:
            return Result(reject=error.reject, condemned=error.condemned)
        except AssetgenError as error:  # such as a cutter's fault and not the photo's: the next run tries again
            return Result(failures=[Failure(asset.id, _problem(error)) for asset in job.assets])
        result = Result()
        for asset in job.assets:
            try:
                with faults_told(Damaged):
                    result.made.append(self._make(asset, products))
            except Overfull as error:
                result.failures.append(Failure(asset.id, too_long(asset, error)))
            except Damaged:
                result.failures.append(Failure(asset.id, damage(asset.scene)))
            except AssetgenError as error:
                result.failures.append(Failure(asset.id, _problem(error)))
        return result

    def _make(self, asset: Asset, products: Mapping[CutoutOrder, ShownProduct]) -> Made:
        began = time.perf_counter()
        materials = self._materials.picture(asset, products)
        picture = composed(asset, materials, self._look)
        finished = self._finishing.finished(asset, picture, materials)
        file = self._delivered(asset, picture, finished)
        return self._told(asset, picture, finished, file, clock.seconds_since(began))

    def _delivered(self, asset: Asset, picture: Picture, finished: FinishedFile) -> File:
        """The file where it belongs; what is kept back goes to a folder of its own. Raises SetupError."""
        encoded = finished.encoded
        file = deliver(
            self._shop.brief.output,
            asset.id,
            encoded.extension,
            encoded.data,
            finished.record,
            finished.kept_back,
        )
        self._shop.store.put(THUMBS, file.digest, thumbnail(picture.pixels))
        return file

    def _told(self, asset: Asset, picture: Picture, finished: FinishedFile, file: File, seconds: float) -> Made:
        """What the ledger remembers of a file, from which manifest and report are written."""
        encoded = finished.encoded
        return Made(
            id=asset.id,
            sku=asset.product.sku,
            title=title(asset.product),
            scene=asset.scene,
            locale=asset.locale,
            audience=asset.audience,
            take=asset.take,
            channel=asset.channel.id,
            key=asset.key,
            inputs=asset.inputs,
            photo=asset.product.shown[0].fields.get(COLUMN) or None,
            path=file.path,
            digest=file.digest,
            size=file.size,
            modified=file.modified,
            width=asset.channel.width,
            height=asset.channel.height,
            format=encoded.format,
            quality=encoded.quality,
            score=encoded.score,
            source_type=finished.origin.source_type.value,
            origin="none" if not asset.plate else "new" if asset.plate.key in self._bought else "reused",
            seconds=round(seconds, 3),
            credentials=self._signer.name if self._signer else None,
            look=perceptual_hash(picture.pixels),
            products=tuple(member.sku for member in asset.product.members),
            photos=tuple(member.fields[COLUMN] for member in asset.product.members if member.fields.get(COLUMN)),
            findings=finished.findings,
        )


def _problem(error: AssetgenError) -> Problem:
    """What is wrong with one picture. Raises the error where it is this machine that needs something: a full disk."""
    if isinstance(error, SetupError) and not isinstance(error, (Unsigned, NameTaken)):
        raise error
    return error.problems[0]


def composed(asset: Asset, materials: PictureMaterials, look: BrandLook) -> Picture:
    """The picture of an asset, from its materials alone.

    Raises Overfull where words find no room, InputError where a label finds none.
    """
    return compose(
        materials.canvas,
        asset.layers,
        look,
        backdrop=materials.plate.backdrop if materials.plate else None,
        products=[product.cutout for product in materials.products],
        label=_drawn(asset),
    )


def _drawn(asset: Asset) -> Label | None:
    """The label, where a word may stand on the picture."""
    return None if asset.channel.overlays == "forbidden" else asset.label
