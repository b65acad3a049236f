"""Running a workflow against invented answers; its inputs are invented by the runner."""

from __future__ import annotations

import re

from arazzo_runner.api import Prepared, execute
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import ArazzoError
from arazzo_runner.mock.instances.generate import Generator, NoInstance
from arazzo_runner.program.model import InputSchema
from arazzo_runner.values import JSON, Value

SEED = 1


def inputs_for(schema: InputSchema) -> dict[str, Value]:
    """Return a value for each declared input; for the required ones alone where the schema has no room for all.

    For those who build requests without a run.
    """
    if not schema.properties:
        return {}
    generator = Generator(schema.schema)
    for names in (list(schema.properties), list(schema.required)):
        wanted: list[JSON] = list(names)
        found = generator.generate(SEED, wishes=({"type": "object", "required": wanted},), side="request")
        if not isinstance(found, NoInstance) and isinstance(found, dict):
            return dict(found.items())  # type: ignore[arg-type]  # JSON is a Value; dict is only invariant
    return {}


def ending(prepared: Prepared) -> tuple[str, str]:
    """Run it; return how it ended, as something to count, and the sentence behind."""
    try:
        result = execute(prepared)
    except ArazzoError as fault:
        return f"run {type(fault).__name__}", str(fault)
    if result.succeeded:
        return "run succeeded", ""
    reason = _reason(result)
    return f"run {result.status.value}: {form(reason)}", reason


def _reason(result: RunResult) -> str:
    failed = [step for step in result.steps if step.reason]
    if not failed:
        return result.reason
    last = failed[-1]
    criteria = [one for attempt in last.attempts[-1:] for one in attempt.criteria if not one.passed]
    seen = "; ".join(f"{each.text} was {each.value!r:.60}" for one in criteria for each in one.operands)
    return f"{last.step_id}: {last.reason}{f' ({seen})' if seen else ''}"


def form(reason: str) -> str:
    """Reduce a sentence to its form, so that like reasons are counted together."""
    words = " ".join((reason.partition(": ")[2] or reason).split())
    words = re.sub(r"criterion '.*?' does not hold", "criterion _ does not hold", words)
    return re.sub(r"'[^']*'|\$[\w.#/\[\]-]+|\d+|\([^)]*\)|https?://\S+", "_", words)[:60]
