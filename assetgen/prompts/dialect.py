"""Jinja as templates use it: sandboxed, strict, repeatable, and with a column for every error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from typing import TypeVar

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.environment import Environment
from jinja2.filters import FILTERS
from jinja2.lexer import Lexer
from jinja2.parser import Parser

from assetgen.errors import AssetgenError, InputError, Location, Problem
from assetgen.model.brief import TemplateText
from assetgen.model.spreadsheet_errors import failed_formula, is_spreadsheet_error
from assetgen.plugins import error_in_words
from assetgen.prompts.filter_socket import CASES, filters, install_filters
from assetgen.prompts.filters import DECIMAL_SIGN
from assetgen.prompts.foreign_words import foreign_word
from assetgen.prompts.letter_case import titled
from assetgen.prompts.sandbox import Sandbox
from assetgen.prompts.syntax import NESTED, TOO_LARGE, syntax_problem, unsound

Tree = TypeVar("Tree", bound=nodes.Node)


LONGEST = 100_000
"""The most characters of a template: no service takes a prompt of a third of it, and no picture shows a tenth."""


class Place(int):
    """A line number that knows its column. The parser hands line numbers on to its nodes untouched, so both arrive."""

    column: int

    @classmethod
    def of(cls, line: int, column: int) -> Place:
        place = cls(line)
        place.column = column
        return place


def locate(source: TemplateText, line: int, *, further: int = 0) -> Location:
    """The place of a line of a template, or of `further` columns on, in the file that holds the template."""
    start = source.location
    column = line.column + further if isinstance(line, Place) else None
    if line == 1 and start.line:  # a cell or a value begins somewhere in its line
        column = start.column and start.column + (column or 1) - 1
    return replace(start, line=(start.line or 1) + line - 1, column=column)


@contextmanager
def in_our_words(source: TemplateText, *, is_rule: bool = False) -> Iterator[None]:
    """Turns whatever goes wrong while a template is read into InputError."""
    try:
        yield
    except AssetgenError:
        raise
    except TemplateSyntaxError as error:
        if found := foreign_word(source.text, is_rule=is_rule):
            raise InputError(_foreign(source, *found)) from error
        raise InputError(syntax_problem(error, locate(source, error.lineno))) from error
    except (RecursionError, SyntaxError, MemoryError) as error:  # how Python says that it takes no more
        raise InputError(replace(NESTED, location=source.location)) from error
    except Exception as error:  # extensions of Jinja raise their own
        message = f"this is no template that can be read: {error_in_words(error)}"
        raise InputError(Problem(message, source.location)) from error


def _foreign(source: TemplateText, start: int, word: str, hint: str) -> Problem:
    line, column = source.text.count("\n", 0, start) + 1, start - source.text.rfind("\n", 0, start)
    return Problem(f"`{word}` is not expected here", locate(source, Place.of(line, column)), hint)


class Missing(StrictUndefined):
    """A value that is not there, which says so in our words."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or f"nothing is called `{self._undefined_name}` here"


class MarkingLexer(Lexer):
    """A lexer that gives every token its column."""

    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        # As Jinja does itself, or the tokens could not be found again in the source.
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        end, line_start = 0, 0
        try:
            for line, kind, text in super().tokeniter(source, name, filename, state):
                # The lexer leaves nothing out but blanks, so the next occurrence of a token's text is the token.
                start = source.index(text, end) if text.strip() else end
                line_start = max(line_start, source.rfind("\n", line_start, start) + 1)
                end = start + len(text)
                yield Place.of(line, start - line_start + 1), kind, text
        except TemplateSyntaxError as error:
            blanks = len(source[end:]) - len(source[end:].lstrip())
            error.lineno = Place.of(error.lineno, end + blanks - source.rfind("\n", 0, end + blanks))
            raise


class Pack(BaseLoader):
    """The prompt templates of a brief, found by bare name."""

    def __init__(self, sources: Mapping[str, TemplateText]) -> None:
        self.sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - the loader's signature
        if template not in self.sources:
            raise TemplateNotFound(template)
        return self.sources[template].text, template, None


