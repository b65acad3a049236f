"""The inputs of a run, gathered from where a person can give them.

For each input, the first that has it wins: the flag `-i`, the file of `--inputs`, the environment
(`ARAZZO_INPUT_<NAME>`), a prompt, the schema's default (which the run fills in itself). A flag names its input exactly,
so a name that nobody declares is an error there; a file or an environment is often shared by several workflows, so
there it is only told, and of an environment only where it looks like a mistyped name.

A file (`name@=FILE`) gives its text, and bytes where the schema says that the input is binary, or where the file is not
UTF-8 and a string is welcome. A text and its bytes are the same on the wire where they are sent alone; as bytes, a
part of a multipart body is a file. The file of a secret is a text always: what is hidden is looked for as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.cli.conversion import ConversionError, convert, is_binary, parse_json
from arazzo_runner.cli.files import STDIN, cut, is_text, read_bytes, read_inputs, text_of
from arazzo_runner.diagnostics import did_you_mean, near_matches
from arazzo_runner.errors import InputsError, UsageError
from arazzo_runner.program.accepted_types import accepted_types, described
from arazzo_runner.program.model import BoundWorkflow, InputSchema, Program
from arazzo_runner.redact import is_secret_name
from arazzo_runner.values import Value

VARIABLE: Final = "ARAZZO_INPUT_"
_HOW: Final = "write -i name=value, -i name:=JSON or -i name@=FILE"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What can be given: the inputs of the workflow itself, and of those that run before it, by workflow id."""

    workflow: str
    own: InputSchema
    others: Mapping[str, InputSchema] = field(default_factory=dict)

    @classmethod
    def by(cls, program: Program) -> Wanted:
        """Return what a program's workflow, and the workflows that it depends on at any remove, want."""
        entry = program.workflow
        others = {flow.key.workflow_id: flow.inputs for flow in _dependencies(program, entry)}
        return cls(entry.key.workflow_id, entry.inputs, others)

    def schema(self, workflow: str) -> InputSchema:
        """Return the inputs of a workflow by its id, of the workflow itself by the empty text."""
        return self.others[workflow] if workflow else self.own


def _dependencies(program: Program, entry: BoundWorkflow) -> Iterable[BoundWorkflow]:
    found = {entry.key: entry}
    waiting = list(entry.depends_on)
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = program.workflows[key]
            waiting.extend(found[key].depends_on)
    return list(found.values())[1:]


