"""Runs cases with the command `arazzo` (or what the variable ARAZZO says, such as `python -m arazzo_runner`)."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from ..job import Job
from ..observed import Finding, Observed

MODES: tuple[str, ...] = ("strict", "practical")
OUTCOMES = {0: "succeeded", 1: "failed", 2: "refused", 3: "stopped"}


def run(job: Job) -> Observed:
    """Run the workflow of a job."""
    arguments = [
        "run",
        job.entry,
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
    done = _command(arguments, job)
    told = _parsed(done.stdout)
    if told is None or done.returncode not in OUTCOMES:
        return Observed("crashed", messages=f"exit code {done.returncode}: {done.stderr[-800:]}")
    return _observed(OUTCOMES[done.returncode], told, done)


def validate(job: Job) -> Observed:
    """Judge the document of a job without running it."""
    done = _command(["validate", job.entry, "--json"], job)
    told = _parsed(done.stdout)
    if told is None:
        return Observed("crashed", messages=f"exit code {done.returncode}: {done.stderr[-800:]}")
    return Observed("", findings=[_finding(one) for one in told["findings"]])


def _command(arguments: list[str], job: Job) -> subprocess.CompletedProcess[str]:
    command = [*os.environ.get("ARAZZO", "arazzo").split(), *arguments, *(["--strict"] if job.strict else [])]
    return subprocess.run(
        command, cwd=job.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
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
