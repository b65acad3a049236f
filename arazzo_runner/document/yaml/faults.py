"""What is wrong with a text that is not YAML, in the words of a person who writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from arazzo_runner.diagnostics import Diagnostic, Related, Severity, error
from arazzo_runner.document.page import Page

MAX_LOOK_BACK: Final = 2_000
"""Characters before a line in which the key that it belongs to is looked for."""

_INDENT: Final = "check the indentation of this line against the lines above it"

# (part of the parser's own words, headline, help); the first that fits is taken. Both parsers' words are covered.
_WORDS: Final = (
    (
        "mapping values are not allowed",
        "a ':' stands where no key can be",
        "quote the text if the ':' belongs to it; else " + _INDENT,
    ),
    (
        "sequence entries are not allowed",
        "a '- ' stands where no list item can be",
        "put the list on its own line below the key; quote the text if the '-' belongs to it",
    ),
    (
        "another document",
        "the text holds more than one YAML document",
        "keep one document a file: remove the line '---' and what belongs to the other document",
    ),
    ("undefined alias", "an unquoted '*' names an anchor that does not exist", "quote the text that begins with '*'"),
    ("scanning an alias", "an unquoted '*' at the start of a value is read as an alias", "quote the text"),
    ("scanning an anchor", "an unquoted '&' at the start of a value is read as an anchor", "quote the text"),
    ("duplicate anchor", "the anchor is given twice", "give each anchor (&name) its own name"),
    ("undefined tag handle", "an unquoted '!' at the start of a value is read as a tag", "quote the text"),
    ("while scanning a tag", "an unquoted '!' at the start of a value is read as a tag", "quote the text"),
    ("while parsing a tag", "an unquoted '!' at the start of a value is read as a tag", "quote the text"),
    (
        "escape",
        "a '\\' in double quotes begins an escape that YAML does not have",
        "write '\\\\' for a backslash, or use single quotes, where it is plain text",
    ),
    ("incompatible yaml document", "the %YAML line names a version that is not known", "remove the line"),
    ("directive", "a line that begins with '%' is read as a YAML directive", "quote the text or remove the line"),
    ("while scanning a block scalar", "the line with '|' or '>' is not well formed", "end that line after the '|'"),
    (
        "expected hexdecimal",
        "a '\\' in double quotes begins an escape with too few digits",
        "write '\\\\' for a backslash, or use single quotes, where it is plain text",
    ),
    ("expected ',' or ']'", "a list in [ ] is not closed, or a ',' is missing in it", "add the ',' or the ']'"),
    ("expected ',' or '}'", "a mapping in { } is not closed, or a ',' is missing in it", "add the ',' or the '}'"),
    ("expected ':'", "this line is neither 'key: value' nor a part of the value above it", "add the ':' after the key"),
    ("did not find expected key", "this line does not fit the mapping that it stands in", _INDENT),
    ("expected <block end>", "this line does not fit the mapping or list that it stands in", _INDENT),
    ("did not find expected '-' indicator", "this line does not fit the list that it stands in", _INDENT),
    (
        "document start>",
        "something follows the end of the document",
        "remove it, or write the document as 'key: value' lines",
    ),
    ("expected node content", "a value is missing here", "add the value, or close the bracket"),
    ("expected the node content", "a value is missing here", "add the value, or close the bracket"),
)
_TOKEN: Final = "cannot start any token"
_UNCLOSED: Final = "unexpected end of stream"
_KEY_ALONE: Final = re.compile(r"((?: |- )*)([^\s#:'\"\[{-][^#:'\"]{0,60}):\s*(?: #.*)?")
_FLOW_EXPRESSION = re.compile(r"(?:^|[:\-\[,])\s*(\{\s*\$)")


@dataclass(frozen=True, slots=True)
class Fault:
    """A syntax error: what to say, and the offsets that a recovery starts from.

    With `final`, what begins at the offset belongs to something else and is no part of the document.
    """

    diagnostic: Diagnostic
    offset: int
    context: int
    final: bool = False


def fault(page: Page, problem: YAMLError) -> Fault:
    """Put a syntax error of the parser into plain words, at its exact place."""
    if isinstance(problem, ReaderError):
        return _unreadable(page, problem)
    if not isinstance(problem, MarkedYAMLError):
        return Fault(error("syntax-yaml", "the text is not YAML", page.span(0)), 0, 0)
    offset = _offset(problem.problem_mark or problem.context_mark)
    context = _offset(problem.context_mark or problem.problem_mark)
    said = f"{problem.context or ''} / {problem.problem or ''}".lower()
    if _UNCLOSED in said and "quoted" in said:
        place = page.span(context, context + 1)
        found = error("syntax-yaml", "a quoted text is never closed", place, "add the closing quote")
        return Fault(found, context, context)
    if "expected ':'" in said and "simple key" in said:
        offset = context  # the parser notices only where the next key begins
    code, headline, help = _explain(page, said, offset, context)
    place = page.span(offset, offset + 1)
    related: tuple[Related, ...] = ()
    if page.line(context) < page.line(offset) and ("expected" in said):
        related = (Related("in what begins here", page.span(context, context + 1)),)
    final = "another document" in said
    return Fault(Diagnostic(code, Severity.ERROR, headline, place, help, related), offset, context, final)


def _explain(page: Page, said: str, offset: int, context: int) -> tuple[str, str, str]:
    text = page.line_text(page.line_start(offset))
    if _FLOW_EXPRESSION.search(text):
        return (
            "syntax-unquoted-expression",
            "an expression that begins with an unquoted '{' is read as a YAML mapping",
            "quote this expression",
        )
    if "a tag" in said and page.text.startswith("!$", context):
        return (
            "syntax-unquoted-expression",
            "an unquoted '!' starts a YAML tag, not a condition",
            "quote this expression",
        )
    if _TOKEN in said:
        character = page.text[offset : offset + 1]
        if character == "\t":
            return "syntax-yaml", "a tab is used for indentation", "indent with spaces"
        return "syntax-yaml", f"a value can't begin with an unquoted '{character}'", "quote the text"
    if "expected" in said and page.text[page.line_start(offset) : offset].rstrip().endswith(("'", '"')):
        return "syntax-yaml", "something follows the closing quote", "double a quote that belongs to the text: ''"
    key = _key_above(page, offset)
    if "expected" in said and key is not None:
        return "syntax-yaml", f"the value of '{key}' is not indented", f"indent this line deeper than '{key}'"
    for words, headline, help in _WORDS:
        if words in said:
            return "syntax-yaml", headline, help
    return "syntax-yaml", f"the text is not YAML: {said.rpartition(' / ')[2]}", _INDENT


def _key_above(page: Page, offset: int) -> str | None:
    """Return the key without a value above a line that is a list in [ ] or a mapping in { }, and as far to the left."""
    start = page.line_start(offset)
    own = re.compile(r" *(?=[\[{])").match(page.text, start)
    if own is None:
        return None
    before = (line for line in reversed(page.text[max(0, start - MAX_LOOK_BACK) : start].splitlines()))
    above = next((line for line in before if line.strip() and not line.lstrip().startswith("#")), "")
    key = _KEY_ALONE.fullmatch(above)
    return key[2] if key is not None and len(key[1]) >= len(own[0]) else None


def _unreadable(page: Page, problem: ReaderError) -> Fault:
    offset = _characters(page.text, problem)
    character = page.text[offset : offset + 1]
    found = error(
        "syntax-character",
        f"the control character U+{ord(character or chr(0)):04X} can't stand in YAML",
        page.span(offset, offset + 1),
        "remove it, or write it as an escape in double quotes (if there are many: is the file UTF-16 or binary?)",
    )
    return Fault(found, offset, offset)


def _characters(text: str, problem: ReaderError) -> int:
    """Return the offset of the character that the parser refused; libyaml counts bytes, the pure parser characters."""
    refused = re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    position: int = problem.position if isinstance(problem.position, int) else 0
    return refused.start() if refused else min(position, max(0, len(text) - 1))


def _offset(mark: Mark | None) -> int:
    return mark.index if mark is not None else 0
