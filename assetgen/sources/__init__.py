from assetgen.sources.channels import channels
from assetgen.sources.load import load
from assetgen.sources.parse import settings
from assetgen.sources.schema import schema
from assetgen.sources.starter import starter

__all__ = ["channels", "load", "schema", "settings", "starter"]
