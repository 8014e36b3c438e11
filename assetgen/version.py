"""The name and the version of this distribution, for files, reports and servers that ask who writes."""

__version__ = "0.1.0"

DISTRIBUTION = "assetgen-toolkit"
"""What pip knows this package by. On the public index `assetgen` alone is another project, a build tool of 2016."""
