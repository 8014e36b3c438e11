"""Templates: prompts, texts and rules in one language, checked before any row is rendered."""

from assetgen.prompts.template_reads import Vocabulary
from assetgen.prompts.templates import Compiled, CompiledRule, Templates

__all__ = ["Compiled", "CompiledRule", "Templates", "Vocabulary", "dialect"]
