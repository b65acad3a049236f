"""The order of the steps of a workflow (Arazzo 1.1, Step Object: dependsOn; DEP-26 to DEP-32).

Steps run in the order written. Only a 1.1 workflow in which some step has `dependsOn` is reordered, as little as its
dependencies ask: the explicit ones, and those implied by reading a step's output. A workflow that uses goto keeps its
order, since there the author steers; a dependency that was passed over then fails the step that has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def ordered(steps: Sequence[str], needs: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """Return the step ids so that each comes after what it needs, otherwise as written; None where needs circle."""
    done: list[str] = []
    left = list(steps)
    while left:
        ready = next((step for step in left if not (needs.get(step, frozenset()) & set(left)) - {step}), None)
        if ready is None or ready in needs.get(ready, frozenset()):
            return None
        done.append(ready)
        left.remove(ready)
    return tuple(done)


def circle(steps: Sequence[str], needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return one circle of needs as a path that ends where it begins, or nothing."""
    for start in steps:
        path = _path_back(start, needs)
        if path:
            return path
    return ()


def _path_back(start: str, needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the shortest path from a step over its needs back to itself, or nothing."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for need in sorted(needs.get(path[-1], frozenset())):
            if need == start:
                return (*path, need)
            if need not in seen:
                seen.add(need)
                paths.append((*path, need))
    return ()
