"""The functions behind the commands and behind `import assetgen`: what a notebook, a scheduler or a page calls.

They print nothing, and import what they need when they are called.
"""

from assetgen.api.deliveries import feeds, publish
from assetgen.api.looking import diff, inspect, preview, spend, why
from assetgen.api.working import check, load, plan, run

__all__ = [
    "check",
    "diff",
    "feeds",
    "inspect",
    "load",
    "plan",
    "preview",
    "publish",
    "run",
    "spend",
    "why",
]
