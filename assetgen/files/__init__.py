"""Picture files: decoded, encoded within their limits, and the facts and marks that they carry."""

__all__ = ["ENCODING", "decode", "encode", "file_facts", "perceptual_hash", "resize", "xmp", "xmp_reading"]

ENCODING = 6
"""Part of every picture's key: raised when the same pixels are written as another file, and only then.
tests/test_recipe.py sees when that is, and says what to do.

6: files tell no time, and their numbers are those of their pixels, so that the same picture is the same file again.
5: files are as good as their weight allows, by a measure of what is seen.
"""
