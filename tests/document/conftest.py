"""Documents to alter, and findings in a form that a table can hold."""

import copy
import json
from collections.abc import Callable, Mapping
from types import EllipsisType
from typing import Any, TypeAlias

import pytest

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document import Description, Profile, Source, describe, read
from arazzo_runner.values import Path

Changes: TypeAlias = Mapping[str, Any]
"""New members of a document by their place (`workflows/0/steps`); `...` removes one."""

Faults: TypeAlias = Callable[..., list[str]]

SOUND: dict[str, Any] = {
    "arazzo": "1.0.1",
    "info": {"title": "Sound", "version": "1.0.0"},
    "sourceDescriptions": [{"name": "api", "url": "./api.yaml", "type": "openapi"}],
    "workflows": [
        {
            "workflowId": "main",
            "steps": [
                {
                    "stepId": "first",
                    "operationId": "getPet",
                    "parameters": [{"name": "id", "in": "path", "value": 1}],
                    "successCriteria": [{"condition": "$statusCode == 200"}],
                    "outputs": {"pet": "$response.body"},
                },
                {"stepId": "second", "workflowId": "other", "parameters": [{"name": "id", "value": 1}]},
            ],
        },
        {"workflowId": "other", "steps": [{"stepId": "only", "operationId": "listPets"}]},
    ],
    "components": {
        "parameters": {"page": {"name": "page", "in": "query", "value": 1}, "bare": {"name": "bare", "value": 1}},
        "successActions": {"stop": {"name": "stop", "type": "end"}},
        "failureActions": {"again": {"name": "again", "type": "retry", "retryAfter": 1, "retryLimit": 3}},
    },
}


def changed(changes: Changes, version: str = "1.0.1") -> dict[str, Any]:
    """Return the sound document with the changes, each made at its place."""
    document = copy.deepcopy(SOUND)
    document["arazzo"] = version
    for place, value in changes.items():
        *way, last = (int(token) if token.isdigit() else token for token in place.split("/"))
        target: Any = document
        for token in way:
            target = target[token]
        if isinstance(value, EllipsisType):
            del target[last]
        else:
            target[last] = value
    return document


def shown(found: Diagnostic) -> str:
    """Return a finding as ``error code /its/place``; one that only strict mode refuses begins with ``strict``."""
    weight = "strict" if found.strict_error else found.severity.value
    assert not found.strict_error or found.severity is Severity.WARNING
    return f"{weight} {found.code} /{'/'.join(map(str, found.at or ()))}"


def by_path(data: Any, path: Path) -> Any:
    for token in path:
        data = data[token]
    return data


@pytest.fixture
def described() -> Callable[..., Description]:
    """Make the model of the sound document with changes, read from JSON."""

    def make(changes: Changes, version: str = "1.0.1") -> Description:
        return describe(read(json.dumps(changed(changes, version)), "file:///w/doc.json", "doc.json"))

    return make


@pytest.fixture
def faults(described: Callable[..., Description]) -> Faults:
    """Tell what is found in the sound document with changes, in the order of their places."""

    def make(changes: Changes, version: str = "1.0.1") -> list[str]:
        return sorted(shown(found) for found in described(changes, version).diagnostics)

    return make


@pytest.fixture
def sourced() -> Callable[..., Source]:
    """Read a text or bytes, as an Arazzo document unless told otherwise."""

    def make(content: str | bytes, profile: Profile = Profile.ARAZZO, name: str = "doc.yaml") -> Source:
        return read(content, f"file:///w/{name}", name, profile)

    return make
