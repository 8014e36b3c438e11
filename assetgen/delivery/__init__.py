"""Finished files in the output folder, and what tells of them: records, manifest, report, summary."""

__all__ = ["asset_files", "difference_page", "manifest", "manifest_difference", "manifest_reading", "report", "summary"]
