"""The trail of a run: which edges its events show. What was planned counts for nothing here.

Events name steps by their paths, so the workflows that are under way are kept, the innermost last.
"""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.coverage.edges import Edge, actions_of
from arazzo_runner.engine.events import ActionChosen, Event, RunStarted, StepEnded, WorkflowEnded, WorkflowStarted
from arazzo_runner.engine.result import Status
from arazzo_runner.program.model import BoundStep, Program, StepKey, WorkflowKey


class Trail:
    """Reads the events of one run, in their order; `edges` are those of the program."""

    def __init__(self, program: Program, edges: Iterable[Edge]) -> None:
        self._program = program
        self._edges = {edge: edge for edge in edges}
        self._frames: list[tuple[WorkflowKey, tuple[str, ...]]] = []
        self._chosen: ActionChosen | None = None

    def on(self, event: Event) -> Edge | None:
        """Take the next event; return the edge that it shows to be taken."""
        match event:
            case RunStarted():
                self._frames = [(self._program.entry, ())]
            case WorkflowStarted(workflow=name, step=path):
                self._leave(path)
                key = self._named(name)
                if key is not None:
                    self._frames.append((key, path))
            case WorkflowEnded(workflow=name, step=path):
                self._end(name, path)
            case ActionChosen(type="retry", step=path):
                return self._retried(event, path)
            case ActionChosen():
                self._chosen = event
            case StepEnded(status=Status.SKIPPED):
                self._chosen = None  # no action of it was looked at, so no edge was taken
            case StepEnded(step=path, status=status):
                chosen, self._chosen = self._chosen, None
                return self._ended(path, status is Status.SUCCEEDED, chosen)
            case _:
                pass
        return None

    def key_of(self, path: tuple[str, ...]) -> StepKey | None:
        """Return the step that a path means now; None for one that the program does not have."""
        for key, around in reversed(self._frames):
            if around == path[:-1] and path[-1] in self._program.workflows[key].positions:
                return StepKey(key, path[-1])
        return None

    def _leave(self, path: tuple[str, ...]) -> None:
        """Drop what a deadline has broken off: no event tells of its end. `path` is that of the calling step."""
        while len(self._frames) > 1 and self._frames[-1][1] not in (path, path[:-1]):
            self._frames.pop()

    def _end(self, name: str, path: tuple[str, ...]) -> None:
        for number in range(len(self._frames) - 1, 0, -1):
            key, around = self._frames[number]
            if key.workflow_id == name and around == path:
                del self._frames[number:]
                return

    def _named(self, name: str) -> WorkflowKey | None:
        """Return the workflow of that id: one of the same document, where several documents have it."""
        here = self._frames[-1][0].document if self._frames else self._program.entry.document
        found = [key for key in self._program.workflows if key.workflow_id == name]
        return next((key for key in found if key.document == here), found[0] if found else None)

    def _step(self, path: tuple[str, ...]) -> tuple[StepKey, BoundStep] | None:
        while len(self._frames) > 1 and self._frames[-1][1] != path[:-1]:
            self._frames.pop()
        key = self.key_of(path)
        if key is None:
            return None
        workflow = self._program.workflows[key.workflow]
        return key, workflow.steps[workflow.positions[key.step_id]]

    def _retried(self, event: ActionChosen, path: tuple[str, ...]) -> Edge | None:
        found = self._step(path)
        if found is None:
            return None
        key, step = found
        for passed in (False, True):
            for index, action in enumerate(actions_of(step, passed)):
                if (action.name, action.type) == (event.name, "retry"):
                    return self._edges.get(Edge(key, passed, index))
        return None

    def _ended(self, path: tuple[str, ...], passed: bool, chosen: ActionChosen | None) -> Edge | None:
        found = self._step(path)
        if found is None:
            return None
        key, step = found
        actions = actions_of(step, passed)
        if chosen is None or chosen.step != path:
            return self._edges.get(Edge(key, passed, len(actions)))
        named = (index for index, action in enumerate(actions) if (action.name, action.type) == _label(chosen))
        index = next(named, None)
        return None if index is None else self._edges.get(Edge(key, passed, index))


def _label(event: ActionChosen) -> tuple[str, str]:
    return event.name, event.type
