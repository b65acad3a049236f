"""What the commands import: a module more is paid for at each start, so the lists are kept here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.answering import answering
from benchmarks.rows.run_reference import INPUTS

PACKAGES = frozenset({"msgspec", "yaml", "jsonschema_rs"})
"""What of other projects each command that reads a document imports."""
HTTP = frozenset({"anyio", "h11", "httpcore2", "httpx2", "idna", "sniffio", "truststore"})
ROOMS = frozenset(
    "api cli contract criteria diagnostics document doors engine errors expressions fixes graph profiles program "
    "journal query records redact reports sources validate values _version".split()
)
RUNNING = ROOMS | {"drivers", "transports"}
SLOW = frozenset({"asyncio", "typer", "rich", "lxml", "elementpath", "uvicorn", "oauthlib", "regex", "jsonpath_ng"})


def imported(project: Path, *arguments: str) -> frozenset[str]:
    """Return the modules that a command has imported at its end."""
    script = "import sys; from arazzo_runner.cli.app import main; code = main(); print(); print(*sys.modules); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=project, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return frozenset(done.stdout.splitlines()[-1].split())


def rooms(modules: frozenset[str]) -> frozenset[str]:
    return frozenset(name.split(".")[1] for name in modules if name.startswith("arazzo_runner."))


def ours(modules: frozenset[str]) -> int:
    return sum(name.startswith("arazzo_runner") for name in modules)


def test_the_version_needs_four_modules(project: Path) -> None:
    modules = imported(project, "--version")
    assert ours(modules) == 4
    assert "typing" not in modules


def test_judging_brings_no_run_no_network_and_no_typer(project: Path, reference: str) -> None:
    modules = imported(project, "validate", reference)
    assert rooms(modules) <= ROOMS
    assert {"msgspec", "yaml"} <= modules
    assert not modules & (SLOW | HTTP | {"ssl", "http.client", "urllib.request"})
    assert not {name for name in modules if name.startswith("arazzo_runner.engine.step")}
    assert ours(modules) <= 330
    assert len(modules) <= 560


def test_a_run_brings_the_client_and_what_it_needs(project: Path, reference: str) -> None:
    given = [word for name, value in INPUTS.items() for word in ("-i", f"{name}={value}")]
    with answering() as url:
        modules = imported(project, "run", reference, "--server", url, "--no-config", *given)
    assert rooms(modules) <= RUNNING
    assert "httpx2" in modules
    assert not modules & SLOW
    assert not {name for name in modules if name.startswith(("arazzo_runner.mock", "arazzo_runner.api.readiness"))}
    assert ours(modules) <= 460


@pytest.mark.parametrize("command", ["validate", "run"])
def test_help_is_typers(project: Path, command: str) -> None:
    assert "typer" in imported(project, command, "--help")
