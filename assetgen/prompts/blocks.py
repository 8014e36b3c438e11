"""The blocks with which a template fills in another: what Jinja leaves out of them without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from assetgen.errors import Problem, did_you_mean
from assetgen.model.brief import TemplateText
from assetgen.prompts.dialect import locate

Member = tuple[TemplateText, nodes.Template]


def block_problems(family: Sequence[Member]) -> Iterator[Problem]:
    """The problems of the members of a family, its own template first, that extend others of it."""
    unknown = [problem for member in family for problem in _never_shown(member, family)]
    yield from unknown or _not_filled(family)


def _never_shown(member: Member, family: Sequence[Member]) -> Iterator[Problem]:
    source, tree = member
    extends = next((n for n, node in enumerate(tree.body) if isinstance(node, nodes.Extends)), None)
    if extends is None:
        return
    known = {block.name for _, other in family if other is not tree for block in other.find_all(nodes.Block)}
    for node in tree.body[extends + 1 :]:
        if isinstance(node, nodes.Block) and node.name not in known:
            otherwise = "there are " + ", ".join(f"`{name}`" for name in sorted(known))
            message = f"the template that is extended has no block `{node.name}`, so it is never shown"
            yield Problem(message, locate(source, node.lineno), did_you_mean(node.name, known, otherwise=otherwise))
        elif isinstance(node, nodes.Output) and any(_is_text(part) for part in node.nodes):
            hint = "put it between `{% block picture %}` and `{% endblock %}`, or into another block"
            yield Problem("what stands outside of blocks is never shown", locate(source, node.lineno), hint)


def _is_text(part: nodes.Node) -> bool:
    return not isinstance(part, nodes.TemplateData) or bool(part.data.strip())


def _not_filled(family: Sequence[Member]) -> Iterator[Problem]:
    source, tree = family[0]
    if not any(isinstance(node, nodes.Extends) for node in tree.body):
        return
    blocks = [block for _, member in family for block in member.find_all(nodes.Block)]
    filled = {block.name for block in blocks if not block.required}
    for block in blocks:
        if block.required and block.name not in filled:
            hint = f"add `{{% block {block.name} %}} … {{% endblock %}}`"
            yield Problem(f"the block `{block.name}` is not filled in", source.location, hint)
