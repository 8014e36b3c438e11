"""The formats that come with assetgen, a file for each; pyproject.toml names them as it would anybody's."""

__all__ = ["plain"]
