"""Which status an answer can have: those that the operation declares first, success before failure.

A status that is not declared can still be what a criterion asks for. Then it is answered so, with the body of
`default` or none, and a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from arazzo_runner.mock.limits import MAX_KEPT_TESTS
from arazzo_runner.mock.plans import Plan
from arazzo_runner.sources.operations import Operation, OperationResponse

_CODE: Final = re.compile(r"[1-5][0-9]{2}")
_CLASS: Final = re.compile(r"([1-5])XX", re.IGNORECASE)
_USUAL: Final = (200, 201, 202, 204, 400, 401, 403, 404, 409, 422, 429, 500, 503)
_ALL: Final = (*range(200, 300), *range(300, 600))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A status, and the response that describes it.

    `declared` is false where only a criterion asks for it; `rank` is its place among the declared ones.
    """

    status: int
    response: OperationResponse | None
    declared: bool = True
    rank: int = 0


def candidates(operation: Operation, plan: Plan) -> Iterator[Candidate]:
    """Yield the statuses that a plan allows, the likeliest first; one that is not declared comes last."""
    exact = {int(key): response for key, response in operation.responses.items() if _CODE.fullmatch(key)}
    classes = {int(key[0]): response for key, response in operation.responses.items() if _CLASS.fullmatch(key)}
    default = operation.responses.get("default")
    found = [Candidate(status, exact[status]) for status in _success_first(exact)]
    for digit in _success_first(classes):
        free = (status for status in _usual_first(digit) if status not in exact)
        found += [Candidate(status, classes[digit]) for status in _first(free, plan)]
    if default is not None:
        free = (status for status in _open(exact, classes) if status not in exact and status // 100 not in classes)
        found += [Candidate(status, default) for status in _first(free, plan)]
    found.sort(key=lambda candidate: not 200 <= candidate.status < 300)
    ranked = [replace(candidate, rank=rank) for rank, candidate in enumerate(found)]
    allowed = [candidate for candidate in ranked if plan.allows(candidate.status)]
    yield from allowed
    if not allowed:
        for status in _first((*_USUAL, *_ALL), plan):
            yield Candidate(status, default or classes.get(status // 100), declared=False)


def _first(statuses: Iterable[int], plan: Plan) -> list[int]:
    allowed = _allowed(_Tests(repr(plan.statuses), plan))
    return next(([status] for status in statuses if status in allowed), [])


@dataclass(frozen=True, slots=True)
class _Tests:
    """What a plan wants of the status, known by how it is written: what it compares with may be no key itself."""

    written: str
    plan: Plan = field(compare=False)


@lru_cache(maxsize=MAX_KEPT_TESTS)
def _allowed(tests: _Tests) -> frozenset[int]:
    # `default` stands for hundreds of statuses, and a server asks the same for each request.
    return frozenset(filter(tests.plan.allows, range(100, 600)))


def _success_first(keys: Iterable[int]) -> list[int]:
    return sorted(keys, key=lambda key: key not in (2, *range(200, 300)))


def _usual_first(digit: int) -> tuple[int, ...]:
    usual = tuple(status for status in _USUAL if status // 100 == digit)
    return (*usual, *(status for status in range(digit * 100, digit * 100 + 100) if status not in usual))


def _open(exact: Iterable[int], classes: Iterable[int]) -> tuple[int, ...]:
    """Return the order in which `default` stands for statuses: it means failure where a success is declared."""
    succeeds = any(200 <= status < 300 for status in exact) or 2 in classes
    failures = (500, *(status for status in _ALL if status >= 400))
    return (*failures, *_ALL) if succeeds else (*_USUAL, *_ALL)


def carries_body(method: str, status: int) -> bool:
    """Tell whether an answer can have a body at all (RFC 9110, section 6.4.1)."""
    return method != "HEAD" and status >= 200 and status not in (204, 205, 304)
