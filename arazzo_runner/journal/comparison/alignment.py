"""Which elements of two sequences belong together, so that one more of them on a side does not shift the rest.

An element has a name, which says what may belong together, and a mark, which says what would best. As many as possible
are put together, then as many as possible of those with the same mark. Where that leaves a choice, it depends on the
elements and not on the side: so exchanging the sides exchanges the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias, TypeVar

from arazzo_runner.journal.comparison.limits import MAX_ALIGNED

_T = TypeVar("_T")

Key: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The name of an element, and its mark."""

_PAIRED: Final = 1_000_000
_ALIKE: Final = 1


def aligned(left: Sequence[_T], right: Sequence[_T], key: Callable[[_T], Key]) -> Iterator[tuple[_T | None, _T | None]]:
    """Yield the elements of both sequences in their order: two that belong together, or one and None."""
    for at, other in _places([key(each) for each in left], [key(each) for each in right]):
        yield None if at is None else left[at], None if other is None else right[other]


def _places(left: list[Key], right: list[Key]) -> Iterator[tuple[int | None, int | None]]:
    shorter = min(len(left), len(right))
    head = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if left[-1 - at] != right[-1 - at]), rest)
    yield from ((at, at) for at in range(head))
    middle = left[head : len(left) - tail], right[head : len(right) - tail]
    weigh = _weighed if len(middle[0]) * len(middle[1]) <= MAX_ALIGNED else _in_order
    for one, other in weigh(*middle):
        yield None if one is None else one + head, None if other is None else other + head
    yield from ((len(left) - at, len(right) - at) for at in range(tail, 0, -1))


def _worth(left: Key, right: Key) -> int:
    if left[0] != right[0]:
        return 0
    return _PAIRED + (_ALIKE if left == right else 0)


def _weighed(left: list[Key], right: list[Key]) -> Iterator[tuple[int | None, int | None]]:
    best = _best(left, right)
    one = other = 0
    while one < len(left) or other < len(right):
        here = best[one][other]
        if one < len(left) and other < len(right):
            worth = _worth(left[one], right[other])
            if worth and here == worth + best[one + 1][other + 1]:
                yield one, other
                one, other = one + 1, other + 1
                continue
            skips_left = best[one + 1][other] == here
            if skips_left and best[one][other + 1] == here:
                skips_left = left[one] < right[other]
        else:
            skips_left = one < len(left)
        yield (one, None) if skips_left else (None, other)
        one, other = one + skips_left, other + (not skips_left)


def _best(left: list[Key], right: list[Key]) -> list[list[int]]:
    """Return what the elements from two places on are worth at best."""
    below = [0] * (len(right) + 1)
    rows = [below]
    for one in reversed(left):
        row = [0] * (len(right) + 1)
        for at in range(len(right) - 1, -1, -1):
            best = row[at + 1] if row[at + 1] > below[at] else below[at]
            worth = _worth(one, right[at])
            row[at] = worth + below[at + 1] if worth and worth + below[at + 1] > best else best
        rows.append(row)
        below = row
    rows.reverse()
    return rows


def _in_order(left: list[Key], right: list[Key]) -> Iterator[tuple[int | None, int | None]]:
    """Put together what stands at the same place: for sequences that are too long to be weighed."""
    for at in range(max(len(left), len(right))):
        if at < len(left) and at < len(right) and left[at][0] == right[at][0]:
            yield at, at
            continue
        if at < len(left):
            yield at, None
        if at < len(right):
            yield None, at
