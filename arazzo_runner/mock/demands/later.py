"""Later uses, as wishes: what an answer and an input should be like, computed once for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock import wishes
from arazzo_runner.mock.demands.demand import ANYTHING, Demand, Use
from arazzo_runner.mock.demands.flow import Flow
from arazzo_runner.mock.demands.sinks import AnswerSink, Sink
from arazzo_runner.program.model import BoundStep, Program, WorkflowKey
from arazzo_runner.values import JSON, Nothing, Path


@dataclass(frozen=True, slots=True)
class LaterUse:
    """What is wanted of one place: `schemas` of which one should hold, the best first, for the sake of `uses`.

    `must` tells that the last of the schemas has to hold, or the run can't go on.
    """

    path: Path
    schemas: tuple[JSON, ...]
    uses: tuple[Use, ...]
    must: bool

    def nested(self) -> tuple[JSON, ...]:
        """Return the schemas of the whole value."""
        return tuple(wishes.nested(self.path, schema) for schema in self.schemas)


@dataclass(frozen=True, slots=True)
class AnswerUses:
    """What is wanted of an answer later: of its body, and of its headers by name in lower case."""

    body: tuple[LaterUse, ...] = ()
    headers: tuple[tuple[str, LaterUse], ...] = ()


NO_USES = AnswerUses()


@dataclass(slots=True)
class LaterUses:
    """The later uses of a program's values. Whoever asks gives the steps of this very program."""

    _program: Program | None = None
    _answers: dict[int, AnswerSink] = field(default_factory=dict)
    _inputs: dict[tuple[WorkflowKey, str], Sink] = field(default_factory=dict)
    _known: dict[int, AnswerUses] = field(default_factory=dict)

    def of_answer(self, step: BoundStep, scope: Scope) -> AnswerUses:
        """Return what is wanted of a step's answer; `scope` is what the step can see."""
        sink = self._answers.get(id(step))
        if sink is None:
            return NO_USES
        if not _is_tied(sink):
            known = self._known.get(id(step))
            if known is None:
                known = self._known[id(step)] = _answer_uses(sink, Scope())
            return known
        return _answer_uses(sink, scope)

    def of_input(self, workflow: WorkflowKey, name: str) -> tuple[LaterUse, ...]:
        """Return what is wanted of an input."""
        sink = self._inputs.get((workflow, name))
        return _uses(sink, Scope()) if sink is not None else ()

    def needed(self, workflow: WorkflowKey) -> tuple[str, ...]:
        """Return the inputs of a workflow that one of their uses can't do without."""
        demanded = ((key, sink) for key, sink in self._inputs.items() if key[0] == workflow)
        return tuple(key[1] for key, sink in demanded if _is_needed(sink))


def later_uses(program: Program | None, aims: Iterable[Edge] = ()) -> LaterUses:
    """Read what a program wants of the values in it, and what edges want that a run shall take; for none, nothing."""
    if program is None:
        return LaterUses()
    flow = Flow(program, aims)
    flow.run()
    return LaterUses(program, flow.answers, flow.inputs)


def _is_needed(sink: Sink) -> bool:
    return any(demand.absent_fails for demands in sink.demands.values() for demand in demands)


def _is_tied(sink: AnswerSink) -> bool:
    sinks = (sink.body, *sink.headers.values())
    return any(demand.tie for one in sinks for demands in one.demands.values() for demand in demands)


def _answer_uses(sink: AnswerSink, scope: Scope) -> AnswerUses:
    headers = tuple((name, use) for name, one in sink.headers.items() for use in _uses(one, scope) if not use.path)
    return AnswerUses(_uses(sink.body, scope), headers)


def _uses(sink: Sink, scope: Scope) -> tuple[LaterUse, ...]:
    """Merge the demands on each place; the places that the run can't do without come first."""
    found = [use for path, demands in sink.demands.items() if (use := _merged(path, demands, scope)) is not None]
    return tuple(sorted(found, key=lambda use: not use.must))


def _merged(path: Path, demands: list[Demand], scope: Scope) -> LaterUse | None:
    musts = _distinct(demand.must for demand in demands)
    musts += _distinct(schema for demand in demands for schema in _tied(demand, scope))
    fits = _distinct(demand.fits for demand in demands)
    forms = _distinct(demand.form for demand in demands)
    if not (musts or forms or fits or path):
        return None
    ways = ([*musts, *forms, *fits], [*musts, *forms, *fits[:1]], [*musts, *forms], musts)
    schemas = _distinct(_together(way) for way in ways)
    uses = tuple(dict.fromkeys(demand.use for demand in demands))
    must = any(demand.must is not ANYTHING or (path and demand.absent_fails) for demand in demands)
    return LaterUse(path, tuple(schemas) or (True,), uses, bool(must))


def _tied(demand: Demand, scope: Scope) -> Iterator[JSON]:
    if demand.tie is None:
        return
    value = evaluate(demand.tie.other, scope)
    if not isinstance(value, Nothing):
        yield wishes.compared(demand.tie.operator, value)


def _together(schemas: list[JSON]) -> JSON:
    if not schemas:
        return True
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}


def _distinct(schemas: Iterator[JSON]) -> list[JSON]:
    """Return the schemas that say something, each once."""
    found: list[JSON] = []
    for schema in schemas:
        if schema is not True and not any(one is schema or one == schema for one in found):
            found.append(schema)
    return found
