"""YAML, copy tables and fonts become models; each error says its file, line and column."""

from assetgen.sources.channel_files import channels, pack, presets, read_own
from assetgen.sources.json_schema import schema
from assetgen.sources.layout_files import layouts, seen_through
from assetgen.sources.load import load
from assetgen.sources.parse import parse_settings
from assetgen.sources.starter import sample, starter

__all__ = [
    "channels",
    "document",
    "font_files",
    "layouts",
    "load",
    "pack",
    "parse_settings",
    "presets",
    "read_own",
    "sample",
    "schema",
    "seen_through",
    "starter",
]
