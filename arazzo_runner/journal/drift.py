"""The first field in which what a run wants differs from what was recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from arazzo_runner.engine.effects import Request
from arazzo_runner.journal.codec import encode
from arazzo_runner.journal.reader import Journal
from arazzo_runner.journal.records import Intent
from arazzo_runner.journal.vault import alike
from arazzo_runner.redact import REDACTED, STAND_IN
from arazzo_runner.values import JSON

MAX_SHOWN: Final = 120
"""Characters of a differing value that are shown, from a little before the difference on."""

_BEFORE: Final = 30


@dataclass(frozen=True, slots=True)
class Drift:
    """A difference: the step, the field (``url``, ``header Accept``, ``body #/items/0/name``), both values as shown.

    A value of None says that it is not there at all.
    """

    step: tuple[str, ...]
    field: str
    recorded: str | None
    wanted: str | None

    @property
    def message(self) -> str:
        """What differs, in a sentence."""
        where = f"step '{'/'.join(self.step)}'" if self.step else "the run"
        return f"{where}: {self.field} was {_told(self.recorded)} and is {_told(self.wanted)} now"


def _told(text: str | None) -> str:
    return "not there" if text is None else json.dumps(STAND_IN.sub(REDACTED, text), ensure_ascii=False)


def flows_of(journal: Journal) -> frozenset[str]:
    """Return the stand-ins that travel through a replay of a journal: those of its inputs, credentials and answers.

    Others were made of several secrets at once: what they stand for can't be made again without the key.
    """
    texts = [json.dumps(encode(journal.header))]
    texts += (json.dumps(encode(entry.outcome)) for entry in journal.entries if entry.outcome is not None)
    return frozenset(alike(found) for text in texts for found in STAND_IN.findall(text))


def difference(recorded: Intent, wanted: Intent, flows: frozenset[str] | None = None) -> Drift | None:
    """Return the first difference between two effects, both sealed; None where they are the same.

    Without a vault, stand-ins that are not in `flows` can stand for anything; None: there is a vault.
    """
    step = wanted.step
    if recorded.step != wanted.step:
        return Drift(step, "the step", "/".join(recorded.step), "/".join(wanted.step))
    if recorded.wish != wanted.wish:
        return Drift(step, "what is wanted", recorded.wish, wanted.wish)
    same = _Same(flows)
    if not same(recorded.what, wanted.what):
        return Drift(step, f"what is asked for ({wanted.wish})", recorded.what, wanted.what)
    if recorded.request is not None and wanted.request is not None:
        return _of_requests(step, recorded.request, wanted.request, same)
    return None


class _Same:
    """Compares texts with stand-ins in them."""

    def __init__(self, flows: frozenset[str] | None) -> None:
        self._flows = flows

    def __call__(self, old: str, new: str) -> bool:
        old, new = alike(old), alike(new)
        if old == new or self._flows is None or not (STAND_IN.search(old) and STAND_IN.search(new)):
            return old == new
        return self._fits(old, new) or self._fits(new, old)

    def _fits(self, pattern: str, text: str) -> bool:
        """Tell whether a text is what a pattern may be: a stand-in that is not known is anything."""
        place = 0
        pieces = self._fixed(pattern)
        if not text.startswith(pieces[0]) or not text.endswith(pieces[-1]):
            return False
        for piece in pieces[:-1]:
            found = text.find(piece, place)
            if found < 0:
                return False
            place = found + len(piece)
        return len(pieces) > 1 and place <= len(text) - len(pieces[-1])

    def _fixed(self, pattern: str) -> list[str]:
        """Cut a pattern at the stand-ins that are not known."""
        pieces, done = [], 0
        for found in STAND_IN.finditer(pattern):
            if found[0] not in (self._flows or ()):
                pieces.append(pattern[done : found.start()])
                done = found.end()
        return [*pieces, pattern[done:]]


def _of_requests(step: tuple[str, ...], recorded: Request, wanted: Request, same: _Same) -> Drift | None:
    if recorded.method != wanted.method:
        return Drift(step, "method", recorded.method, wanted.method)
    return (
        _of_urls(step, alike(recorded.url), alike(wanted.url), same)
        or _of_headers(step, recorded.headers, wanted.headers, same)
        or _of_bodies(step, recorded.body, wanted.body, same)
    )


def _of_urls(step: tuple[str, ...], recorded: str, wanted: str, same: _Same) -> Drift | None:
    if same(recorded, wanted):
        return None
    (old_head, _, old_query), (new_head, _, new_query) = recorded.partition("?"), wanted.partition("?")
    if not same(old_head, new_head):
        return Drift(step, "url", *_around(old_head, new_head))
    old, new = _pairs(old_query), _pairs(new_query)
    for (old_name, old_value), (new_name, new_value) in zip(old, new, strict=False):
        if old_name != new_name:
            return Drift(step, "query parameter", old_name, new_name)
        if not same(old_value, new_value):
            return Drift(step, f"query parameter '{new_name}'", *_around(old_value, new_value))
    longer = old[len(new) :] or new[len(old) :]
    if not longer:
        return None
    name, value = longer[0]
    gone = len(old) > len(new)
    return Drift(step, f"query parameter '{name}'", value if gone else None, None if gone else value)


def _pairs(query: str) -> list[tuple[str, str]]:
    pieces = [piece.partition("=") for piece in query.split("&")] if query else []
    return [(unquote(name), unquote(value)) for name, _, value in pieces]


def _of_headers(
    step: tuple[str, ...], recorded: tuple[tuple[str, str], ...], wanted: tuple[tuple[str, str], ...], same: _Same
) -> Drift | None:
    for index in range(max(len(recorded), len(wanted))):
        old = recorded[index] if index < len(recorded) else None
        new = wanted[index] if index < len(wanted) else None
        if old is None or new is None or old[0].lower() != new[0].lower():
            names = {name.lower() for name, _ in wanted}
            if old is not None and old[0].lower() not in names:
                return Drift(step, f"header {old[0]}", old[1], None)
            if new is not None:
                before = next((text for name, text in recorded if name.lower() == new[0].lower()), None)
                return Drift(step, f"header {new[0]}", before, new[1])
        elif not same(old[1], new[1]):
            return Drift(step, f"header {new[0]}", *_around(alike(old[1]), alike(new[1])))
    return None


def _of_bodies(step: tuple[str, ...], recorded: bytes | None, wanted: bytes | None, same: _Same) -> Drift | None:
    if recorded == wanted:
        return None
    if recorded is None or wanted is None:
        return Drift(step, "body", _text(recorded), _text(wanted))
    old, new = alike(_text(recorded) or ""), alike(_text(wanted) or "")
    if same(old, new):
        return None
    found = _of_json(old, new, same)
    if found is not None:
        place, before, now = found
        return Drift(step, f"body #{place}", before, now)
    return Drift(step, "body", *_around(old, new))


def _text(body: bytes | None) -> str | None:
    return None if body is None else body.decode("utf-8", "backslashreplace")


def _of_json(recorded: str, wanted: str, same: _Same) -> tuple[str, str | None, str | None] | None:
    """Return the pointer and the values of the first member that differs; None where one of the two is no JSON."""
    try:
        return _first(json.loads(recorded), json.loads(wanted), "", same)
    except (ValueError, RecursionError):
        return None


def _first(old: JSON, new: JSON, place: str, same: _Same) -> tuple[str, str | None, str | None] | None:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in (*old, *(name for name in new if name not in old)):
            inner = f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
            if name not in old or name not in new:
                return (
                    inner,
                    _shown(old.get(name)) if name in old else None,
                    _shown(new.get(name)) if name in new else None,
                )
            found = _first(old[name], new[name], inner, same)
            if found is not None:
                return found
        return None if list(old) == list(new) else (place, " ".join(old), " ".join(new))
    if isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            if index >= len(old) or index >= len(new):
                before, now = old[index:] or None, new[index:] or None
                return (
                    f"{place}/{index}",
                    None if before is None else _shown(before[0]),
                    None if now is None else _shown(now[0]),
                )
            found = _first(old[index], new[index], f"{place}/{index}", same)
            if found is not None:
                return found
        return None
    texts = isinstance(old, str) and isinstance(new, str)
    equal = same(str(old), str(new)) if texts else type(old) is type(new) and old == new
    return None if equal else (place, *_around(_shown(old), _shown(new)))


def _shown(value: JSON) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _around(old: str, new: str) -> tuple[str, str]:
    """Cut two texts to where they differ."""
    if len(old) <= MAX_SHOWN and len(new) <= MAX_SHOWN:
        return old, new
    same = next((index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _BEFORE)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + MAX_SHOWN]
    return ("..." if start else "") + piece + ("..." if start + MAX_SHOWN < len(text) else "")
