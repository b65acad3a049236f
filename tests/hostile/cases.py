"""What a hostile case is: a document or an answer that nobody honest writes, and how it must end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from arazzo_runner.engine.outcomes import Response
from arazzo_runner.values import Value
from tests.engine.programs import HEAD, respond

Answers: TypeAlias = Callable[[], tuple[Response, ...]]
"""Makes the answers of the server; the last one is given again and again."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The document is refused before the first request, with this code and these words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Fails:
    """The run ends, for a step fails: the reason holds these words."""

    words: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run is stopped by the limit of that name."""

    limit: str


@dataclass(frozen=True, slots=True)
class Ends:
    """The run ends by itself, well or not; `words` stand in its reason or warnings."""

    succeeded: bool
    words: str = ""


End: TypeAlias = Refused | Fails | Stopped | Ends


def one_answer(body: Value = None, content_type: str = "") -> Answers:
    """Answer with one body; text is sent as it is, with its content type."""

    def make() -> tuple[Response, ...]:
        if content_type:
            content = body if isinstance(body, bytes) else str(body).encode("utf-8", "surrogatepass")
            return (Response(200, (("Content-Type", content_type),), content),)
        return (respond(200, body),)

    return make


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile case. `workflows` makes the workflows, whose first one is run; `text` stands for a whole document."""

    name: str
    end: End
    workflows: Callable[[], list[dict[str, Any]]] = list
    answers: Answers = field(default_factory=one_answer)
    version: str = "1.1.0"
    text: Callable[[], str] | None = None
    slow: bool = False

    def document(self) -> str:
        """Return the text of the document."""
        if self.text is not None:
            return self.text()
        import json

        return HEAD.format(version=self.version) + json.dumps({"workflows": self.workflows()})[1:-1]


def step(step_id: str = "s", **members: Any) -> dict[str, Any]:
    """Make a step that reads something."""
    return {"stepId": step_id, "operationId": "x", **members}


def workflow(*steps: dict[str, Any], workflow_id: str = "w", **members: Any) -> dict[str, Any]:
    """Make a workflow."""
    return {"workflowId": workflow_id, "steps": list(steps), **members}


def criterion(
    kind: str, condition: Callable[[], str], context: str = "$response.body", version: str = ""
) -> Callable[[], list[dict[str, Any]]]:
    """Make a workflow of one step with one criterion."""

    def make() -> list[dict[str, Any]]:
        written: dict[str, Any] = {"condition": condition()}
        if kind != "simple":
            written |= {"context": context, "type": {"type": kind, "version": version} if version else kind}
        return [workflow(step(successCriteria=[written]))]

    return make
