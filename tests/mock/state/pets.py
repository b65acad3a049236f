"""An API of pets, and clients of a mock of it or of any other, that the tests of the state share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from arazzo_runner.mock.server.exchange import Incoming, Reply
from arazzo_runner.mock.server.responder import Responder
from arazzo_runner.values import JSON
from tests.mock.server.orders import api

PET: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "name": {"type": "string", "minLength": 1},
        "tag": {"type": "string"},
        "age": {"type": "integer", "minimum": 0},
        "pin": {"type": "string", "writeOnly": True},
        "made": {"type": "string", "format": "date-time", "readOnly": True},
        "home": {"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}},
    },
    "additionalProperties": False,
}
SENT: dict[str, Any] = {"content": {"application/json": {"schema": PET}}}
GONE: dict[str, Any] = {"description": "no"}


def shown(schema: Any, **media: Any) -> dict[str, Any]:
    """Return a Response Object with a body in JSON."""
    return {"description": "ok", "content": {"application/json": {"schema": schema, **media}}}


def operations(
    pet: Any = PET, *, items: Any = None, path: str = "/pets", item: str = "/pets/{petId}"
) -> dict[str, Any]:
    """Return the paths of a whole resource: list, create, read, replace, change, delete."""
    listed = items or {"type": "array", "items": PET}
    names = re.findall(r"\{(.*?)\}", item)
    parameters = [{"name": name, "in": "path", "required": True, "schema": {}} for name in names]
    below = [each for each in parameters if f"{{{each['name']}}}" in path]
    return {
        path: {
            "parameters": below,
            "get": {"operationId": "list", "responses": {"200": shown(listed)}},
            "post": {"operationId": "create", "requestBody": SENT, "responses": {"201": shown(pet)}},
        },
        item: {
            "parameters": parameters,
            "get": {"operationId": "read", "responses": {"200": shown(pet), "404": GONE}},
            "put": {"operationId": "put", "requestBody": SENT, "responses": {"200": shown(pet), "404": GONE}},
            "patch": {
                "operationId": "patch",
                "requestBody": {"content": {"application/json": {}, "application/json-patch+json": {}}},
                "responses": {"200": shown(pet), "404": GONE},
            },
            "delete": {"operationId": "delete", "responses": {"204": {"description": "gone"}, "404": GONE}},
        },
    }


def description(paths: Any) -> str:
    """Return an API description with these paths."""
    return json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})


@dataclass(slots=True)
class Client:
    """Calls a responder; bodies are JSON both ways."""

    responder: Responder
    replies: list[Reply] = field(default_factory=list)

    def __call__(self, line: str, body: JSON = None, content_type: str = "application/json", prefer: str = "") -> Reply:
        method, _, target = line.partition(" ")
        path, _, query = target.partition("?")
        content = b"" if body is None else json.dumps(body).encode()
        headers = ((("content-type", content_type),) if content else ()) + ((("prefer", prefer),) if prefer else ())
        reply = self.responder.reply(Incoming(method, path, query, headers, content))
        self.replies.append(reply)
        return reply

    def data(self, line: str, body: JSON = None, content_type: str = "application/json") -> Any:
        """Return the body of an answer."""
        reply = self(line, body, content_type)
        assert 200 <= reply.status < 300, (line, reply)
        return json.loads(reply.body)

    def status(self, line: str, body: JSON = None) -> int:
        """Return the status of an answer."""
        return self(line, body).status


def client(paths: Any = None, *, seed: int = 0, stateless: bool = False) -> Client:
    """Return a client of a fresh mock of some paths."""
    return Client(Responder([api(description(paths or operations()))], seed=seed, stateless=stateless, lenient=True))
