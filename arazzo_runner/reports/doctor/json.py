"""Readiness for a program: one JSON object, described by ``doctor.schema.json`` beside this module."""

from __future__ import annotations

from typing import TextIO, cast

from arazzo_runner.diagnostics import Severity
from arazzo_runner.redact import REDACTED
from arazzo_runner.reports.doctor.readiness import (
    CredentialFact,
    InputFact,
    Readiness,
    ServerFact,
    SourceFact,
    StepFact,
    WantFact,
    WorkflowFact,
)
from arazzo_runner.reports.doctor.shell import shown_word, typed
from arazzo_runner.reports.findings.json import finding
from arazzo_runner.reports.findings.order import ordered
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.values import JSON, Value

SCHEMA_VERSION = "1"


def write_readiness(stream: TextIO, readiness: Readiness) -> None:
    """Write the facts as one JSON object."""
    write_json(stream, readiness_json(readiness))


def readiness_json(readiness: Readiness) -> JSON:
    """Return the facts as the schema describes them."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "file": readiness.file,
        "arazzo": readiness.arazzo,
        "title": readiness.title,
        "version": readiness.version,
        "profile": readiness.profile or None,
        "ready": readiness.ready,
        "sources": [_source(each) for each in readiness.sources],
        "servers": [_server(each) for each in readiness.servers],
        "workflows": [_workflow(each) for each in readiness.workflows],
    }


def _source(fact: SourceFact) -> JSON:
    return {
        "name": fact.name,
        "url": fact.url,
        "type": fact.type or None,
        "version": fact.version or None,
        "readFrom": fact.read_from or None,
        "foundBy": fact.found_by or None,
        "size": None if fact.problem else fact.size,
        "declaredIn": fact.holder or None,
        "problem": fact.problem or None,
        "remedy": fact.remedy or None,
    }


def _server(fact: ServerFact) -> JSON:
    return {
        "source": fact.source,
        "url": fact.url or None,
        "calls": fact.calls or None,
        "chosenBy": fact.chosen_by,
        "variables": [
            {"name": each.name, "value": each.value, "chosenBy": each.chosen_by, "enum": list(each.choices)}
            for each in fact.variables
        ],
        "proxy": fact.proxy or None,
        "resolves": fact.resolves,
        "problem": fact.problem or None,
        "remedy": fact.remedy or None,
    }


def _workflow(fact: WorkflowFact) -> JSON:
    return {
        "id": fact.workflow_id,
        "summary": fact.summary or None,
        "ready": fact.runs,
        "sources": list(fact.sources),
        "steps": [_step(each) for each in fact.steps],
        "credentials": [_credential(each) for each in fact.credentials],
        "hostsToName": [{"host": host, "reason": reason} for host, reason in fact.hosts],
        "inputs": [_input(each) for each in fact.inputs],
        "additionalInputs": fact.opens,
        "findings": [plain(finding(each)) for each in ordered(fact.findings) if each.severity is Severity.ERROR],
        "obstacles": [{"message": each.message, "remedy": each.remedy or None} for each in fact.obstacles],
        "command": [shown_word(word) for word in fact.command],
        "commandLine": typed(fact.command),
        "mockCommand": [shown_word(word) for word in fact.mock_command],
        "mockCommandLine": typed(fact.mock_command),
    }


def _step(fact: StepFact) -> JSON:
    return {
        "workflow": fact.holder,
        "id": fact.step_id,
        "source": fact.source or None,
        "method": fact.method or None,
        "path": fact.path or None,
        "calls": fact.calls or None,
        "problem": fact.problem or None,
        "remedy": fact.remedy or None,
    }


def _credential(fact: CredentialFact) -> JSON:
    return {
        "steps": list(fact.steps),
        "satisfied": fact.satisfied,
        "alternatives": [[_want(each) for each in wants] for wants in fact.alternatives],
        "setByDocument": [{"in": location, "name": name} for location, name in fact.placed],
    }


def _want(fact: WantFact) -> JSON:
    want = fact.want
    return {
        "source": want.source,
        "scheme": want.scheme,
        "description": want.description,
        "givenBy": fact.given_by or None,
        "flag": fact.flag or None,
        "variables": list(want.variables),
        "ways": [] if want.unsupported else list(want.ways),
        "problem": want.unsupported or None,
    }


def _input(fact: InputFact) -> JSON:
    known: dict[str, JSON] = {
        "name": fact.name,
        "workflow": fact.workflow or None,
        "types": list(fact.types),
        "required": fact.required,
        "secret": fact.secret,
        "description": fact.description or None,
        "givenBy": fact.given_by or None,
        "missing": fact.missing,
    }
    if fact.has_default:
        known["default"] = REDACTED if fact.secret else _data(fact.default)
    if fact.choices:
        known["enum"] = [_data(each) for each in fact.choices]
    if fact.has_example:
        known["example"] = _data(fact.example)
    return known


def _data(value: JSON) -> JSON:
    return plain(cast(Value, value))  # JSON is a part of Value; lists of the one are no lists of the other to mypy
