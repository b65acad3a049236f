"""Valid documents with much of the language in them, to be damaged: an Arazzo document, and its API in each version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

from arazzo_runner.values import JSON, Path

Node = Any
"""A tree of JSON data that is written to."""

ARAZZO: Final[Mapping[str, JSON]] = {
    "arazzo": "1.1.0",
    "$self": "flow.arazzo.yaml",
    "info": {"title": "t", "version": "1", "summary": "s", "description": "d"},
    "sourceDescriptions": [{"name": "api", "url": "api.json", "type": "openapi"}],
    "workflows": [
        {
            "workflowId": "w",
            "summary": "s",
            "inputs": {
                "type": "object",
                "required": ["a"],
                "properties": {
                    "a": {"type": "string", "default": "1"},
                    "n": {"type": ["integer", "null"], "minimum": 0, "default": 2},
                    "o": {"$ref": "#/components/inputs/order"},
                },
            },
            "parameters": [{"name": "q", "in": "query", "value": "$inputs.a"}],
            "successActions": [{"name": "done", "type": "end", "criteria": [{"condition": "$statusCode == 299"}]}],
            "failureActions": [{"reference": "$components.failureActions.again"}],
            "steps": [
                {
                    "stepId": "list",
                    "description": "d",
                    "operationId": "listOrders",
                    "timeout": 5000,
                    "parameters": [
                        {"name": "tags", "in": "query", "value": ["a", "b"]},
                        {"name": "filter", "in": "query", "value": {"min": 1}},
                        {"reference": "$components.parameters.trace"},
                    ],
                    "successCriteria": [
                        {"condition": "$statusCode == 200 && $response.body#/items/0/id != null"},
                        {"context": "$response.header.X-Id", "condition": "^[a-z]+$|.*", "type": "regex"},
                        {
                            "context": "$response.body",
                            "condition": "$[?count(@.*) >= 0]",
                            "type": {"type": "jsonpath", "version": "rfc9535"},
                        },
                    ],
                    "onSuccess": [
                        {
                            "name": "next",
                            "type": "goto",
                            "stepId": "make",
                            "criteria": [{"condition": "$response.body#/items/0/state == 'open'"}],
                        }
                    ],
                    "onFailure": [
                        {"name": "r", "type": "retry", "retryAfter": 1, "retryLimit": 2},
                        {"name": "g", "type": "goto", "workflowId": "v", "parameters": [{"name": "k", "value": "1"}]},
                    ],
                    "outputs": {
                        "first": "$response.body#/items/0/id",
                        "all": {"context": "$response.body", "selector": "$.items[*].id", "type": "jsonpath"},
                    },
                },
                {
                    "stepId": "make",
                    "operationPath": "{$sourceDescriptions.api.url}#/paths/~1orders~1{id}/post",
                    "parameters": [
                        {"name": "id", "in": "path", "value": "$steps.list.outputs.first"},
                        {"name": "sid", "in": "cookie", "value": 1},
                    ],
                    "requestBody": {
                        "contentType": "application/json",
                        "payload": {"id": "$inputs.a", "lines": [{"sku": "x{$inputs.n}", "n": 1}]},
                        "replacements": [{"target": "/lines/0/n", "value": "$inputs.n"}],
                    },
                },
                {
                    "stepId": "call",
                    "workflowId": "v",
                    "dependsOn": ["make"],
                    "parameters": [{"name": "k", "value": "$steps.list.outputs.first"}],
                    "outputs": {"r": "$outputs.r"},
                },
            ],
            "outputs": {"id": "$steps.list.outputs.first", "r": "$steps.call.outputs.r"},
        },
        {
            "workflowId": "v",
            "dependsOn": ["u"],
            "inputs": {"type": "object", "properties": {"k": {"type": "string"}}},
            "steps": [
                {
                    "stepId": "send",
                    "operationId": "$sourceDescriptions.api.sendForm",
                    "requestBody": {"contentType": "application/x-www-form-urlencoded", "payload": {"a": "$inputs.k"}},
                    "outputs": {"status": "$statusCode", "h": "$response.header.X-Id"},
                }
            ],
            "outputs": {"r": "$steps.send.outputs.status"},
        },
        {
            "workflowId": "u",
            "steps": [
                {
                    "stepId": "upload",
                    "operationId": "upload",
                    "requestBody": {
                        "contentType": "multipart/form-data",
                        "payload": {"file": "text", "meta": {"a": 1}},
                    },
                }
            ],
        },
    ],
    "components": {
        "inputs": {"order": {"type": "object", "properties": {"id": {"type": "string"}}}},
        "parameters": {"trace": {"name": "X-Trace", "in": "header", "value": "t"}},
        "successActions": {"stop": {"name": "stop", "type": "end"}},
        "failureActions": {"again": {"name": "again", "type": "retry", "retryAfter": 0, "retryLimit": 1}},
    },
    "x-more": {"any": [1]},
}

_ORDER: Final[JSON] = {
    "type": "object",
    "required": ["id", "lines"],
    "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[a-z0-9-]+$"},
        "state": {"type": "string", "enum": ["open", "paid"]},
        "total": {"type": "number", "minimum": 0, "multipleOf": 0.5},
        "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Line"}},
        "parent": {"$ref": "#/components/schemas/Order"},
        "when": {"type": "string", "format": "date-time"},
    },
    "additionalProperties": False,
}
_LINE: Final[JSON] = {
    "allOf": [
        {"type": "object", "properties": {"sku": {"type": "string"}}},
        {"type": "object", "properties": {"n": {"oneOf": [{"type": "integer"}, {"type": "string"}]}}},
    ]
}
_LISTED: Final[JSON] = {
    "type": "object",
    "required": ["items"],
    "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}},
}
_UPLOAD: Final[JSON] = {
    "schema": {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "meta": {"type": "object", "properties": {"a": {"type": "integer"}}},
        },
    },
    "encoding": {"meta": {"contentType": "application/json", "headers": {"X-Part": {"schema": {"type": "string"}}}}},
}


def _answer(schema: JSON) -> JSON:
    return {
        "200": {
            "description": "ok",
            "headers": {"X-Id": {"required": True, "schema": {"type": "string", "example": "abc"}}},
            "content": {"application/json": {"schema": schema, "examples": {"one": {"summary": "s", "value": {}}}}},
        },
        "default": {"$ref": "#/components/responses/Problem"},
    }


_PATHS: Final[Mapping[str, JSON]] = {
    "/orders": {
        "get": {
            "operationId": "listOrders",
            "parameters": [
                {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}},
                {
                    "name": "tags",
                    "in": "query",
                    "explode": False,
                    "schema": {"type": "array", "items": {"type": "string"}},
                },
                {"name": "filter", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
                {"$ref": "#/components/parameters/Trace"},
            ],
            "responses": _answer({"$ref": "#/components/schemas/Listed"}),
        },
        "post": {
            "operationId": "sendForm",
            "requestBody": {
                "required": True,
                "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
            },
            "responses": _answer({"type": "object"}),
        },
    },
    "/orders/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "servers": [{"url": "https://{region}.example/v1", "variables": {"region": {"default": "eu", "enum": ["eu"]}}}],
        "post": {
            "security": [{"key": []}, {"flow": ["read"]}, {}],
            "parameters": [{"name": "sid", "in": "cookie", "schema": {"type": "integer"}}],
            "requestBody": {"$ref": "#/components/requestBodies/Order"},
            "responses": _answer({"$ref": "#/components/schemas/Order"}),
        },
    },
    "/files": {
        "put": {
            "operationId": "upload",
            "requestBody": {"content": {"multipart/form-data": _UPLOAD}},
            "responses": _answer({"type": "object", "patternProperties": {"^x": {"type": "string"}}}),
        }
    },
}
_COMPONENTS: Final[JSON] = {
    "schemas": {"Order": _ORDER, "Line": _LINE, "Listed": _LISTED},
    "parameters": {"Trace": {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}},
    "requestBodies": {"Order": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}},
    "responses": {"Problem": {"description": "p", "content": {"application/problem+json": {"schema": {}}}}},
    "securitySchemes": {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "flow": {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": "https://auth.example/token", "scopes": {"read": "r"}}},
        },
    },
}


def _openapi(version: str) -> JSON:
    return {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://api.example/{v}", "variables": {"v": {"default": "v1"}}}],
        "security": [{"key": []}, {}],
        "tags": [{"name": "a"}],
        "paths": dict(_PATHS),
        "components": _COMPONENTS,
    }


def _swagger() -> JSON:
    ok: JSON = {
        "200": {
            "description": "ok",
            "schema": {"$ref": "#/definitions/Listed"},
            "headers": {"X-Id": {"type": "string"}},
            "examples": {"application/json": {"items": []}},
        }
    }
    path: JSON = {"name": "id", "in": "path", "required": True, "type": "string"}
    return {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "host": "api.example",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "securityDefinitions": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "flow": {
                "type": "oauth2",
                "flow": "application",
                "tokenUrl": "https://auth.example/t",
                "scopes": {"r": ""},
            },
        },
        "security": [{"key": []}],
        "paths": {
            "/orders": {
                "get": {
                    "operationId": "listOrders",
                    "parameters": [
                        {"name": "q", "in": "query", "required": True, "type": "string"},
                        {
                            "name": "tags",
                            "in": "query",
                            "type": "array",
                            "items": {"type": "string"},
                            "collectionFormat": "pipes",
                        },
                        {"name": "filter", "in": "query", "type": "string"},
                        {"$ref": "#/parameters/Trace"},
                    ],
                    "responses": ok,
                },
                "post": {
                    "operationId": "sendForm",
                    "consumes": ["application/x-www-form-urlencoded"],
                    "parameters": [{"name": "a", "in": "formData", "type": "string"}],
                    "responses": ok,
                },
            },
            "/orders/{id}": {
                "parameters": [path],
                "post": {
                    "parameters": [{"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Order"}}],
                    "responses": ok,
                },
            },
            "/files": {
                "put": {
                    "operationId": "upload",
                    "consumes": ["multipart/form-data"],
                    "parameters": [
                        {"name": "file", "in": "formData", "type": "file", "required": True},
                        {"name": "meta", "in": "formData", "type": "string"},
                    ],
                    "responses": ok,
                }
            },
        },
        "parameters": {"Trace": {"name": "X-Trace", "in": "header", "type": "string"}},
        "definitions": {
            "Listed": {
                "type": "object",
                "properties": {"items": {"type": "array", "items": {"$ref": "#/definitions/Order"}}},
            },
            "Order": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "state": {"type": "string", "enum": ["open", "paid"]},
                    "lines": {"type": "array", "items": {"type": "object"}},
                },
            },
        },
    }


APIS: Final[Mapping[str, JSON]] = {
    "2.0": _swagger(),
    **{version[:3]: _openapi(version) for version in ("3.0.4", "3.1.1", "3.2.0")},
}
"""The API descriptions by the version that they are written in."""

ODD_VALUES: Final[tuple[JSON, ...]] = (
    None, True, False, 0, -1, 1, 1.5, 1e308, -0.0, 10**400, "", "x", "/", "\x00", "\u00e9", "\U0001f600", "*", "200", "2XX", "default",
    "$inputs.a", "{$inputs.a}", "$response.body#/a", "$steps.list.outputs.first", "$components.parameters.trace", "get", "query",
    "array", "deepObject", "(", "(a+)+$", "{", "{a}", "{{a}}", "?", "%zz", " ", "1e400", "#/", "http://[", "http://x:99999/", "//",
    "file:///", "multipart/form-data", "application/xml", [], {}, [None], [[]], {"": None}, ["a", "a"], [1, "a", None, {}],
    ["object", "null"], {"type": "object"}, {"a": {"b": [1]}}, {"$ref": "#"}, {"$ref": "#/components"}, {"$ref": 1},
    {"$ref": "#/paths"}, {"$ref": "#/components/schemas/Order"}, {"$ref": "nowhere.json#/a"}, {"$dynamicRef": "#a"},
)  # fmt: skip
"""What is put in the place of a node."""

ODD_KEYS: Final = ("x", "", "$ref", "\x00", "allOf", "{a}", "/", "/{a}", "type", "a/b", "~", "x-a", "properties", "0")


def paths_of(node: Node, at: Path = ()) -> Iterator[Path]:
    """Yield the path of each node in the data."""
    yield at
    match node:
        case dict():
            for name, value in node.items():
                yield from paths_of(value, (*at, name))
        case list():
            for index, value in enumerate(node):
                yield from paths_of(value, (*at, index))


def damaged_data(data: JSON, chance: Random) -> JSON:
    """Return a copy in which some nodes are replaced, left out, doubled, wrapped, renamed or swapped."""
    copy: Node = json.loads(json.dumps(data))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.choice(list(paths_of(copy))[1:] or [()])
        if at:
            _damage(copy, at, chance)
    return copy  # type: ignore[no-any-return]  # JSON as it was read


def _damage(data: Node, at: Path, chance: Random) -> None:
    holder, last = _node(data, at[:-1]), at[-1]
    match chance.choice(("replace", "replace", "replace", "drop", "double", "wrap", "rename", "swap")):
        case "replace":
            holder[last] = json.loads(json.dumps(chance.choice(ODD_VALUES)))
        case "drop":
            del holder[last]
        case "double" if isinstance(holder, list):
            holder.append(json.loads(json.dumps(holder[-1])))
        case "rename" if isinstance(holder, dict):
            holder[chance.choice(ODD_KEYS)] = holder.pop(last)
        case "swap":
            holder[last] = json.loads(json.dumps(_node(data, chance.choice(list(paths_of(data))))))
        case _:
            holder[last] = [holder[last]]


def _node(data: Node, at: Path) -> Node:
    found: Node = data
    for token in at:
        found = found[token]
    return found


def damaged_bytes(content: bytes, chance: Random) -> bytes:
    """Return the text with some bytes left out, doubled, swapped or put in."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(content))
        end = min(len(content), start + chance.choice((0, 1, 1, 2, 8, 40)))
        piece = content[start:end]
        put = chance.choice(
            (b"", piece * 2, piece[::-1], bytes(chance.randrange(256) for _ in range(3)), chance.choice(ODD_BYTES))
        )
        content = content[:start] + put + content[end:]
    return content


ODD_BYTES: Final = (
    b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\r\n", b"\n", b"\t", b"---\n", b"...\n", b"%YAML 1.1\n",
    b"&a ", b"*a ", b"<<: *a\n", b"!!binary ", b"!x ", b"? ", b": ", b"- ", b"{", b"}", b"[", b"]", b",", b'"', b"'", b"#", b"|\n", b">-\n", b"\\u",
    b"\\ud800", b"\xe2\x80\xa8", b"\xc2\x85", b"1e400", b".nan", b"0x", b"//", b"/*", b"multipart/related: ", b"@", b"`",
)  # fmt: skip
