"""The steps of a run in the order in which they ran, each with its line of the timeline, folded around its details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from arazzo_runner.engine.result import Status
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.html.bars import Scale, track
from arazzo_runner.reports.run.html.history import Activation, Call, Item
from arazzo_runner.reports.run.html.limits import MAX_LEVEL
from arazzo_runner.reports.run.html.loops import Loop, folded
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, lines, row
from arazzo_runner.reports.run.html.room import Room
from arazzo_runner.reports.run.html.selection import is_within
from arazzo_runner.reports.run.html.tries import Tries
from arazzo_runner.reports.run.html.value_list import more, value_list
from arazzo_runner.reports.run.html.verdicts import none_fired

FEW = 40
"""Steps up to which a list is laid out at once."""

TOP = 3
"""The level of the headings of the workflow's own steps."""

_MARKS = {
    Status.SUCCEEDED: ("\u2713", "succeeded", "good"),
    Status.FAILED: ("\u2717", "failed", "bad"),
    Status.STOPPED: ("!", "stopped", "doubt"),
    Status.SKIPPED: ("\u2013", "skipped", "quiet"),
    None: ("\u2026", "did not end", "doubt"),
}


@dataclass(frozen=True, slots=True)
class Steps:
    """How steps are told: the scale of their timeline, which are shown, which are open, how much there is room for."""

    scale: Scale
    now: float
    shown: frozenset[int]
    opened: frozenset[int]
    room: Room

    def rows(self, items: Sequence[Item], level: int = 0) -> Markup | None:
        """Return a list of steps and workflows; `level` counts the workflows around it."""
        if not items:
            return None
        if level > MAX_LEVEL:
            return element("p", f"What ran here is left out: it is nested more than {MAX_LEVEL} deep.", class_="quiet")
        told = [item for item in items if is_within(item, self.shown)]
        return element(
            "div", list(self._rows(told, level)), more(len(items) - len(told), "step"), class_=_class("steps", told)
        )

    def _rows(self, items: Sequence[Item], level: int) -> Iterator[Markup]:
        began = False
        for each in folded(items):
            match each:
                case Activation():
                    yield self._step(each, level)
                case Call():
                    what = "Handed over to workflow" if began else "Workflow that it depends on"
                    yield self._workflow(each, level, what)
                case Loop():
                    yield self._loop(each, level)
            began = began or not isinstance(each, Call)

    def _step(self, step: Activation, level: int) -> Markup:
        return element(
            "details",
            element(
                "summary",
                self._head(step.name, step.status, level),
                element("span", clipped(step.target), class_="target"),
                self._figures([step], _code(step), step.began, step.ended),
            ),
            element("div", list(self._details(step, level)), class_="inside"),
            class_="step",
            id=f"s{step.number}",
            open=step.number in self.opened,
        )

    def _head(self, name: str, status: Status | None, level: int) -> Markup:
        mark, word, kind = _MARKS[status]
        seen = element("span", mark, aria_hidden="true")
        return row(
            element("span", seen, _unseen(word), class_=f"mark {kind}"),
            element(f"h{min(TOP + level, 6)}", clipped(name)),
        )

    def _figures(self, items: Sequence[Item], code: str, began: float, ended: float | None) -> Markup:
        answer = element("span", code, class_="code")
        if self.scale.is_flat:
            return answer
        seconds = None if ended is None else seconds_text(max(0.0, ended - began))
        return row(answer, element("span", seconds, class_="time"), track(items, self.scale, self.now))

    def _details(self, step: Activation, level: int) -> Iterator[Markup | None]:
        if not self.scale.is_flat:
            yield element("p", self._when(step), class_="quiet when")
        if step.reason:
            yield element("p", lines(clipped(step.reason, self.room.content)), class_="reason")
        tries = Tries(self.room, min(TOP + level + 1, 6), lambda items: self.rows(items, level + 1))
        yield from tries.parts(step)
        yield none_fired(step.considered, self.room.content)
        if step.outputs:
            yield element("p", element("b", "Outputs"), class_="label")
            yield value_list(step.outputs, self.room.content)

    def _when(self, step: Activation) -> str:
        began = f"Began {seconds_text(max(0.0, step.began - self.scale.began))} after the start"
        if step.ended is None:
            return f"{began}; its end is not recorded."
        waits = sum(each.waiting.seconds for each in step.tries if each.waiting)
        waited = f", of which it waited {seconds_text(waits)}" if waits else ""
        return f"{began}, took {seconds_text(max(0.0, step.ended - step.began))}{waited}."

    def _workflow(self, call: Call, level: int, what: str) -> Markup:
        return element(
            "details",
            element(
                "summary",
                self._head(call.workflow, call.status, level),
                element("span", what, class_="target"),
                self._figures([call], "", call.began, call.ended),
            ),
            element("div", self.rows(call.items, level + 1), class_="inside"),
            class_="step",
            open=any(isinstance(each, Activation) and each.number in self.opened for each in call.items),
        )

    def _loop(self, loop: Loop, level: int) -> Markup:
        items = loop.items
        failed = sum(each.status is Status.FAILED for each in items)
        names = ", ".join(item.name if isinstance(item, Activation) else item.workflow for item in loop.turns[0])
        what = f"{len(loop.turns):,} turns" + (f", {failed:,} failed" if failed else "")
        return element(
            "details",
            element(
                "summary",
                self._head(names, items[-1].status, level),
                element("span", what, class_="target"),
                self._figures(items, "", items[0].began, items[-1].ended),
            ),
            element("div", list(self._turns(loop, level)), class_=_class("inside", items)),
            class_="step loop",
            open=any(isinstance(each, Activation) and each.number in self.opened for each in items),
        )

    def _turns(self, loop: Loop, level: int) -> Iterator[Markup | None]:
        alone = len(loop.turns[0]) == 1
        for number, turn in enumerate(loop.turns, 1):
            told = [item for item in turn if is_within(item, self.shown)]
            if told and not alone:
                yield element("p", f"Turn {number:,}", class_="turn")
            for item in told:
                yield self._step(item, level + 1) if isinstance(item, Activation) else None
        left = sum(not is_within(item, self.shown) for item in loop.items)
        yield more(left, "step")


def _class(name: str, items: Sequence[Item]) -> str:
    """Name a list; a browser lays out the rows of a long one as they come into view."""
    return f"{name} many" if len(items) > FEW else name


def _code(step: Activation) -> str:
    """Return how its last request was answered, in short."""
    exchanges: Iterable[object] = step.tries[-1].exchanges if step.tries else ()
    last = step.tries[-1].exchanges[-1] if exchanges else None
    if last is None:
        return ""
    return str(last.status) if last.status is not None else (last.failure.kind.value if last.failure else "")


def _unseen(word: str) -> Markup:
    """Return a word that is heard, not seen."""
    return element("span", f"{word}: ", class_="unseen")
