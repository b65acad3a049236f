"""Long runs through the real engine, for the size and the speed of their pages: nothing is invented but the answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from arazzo_runner.api import Options, run
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Response
from tests.reports.tape import Tape

API = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://shop.test/v1"}],
    "paths": {
        "/items/{id}": {
            "put": {
                "operationId": "putItem",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "OK"}},
            }
        }
    },
}


@dataclass(slots=True)
class Shop:
    """Answers with a body of about so many bytes; each 50th request finds it busy, and `turns` says when to go on."""

    size: int
    turns: int = 0
    asked: dict[str, int] = field(default_factory=dict)

    def send(self, request: Request, timeout: float | None) -> Response:
        number = len(self.asked)
        times = self.asked[request.url] = self.asked.get(request.url, 0) + 1
        if number % 50 == 49 and times == 1:
            return Response(503, (("Retry-After", "0"),), b"busy")
        items = [
            {"id": index, "name": f"item {index} <of> {number}", "price": index / 4} for index in range(self.size // 48)
        ]
        body = {"number": number, "go": times < self.turns, "items": items}
        return Response(
            200,
            (("Content-Type", "application/json"), ("X-Request-Id", f"r-{number}-{times}")),
            json.dumps(body).encode(),
        )


def _step(number: int, last: bool) -> dict[str, object]:
    again: list[dict[str, object]] = [
        {"name": "again", "type": "goto", "stepId": "step-0", "criteria": [{"condition": "$response.body#/go == true"}]}
    ]
    return {
        "stepId": f"step-{number}",
        "operationId": "putItem",
        "parameters": [{"name": "id", "in": "path", "value": f"item-{number}"}],
        "requestBody": {"contentType": "application/json", "payload": {"number": number, "note": "x" * 40}},
        "successCriteria": [
            {"condition": "$statusCode == 200"},
            {"condition": "$response.body#/items/0/price < 5"},
            {"context": "$response.body", "type": "jsonpath", "condition": "$.items[?@.id == 0]"},
        ],
        "outputs": {"number": "$response.body#/number", "first": "$response.body#/items/0/name"},
        "onFailure": [{"name": "busy", "type": "retry", "retryAfter": 0.001, "retryLimit": 3}],
        **({"onSuccess": again} if last else {}),
    }


def long_run(folder: Path, steps: int, turns: int = 1, size: int = 10_000) -> Tape:
    """Run a workflow of so many steps so many times in a loop, each answered with so many bytes."""
    document = {
        "arazzo": "1.0.1",
        "info": {"title": "Long", "version": "1"},
        "sourceDescriptions": [{"name": "shop", "url": "shop.json", "type": "openapi"}],
        "workflows": [{"workflowId": "long", "steps": [_step(each, each == steps - 1) for each in range(steps)]}],
    }
    (folder / "shop.json").write_text(json.dumps(API), "utf-8")
    (folder / "long.json").write_text(json.dumps(document), "utf-8")
    tape: list[Stamped] = []
    options = Options(max_steps=10 * steps * turns)
    result = run(folder / "long.json", options=options, on_event=tape.append, transport=Shop(size, turns))
    assert result.succeeded, result.reason
    return tuple(tape)
