"""Picture files: decoded, encoded within their limits, and the facts and marks that they carry."""

__all__ = ["decode", "encode", "file_facts", "perceptual_hash", "resize", "xmp", "xmp_reading"]
