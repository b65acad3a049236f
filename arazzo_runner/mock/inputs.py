"""Inputs for a mocked run that nobody gave: they satisfy the input schema and every place where they are used.

Invented are the inputs that are required, and those that one of their uses can't do without; others are left out. What
has a default keeps it, and what was given is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from arazzo_runner.mock.demands.later import LaterUse, LaterUses, later_uses
from arazzo_runner.mock.described import Described
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.mock.invention import Source, Wish, invent
from arazzo_runner.mock.wishes import nested
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import BoundWorkflow, Program, WorkflowKey
from arazzo_runner.values import JSON, Value


@dataclass(frozen=True, slots=True)
class InventedInput:
    """An input that was invented; `workflow` is empty where it is one of the workflow that is run."""

    name: str
    value: Value = field(repr=False)
    secret: bool = False
    workflow: str = ""


@dataclass(frozen=True, slots=True)
class InventedInputs:
    """All inputs of a run, the given ones among them: of its workflow, and by workflow id of those that run before."""

    inputs: dict[str, Value] = field(repr=False)
    inputs_for: dict[str, dict[str, Value]] = field(repr=False)
    invented: tuple[InventedInput, ...] = ()


def invent_inputs(
    program: Program,
    given: Mapping[str, Value],
    given_for: Mapping[str, Mapping[str, Value]] | None = None,
    seed: int = 0,
) -> InventedInputs:
    """Return the inputs of a run with those that it lacks invented; the same for the same seed.

    Where the schema of the inputs has no instance, nothing is invented, and the run tells what is missing.
    """
    later = later_uses(program)
    entry = program.workflow
    made = tuple(_invented(entry, dict(given), later, seed))
    inputs = {**given, **{one.name: one.value for one in made}}
    inputs_for = {name: dict(values) for name, values in (given_for or {}).items()}
    for workflow in _before(program):
        name = workflow.key.workflow_id
        shared = {key: value for key, value in inputs.items() if key in workflow.inputs.properties}
        more = tuple(_invented(workflow, shared | inputs_for.get(name, {}), later, seed, name))
        if more:
            inputs_for.setdefault(name, {}).update((one.name, one.value) for one in more)
        made += more
    return InventedInputs(inputs, inputs_for, made)


def _before(program: Program) -> Iterator[BoundWorkflow]:
    """Yield the workflows that run before the one that is run, at any remove."""
    queue: list[WorkflowKey] = list(program.workflow.depends_on)
    for key in queue:
        workflow = program.workflows[key]
        queue += [one for one in workflow.depends_on if one not in queue and one != program.entry]
        yield workflow


def _invented(
    workflow: BoundWorkflow, given: dict[str, Value], later: LaterUses, seed: int, known_as: str = ""
) -> Iterator[InventedInput]:
    """Yield the inputs that a workflow lacks, each with a value."""
    schema = workflow.inputs
    settled = settle(schema, given).inputs
    needed = [*schema.required, *later.needed(workflow.key)]
    missing = [name for name in dict.fromkeys(needed) if name not in settled]
    if schema.closed:
        missing = [name for name in missing if name in schema.properties]
    if not missing:
        return
    made = _made(workflow, settled, missing, later, seed)
    for name in [*missing, *(name for name in made if name in schema.properties and name not in missing)]:
        if name in made and name not in settled:
            yield InventedInput(name, _value(made[name]), name in schema.secret, known_as)


def _made(
    workflow: BoundWorkflow, settled: Mapping[str, Value], missing: list[str], later: LaterUses, seed: int
) -> dict[str, JSON]:
    """Return an object with the missing inputs; what is given stays as it is, as far as the schema has room for it."""
    generator = Generator(workflow.inputs.schema)
    source = Source(Described(generator), (), seed)
    wanted: list[JSON] = [*missing]
    there: Wish = ({"type": "object", "required": wanted},)
    fixed = [(nested((name,), {"const": _json(value)}),) for name, value in settled.items() if _is_json(value)]
    uses = [tuple(_at(name, use)) for name in missing for use in later.of_input(workflow.key, name)]
    others: list[JSON] = [name for name in workflow.inputs.properties if name not in settled and name not in missing]
    alone: Wish = ({"type": "object", "properties": {str(name): False for name in others}},)
    made = invent(source, [there, *fixed, alone, *uses])
    if isinstance(made, NoInstance) or not isinstance(made.value, dict):
        return {}
    return made.value


def _at(name: str, use: LaterUse) -> Iterator[JSON]:
    """Yield what is wished of all inputs, so that one of them suits a use."""
    for schema in use.schemas:
        yield nested((name, *use.path), schema)


def _value(made: JSON) -> Value:
    return made  # type: ignore[return-value]  # JSON is a Value; lists are only invariant


def _json(value: Value) -> JSON:
    return value  # type: ignore[return-value]  # `_is_json` has told that there are no bytes in it


def _is_json(value: Value) -> bool:
    match value:
        case bytes():
            return False
        case list():
            return all(map(_is_json, value))
        case dict():
            return all(map(_is_json, value.values()))
        case _:
            return True
