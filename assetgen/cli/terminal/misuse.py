"""Arguments that no command understands, told in our words instead of a library's."""

from __future__ import annotations

import re
from typing import Any

import typer

from assetgen.errors import Problem, did_you_mean, nearest

USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for arguments that it does not understand; it gives the class no name of its own."""

_MEANT = {
    "--dry-run": "`assetgen plan` shows what a run would do; `publish` and `feeds` have `--dry-run`",
    "--dry": "`assetgen plan` shows what a run would do",
    "--output": "`output:` in the campaign says where pictures go",
    "--out": "`output:` in the campaign says where pictures go",
    "--threads": "`--jobs N` works on so many at once",
    "--workers": "`--jobs N` works on so many at once",
    "--budget": "`budget:` in the campaign says how much may be spent",
    "--provider": "`provider:` in the campaign says who makes plates",
    "--help-all": "`assetgen --help` lists the commands, and each has its own `--help`",
    "-V": "`assetgen --version` says which one it is",
    "-v": "`assetgen --version` says which one it is",
    "--force": "`--force-step plate`, `cutout` or `compose` does a step again",
    "--exclude": "`--select` has only what is to be taken, as in `channel:instagram-*,web-*`",
    "--verbose": "there is one way of telling; `--json` tells more",
    "--quiet": "send stderr elsewhere: `2> log.txt`",
    "--yes": "nothing is ever asked: leave it out",
    "--date": "`--on 2026-12-24` goes by another day",
    "--folder": "`--workspace FOLDER` is another workspace",
}
"""What people mean with options of other programs."""

_SELECTED = ("sku", "channel", "locale", "scene", "audience", "state")
"""Fields of `--select`, which people try as options."""

_COMMANDS = {
    "apply": "run",
    "brand": "layouts preview",
    "brands": "layouts preview",
    "build": "run",
    "clean": "cache prune",
    "clear": "cache prune",
    "compare": "diff",
    "completion": "--install-completion",
    "cost": "plan",
    "costs": "spend",
    "create": "run",
    "deploy": "publish",
    "explain": "why",
    "export": "prompts export",
    "generate": "run",
    "help": "--help",
    "lint": "check",
    "make": "run",
    "new": "init",
    "preview": "layouts preview",
    "render": "run",
    "start": "run",
    "status": "plan",
    "test": "check",
    "upload": "publish",
    "validate": "check",
    "verify": "check",
    "version": "--version",
}
"""What other programs call a command of ours."""

_WORDS = (
    (r"No such command '(.*?)'.*", r"`{path}` has no command `\1`"),
    (r"Missing (?:argument|option) '(.*?)'.*", r"`{path}` needs \1"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"`{path}` takes no `\1`"),
    (r"Option '(.*?)' requires an argument", r"`\1` needs something behind it"),
    (r"Invalid value for '(.*?)'.*?: Input should be a valid (?:integer|number).*", r"`\1` is to be a number"),
    (r"Invalid value for '(.*?)'.*?: Input should be \w+ than or equal to (\S+)", r"`\1` is to be at least \2"),
    (r"Invalid value for '(.*?)'.*?: (?:Value error, )?'(.*?)' is not one of (.*)", r"`\1` knows no `\2`, only \3"),
    (r"Invalid value for '(.*?)'.*?: (?:Value error, )?(.*)", r"`\1`: \2"),
    (r"Invalid value: (.*)", r"\1"),
)
"""Sentences of the library, and ours."""


def problem_of(error: Any) -> Problem:
    """What is wrong with the arguments, and what was meant."""
    context, said = error.ctx, error.format_message().rstrip(".")
    path = context.command_path if context else "assetgen"
    help_page = f"`{path} --help` shows what it takes"
    if type(error).__name__ == "NoSuchOption":
        option = error.option_name
        hint = _selected(option, context) or _MEANT.get(option) or _near_option(option, context) or help_page
        return Problem(f"`{path}` has no option `{option}`", hint=hint)
    ours = ((re.fullmatch(pattern, said, re.DOTALL), words) for pattern, words in _WORDS)
    found, words = next(((match, words) for match, words in ours if match), (None, ""))
    message = found.expand(words).replace("{path}", path) if found else said[:1].lower() + said[1:]
    return Problem(message.replace("'", "`"), hint=_near_word(said, context) or help_page)


def _selected(option: str, context: Any) -> str | None:
    """The term of `--select` that an option was meant to be, of a command that selects."""
    field = option.lstrip("-").removesuffix("s")
    selects = any("--select" in each.opts for each in context.command.get_params(context))
    return f"`--select {field}:…` takes only these" if selects and field in _SELECTED else None


def _near_option(option: str, context: Any) -> str | None:
    """The option of this command that was meant. Dashes alike make no two options alike."""
    known = {name.lstrip("-"): name for each in context.command.get_params(context) for name in each.opts}
    near = nearest(option.lstrip("-"), known)
    return f"did you mean `{known[near]}`?" if near else None


def _near_word(said: str, context: Any) -> str | None:
    """The command, or the word of a closed list, that was meant."""
    if found := re.match(r"No such command '(.*?)'", said):
        known = getattr(context.command, "commands", {})
        if (ours := _COMMANDS.get(found[1].casefold())) and context.parent is None:
            return f"did you mean `assetgen {ours}`?"
        if (ours or "").startswith(f"{context.info_name} "):
            return f"did you mean `assetgen {ours}`?"
        return did_you_mean(found[1], known, otherwise=f"it has {', '.join(f'`{name}`' for name in sorted(known))}")
    if found := re.search(r"'([^']*)' is not one of (.*)", said):
        return did_you_mean(found[1], re.findall(r"'(.*?)'", found[2]))
    return None
