"""What every form of a comparison says in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from arazzo_runner.journal.comparison.record import Activation, Comparison, Side, StepPair, Try, TryPair
from arazzo_runner.journal.comparison.secrecy import masked
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.run.exchange import seconds_text

SECONDS_OF_A_DAY = 86_400

STATES = {"same": "same", "changed": "changed", "left": "only left", "right": "only right"}
"""What is said of a step, and of a try."""

MARKS = {"same": "=", "changed": "~", "left": "-", "right": "+"}
"""The sign before a step, so that colour alone never tells."""


def label(pair: StepPair) -> str:
    """Return the name of a step for a person."""
    return "/".join(pair.path)


def target(pair: StepPair) -> str:
    """Return what a step calls; both where they differ."""
    told = [side.target for side in (pair.left, pair.right) if side is not None]
    return " -> ".join(dict.fromkeys(told))


def answers(pair: StepPair) -> str:
    """Return how the tries of a step were answered, in short: ``503 200 -> 200``."""
    told = [" ".join(filter(None, (each.answer for each in side.tries))) for side in (pair.left, pair.right) if side]
    return " -> ".join(dict.fromkeys(told)) if any(told) else ""


def durations(left: Activation | None, right: Activation | None) -> str:
    """Return how long a step took on both sides; that is no difference."""
    return ", ".join(
        f"{name} {seconds_text(side.seconds)}" for name, side in (("left", left), ("right", right)) if side is not None
    )


def try_title(pair: TryPair) -> str:
    """Return the name of a pair of tries: by one number where both have it."""
    match pair.left, pair.right:
        case Try(number=left), Try(number=right):
            return f"try {left}" if left == right else f"try {left} (left), try {right} (right)"
        case Try(number=left), None:
            return f"try {left}, only left"
        case None, Try(number=right):
            return f"try {right}, only right"
    raise AssertionError("a pair has a side")


def exchanges(tried: Try | None) -> Iterator[tuple[str, str]]:
    """Yield what a try sent and how it was answered."""
    for each in tried.exchanges if tried else ():
        if each.response is not None:
            came = str(each.response.status)
        else:
            came = f"no answer ({each.failure.kind.value})" if each.failure else "no answer is recorded"
        yield masked(f"{each.request.method} {each.request.url}"), f"{came} after {seconds_text(each.elapsed)}"


def moment(side: Side) -> str:
    """Return when a run was begun; a run on a simulated clock has no date that says anything."""
    if side.made < SECONDS_OF_A_DAY:
        return "on a simulated clock"
    try:
        return datetime.fromtimestamp(side.made, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return "at an unknown time"


def about(side: Side) -> str:
    """Tell of a run: when, how it ended, how long it took."""
    counts = counted(side.requests, "request")
    return f"{moment(side)}, {side.status}, {counts}, {seconds_text(side.seconds)}"


def remarks(comparison: Comparison) -> Iterator[str]:
    """Yield what is worth knowing and is no difference."""
    left, right = comparison.left, comparison.right
    if left.digest != right.digest:
        yield f"the document is not the same: {_document(left)} (left), {_document(right)} (right)"
    if left.runner != right.runner:
        yield f"recorded by different versions: {left.runner} (left), {right.runner} (right)"
    if comparison.unknown:
        lacking = [side.journal for side in (left, right) if not side.has_secrets]
        why = f" ({' and '.join(f'{name}.secrets' for name in lacking)} not there)" if lacking else ""
        yield f"not compared: {counted(comparison.unknown, 'place')} with secrets{why}"


def _document(side: Side) -> str:
    return f"{side.document} {side.digest[:12]}"


def summary(comparison: Comparison) -> str:
    """Say in a line what the comparison came to."""
    if comparison.same:
        return f"the runs are the same: {counted(len(comparison.steps), 'step')}"
    count = sum(each.counts for each in comparison.differences)
    states = [pair.state for pair in comparison.steps]
    told = ", ".join(f"{states.count(state):,} {word}" for state, word in STATES.items() if state in states)
    steps = f"{counted(len(states), 'step')} ({told})" if states else "no step"
    return f"the runs differ: {counted(count, 'difference')}, {steps}" if count else f"the runs differ: {steps}"
