"""The templates and the sample campaign that come with the program."""

from pathlib import Path


def starter() -> Path:
    """The folder with the shipped templates and sample campaigns: inside an installed wheel, or a checkout's root."""
    package = Path(__file__).parents[1]
    inside = package / "starter"
    return inside if inside.is_dir() else package.parent


def sample() -> Path:
    """The sample campaign that comes with the program."""
    return starter() / "campaigns" / "spring.yaml"
