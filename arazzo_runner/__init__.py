"""Runs Arazzo workflows (OpenAPI Initiative): load a description, judge it, run it.

    from arazzo_runner import run

    result = run("spec.yml", workflow="place-order", inputs={"item": 7})
    print(result.status, result.outputs)

The names below are the public interface. Each is imported when it is first asked for, so that importing the package
costs next to nothing.
"""

from __future__ import annotations

from arazzo_runner._version import VERSION as __version__

TYPE_CHECKING = False  # type checkers take it for theirs, whose module need not be imported for the version
if TYPE_CHECKING:
    from typing import Any

    from arazzo_runner.api import Options, Prepared, arun, check, load, prepare, run, stream
    from arazzo_runner.api.runner import Runner
    from arazzo_runner.diagnostics import Diagnostic, Severity
    from arazzo_runner.document.model import Description
    from arazzo_runner.engine.result import RunResult, Status, StepResult
    from arazzo_runner.engine.run import Run
    from arazzo_runner.errors import ArazzoError
    from arazzo_runner.sources.access import Access
    from arazzo_runner.transports.transport import Transport

_HOMES = {
    "Access": ("arazzo_runner.sources.access", "Access"),
    "ArazzoError": ("arazzo_runner.errors", "ArazzoError"),
    "Description": ("arazzo_runner.document.model", "Description"),
    "Diagnostic": ("arazzo_runner.diagnostics", "Diagnostic"),
    "Options": ("arazzo_runner.api", "Options"),
    "Prepared": ("arazzo_runner.api", "Prepared"),
    "Run": ("arazzo_runner.engine.run", "Run"),
    "Runner": ("arazzo_runner.api.runner", "Runner"),
    "RunResult": ("arazzo_runner.engine.result", "RunResult"),
    "Severity": ("arazzo_runner.diagnostics", "Severity"),
    "Status": ("arazzo_runner.engine.result", "Status"),
    "StepResult": ("arazzo_runner.engine.result", "StepResult"),
    "Transport": ("arazzo_runner.transports.transport", "Transport"),
    "arun": ("arazzo_runner.api", "arun"),
    "check": ("arazzo_runner.api", "check"),
    "load": ("arazzo_runner.api", "load"),
    "prepare": ("arazzo_runner.api", "prepare"),
    "run": ("arazzo_runner.api", "run"),
    "stream": ("arazzo_runner.api", "stream"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    found = getattr(import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names too, imported or not."""
    return sorted({*globals(), *__all__})


__all__ = [
    "Access",
    "ArazzoError",
    "Description",
    "Diagnostic",
    "Options",
    "Prepared",
    "Run",
    "RunResult",
    "Runner",
    "Severity",
    "Status",
    "StepResult",
    "Transport",
    "__version__",
    "arun",
    "check",
    "load",
    "prepare",
    "run",
    "stream",
]
