"""Photo in, cutout out, by whoever a rule or a row names; by the simplest way that serves the photo if none."""

from assetgen.cutters.auto import Auto
from assetgen.cutters.installed_cutters import Cutters

__all__ = ["Auto", "Cutters", "rembg", "sight", "weight_files"]
