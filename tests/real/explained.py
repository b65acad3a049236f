"""Whether `validate` tells what a test fails for: each workflow that fails by a contradiction has a finding at fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.api import Options, check
from arazzo_runner.coverage.trials import Trial
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description
from arazzo_runner.values import Path


@dataclass(frozen=True, slots=True)
class Explained:
    """A workflow that failed: its reason, and the codes of the errors and warnings where it failed, and elsewhere in it."""

    workflow: str
    reason: str
    here: tuple[str, ...]
    elsewhere: tuple[str, ...]
    example: str

    @property
    def kind(self) -> str:
        """What to count it as."""
        if self.here:
            return f"{self.reason}: told at its step"
        return f"{self.reason}: told elsewhere in its workflow" if self.elsewhere else f"{self.reason}: NOT TOLD"


def explained(description: Description, options: Options, trials: tuple[Trial, ...]) -> Iterator[Explained]:
    """Compare the tests of a document with its findings; yields one for each workflow that failed."""
    failed = [trial for trial in trials if not trial.succeeded]
    # How a construct is read is no word about whether it can be had.
    told_of = (one for one in check(description, options) if not one.code.startswith("reading-"))
    found = [one for one in told_of if one.severity is not Severity.NOTE] if failed else []
    for trial in failed:
        failure, flow = trial.failures[0], description.workflow(trial.workflow)
        within = [one for one in found if flow is not None and _is_in(one, description, flow.at)]
        steps = {step for each in trial.failures for step in each.step}
        places = [step.at for step in flow.steps if step.step_id in steps] if flow is not None else []
        here = [one.code for one in within if any(_is_in(one, description, at) for at in places)]
        if not places:  # what is refused has no step
            here = [one.code for one in within if one.severity is Severity.ERROR]
        where = f"{description.source.name} {trial.workflow}: {failure.message}"
        yield Explained(trial.workflow, failure.reason.value, tuple(here), tuple(one.code for one in within), where)


def _is_in(found: Diagnostic, description: Description, at: Path) -> bool:
    span = found.span
    if span is None or span.uri != description.source.uri:
        return False
    whole = description.span(at)
    return (whole.line, whole.column) <= (span.line, span.column) <= (whole.end_line, whole.end_column)


def rows(several: list[Explained], examples: int) -> list[str]:
    """Return the counts, each with some places; below, the codes that told."""
    counts = Counter(one.kind for one in several)
    lines = []
    for kind, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        lines.append(f"{number:7} {kind}")
        if kind.endswith("NOT TOLD"):
            lines += [f"          {one.example}" for one in several if one.kind == kind][: examples or None]
    codes = Counter(code for one in several for code in dict.fromkeys(one.here))
    return [*lines, *(f"        {number:5} by {code}" for code, number in codes.most_common())]
