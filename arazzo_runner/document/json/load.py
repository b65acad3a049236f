"""JSON text to data, with the place of each node (RFC 8259)."""

from __future__ import annotations

import json as standard
import math
import re
from itertools import islice
from typing import Final, NoReturn

import msgspec

from arazzo_runner.diagnostics import Diagnostic, Related, error
from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.json.places import STRING, TOKEN, JsonPlaces, depth_exceeded, repeated_keys
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, MAX_TOLD, TooDeep, TooMany, measure_tree, too_much
from arazzo_runner.document.loaded import Loaded, nothing
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.yaml.scalars import MAX_DIGITS
from arazzo_runner.values import JSON

_SPACE_BEFORE_COLON: Final = re.compile(r'"\s+:')
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)

_COMMENT: Final = re.compile(STRING + r"|(//[^\r\n]*|/\*.*?\*/)", re.DOTALL)

# (part of the decoder's own words, headline, help)
_WORDS: Final = (
    ("trailing comma", "a ',' stands in front of the closing bracket", "remove the ','"),
    ("property name", "a key in double quotes is missing here", "write the key in double quotes, or remove the ','"),
    ("':' delimiter", "a ':' is missing after the key", "add the ':'"),
    ("',' delimiter", "a ',' or a closing bracket is missing here", "add the ',' or the bracket"),
    ("expecting value", "a value is missing here, or text stands without its double quotes", "write a JSON value"),
    ("unterminated string", "a text in double quotes is never closed", "add the closing quote"),
    ("control character", "a line break or control character stands inside a text", "write it as an escape: \\n"),
    ("escape", "a '\\' begins an escape that JSON does not have", "write '\\\\' for a backslash"),
    ("extra data", "something follows the end of the document", "remove it"),
)


def load_json(page: Page, profile: Profile) -> Loaded:
    """Read a JSON text. Never raises."""
    try:
        with collector_paused():
            data: JSON = msgspec.json.decode(page.text)
        count = measure_tree(data)
    except TooMany as excess:
        return nothing(page, too_much(page, excess))
    except (TooDeep, RecursionError):
        return _too_deep(page)
    except (msgspec.MsgspecError, ValueError):
        return _Mending(page, profile).load()
    return Loaded(data, JsonPlaces(page), _repeated(page, profile, count))


def _too_deep(page: Page) -> Loaded:
    return nothing(page, too_much(page, TooDeep(depth_exceeded(page.text, MAX_DOCUMENT_DEPTH))))


def _repeated(page: Page, profile: Profile, members: int) -> tuple[Diagnostic, ...]:
    """Report keys given twice; `members` is how many the data has.

    Three looks, each dearer than the one before: signs in the text are counted, the objects are counted, and only
    where a key is known to be repeated is the text scanned for its places.
    """
    if page.text.count('":') == members and not _SPACE_BEFORE_COLON.search(page.text):
        return ()
    if _members_written(page.text) == members:
        return ()
    return tuple(
        Diagnostic(
            "syntax-duplicate-key",
            profile.severity,
            f"the key '{key[:40]}' is given twice in one object",
            page.span(again.start, again.end),
            "remove one of the two",
            (Related("first given here", page.span(first.start, first.end)),),
        )
        for key, first, again in islice(repeated_keys(page.text), MAX_TOLD)
    )


def _members_written(text: str) -> int:
    """Return how many members the objects in the text have, repeated ones counted each time."""
    written = 0

    def count(pairs: list[tuple[str, JSON]]) -> None:
        nonlocal written
        written += len(pairs)

    try:
        standard.loads(text, object_pairs_hook=count)
    except (ValueError, RecursionError):
        return -1  # a text that was mended: the scan decides
    return written


class _NotJson(ValueError):
    """A word that some decoders take for a number."""


