"""A composed picture becomes a finished file: provenance, encoding, credentials, checks, and the record beside it."""

__all__ = ["finished_files"]