@dataclass(slots=True)
class Given:
    """Inputs collected so far: by name for the workflow itself, and for other workflows by id. `notes` are remarks."""

    inputs: dict[str, Value] = field(default_factory=dict)
    inputs_for: dict[str, dict[str, Value]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def of(self, workflow: str) -> dict[str, Value]:
        """Return the inputs for a workflow by its id, for the workflow itself by the empty text."""
        return self.inputs_for.setdefault(workflow, {}) if workflow else self.inputs

    def missing(self, wanted: Wanted) -> list[tuple[str, str]]:
        """Return workflow id (empty for the workflow itself) and name of each required input that has no value.

        A workflow that runs before takes the run's own inputs of the same name.
        """
        gaps = [("", name) for name in wanted.own.required if self._lacks(name, wanted.own, self.inputs)]
        for workflow, schema in wanted.others.items():
            have = {*self.inputs, *self.inputs_for.get(workflow, ()), *(name for _, name in gaps)}
            gaps += [(workflow, name) for name in schema.required if self._lacks(name, schema, have)]
        return gaps

    @staticmethod
    def _lacks(name: str, schema: InputSchema, have: Iterable[str]) -> bool:
        return name not in have and "default" not in described(schema.properties.get(name), schema.schema)


def gather(wanted: Wanted, flags: Sequence[str], file: str | None, environ: Mapping[str, str]) -> Given:
    """Return the inputs that flags, file and environment give; prompts and defaults come after.

    Raises:
        UsageError: a flag that names nothing, a file that can't be read, two inputs with one variable.
        InputsError: a text that its input's schema does not welcome.
    """
    given = Given()
    seen: set[tuple[str, str]] = set()
    for flag in flags:
        workflow, name, value = parse_flag(flag, wanted)
        if (workflow, name) in seen:
            raise UsageError(f"-i {cut(name)}: given twice", "leave one of the two out")
        seen.add((workflow, name))
        given.of(workflow)[name] = value
    if file:
        _from_file(given, file)
    _from_environment(given, wanted, environ)
    return given


# ---------------------------------------------------------------- flags


def parse_flag(flag: str, wanted: Wanted) -> tuple[str, str, Value]:
    """Return workflow id (empty for the workflow itself), name and value of an `-i`, split at its first `=`.

    Raises:
        UsageError: it is not `name=value`, or names no input.
        InputsError: the value is not of a type that the schema welcomes.
    """
    head, equals, text = flag.partition("=")
    if not equals or not head:
        known = f" '{flag}'" if flag in wanted.own.properties else ""
        raise UsageError(f"-i{known}: no name=value", _HOW)
    head, read = _form(head, wanted)
    workflow, name = _target(head, wanted)
    schema = wanted.schema(workflow)
    secret = is_secret(name, schema)
    return workflow, name, read(text, name, schema, secret)


def reads_stdin(flag: str) -> bool:
    """Tell whether an `-i` takes its value from standard input: ``name@=-``."""
    head, _, text = flag.partition("=")
    return head.endswith("@") and text == STDIN


Reader = Callable[[str, str, InputSchema, bool], Value]


def _form(head: str, wanted: Wanted) -> tuple[str, Reader]:
    """Return the head without the sign of its form, and what reads the value; a declared name is whole as it is."""
    if _is_declared(head, wanted):
        return head, _typed
    match head[-1]:
        case ":":
            return head[:-1], _json
        case "@":
            return head[:-1], _content
    return head, _typed


def _is_declared(head: str, wanted: Wanted) -> bool:
    if head in _named(wanted.own):
        return True
    return any(head == f"{flow}:{name}" for flow, schema in wanted.others.items() for name in _named(schema))


def _named(schema: InputSchema) -> Collection[str]:
    """Return the names that a schema has: what it requires and does not describe is an input too."""
    return {*schema.properties, *schema.required}


def _target(head: str, wanted: Wanted) -> tuple[str, str]:
    """Return which workflow's input a head names: an own one by its exact name first, then `workflow:name`."""
    if head in _named(wanted.own):
        return "", head
    for workflow, schema in wanted.others.items():
        name = head.removeprefix(f"{workflow}:")
        if name != head and (name in _named(schema) or schema.opens):
            return workflow, name
    if wanted.own.opens and not any(head.startswith(f"{workflow}:") for workflow in wanted.others):
        return "", head
    raise _unknown(head, wanted)


def _unknown(head: str, wanted: Wanted) -> UsageError:
    workflow, colon, name = head.partition(":")
    if colon and workflow in wanted.others:
        hint = did_you_mean(name, wanted.others[workflow].properties)
        return UsageError(f"workflow '{workflow}' has no input '{cut(name)}'", hint)
    holder = next((flow for flow, schema in wanted.others.items() if head in schema.properties), None)
    if holder is not None:
        hint = f"workflow '{holder}', which runs before it, has one: -i {holder}:{head}=..."
    elif colon and wanted.others and not near_matches(head, wanted.own.properties, 1):
        hint = f"before the ':' can stand a workflow that runs before it: {did_you_mean(workflow, wanted.others)}"
    else:
        hint = did_you_mean(head, wanted.own.properties)
    return UsageError(f"workflow '{wanted.workflow}' has no input '{cut(head)}'", hint)


def is_secret(name: str, schema: InputSchema) -> bool:
    """Tell whether no message may show the value of an input."""
    return name in schema.secret or is_secret_name(name)


def _typed(text: str, name: str, schema: InputSchema, secret: bool) -> Value:
    declared = schema.properties.get(name, True)
    try:
        return convert(text, accepted_types(declared, schema.schema))
    except ConversionError as fault:
        raise _misfit(name, text, str(fault), secret) from None


def _json(text: str, name: str, schema: InputSchema, secret: bool) -> Value:
    try:
        return parse_json(text)
    except ConversionError as fault:
        raise _misfit(name, text, str(fault), secret) from None


def _content(text: str, name: str, schema: InputSchema, secret: bool) -> Value:
    """Return what a file holds: bytes where the schema wants these or it is no text, else its text, converted."""
    flag = f"-i {cut(name)}@"
    content, declared = read_bytes(text, flag), schema.properties.get(name, True)
    may_be_bytes = not secret and "string" in accepted_types(declared, schema.schema)
    if may_be_bytes and (is_binary(declared, schema.schema) or not is_text(content)):
        return content
    found = text_of(content, text, flag)
    # The file of a secret is mostly written by a shell, which ends it with a line break that is no part of the secret.
    return _typed(found.rstrip("\r\n") if secret else found, name, schema, secret)


def _misfit(name: str, text: str, reason: str, secret: bool) -> InputsError:
    # What was meant as an object may hold a secret under one of its names, and can't be read to find it.
    hidden = secret or text.lstrip()[:1] in ("{", "[")
    shown = "its value (not shown)" if hidden else f"'{cut(text)}'"
    return InputsError(f"input '{cut(name)}': {shown} does not fit: {reason}")


# ---------------------------------------------------------------- file and environment


def _from_file(given: Given, file: str) -> None:
    found = read_inputs(file)
    given.inputs = found | given.inputs


def variable(name: str) -> str:
    """Return the name of the environment variable that gives an input."""
    return VARIABLE + re.sub(r"[^A-Za-z0-9]", "_", name).upper()


def _from_environment(given: Given, wanted: Wanted, environ: Mapping[str, str]) -> None:
    """Take the inputs that have a variable. An empty variable counts as none: that is how CI systems say 'not set'."""
    names: dict[str, list[str]] = {}
    for name in wanted.own.properties:
        names.setdefault(variable(name), []).append(name)
    for key, text in environ.items():
        if not key.startswith(VARIABLE) or not text:
            continue
        match names.get(key, []):
            case []:
                if near := near_matches(key.removeprefix(VARIABLE), {each.removeprefix(VARIABLE) for each in names}, 1):
                    meant = f"did you mean '{VARIABLE}{near[0]}'?"
                    given.notes.append(f"{key} is set, but workflow '{wanted.workflow}' has no such input ({meant})")
            case [name]:
                if name not in given.inputs:
                    given.inputs[name] = _typed(text, name, wanted.own, is_secret(name, wanted.own))
            case several:
                inputs = " and ".join(f"'{name}'" for name in several)
                raise UsageError(f"{key} stands for {inputs} alike", "give them with -i or --inputs")
