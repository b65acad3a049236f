"""The metrics of runs: how long requests and runs take, and how many runs and steps end how."""

from __future__ import annotations

from typing import Final

from opentelemetry.metrics import MeterProvider

from arazzo_runner._version import VERSION
from arazzo_runner.engine.result import Status
from arazzo_runner.reports.telemetry.attributes import Attributes

SCOPE: Final = "arazzo_runner"
_BOUNDARIES: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
_LONGER: Final = (*_BOUNDARIES, 30, 60, 300, 1800, 3600)


class Meters:
    """What is counted and measured, over all runs that report to one provider."""

    def __init__(self, provider: MeterProvider) -> None:
        meter = provider.get_meter(SCOPE, VERSION)
        self._requests = meter.create_histogram(
            "http.client.request.duration",
            "s",
            "Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=_BOUNDARIES,
        )
        self._durations = meter.create_histogram(
            "arazzo.run.duration", "s", "Duration of runs.", explicit_bucket_boundaries_advisory=_LONGER
        )
        self._runs = meter.create_counter("arazzo.runs", "{run}", "Runs that ended, by result.")
        self._steps = meter.create_counter("arazzo.steps", "{step}", "Steps that ended, by result.")

    def request(self, seconds: float, attributes: Attributes) -> None:
        """Count a request that was answered, or was not."""
        self._requests.record(max(0.0, seconds), attributes)

    def run(self, workflow: str, status: Status, seconds: float) -> None:
        """Count a run."""
        attributes = {"arazzo.workflow.id": workflow, "arazzo.result": status.value}
        self._runs.add(1, attributes)
        self._durations.record(max(0.0, seconds), attributes)

    def step(self, workflow: str, step: str, status: Status) -> None:
        """Count a step."""
        self._steps.add(1, {"arazzo.workflow.id": workflow, "arazzo.step.id": step, "arazzo.result": status.value})
