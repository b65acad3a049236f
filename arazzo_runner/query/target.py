"""Targets of payload replacements: where in a body a value is put (Arazzo 1.1, Payload Replacement Object).

The language is the one that the document names. Where it names none, the form of the body decides: JSON Pointer for
JSON and whatever else is sent from objects and arrays, XPath for XML (RPL-03, RPL-04). A language has to fit the form
(RPL-07), and nothing can be put into a body without structure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias, Union

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions.grammar import Fault, Tokens
from arazzo_runner.expressions.pointer import decode

if TYPE_CHECKING:  # few documents have replacements, and fewer in these languages
    from arazzo_runner.query.jsonpath import Query
    from arazzo_runner.query.xpath import XPath

MAX_POINTER_LENGTH = 20_000
"""Characters of a JSON Pointer."""

MAX_POINTER_DEPTH = 100
"""Names and indexes of a JSON Pointer: it may make objects on its way."""


class BodyForm(Enum):
    """What a body is to a target: data (objects and arrays, however they are sent), XML, or plain text and bytes."""

    DATA = "data"
    XML = "XML"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A JSON Pointer (RFC 6901)."""

    text: str
    tokens: Tokens


BodyTarget: TypeAlias = Union[Pointer, "Query", "XPath"]


def compile_target(text: str, language: str | None, version: str | None, form: BodyForm) -> BodyTarget | Fault:
    """Compile a target for a body of that form, or say why there is none. Never raises.

    `language` and `version` are those of `targetSelectorType`; None is the default of the form or the language.
    """
    if form is BodyForm.TEXT:
        return Fault(
            "nothing can be replaced in a body of plain text or bytes", 0, _BY_TEMPLATE, "replacement-no-structure"
        )
    name = language or ("xpath" if form is BodyForm.XML else "jsonpointer")
    if (name == "xpath") is not (form is BodyForm.XML):
        return _misfit(name, form)
    versions = LANGUAGES[name]
    if version is not None and version not in versions:
        return Fault(f"'{version}' is no version of {name}", 0, did_you_mean(version, versions), "replacement-version")
    return versions[version or next(iter(versions))](text)


_BY_TEMPLATE = "write the text with its expressions in braces, or set a contentType that has structure"


def _misfit(language: str, form: BodyForm) -> Fault:
    if form is BodyForm.XML:
        message = f"{language} names no place in a body of XML"
        return Fault(message, 0, "use xpath, or leave targetSelectorType out", "replacement-language")
    message = "xpath names no place in a body that is no XML"
    return Fault(message, 0, "use jsonpointer or jsonpath, or set an XML contentType", "replacement-language")


_POINTER = re.compile(r"(?:/(?:[^/~]|~[01])*)*")


def _pointer(text: str) -> Pointer | Fault:
    if len(text) > MAX_POINTER_LENGTH:
        return Fault(f"the target is longer than {MAX_POINTER_LENGTH:,} characters", 0, "", "query-too-large")
    found = _POINTER.match(text)
    end = found.end() if found else 0
    if end == len(text):
        tokens = decode(text)
        if len(tokens) > MAX_POINTER_DEPTH:
            message = f"the target is deeper than {MAX_POINTER_DEPTH} names and indexes"
            return Fault(message, 0, "", "query-too-large")
        return Pointer(text, tokens)
    if end:
        return Fault("'~' has to be written '~0', and '/' in a name '~1'", end, "", "query-malformed")
    message = f"a target in this body is a JSON Pointer, which begins with '/', not with '{text[0]}'"
    return Fault(message, 0, _as_pointer(text), "query-malformed")


_EXPRESSION = re.compile(r"(?:\$(?:request|response)\.(?:body|payload))?#?(/.*)", re.DOTALL)
_DOTTED = re.compile(r"(?:\$\.?)?(?=.)((?:(?:^|\.)?[^\W\d][\w-]*|\[(?:[0-9]+|'[^']*'|\"[^\"]*\")\])+)")
_PART = re.compile(r"[^\W\d][\w-]*|[0-9]+")


def _as_pointer(text: str) -> str:
    """Say how a target that is no pointer is plainly meant, as far as that can be told."""
    expression, dotted = _EXPRESSION.fullmatch(text), _DOTTED.fullmatch(text) if len(text) < 200 else None
    if expression is not None:
        return f"write '{expression[1]}': a target is looked for in the body of this request"
    written = f"write '/{'/'.join(_PART.findall(dotted[1]))}'" if dotted else "write a pointer such as '/items/0/id'"
    if text.startswith("$"):
        return f"{written}, or for JSONPath set 'targetSelectorType: jsonpath' (Arazzo 1.1)"
    return written


def _rfc9535(text: str) -> Query | Fault:
    from arazzo_runner.query.jsonpath import compile_rfc9535

    return _query(text, compile_rfc9535(text))


def _goessner(text: str) -> Query | Fault:
    if text.rstrip().endswith("`len`"):
        return Fault("a length is calculated: it is no place in the body", 0, "", "query-unsupported")
    from arazzo_runner.query.jsonpath import compile_goessner

    return _query(text, compile_goessner(text))


def _query(text: str, found: Query | Fault) -> Query | Fault:
    if isinstance(found, Fault) and text.startswith("/"):
        help = "for a JSON Pointer leave targetSelectorType out, or set it to jsonpointer"
        return Fault(found.message, found.offset, help, found.code)
    return found


def _xpath(version: str) -> Callable[[str], XPath | Fault]:
    def compiled(text: str) -> XPath | Fault:
        from arazzo_runner.query.xpath import VERSIONS, compile_xpath

        return compile_xpath(text, VERSIONS[version])

    return compiled


LANGUAGES: Final[Mapping[str, Mapping[str, Callable[[str], BodyTarget | Fault]]]] = {
    "jsonpointer": {"rfc6901": _pointer},
    "jsonpath": {"rfc9535": _rfc9535, "draft-goessner-dispatch-jsonpath-00": _goessner},
    "xpath": {name: _xpath(name) for name in ("xpath-31", "xpath-30", "xpath-20", "xpath-10")},
}
"""The languages with their versions; the first version is the default (checklist ETO-05)."""
