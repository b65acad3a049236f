"""Which steps of a run are told of, and which of them broke it."""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.engine.result import Status
from arazzo_runner.reports.run.html.history import Activation, History, Item, steps_in
from arazzo_runner.reports.run.html.limits import MAX_ACTIVATIONS

_FINE = (Status.SUCCEEDED, Status.SKIPPED)


def kept(history: History, most: int = MAX_ACTIVATIONS) -> frozenset[int]:
    """Return the numbers of the activations that are told of, with those that they are inside of.

    Of too many, these are the first, the last, and as many of those that failed as there is room for.
    """
    activations = history.activations
    numbers = [each.number for each in activations]
    if len(numbers) <= most:
        return frozenset(numbers)
    failed = [each.number for each in activations if each.status not in _FINE]
    third = most // 3
    chosen = {*numbers[:third], *numbers[-third:], *failed[-third:]}
    return frozenset(chosen.union(_above(history, chosen)))


def _above(history: History, chosen: set[int]) -> set[int]:
    """Return the numbers of the activations inside of which the chosen ones are."""
    found: set[int] = set()
    stack: list[tuple[Item, tuple[int, ...]]] = [(history.root, ())]
    while stack:
        item, around = stack.pop()
        if isinstance(item, Activation):
            if item.number in chosen:
                found.update(around)
            stack.extend((each, (*around, item.number)) for each in item.inner)
        else:
            stack.extend((each, around) for each in item.items)
    return found


def culprits(history: History) -> tuple[Activation, ...]:
    """Return the step that broke the run, behind those inside of which it did; none of a run that succeeded."""
    if history.root.status in _FINE:
        return ()
    found: list[Activation] = []
    items: Iterable[Item] = history.root.items
    while (last := _last(items)) is not None:
        if isinstance(last, Activation):
            found.append(last)
            items = last.tries[-1].calls if last.tries else ()
        else:
            items = last.items
    return tuple(found)


def _last(items: Iterable[Item]) -> Item | None:
    """Return the last of the items, if it did not succeed: what came after a failure got over it."""
    listed = list(items)
    if not listed or listed[-1].status in _FINE:
        return None
    return listed[-1]


def is_within(item: Item, numbers: frozenset[int]) -> bool:
    """Tell whether an item is told of; a workflow is where anything in it is, or where nothing ran in it."""
    if isinstance(item, Activation):
        return item.number in numbers
    return not item.items or any(step.number in numbers for step in steps_in(item))
