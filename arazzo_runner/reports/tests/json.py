"""Tests for a program: exactly one JSON object, described by ``tests.schema.json`` beside this."""

from __future__ import annotations

from typing import Final, TextIO

from arazzo_runner.coverage.trials import Failure, Seen, Trial, Trials, TriedDocument
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.values import Value

SCHEMA_VERSION: Final = "1"


def write_trials_json(stream: TextIO, trials: Trials, look: Look) -> None:
    """Write the object of all tests; members named `seconds` alone differ between two runs with one seed."""
    document: dict[str, Value] = {
        "schemaVersion": SCHEMA_VERSION,
        "status": "interrupted" if trials.interrupted else _status(trials.succeeded),
        "summary": summary(trials),
        "documents": [_document(each) for each in trials.documents],
        "error": None,
    }
    write_json(stream, plain(document))


def write_refused_trials(stream: TextIO, message: str, hint: str) -> None:
    """Write the object of tests that were never begun."""
    document: dict[str, Value] = {
        "schemaVersion": SCHEMA_VERSION,
        "status": "refused",
        "summary": summary(Trials(())),
        "documents": [],
        "error": {"message": message, "hint": hint or None},
    }
    write_json(stream, plain(document))


def summary(trials: Trials) -> dict[str, Value]:
    """Return the counts."""
    made = trials.all
    succeeded = sum(trial.succeeded for trial in made)
    return {
        "documents": len(trials.documents),
        "unreadable": trials.unreadable,
        "documentsFailed": trials.documents_failed,
        "workflows": len(made),
        "succeeded": succeeded,
        "failed": len(made) - succeeded,
        "failedByReason": {reason.value: number for reason, number in trials.by_reason.items()},
        "runs": sum(trial.runs for trial in made),
        "requests": sum(trial.requests for trial in made),
        "breaches": sum(len(trial.breaches) for trial in made),
        "edges": sum(trial.edges for trial in made),
        "edgesTaken": sum(trial.taken for trial in made),
        "seconds": round(trials.seconds, 3),
    }


def _status(succeeded: bool) -> str:
    return "succeeded" if succeeded else "failed"


def _document(document: TriedDocument) -> dict[str, Value]:
    return {
        "file": document.file,
        "status": "unreadable" if document.problem else _status(document.succeeded),
        "problem": document.problem or None,
        "failures": [_failure(each) for each in document.failures],
        "workflows": [_trial(trial) for trial in document.trials],
    }


def _trial(trial: Trial) -> dict[str, Value]:
    return {
        "workflow": trial.workflow,
        "status": _status(trial.succeeded),
        "reason": trial.reason.value if trial.reason else None,
        "runs": trial.runs,
        "requests": trial.requests,
        "edges": trial.edges,
        "edgesTaken": trial.taken,
        "edgesNotTaken": [{"wish": one.wish, "place": one.place or None, "why": one.why} for one in trial.unwalked],
        "breaches": list(trial.breaches),
        "fingerprint": trial.fingerprint or None,
        "seconds": round(trial.seconds, 3),
        "failures": [_failure(each) for each in trial.failures],
    }


def _failure(failure: Failure) -> dict[str, Value]:
    return {
        "reason": failure.reason.value,
        "message": failure.message,
        "finding": failure.finding or None,
        "workflow": failure.workflow or None,
        "step": list(failure.step) or None,
        "place": failure.place or None,
        "help": failure.help or None,
        "run": failure.run,
        "wishes": list(failure.wishes),
        "criteria": [_seen(each) for each in failure.criteria],
    }


def _seen(seen: Seen) -> dict[str, Value]:
    operands: list[Value] = [{"text": text, "was": value} for text, value in seen.operands]
    return {"condition": seen.condition, "operands": operands, "why": seen.why or None}
