"""One round of mending: the fixes that do not meet are applied, and the text is read again.

The text that comes of it must be readable, and its data must be what the fixes wanted, no more and no less. Where that
is not so, the fixes that are to blame are found by halves, and dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arazzo_runner.diagnostics import Edit, Fix, Severity
from arazzo_runner.document.formats import read
from arazzo_runner.document.source import Source
from arazzo_runner.fixes.expected import Unfit, expected
from arazzo_runner.fixes.limits import MAX_FIXES
from arazzo_runner.fixes.plan import Plan


@dataclass(frozen=True, slots=True)
class Amended:
    """A text with fixes applied: which ones (in the order given), and which were dropped for they did not do."""

    text: str
    applied: tuple[Fix, ...]
    dropped: tuple[Fix, ...] = ()


def amend(source: Source, fixes: Iterable[Fix]) -> Amended:
    """Apply fixes with their edits to a document; of two that overlap the first wins, the other waits."""
    plan = Plan(source)
    chosen = _apart(fixes, plan)
    good, text = _tried(source, chosen, plan)
    kept = set(map(id, good))
    return Amended(text, tuple(good), tuple(fix for fix in chosen if id(fix) not in kept))


def _apart(fixes: Iterable[Fix], plan: Plan) -> list[Fix]:
    """Return the fixes whose edits do not meet, in their order; equal ones once."""
    taken: list[tuple[int, int]] = []
    chosen: list[Fix] = []
    for fix in dict.fromkeys(fixes):
        places = [plan.stretch(edit.span) for edit in fix.edits]
        if places and not any(_meet(place, other) for place in places for other in taken):
            taken += places
            chosen.append(fix)
        if len(chosen) >= MAX_FIXES:
            break
    return chosen


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])


def _tried(source: Source, fixes: Sequence[Fix], plan: Plan) -> tuple[list[Fix], str]:
    """Return those of the fixes that do together, and the text that comes of them."""
    text = _written(source.text, fixes, plan)
    if not fixes or _is_as_wanted(source, fixes, text):
        return list(fixes), text
    if len(fixes) == 1:
        return [], source.text
    half = len(fixes) // 2
    first, _ = _tried(source, fixes[:half], plan)
    second, _ = _tried(source, fixes[half:], plan)
    both = [*first, *second]
    text = _written(source.text, both, plan)
    if _is_as_wanted(source, both, text):
        return both, text
    return first, _written(source.text, first, plan)


def _written(text: str, fixes: Iterable[Fix], plan: Plan) -> str:
    edits: list[tuple[tuple[int, int], Edit]] = [(plan.stretch(edit.span), edit) for fix in fixes for edit in fix.edits]
    pieces, done = [], 0
    for (start, end), edit in sorted(edits, key=lambda one: one[0]):
        pieces += [text[done:start], edit.text]
        done = end
    return "".join([*pieces, text[done:]])


def _is_as_wanted(source: Source, fixes: Iterable[Fix], text: str) -> bool:
    """Tell whether a text can be read, with no fault that was not there before, and holds what the fixes wanted."""
    again = read(text, source.uri, source.name)
    known = {found.code for found in source.diagnostics}
    if any(found.severity is Severity.ERROR and found.code not in known for found in again.diagnostics):
        return False
    try:
        wanted = expected(source.data, (change for fix in fixes for change in fix.changes))
    except Unfit:
        return False
    return again.data == wanted
