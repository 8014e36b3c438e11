"""Product sets built from the words of a prompt and ray-traced, without a model, a key or a network."""

__all__ = ["prompt_reading", "render", "sets"]
