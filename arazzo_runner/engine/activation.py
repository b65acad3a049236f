"""One workflow in progress: its inputs, and what its steps have given so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.engine.standings import Standings
from arazzo_runner.engine.state import RunState
from arazzo_runner.expressions.scope import Received, Scope, Sent, WorkflowRecord
from arazzo_runner.program.model import BoundWorkflow
from arazzo_runner.values import Nothing, Value


@dataclass(slots=True)
class Activation:
    """The names in reach while a workflow runs. `path` is the path of the calling step; `depth` counts the calls."""

    workflow: BoundWorkflow
    inputs: Mapping[str, Value]
    path: tuple[str, ...] = ()
    depth: int = 0
    outputs: dict[str, Mapping[str, Value | Nothing]] = field(default_factory=dict)
    standings: Standings[str] = field(default_factory=Standings)

    def scope(
        self,
        state: RunState,
        request: Sent | None = None,
        response: Received | None = None,
        outputs: Mapping[str, Value | Nothing] | None = None,
    ) -> Scope:
        """Return what an expression of this workflow sees now; the outputs of steps are shared, not copied."""
        return Scope(
            inputs=self.inputs,
            steps=self.outputs,
            workflows=self._records(state),
            outputs=outputs,
            request=request,
            response=response,
            sources=self.workflow.source_fields,
            self_uri=self.workflow.self_uri,
        )

    def _records(self, state: RunState) -> Mapping[str, WorkflowRecord]:
        """Return the workflows that have run by their bare ids; those of this document win over others (DEP-11)."""
        here = self.workflow.key.document
        foreign = {key.workflow_id: record for key, record in state.records.items() if key.document != here}
        local = {key.workflow_id: record for key, record in state.records.items() if key.document == here}
        return foreign | local
