"""Scenarios as they are written, judged against the program before anything runs.

step=failure  step=success  step=503  step=4XX       an outcome, a status, a class of them
step.action                                          this action shall fire
step*2=429                                           for the first two attempts, afterwards as usual
step=refused (timeout, reset, slow, broken-json, wrong-content-type)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from arazzo_runner.coverage.edges import Edge, actions_of, edges_of
from arazzo_runner.criteria.simple.syntax import StatusClass
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.mock.plans import StatusTest
from arazzo_runner.mock.scenarios.endings import Answer, Break, Ending, Fail, Fault, Succeed, Take
from arazzo_runner.mock.scenarios.letters import Letters, follows, letters, parts, skip_spaces, word_from
from arazzo_runner.mock.scenarios.places import Place, known, places, step_of
from arazzo_runner.mock.scenarios.routes import Routes
from arazzo_runner.mock.scenarios.script import Order
from arazzo_runner.program.model import Program, StepKey, WorkflowCall

ALL: Final = "all"
"""The scenario that walks every edge."""

_FORMS: Final = "write STEP=OUTCOME or STEP.ACTION"
_STATUS: Final = re.compile(r"[1-5][0-9]{2}")
_CLASS: Final = re.compile(r"([1-5])XX", re.IGNORECASE)
_COUNT: Final = re.compile(r"[1-9][0-9]{0,8}")
_WORDS: Final = ("success", "failure", *(fault.value for fault in Fault))


@dataclass(frozen=True, slots=True)
class _Clause:
    """One wish: a step, then an action or an outcome in words, and how often."""

    place: Place
    text: str
    action: str | None
    outcome: str
    times: int | None
    end: int


def read_scenario(texts: Iterable[str], program: Program) -> tuple[Order, ...]:
    """Read scenarios; each text may hold several wishes, parted by commas.

    Raises:
        UsageError: a step, an action or an outcome that there is not; `hint` names a near one, or all.
    """
    texts = tuple(texts)
    if any(text.strip() == ALL for text in texts):
        raise UsageError(
            "the scenario 'all' is a walk of many runs, and this is one", "walk it: arazzo_runner.api.walking"
        )
    routes = Routes(edges_of(program), program)
    orders = [order for text in texts for clause in _clauses(text, program) for order in _orders(clause, routes)]
    ended: dict[tuple[StepKey, tuple[str, ...]], str] = {}
    for order in orders:
        at = (order.step, order.path)
        if at in ended and ended[at] != order.text:
            hint = f"give the first a number: {order.step.step_id}*2=..."
            raise UsageError(f"--scenario {order.text}: '{ended[at]}' before it is for every attempt", hint)
        if order.times is None:
            ended[at] = order.text
    return tuple(orders)


def _clauses(written: str, program: Program) -> Iterator[_Clause]:
    text, at = letters(written), 0
    while True:
        at = skip_spaces(text, at)
        clause = _clause(text, at, program)
        yield clause
        if clause.end >= len(text):
            return
        at = clause.end + 1


def _clause(text: Letters, at: int, program: Program) -> _Clause:
    found = places(text, at, program)
    for place in found:
        clause = _tail(text, at, place, program)
        if clause is not None:
            return clause
    wish = word_from(text, at, ",")
    if not found:
        word = word_from(text, at, "=*,")
        raise UsageError(f"--scenario {wish}: there is no step '{word}'", did_you_mean(word, known(program)))
    raise _unreadable(wish, text, found[0], program)


def _tail(text: Letters, at: int, place: Place, program: Program) -> _Clause | None:
    """Read what stands behind a step; None where that is nothing that can stand there."""
    if parts(text, place.end, "."):
        return _action(text, at, place, program)
    times, end = _times(text, place.end)
    if end is None or not parts(text, end, "="):
        return None
    outcome = word_from(text, end + 1, ",")
    stop = end + 1
    while stop < len(text) and not parts(text, stop, ","):
        stop += 1
    return _Clause(place, _written(text, at, stop), None, outcome.strip(), times, stop)


def _action(text: Letters, at: int, place: Place, program: Program) -> _Clause | None:
    step = step_of(program, place.step)
    names = {action.name for passed in (True, False) for action in actions_of(step, passed)}
    start = place.end + 1
    for name in sorted(names, key=len, reverse=True):
        if follows(text, start, name):
            times, end = _times(text, start + len(name))
            if end is not None and (end == len(text) or parts(text, end, ",")):
                return _Clause(place, _written(text, at, end), name, "", times, end)
    return None


def _times(text: Letters, at: int) -> tuple[int | None, int | None]:
    """Read ``*2``; return the number and where it ends, None for the end where there is no number."""
    if not parts(text, at, "*"):
        return None, at
    number = word_from(text, at + 1, "=.,*")
    if not _COUNT.fullmatch(number):
        return None, None
    return int(number), at + 1 + len(number)


def _written(text: Letters, start: int, end: int) -> str:
    return "".join(letter.text for letter in text[start:end]).strip()


def _unreadable(wish: str, text: Letters, place: Place, program: Program) -> UsageError:
    step = step_of(program, place.step)
    rest = "".join(letter.text for letter in text[place.end :])
    if rest.startswith("."):
        name = word_from(text, place.end + 1, ",*")
        names = [action.name for passed in (True, False) for action in actions_of(step, passed)]
        message = f"--scenario {wish}: step '{step.step_id}' has no action '{name}'"
        return UsageError(message, did_you_mean(name, names))
    if rest.startswith("*"):
        return UsageError(f"--scenario {wish}: no number of attempts behind the '*'", f"{step.step_id}*2=failure")
    return UsageError(f"--scenario {wish}: it says nothing of what shall happen", _FORMS)


def _orders(clause: _Clause, routes: Routes) -> Iterator[Order]:
    step, place = step_of(routes.program, clause.place.step), clause.place
    ending = _ending(clause, routes)
    if isinstance(step.call, WorkflowCall):
        yield from _below(clause, ending, step.call, routes)
        return
    yield Order(place.step, ending, place.path, clause.times, clause.text)


def _ending(clause: _Clause, routes: Routes) -> Ending:
    if clause.action is not None:
        return Take(_edges_named(clause.action, clause.place.step, routes.edges))
    word = clause.outcome
    if word == "success":
        return Succeed()
    if word == "failure":
        return Fail()
    if word in (fault.value for fault in Fault):
        return Break(Fault(word))
    if _STATUS.fullmatch(word):
        return Answer(StatusTest("==", int(word)))
    of_class = _CLASS.fullmatch(word)
    if of_class is not None:
        return Answer(StatusTest("==", StatusClass(int(of_class[1]))))
    hint = did_you_mean(word, _WORDS) if word else ""
    listed = f"an outcome is {', '.join(_WORDS)}, a status (503) or a class of them (5XX)"
    near = f"{hint} " if hint.startswith("did") else ""
    raise UsageError(f"--scenario {clause.text}: there is no outcome '{word}'", near + listed)


def _edges_named(name: str, step: StepKey, edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple(edge for edge in edges if edge.step == step and edge.action is not None and edge.name == name)


def _below(clause: _Clause, ending: Ending, call: WorkflowCall, routes: Routes) -> Iterator[Order]:
    """Yield what makes a step that calls a workflow end so: orders for the steps of that workflow."""
    match ending:
        case Succeed():
            return
        case Take(edges=edges) if any(edge.passed for edge in edges):
            # The step sends nothing; its action hangs on what the called workflow hands out.
            yield Order(clause.place.step, ending, clause.place.path, clause.times, clause.text)
            return
        case Fail() | Take():
            pass
        case _:
            hint = f"say it of one of its steps: {clause.place.step.step_id}/STEP={clause.outcome}"
            called = call.workflow.workflow_id
            raise UsageError(f"--scenario {clause.text}: that step sends nothing, it calls workflow '{called}'", hint)
    way = routes.failing(call.workflow)
    if way is None:
        message = f"--scenario {clause.text}: workflow '{call.workflow.workflow_id}' has no way to fail"
        raise UsageError(message, "choose another step")
    for edge in way:
        around = clause.place.path if edge.step.workflow == call.workflow else ()
        path = (*around, edge.step.step_id) if around else ()
        if not isinstance(step_of(routes.program, edge.step).call, WorkflowCall):
            yield Order(edge.step, Take((edge,)), path, clause.times, clause.text)
