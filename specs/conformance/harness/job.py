"""What an adapter is given: one variation of a case, laid out in a folder, with the scripted server running."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from .observed import Observed


@dataclass(frozen=True)
class Job:
    """One thing to run. `entry` is the path or URL of the Arazzo document; all its sources can be reached from there.

    `workflow` is None where none is to be named. `inputs_file` holds `inputs` as JSON. `inputs_for` are inputs of
    workflows that the chosen one depends on. `supplied` are paths of further documents, handed over beside the entry.
    With `base_uri`, `entry` is a path whose text is handed over as standing at that URI, wherever it came from.
    `patience` is the longest wait for one answer, in seconds. `hides` asks for a run as a person sees it, with its
    whole text in `Observed.shown`: what is secret must not stand there.
    """

    folder: str
    entry: str
    workflow: str | None
    inputs: dict[str, Any]
    inputs_file: str
    strict: bool
    version: str
    inputs_for: dict[str, dict[str, Any]] = field(default_factory=dict)
    patience: float = 30.0
    hides: bool = False
    supplied: tuple[str, ...] = ()
    base_uri: str | None = None


class Adapter(Protocol):
    """A module (a file) that runs jobs with one runner.

    `MODES` names the modes that the runner has: `strict`, `practical` or both. `validate` may be left out, and so may
    `missing() -> str`, which says before the first case that the runner is not there and what to do (else empty).
    """

    MODES: tuple[str, ...]

    def run(self, job: Job, /) -> Observed:
        """Run the workflow. `outcome` is succeeded, failed, refused, stopped or crashed; the rest as far as known."""

    def validate(self, job: Job, /) -> Observed:
        """Judge the document without running it; `findings` is what counts."""
