"""Runs cases with the command `arazzo` (or what the variable ARAZZO says, such as `python -m arazzo_runner`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from ..job import Job
from ..observed import Finding, Observed

Command: TypeAlias = Callable[[list[str], Job], "subprocess.CompletedProcess[str]"]
MODES: tuple[str, ...] = ("strict", "practical")
OUTCOMES = {0: "succeeded", 1: "failed", 2: "refused", 3: "stopped"}


def missing() -> str:
    """Say that the command can't be found, and what to do about it; empty where it can."""
    name = _called()[0]
    help = "install the runner, or let the variable ARAZZO name its command, as in ARAZZO='python -m arazzo_runner'"
    return "" if shutil.which(name) else f"there is no command '{name}': {help}"


def run(job: Job, command: Command | None = None) -> Observed:
    """Run the workflow of a job; `command` runs the command with arguments, else a process of its own does."""
    arguments = [
        "run",
        *_document(job),
        "--inputs",
        job.inputs_file,
        "--json",
        "--no-input",
        "--timeout",
        f"{job.patience:g}",
    ]
    arguments += ["--workflow", job.workflow] if job.workflow is not None else []
    arguments += ["--show-secrets"] if not job.hides else []
    for workflow, values in job.inputs_for.items():
        for name, value in values.items():
            arguments += ["-i", f"{workflow}:{name}:={json.dumps(value)}"]
    done = (command or _command)(arguments, job)
    told = _parsed(done.stdout)
    if told is None or done.returncode not in OUTCOMES:
        return Observed("crashed", messages=f"exit code {done.returncode}: {done.stderr[-800:]}")
    return _observed(OUTCOMES[done.returncode], told, done)


def validate(job: Job, command: Command | None = None) -> Observed:
    """Judge the document of a job without running it."""
    done = (command or _command)(["validate", *_document(job), "--json"], job)
    told = _parsed(done.stdout)
    if told is None:
        return Observed("crashed", messages=f"exit code {done.returncode}: {done.stderr[-800:]}")
    return Observed("", findings=[_finding(one) for one in told["findings"]])


def _document(job: Job) -> list[str]:
    beside = [argument for path in job.supplied for argument in ("--document", path)]
    entry = ["-", "--base-uri", job.base_uri] if job.base_uri else [job.entry]
    return [*entry, *beside, "--no-cache"]


def _called() -> list[str]:
    return os.environ.get("ARAZZO", "").split() or ["arazzo"]


def _command(arguments: list[str], job: Job) -> subprocess.CompletedProcess[str]:
    command = [*_called(), *arguments, *(["--strict"] if job.strict else [])]
    with Path(job.entry if job.base_uri else os.devnull).open(encoding="utf-8") as text:
        return subprocess.run(
            command, cwd=job.folder, stdin=text, capture_output=True, text=True, timeout=120, check=False
        )


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _observed(outcome: str, told: dict[str, Any], done: subprocess.CompletedProcess[str]) -> Observed:
    findings = [_finding(one) for one in [*told["diagnostics"], *told["warnings"]]]
    reasons = [told["reason"], *(step["reason"] for step in told["steps"]), (told["error"] or {}).get("hint")]
    said = [text for text in reasons if text] + [one.message for one in findings]
    return Observed(
        outcome,
        outputs=told["outputs"],
        steps=[_step(step) for step in told["steps"]],
        findings=findings,
        transferred=told["transferred"] or "",
        messages="\n".join([*said, done.stderr]),
        shown=done.stdout + done.stderr,
    )


def _step(step: dict[str, Any]) -> dict[str, Any]:
    told = {name: step[name] for name in ("id", "status", "handled", "outputs")}
    return {**told, "path": "/".join(step["path"]), "attempts": len(step["attempts"])}


def _finding(told: dict[str, Any]) -> Finding:
    message = f"{told['message']} {told['help'] or ''}"
    if not (told["file"] or "").endswith("arazzo.yaml"):
        return Finding(told["severity"], message=message)
    return Finding(told["severity"], told["line"], told["column"], message)
