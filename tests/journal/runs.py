"""Recorded runs of the reference workflow and of small documents, for the tests of journals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.running import EventStream
from arazzo_runner.journal import Journal, read
from arazzo_runner.values import Value

REFERENCE = Path("specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml")

API: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/things": {
            "post": {
                "operationId": "make",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {
                    "201": {
                        "description": "made",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["id"],
                                    "properties": {"id": {"type": "string", "enum": ["t-1"]}},
                                }
                            }
                        },
                    }
                },
            }
        },
        "/things/{id}": {
            "get": {
                "operationId": "get",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                ],
                "responses": {"200": {"description": "it"}, "404": {"description": "none"}},
            }
        },
    },
}


def flow(**changes: Any) -> dict[str, Any]:
    """Return a document that makes a thing and gets it; `changes` are members of its second step."""
    return {
        "arazzo": "1.0.1",
        "info": {"title": "Make and get", "version": "1"},
        "sourceDescriptions": [{"name": "api", "url": "api.json", "type": "openapi"}],
        "workflows": [
            {
                "workflowId": "make-and-get",
                "inputs": {
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "password": {"type": "string"}},
                },
                "steps": [
                    {
                        "stepId": "make",
                        "operationId": "make",
                        "requestBody": {
                            "contentType": "application/json",
                            "payload": {"name": "$inputs.name", "password": "$inputs.password"},
                        },
                        "successCriteria": [{"condition": "$statusCode == 201"}],
                        "outputs": {"id": "$response.body#/id"},
                    },
                    {
                        "stepId": "get",
                        "operationId": "get",
                        "parameters": [
                            {"name": "id", "in": "path", "value": "$steps.make.outputs.id"},
                            {"name": "page", "in": "query", "value": 1},
                        ],
                        "successCriteria": [{"condition": "$statusCode == 200"}],
                        **changes,
                    },
                ],
                "outputs": {"id": "$steps.make.outputs.id"},
            }
        ],
    }


def written(folder: Path, document: dict[str, Any]) -> Path:
    """Write a document and its API description, and return where it stands."""
    (folder / "api.json").write_text(json.dumps(API), "utf-8")
    (folder / "flow.json").write_text(json.dumps(document), "utf-8")
    return folder / "flow.json"


def recorded(
    folder: Path,
    document: Path | None = None,
    inputs: Mapping[str, Value] | None = None,
    options: Options | None = None,
    transport: Any = None,
) -> Journal:
    """Run a document (the reference workflow by default) under the mock, and return its journal."""
    where = folder / "run.ndjson"
    prepared = prepare(load(document or REFERENCE), None, options or Options(mock=True))
    with EventStream(prepared, inputs, journal=where, transport=transport) as stream:
        for _ in stream:
            pass
    return read(where)
