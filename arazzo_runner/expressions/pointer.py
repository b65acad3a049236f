"""JSON Pointer (RFC 6901) over values, and the navigation by `.name` and `[n]` of simple conditions.

Both look only at what the data itself has: no length of a list, no methods, nothing inherited (SIM-36). An index is
ASCII digits without leading zeros; ``-`` names the element after the last, which never has a value.
"""

from __future__ import annotations

import re

from arazzo_runner.expressions.grammar import Tokens
from arazzo_runner.values import Nothing, Path, Value, kind

MAX_INDEX_DIGITS = 15
"""An array index longer than this names nothing."""

_POINTER = re.compile(r"(?:/(?:[^/~{}]|~[01])*)*")
_INDEX = re.compile(r"0|[1-9][0-9]*")


def scan(text: str, start: int) -> int:
    """Return where the JSON Pointer that starts at `start` ends; an empty pointer ends where it starts.

    Braces end a pointer, in 1.0 as in 1.1 (EXP-11), so that an embedded expression ends at the first ``}``.
    """
    found = _POINTER.match(text, start)
    return found.end() if found else start


def decode(text: str) -> Tokens:
    """Return the reference tokens of a well-formed pointer text (``""`` or ``/...``)."""
    if not text:
        return ()
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in text[1:].split("/"))


def encode(tokens: Tokens) -> str:
    """Return the pointer text of reference tokens; the empty text for none."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)


def resolve(value: Value, tokens: Tokens) -> Value | Nothing:
    """Return what the pointer finds in the value, or why it finds nothing (RFC 6901, section 4)."""
    found: Value = value
    for depth, token in enumerate(tokens):
        step = member(found, token)
        if isinstance(step, Nothing):
            where = f"'#{encode(tokens[:depth])}'" if depth else "the value"
            return Nothing(f"'#{encode(tokens)}' finds nothing: {where} {step.reason}")
        found = step
    return found


def member(value: Value, token: str) -> Value | Nothing:
    """Return the member or element that one token names; the reason of a Nothing continues "it ..."."""
    if isinstance(value, dict):
        return value[token] if token in value else Nothing(f"has no member '{token}'")
    if isinstance(value, list):
        if not _INDEX.fullmatch(token):
            return Nothing(f"is an array, and '{token}' is no index")
        return element(value, int(token) if len(token) <= MAX_INDEX_DIGITS else len(value))
    return Nothing(f"is {_article(kind(value))}, which has no members")


def element(value: Value, index: int) -> Value | Nothing:
    """Return the element at a zero-based index; the reason of a Nothing continues "it ..."."""
    if not isinstance(value, list):
        return Nothing(f"is {_article(kind(value))}, which has no elements")
    if index >= len(value):
        return Nothing(f"has {len(value)} element{'' if len(value) == 1 else 's'}, no [{index}]")
    return value[index]


class MeantName(str):
    """A name behind a declared one, as in ``$steps.s.outputs.items.id`` (practical reading P2).

    On an array it is looked up in the first element: whoever writes so names one item, and no array has members.
    """

    __slots__ = ()


def meant(steps: Path) -> Path:
    """Return navigation whose names are meant so."""
    return tuple(step if isinstance(step, int) else MeantName(step) for step in steps)


def navigate(value: Value, steps: Path) -> Value | Nothing:
    """Return what the operators `.name` and `[n]` find in the value (Arazzo 1.1, Operators)."""
    found: Value = value
    for depth, step in enumerate(steps):
        if isinstance(step, MeantName) and isinstance(found, list) and found and not _INDEX.fullmatch(step):
            found = found[0]
        here = element(found, step) if isinstance(step, int) else member(found, step)
        if isinstance(here, Nothing):
            where = f"'{written(steps[:depth])}'" if depth else "the value"
            return Nothing(f"'{written(steps)}' finds nothing: {where} {here.reason}")
        found = here
    return found


def written(steps: Path) -> str:
    """Return the navigation as the operators write it: ``.items[0].id``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _article(noun: str) -> str:
    if noun in ("null", "bytes"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
