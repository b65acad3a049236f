"""The tries of a step: what was called and sent in each, how it was judged, what was chosen, how long it waited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from arazzo_runner.reports.run.exchange import seconds_text, status_text
from arazzo_runner.reports.run.html.exchanges import exchange_part, token_part
from arazzo_runner.reports.run.html.history import Activation, Call, Item, Try
from arazzo_runner.reports.run.html.limits import MAX_LISTED
from arazzo_runner.reports.run.html.markup import Markup, clipped, element
from arazzo_runner.reports.run.html.room import Room
from arazzo_runner.reports.run.html.value_list import more
from arazzo_runner.reports.run.html.verdicts import action_part, criteria_list

Inside = Callable[[Sequence[Item]], Markup | None]


@dataclass(frozen=True, slots=True)
class Tries:
    """How tries are told: what there is room for, the level of their headings, and what tells of the steps inside."""

    room: Room
    level: int
    inside: Inside

    def parts(self, step: Activation) -> Iterator[Markup | None]:
        """Yield the parts of a step that tell of its tries."""
        count = len(step.tries)
        if count == 1:
            yield from self._parts(step.tries[0])
            return
        half = self.room.tries // 2
        left = count - 2 * half if count > self.room.tries else 0
        for tried in step.tries[:half] if left else step.tries:
            yield self._try(tried, count)
        yield more(left, "try", "tries")
        for tried in step.tries[-half:] if left else ():
            yield self._try(tried, count)

    def _try(self, tried: Try, count: int) -> Markup:
        head = element(f"h{self.level}", f"Try {tried.number:,} of {count:,}", class_="try")
        ended = element("span", _ending(tried), class_="quiet")
        return element("div", element("div", head, ended, class_="tried"), list(self._parts(tried)), class_="attempt")

    def _parts(self, tried: Try) -> Iterator[Markup | None]:
        yield from map(token_part, tried.tokens[:MAX_LISTED])
        for exchange in tried.exchanges[:MAX_LISTED]:
            yield exchange_part(exchange, self.room)
        yield more(len(tried.exchanges) - MAX_LISTED, "request")
        yield from self._called(tried.calls)
        if tried.criteria:
            yield element("p", element("b", "Criteria"), class_="label")
            yield criteria_list(tried.criteria, self.room.content)
        if tried.action is not None:
            yield action_part(tried.action, self.room.content)
        yield from self._called(tried.asides)
        if tried.waiting is not None:
            wait = tried.waiting
            told = f" {seconds_text(wait.seconds)} before try {wait.attempt:,} of at most {wait.limit:,}"
            yield element("p", element("b", "Waited"), told, class_="wait")

    def _called(self, items: Sequence[Item]) -> Iterator[Markup | None]:
        """Yield the steps of a called workflow, below its name, and steps that a retry ran by themselves."""
        for item in items[:MAX_LISTED]:
            if isinstance(item, Call):
                end = f" {item.status.value}" if item.status else " did not end"
                yield element("p", element("b", "Workflow"), " ", element("code", clipped(item.workflow)), end)
                yield self.inside(item.items)
            else:
                yield self.inside([item])
        yield more(len(items) - MAX_LISTED, "workflow")


def _ending(tried: Try) -> str:
    """Say in short how a try ended."""
    last = tried.exchanges[-1] if tried.exchanges else None
    if last is None:
        return ""
    if last.failure is not None:
        return f"no answer ({last.failure.kind.value})"
    return "" if last.status is None else status_text(last.status)
