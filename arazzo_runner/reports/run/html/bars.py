"""The line of a step in the timeline: when it ran, when its requests were under way, when it waited.

Each line is a drawing of its own that is stretched to the width there is. What it shows stands in words beside it, so
it says nothing to a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.reports.run.html.history import History, Item, steps_in
from arazzo_runner.reports.run.html.limits import MAX_BARS
from arazzo_runner.reports.run.html.markup import Markup, element

WIDTH = 1000
"""Units that the whole run takes."""

LEAST = 2.5
"""Units that the shortest bar takes, so that it can be seen."""

_Stretch: TypeAlias = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """The time of a run as a width: from the moment at which it began, over so many seconds."""

    began: float
    seconds: float

    @classmethod
    def of(cls, history: History) -> Scale:
        """Return the scale of a run."""
        return cls(history.clock.monotonic, history.seconds)

    @property
    def is_flat(self) -> bool:
        """Whether no time passed (answers were invented), so that there is nothing to draw."""
        return self.seconds <= 0

    def bar(self, kind: str, left: float, right: float) -> Markup:
        """Return one bar."""
        start = min(left, WIDTH - LEAST)
        return element("rect", class_=kind, x=_number(start), width=_number(max(right - left, LEAST)), **_HEIGHTS[kind])

    def place(self, moment: float) -> float:
        """Return where a moment lies."""
        return max(0.0, min((moment - self.began) / self.seconds, 1.0)) * WIDTH


_HEIGHTS = {
    "step": {"y": 6, "height": 4},
    "wait": {"y": 7, "height": 2},
    "call": {"y": 3, "height": 10},
    "lost": {"y": 3, "height": 10},
}


def track(items: Iterable[Item], scale: Scale, now: float) -> Markup:
    """Return the line of a step, or of several that are told as one."""
    box = {"viewBox": f"0 0 {WIDTH} 16", "preserveAspectRatio": "none"}
    bars = [] if scale.is_flat else [scale.bar(*stretch) for stretch in _drawn(items, scale, now)]
    return element("svg", bars, class_="track", aria_hidden="true", focusable="false", **box)


def _drawn(items: Iterable[Item], scale: Scale, now: float) -> list[_Stretch]:
    """Return the stretches of a line, the steps first: requests and waits lie on top of them."""
    placed = [(kind, scale.place(began), scale.place(ended)) for kind, began, ended in _stretches(items, now)]
    return placed if len(placed) <= MAX_BARS else _merged(placed)


def _merged(placed: list[_Stretch]) -> list[_Stretch]:
    """Return stretches with those of a kind joined that can't be told apart, so that a line has a bounded number."""
    merged: list[_Stretch] = []
    for kind, left, right in sorted(placed, key=lambda each: (tuple(_HEIGHTS).index(each[0]), *each[1:])):
        if merged and merged[-1][0] == kind and left - merged[-1][2] < 2 * LEAST:
            merged[-1] = (kind, merged[-1][1], max(merged[-1][2], right))
        else:
            merged.append((kind, left, right))
    return merged


def _stretches(items: Iterable[Item], now: float) -> Iterator[_Stretch]:
    tops = list(items)
    for item in tops:
        yield "step", item.began, now if item.ended is None else item.ended
    for step in (step for item in tops for step in steps_in(item)):
        for tried in step.tries:
            for exchange in tried.exchanges:
                kind = "lost" if exchange.failure else "call"
                yield kind, exchange.began, now if exchange.ended is None else exchange.ended
            if tried.waiting is not None:
                yield "wait", tried.waited_from, min(now, tried.waited_from + tried.waiting.seconds)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
