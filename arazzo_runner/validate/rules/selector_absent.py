"""selector-absent: a selector or a JSONPath criterion looks for a member of the answer that it does not have.

What: the `context` is the body of the answer, a place of it, or an output of a step that holds one; the `selector` (a
JSON Pointer or JSONPath), or the `condition` of a criterion of type `jsonpath`, begins with names and indexes that the
schema of that place does not have: `$.items[0].idd`. The same goes for what a filter names of the items of an array
(`$.items[?@.idd > 1]`, but not `!@.idd`). Whatever stands behind a part that is not such a plain name is left alone,
and so are schemas that leave other members open, and what is read after a failure.
Why: if the description is right, the selector finds nothing: the output is missing, and the criterion fails.
Example: `{context: $response.body, selector: $.orders[*].ID, type: jsonpath}` where the schema has `id`.
Instead: write the path as the description has it, or add the member there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.expressions.grammar import Exchange, StepOutput
from arazzo_runner.expressions.pointer import decode
from arazzo_runner.expressions.template import Whole
from arazzo_runner.program.model import Mention, OperationCall
from arazzo_runner.program.order import is_inherited_action
from arazzo_runner.sources.operations import Operation
from arazzo_runner.validate.responses import expects_error, in_answers
from arazzo_runner.validate.shapes import types_of
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path

MAX_PATHS: Final = 50
"""Paths of one text that are looked at."""

_FAILURES: Final = frozenset(("onFailure", "failureActions"))
_STEP: Final = re.compile(r"\.([A-Za-z_]\w*)(?![\w(-])|\['([^'\\]*)'\]|\[\"([^\"\\]*)\"\]|\[(\d+)\]|(\[\*\]|\.\*)")
_ANY: Final = "*"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find selectors of members that no declared answer has."""
    for mention in subject.bound.mentions:
        if mention.at[-1:] != ("context",) or is_inherited_action(mention) or not _FAILURES.isdisjoint(mention.at):
            continue
        field, text, kind = _selector(subject, mention)
        operation, base = _looked_at(subject, mention)
        if operation is None or not text or "{$" in text:
            continue
        for way in [tuple(decode(text))] if kind == "jsonpointer" else _ways(text):
            found = _missing(operation, base, way)
            if found is not None:
                yield _absent(subject, mention, field, text, operation, found)
                break


def _selector(subject: Subject, mention: Mention) -> tuple[str, str, str]:
    """Return the field that holds what is looked for in a context, its text, and its language; "" where it is none."""
    above = subject.compilation.characters(subject.description).node(mention.at[:-1])
    if not isinstance(above, dict):
        return "", "", ""
    field = "selector" if "selector" in above else "condition"
    text, kind = above.get(field), above.get("type")
    kind = kind.get("type") if isinstance(kind, dict) else kind
    known = ("jsonpath", "jsonpointer") if field == "selector" else ("jsonpath",)
    return (field, text, str(kind)) if isinstance(text, str) and kind in known else ("", "", "")


def _looked_at(subject: Subject, mention: Mention) -> tuple[Operation | None, Path]:
    """Return the operation in whose answer a context stands, and the way to it."""
    expression, step_id = mention.expression, mention.step_id
    more: Path = ()
    if isinstance(expression, StepOutput):
        index = subject.bound.positions.get(expression.step)
        compiled = dict(subject.bound.steps[index].outputs).get(expression.name) if index is not None else None
        if not isinstance(compiled, Whole):
            return None, ()
        more = (*(expression.pointer or ()), *expression.navigation)
        step_id = expression.step
        expression = compiled.expression
    step = subject.workflow.step(step_id or "")
    index = subject.bound.positions.get(step_id or "")
    if step is None or index is None or expects_error(step):
        return None, ()
    call = subject.bound.steps[index].call
    match expression:
        case Exchange(side="response", part="body") if isinstance(call, OperationCall):
            return call.operation, (*(expression.pointer or ()), *expression.navigation, *more)
    return None, ()


def _ways(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the plain beginnings of the paths in a JSONPath: of itself, and of what its first filter names of an item.

    `*` stands for every item.
    """
    text = text.strip()
    if not text.startswith("$"):
        return
    start, end = _plain(text, 1)
    yield start
    if not text.startswith("[?", end) or text.count("[?") > 1:
        return
    for found in list(re.finditer(r"(?<![\w'\"!])@", _unquoted(text[end:])))[:MAX_PATHS]:
        inner, _ = _plain(text, end + found.end())
        if inner:
            yield (*start, _ANY, *inner)


def _plain(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Return the names and indexes that follow one another from a place on, and where they end."""
    way: list[str] = []
    while (found := _STEP.match(text, at)) is not None:
        way.append(next((one for one in found.groups()[:4] if one is not None), _ANY))
        at = found.end()
    return tuple(way), at


def _unquoted(text: str) -> str:
    """Return a text with its quoted parts blanked, every place kept."""
    return re.sub(r"'[^'\\]*'|\"[^\"\\]*\"", lambda found: " " * len(found[0]), text)


def _missing(operation: Operation, base: Path, way: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the first name of a way that is not there, where it is missed, and the names that are."""
    here = [str(token) for token in base]
    if in_answers(operation, tuple(here)).is_absent:
        return None  # told as `response-pointer-absent`
    for token in way:
        above = in_answers(operation, tuple(here))
        is_list = {types_of(schema) for schema in above.schemas} == {frozenset(("array",))}
        if not above.schemas or (token == _ANY and not is_list):
            return None
        here.append("0" if token == _ANY else token)
        found = in_answers(operation, tuple(here))
        if found.is_absent and token != "length":
            return token, "".join(f"/{one}" for one in (*base, *way[: len(here) - len(base) - 1])), found.names
    return None


def _absent(
    subject: Subject,
    mention: Mention,
    field: str,
    text: str,
    operation: Operation,
    found: tuple[str, str, tuple[str, ...]],
) -> Diagnostic:
    token, above, names = found
    who = f"workflow '{subject.workflow.workflow_id}'" if mention.step_id is None else f"step '{mention.step_id}'"
    where = f"in '{above}' of its answer" if above else "in its answer"
    what = f"{operation.method} {operation.path}"
    message = f"{who} looks for '{text[:80]}', but {what} declares no '{token}' {where}"
    help = did_you_mean(token, names) if names else "the description declares nothing below there"
    return subject.warning("selector-absent", message, (*mention.at[:-1], field), help)
