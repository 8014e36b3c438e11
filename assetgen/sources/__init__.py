from assetgen.sources.channels import channels, pack, presets, read_own
from assetgen.sources.layouts import layouts, seen_through
from assetgen.sources.load import load
from assetgen.sources.parse import settings
from assetgen.sources.schema import schema
from assetgen.sources.starter import sample, starter

__all__ = [
    "channels",
    "layouts",
    "load",
    "pack",
    "presets",
    "read_own",
    "sample",
    "schema",
    "seen_through",
    "settings",
    "starter",
]