class Dialect(Sandbox):
    """The compiler of templates, without what differs from one run to the next: the same row gives the same prompt."""

    def __init__(self, sources: Mapping[str, TemplateText], decimal_sign: str | None = None) -> None:
        super().__init__(
            loader=Pack(sources),
            undefined=Missing,
            autoescape=False,  # the result is a prompt or a line on a picture, not HTML
            lstrip_blocks=True,  # but no trim_blocks: the line break after a tag keeps two sentences apart
        )
        self.sources = sources
        install_filters(self)
        self.looking = filters()
        del self.filters["random"], self.globals["lipsum"]
        self.globals[DECIMAL_SIGN] = decimal_sign
        self.count_filters()

    @cached_property
    def lexer(self) -> Lexer:
        return MarkingLexer(self)

    def getattr(self, obj: object, attribute: str) -> object:
        """The attribute or column of a value: a column wins over a method of the same name, such as `items`."""
        if isinstance(obj, Mapping) and attribute in obj:
            return _passed(obj[attribute], attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """The item of a value, as `product["sale price"]`."""
        return _passed(super().getitem(obj, argument), str(argument))

    def parse_text(self, source: TemplateText) -> nodes.Template:
        """The tree of a text. Raises InputError where it is not well formed, as do `parse_rule` and `build`."""
        return self._sound(source, Parser.parse, lambda: Parser(self, source.text))

    def reworded(self, source: TemplateText, change: Callable[[str], str]) -> TemplateText:
        """The template with what stands outside of its braces changed. Raises InputError as `parse_text` does."""
        with in_our_words(source):
            tokens = [(kind, text) for _, kind, text in self.lexer.tokeniter(source.text, None)]
        return replace(source, text="".join(change(text) if kind == "data" else text for kind, text in tokens))

    def parse_rule(self, source: TemplateText) -> nodes.Template:
        """The tree of a rule, which is made a template that says "yes" where its expression is true."""
        rule = self._sound(source, _whole_rule, lambda: Parser(self, source.text, state="variable"), is_rule=True)
        yes = nodes.Output([nodes.TemplateData("yes")])
        tree = nodes.Template([nodes.If(rule, [yes], [], [], lineno=1)], lineno=1)
        tree.set_environment(self)
        return tree

    def _sound(
        self,
        source: TemplateText,
        parse: Callable[[Parser], Tree],
        begun: Callable[[], Parser],
        *,
        is_rule: bool = False,
    ) -> Tree:
        """What is parsed; everything in it can be compiled."""
        if len(source.text) > LONGEST:
            message = f"the text has {len(source.text):,} characters, and templates have {LONGEST:,} at most"
            raise InputError(Problem(message, source.location))
        with in_our_words(source, is_rule=is_rule):
            parser = begun()
            try:
                tree = parse(parser)
            except (RecursionError, ValueError) as error:  # too many brackets, or digits
                reason = NESTED if isinstance(error, RecursionError) else TOO_LARGE
                raise InputError(replace(reason, location=locate(source, parser.stream.current.lineno))) from error
        for problem, node in unsound(tree):
            raise InputError(replace(problem, location=locate(source, node.lineno)))
        return tree

    def build(self, tree: nodes.Template, source: TemplateText, name: str) -> Template:
        """The template, ready to render; errors raised meanwhile carry frames whose file name is `name`."""
        with in_our_words(source):
            code = self.compile(tree, name, name)
        return self.template_class.from_code(self, code, self.make_globals(None))


class NeutralDialect(Dialect):
    """The dialect of prompts and rules, which no customer reads: their capitals are those of no language.

    A prompt that makes small letters is the same one for all locales, and so is its plate.
    """

    def __init__(self, sources: Mapping[str, TemplateText], decimal_sign: str | None = None) -> None:
        super().__init__(sources, decimal_sign)
        self.filters.update({name: FILTERS[name] for name in CASES}, title=partial(titled, language=""))
        self.looking = {name: each for name, each in self.looking.items() if name not in CASES}


def _passed(value: object, name: str) -> object:
    """Passes a value on. Raises InputError for the error of a spreadsheet, which must not get into a picture."""
    if isinstance(value, str) and is_spreadsheet_error(value):
        raise InputError(failed_formula(name, value))
    return value


def _whole_rule(parser: Parser) -> nodes.Expr:
    rule = parser.parse_expression()
    if not parser.stream.eos:
        parser.fail(f"expected end of rule, got '{parser.stream.current.value}'")
    return rule
