"""Strings: by their format, by their member's name, by their pattern, else plain words; of the length wanted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.mock.instances import formats, names, pattern_text, words
from arazzo_runner.mock.instances.conjunction import NoInstance, Part, at_least, at_most
from arazzo_runner.mock.instances.conjunction import texts as keyword_texts
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.judge import Judge, Nodes
from arazzo_runner.mock.instances.pattern import Unread
from arazzo_runner.mock.limits import MAX_STRING, MAX_TRIES
from arazzo_runner.values import JSON

_SHORT: Final = 3
_GRAFTS: Final = 2
_MAX_GRAFTED: Final = 60
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ENCODINGS: Final = {"base64": "byte", "base64url": "base64url"}


def string(parts: tuple[Part, ...], name: str, draw: Draw, judge: Judge) -> str | NoInstance:
    """Return a string that satisfies the keywords for strings, or why there is none."""
    low = at_least(parts, "minLength")
    if low > MAX_STRING:
        why = f"a string of {low} characters is wanted; the mock makes none above {MAX_STRING}"
        return NoInstance(why, limited=True)
    high = at_most(parts, "maxLength", MAX_STRING)
    if low > high:
        return NoInstance(f"no string has {low} characters or more and {high} or fewer")
    patterns = keyword_texts(parts, "pattern")
    known = [*keyword_texts(parts, "format"), *(_ENCODINGS.get(c, "") for c in keyword_texts(parts, "contentEncoding"))]
    checked: list[JSON] = [{"pattern": found} for found in patterns]
    checked += [{"format": found} for found in keyword_texts(parts, "format")]
    nodes: Nodes = ({"allOf": checked},) if checked else ()
    unread: list[str] = []
    for text in _candidates(patterns, known, name, (low, high), draw, unread):
        if low <= len(text) <= high and (not nodes or judge.holds(nodes, text)):
            return text
    return NoInstance(_why(patterns, known, unread, (low, high)), limited=bool(unread))


def _candidates(
    patterns: list[str], known: list[str], name: str, lengths: tuple[int, int], draw: Draw, unread: list[str]
) -> Iterator[str]:
    """Yield strings, the likeliest first; what a pattern can't be read for goes into `unread`."""
    makers = [formats.MAKERS[found] for found in known if found in formats.MAKERS]
    for maker in makers:
        yield from (maker(draw) for _ in range(_SHORT))
    stretched = (formats.of_length(found, *lengths, draw) for found in known)
    yield from (text for text in stretched if text is not None)
    suggested = names.text_for(name, draw)
    if suggested is not None:
        yield suggested
    for found in patterns:
        written = pattern_text.texts(found, *lengths, draw)
        if isinstance(written, Unread):
            unread.append(written.reason)
        else:
            matches: list[str] = []
            for text in written:
                matches += [text] if len(matches) < _GRAFTS else []
                yield text
            yield from (text for maker in makers for text in _grafted(matches, maker(draw)))
    if not makers or not patterns:
        yield from islice(_plain(suggested, *lengths, draw), MAX_TRIES)


def _grafted(matches: list[str], whole: str) -> Iterator[str]:
    """Yield what a pattern and a format ask for together: a match in place of the start of a text, or of its end."""
    for match in matches:
        for at in range(min(len(whole), _MAX_GRAFTED) + 1):
            yield match + whole[at:]
            yield whole[: len(whole) - at] + match


def _plain(suggested: str | None, low: int, high: int, draw: Draw) -> Iterator[str]:
    """Yield words, cut or filled up to the length."""
    start = (
        suggested if suggested and len(suggested) <= high else f"{draw.pick(words.ADJECTIVES)} {draw.pick(words.NOUNS)}"
    )
    while len(start) < low:
        start += draw.pick((" ", "-")) + draw.pick(words.NOUNS) if low - len(start) > 1 else draw.pick(_LETTERS)
    yield (
        start if low <= len(start) <= high and len(start) <= max(low, 60) else start[: max(low, min(high, len(start)))]
    )
    yield start[: max(low, 1)] if high else ""
    while True:
        length = draw.between(max(low, min(high, 1)), min(high, low + 8))
        yield draw.text(_LETTERS, length)


def _why(patterns: list[str], known: list[str], unread: list[str], lengths: tuple[int, int]) -> str:
    wanted = [f"the pattern {found!r:.120}" for found in patterns] + [
        f"the format '{found}'" for found in known if found
    ]
    bounds = f" with {lengths[0]} to {lengths[1]} characters" if lengths != (0, MAX_STRING) else ""
    why = f" ({unread[0]})" if unread else ""
    return f"no string was found for {' and '.join(wanted) or 'it'}{bounds}{why}"
