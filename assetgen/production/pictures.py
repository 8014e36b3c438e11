"""One product's assets: cut out, composed, encoded, checked, marked and written. Safe to call from several threads."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import cv2
import numpy as np

import assetgen
from assetgen.checks import findings
from assetgen.delivery.files import deliver
from assetgen.errors import InputError, Problem
from assetgen.imaging import metadata
from assetgen.imaging.compose import Backdrop, compose, fit_plate
from assetgen.imaging.decode import Unreadable, decode
from assetgen.imaging.encode import Encoded, Limits, encode
from assetgen.model.canvas import Canvas, Look, Picture
from assetgen.model.channel import Channel
from assetgen.model.cutout import Pixels, Verdict
from assetgen.model.finding import Finding, Level
from assetgen.model.made import Made
from assetgen.model.outcome import Failure
from assetgen.model.plan import Asset, CutoutOrder, Photo, PlateOrder
from assetgen.model.product import Product, Reject
from assetgen.production.memory import Memory
from assetgen.production.photos import COLUMN
from assetgen.production.plates import PLATES, stage_of
from assetgen.production.survey import CUTOUTS, THUMBS, no_cutout
from assetgen.production.workshop import Workshop
from assetgen.store import Record

THUMBNAIL = 360
"""Pixels on the long side of what the report shows."""


@dataclass(frozen=True)
class Job:
    """One product's assets that are to be made, and the plates that this run bought."""

    product: Product
    assets: tuple[Asset, ...]
    bought: frozenset[str]


@dataclass
class Batch:
    """What became of a job."""

    made: list[Made] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    reject: Reject | None = None
    condemned: tuple[Photo, str] | None = None
