"""The inputs of a workflow as a person has to give them, each with a value that its schema takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final, cast

from arazzo_runner.program.accepted_types import ALL_TYPES, accepted_types, described, ordered_types
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import InputSchema, WorkflowKey
from arazzo_runner.redact import is_secret_name
from arazzo_runner.reports.doctor.readiness import InputFact
from arazzo_runner.values import JSON, Value

PLACEHOLDER: Final = "..."
"""Stands where a person has to write a value."""


def input_facts(
    compilation: Compilation, key: WorkflowKey, given: Mapping[tuple[str, str], str]
) -> tuple[InputFact, ...]:
    """Return the inputs of a workflow, then those that the workflows before it want and do not share with it.

    `given` says who gives an input, by the workflow (empty: this one) and the name.
    """
    own = compilation.inputs_of(key)
    facts = [*_facts(own, "", given)]
    have = {each.name for each in facts}
    for other in _before(compilation, key):
        schema = compilation.inputs_of(other)
        facts += [each for each in _facts(schema, other.workflow_id, given) if each.name not in have and each.required]
    return tuple(facts)


def _before(compilation: Compilation, key: WorkflowKey) -> Iterator[WorkflowKey]:
    waiting, seen = [key], {key}
    for one in waiting:
        bound = compilation.bound(one).workflow
        for other in bound.depends_on if bound is not None else ():
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def _facts(schema: InputSchema, workflow: str, given: Mapping[tuple[str, str], str]) -> Iterator[InputFact]:
    """Yield the declared inputs in the order of the document, then those that are required alone."""
    for name in dict.fromkeys((*schema.properties, *schema.required)):
        declared = schema.properties.get(name, True)
        said = described(declared, schema.schema)
        secret = name in schema.secret or is_secret_name(name)
        text, choices = said.get("description"), said.get("enum")
        shown = () if secret else tuple(_examples(said))
        yield InputFact(
            name=name,
            types=ordered_types(accepted_types(declared, schema.schema)),
            required=name in schema.required,
            secret=secret,
            workflow=workflow,
            has_default="default" in said,
            default=None if secret else said.get("default"),
            choices=tuple(choices) if isinstance(choices, list) and not secret else (),
            description=text if isinstance(text, str) else "",
            has_example=bool(shown),
            example=shown[0] if shown else None,
            given_by=given.get((workflow, name), ""),
        )


def _examples(said: Mapping[str, JSON]) -> Iterator[JSON]:
    """Yield the values that a schema itself shows, the best first (JSON Schema 2020-12; `example` is of OpenAPI)."""
    for keyword in ("const", "example"):
        if keyword in said:
            yield said[keyword]
    for keyword in ("examples", "enum"):
        listed = said.get(keyword)
        if isinstance(listed, list):
            yield from listed


def invented(schema: InputSchema, facts: tuple[InputFact, ...], workflow: str) -> dict[str, JSON]:
    """Return values for the inputs of a workflow that are missing, which its schema takes as far as it can be met."""
    from arazzo_runner.mock.instances.generate import NoInstance, generate  # compiles schemas, which few commands need

    wanted = [each for each in facts if each.workflow == workflow and (each.missing or (each.secret and each.given_by))]
    if not wanted:
        return {}
    shown = {each.name: each.example for each in wanted if each.has_example}
    made = generate(schema.schema, hint=cast(JSON, shown), side="request")
    whole = made if isinstance(made, dict) and not isinstance(made, NoInstance) else {}
    values = {each.name: shown.get(each.name, whole.get(each.name, _plain(each))) for each in wanted}
    if shown and settle(schema, cast("dict[str, Value]", values)).problems:
        values |= {name: whole[name] for name in shown if name in whole}
    return values


def _plain(fact: InputFact) -> JSON:
    plain: dict[str, JSON] = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}, "null": None}
    return plain.get(fact.types[0] if fact.types else "", fact.name)


def flag_text(fact: InputFact, value: JSON) -> str:
    """Return what stands behind `-i` so that the input gets just this value."""
    name = f"{fact.workflow}:{fact.name}" if fact.workflow else fact.name
    if isinstance(value, str):
        plain = fact.types == ("string",) or len(fact.types) >= len(ALL_TYPES) - 1
        return f"{name}={value}" if plain else f"{name}:={json.dumps(value, ensure_ascii=False)}"
    text = json.dumps(value, ensure_ascii=False)
    takes_all = len(fact.types) >= len(ALL_TYPES) - 1
    return f"{name}:={text}" if takes_all or isinstance(value, list | dict) else f"{name}={text}"


def placeholder(fact: InputFact) -> str:
    """Return what stands behind `-i` for a person to fill in; an example of the document where it has one."""
    if fact.has_example:
        return flag_text(fact, fact.example)
    return f"{fact.workflow}:{fact.name}={PLACEHOLDER}" if fact.workflow else f"{fact.name}={PLACEHOLDER}"
