"""The version of this distribution, for files, reports and servers that ask who writes."""

__version__ = "0.1.0"
