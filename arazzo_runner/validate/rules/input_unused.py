"""input-unused: an input that the workflow declares and nothing in it reads.

What: the name stands under `properties` of `inputs`, and no expression of the workflow names it.
Why: a caller gives a value that changes nothing. Mostly it was forgotten, or is spelt differently where it is read.
It is a note: the workflow runs as it is.
Example: `inputs: {properties: {currency: {type: string}}}` where no step has `$inputs.currency`.
Instead: read it where it belongs, or remove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.expressions.grammar import Input
from arazzo_runner.validate.subject import Subject

_UNNAMED = re.compile(r"\$inputs(?![.\w])")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find inputs that nothing reads."""
    written = subject.workflow.inputs
    properties = written.get("properties") if isinstance(written, dict) else None
    if not isinstance(properties, dict) or not subject.is_whole():
        return
    read = {one.expression.name for one in subject.bound.mentions if isinstance(one.expression, Input)}
    unread = [name for name in properties if name not in read]
    text = "\n".join(subject.texts()) if unread else ""
    if _UNNAMED.search(text):
        return
    for name in unread:
        if not re.search(rf"inputs\.{re.escape(name)}(?![\w-])", text):
            at = (*subject.workflow.at, "inputs", "properties", name)
            message = f"nothing in workflow '{subject.workflow.workflow_id}' reads its input '{name}'"
            span = subject.description.span(at, key=True)
            yield subject.note("input-unused", message, at, "read it as $inputs." + name + ", or remove it", span)
