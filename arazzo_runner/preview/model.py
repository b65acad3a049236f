"""What a preview is made of: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Diagnostic, Span
from arazzo_runner.engine.effects import Request


@dataclass(frozen=True, slots=True)
class StepPreview:
    """One step as it would run.

    `path` are the ids of the steps from the run's workflow down, `workflow` is the id of its own workflow. `request`
    is what would be sent, in the clear, and `shown` the same as it may be shown; both are None where the step calls a
    workflow (`calls` is its id) or where nothing could be built: `reason` then says why, `span` where the step stands.
    `placeholders` are the placeholders in the request, each once; `remarks` are doubts about it; `login` names who
    answers a challenge of the server; `wanted` says which credentials nobody gave.
    """

    path: tuple[str, ...]
    workflow: str
    request: Request | None = field(default=None, repr=False)
    shown: Request | None = None
    calls: str = ""
    reason: str = ""
    span: Span | None = None
    placeholders: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    login: str = ""
    wanted: str = ""

    @property
    def step_id(self) -> str:
        """The id of the step."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run of `workflow` would send, as far as that is known before it.

    `steps` are in the order in which they run if each succeeds and no action leads elsewhere; the steps of a called
    workflow follow the step that calls it, those of workflows that it depends on come first. `missing` are the
    required inputs that were not given, with `WORKFLOW:` before those of a workflow that runs before. `warnings` are
    the findings that stop nothing. `cut` says why steps are left out, or is empty.
    """

    workflow: str
    steps: tuple[StepPreview, ...]
    missing: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    cut: str = ""