class _Mending:
    """Reads a text that the fast decoder refuses: says why, and reads around what is merely out of range."""

    def __init__(self, page: Page, profile: Profile) -> None:
        self._page, self._profile = page, profile
        self._tokens = TOKEN.finditer(page.text)
        self._found: list[Diagnostic] = []

    def load(self) -> Loaded:
        text = _ESCAPE.sub(self._escape, self._page.text)
        try:
            data: JSON = standard.loads(
                text, parse_int=self._integer, parse_float=self._float, parse_constant=self._constant
            )
            count = measure_tree(data)
        except standard.JSONDecodeError as fault:
            comment = _first_comment(self._page.text)
            if comment is not None:
                place = self._page.span(*comment)
                return nothing(self._page, error(COMMENTED, "JSON has no comments", place, _YAML_HAS))
            return self._broken(fault.pos, _in_words(self._page, fault))
        except _NotJson as fault:
            words = f"'{fault}' is no JSON value", "use a number, null or a text in double quotes"
            return self._broken(self._next(str(fault)), words)
        except TooMany as excess:
            return nothing(self._page, too_much(self._page, excess))
        except (TooDeep, RecursionError):
            return _too_deep(self._page)
        found = (*self._found, *_repeated(self._page, self._profile, count))
        return Loaded(data, JsonPlaces(self._page), found)

    def _broken(self, offset: int, words: tuple[str, str]) -> Loaded:
        wrong = error("syntax-json", words[0], self._page.span(offset, offset + 1), words[1])
        return Loaded(_recover(self._page.text, offset), JsonPlaces(self._page), (wrong,), ok=False)

    def _escape(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        help = "write the other half beside it, or the character itself"
        self._report("syntax-encoding", f"'{found[0]}' is half of a surrogate pair", found.start(), found[0], help)
        return "\\ufffd"

    def _float(self, text: str) -> JSON:
        number = float(text)
        if math.isfinite(number):
            return number
        self._report("syntax-number", f"'{text[:40]}' is out of the range of numbers", self._next(text), text)
        return text

    def _integer(self, text: str) -> JSON:
        if len(text) <= MAX_DIGITS:
            return int(text)
        self._report("syntax-number", f"'{text[:40]}...' has too many digits", self._next(text), text)
        return text

    def _constant(self, text: str) -> NoReturn:
        raise _NotJson(text)

    def _next(self, written: str) -> int:
        """Return where a number or word stands; they are asked for in the order of the text."""
        return next((token.start() for token in self._tokens if token[0] == written), 0)

    def _report(self, code: str, message: str, offset: int, text: str, help: str = "") -> None:
        if len(self._found) >= MAX_TOLD:
            return
        span = self._page.span(offset, offset + len(text))
        help = help or "write it as text, or shorter"
        self._found.append(Diagnostic(code, self._profile.severity, message, span, help))


def _first_comment(text: str) -> tuple[int, int] | None:
    """Return where the first comment stands in a text that would be JSON without its comments."""
    first = next((found.span(1) for found in _COMMENT.finditer(text) if found[1]), None)
    if first is None:
        return None
    try:
        msgspec.json.decode(_COMMENT.sub(lambda found: " " if found[1] else found[0], text))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return first


def _in_words(page: Page, fault: standard.JSONDecodeError) -> tuple[str, str]:
    said = fault.msg.lower()
    before = page.text[: fault.pos].rstrip()
    if page.text[fault.pos : fault.pos + 1] in ("}", "]") and before.endswith(","):
        said = "trailing comma"
    return next(((headline, help) for words, headline, help in _WORDS if words in said), (f"no JSON: {fault.msg}", ""))


def _recover(text: str, offset: int) -> JSON:
    """Return what stands in front of a syntax error, with the brackets closed that are open there."""
    cut, closers = 0, ""
    open_brackets: list[str] = []
    previous = ""
    for token in TOKEN.finditer(text, 0, offset):
        sign = token[0]
        if sign == '"':
            break
        if sign in ("{", "["):
            open_brackets.append("}" if sign == "{" else "]")
        elif sign in ("}", "]") and open_brackets:
            open_brackets.pop()
        complete = sign in ("}", "]", "{", "[") or (sign not in (",", ":") and previous in (":", "[", ","))
        in_object = bool(open_brackets) and open_brackets[-1] == "}"
        if complete and not (in_object and previous == "," and sign not in ("}", "]", "{", "[")):
            cut, closers = token.end(), "".join(reversed(open_brackets[-MAX_OPEN:]))
        previous = sign
    try:
        found: JSON = msgspec.json.decode(text[:cut] + closers)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return found


COMMENTED: Final = "syntax-comment"
"""The code of a text that would be JSON without its comments."""

_YAML_HAS: Final = "remove it; a YAML document has comments, which begin with '#'"

MAX_OPEN: Final = 300
"""How many open brackets a recovery closes; deeper texts are beyond the limits anyway."""
