"""Content credentials (C2PA 2.x, https://spec.c2pa.org): files that say, signed, who made them and how.

The packages c2pa and cryptography come with the extra `c2pa`, and are imported when they are first needed.
"""

__all__ = ["c2pa_library", "c2pa_reading", "history", "identity", "preflight", "signing", "trial_certificate"]
