"""Excel workbooks, read as a stream with nothing but a parser: damaged files and bombs end in a sentence."""

from assetgen.catalog.excel.workbook import sheets

__all__ = ["sheets"]
