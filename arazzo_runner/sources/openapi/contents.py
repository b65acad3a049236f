"""What is sent and what comes back: Media Type, Request Body, Response, Header and Example Objects of OpenAPI 3.x."""

from __future__ import annotations

from arazzo_runner.sources.openapi import encodings
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import followed
from arazzo_runner.sources.operations import MediaType, OperationBody, OperationHeader, OperationResponse, Schema
from arazzo_runner.values import JSON


def examples_of(node: Node, faults: Faults) -> tuple[JSON, ...]:
    """Return the values of `example` and `examples`, in the order written.

    Members of `examples` are Example Objects, perhaps by reference. One that is only an `externalValue` has no value
    here; nothing is fetched for it. The `dataValue` of 3.2 counts like `value`.
    """
    values: list[JSON] = []
    for name in ("example", "examples") if isinstance(node.data, dict) else ():
        member = node.member(name)
        if member is None:
            continue
        if name == "example":
            values.append(member.data)
        elif isinstance(member.data, list):
            values.extend(member.data)
        else:
            values.extend(_example_objects(member, faults))
    order = list(node.data) if isinstance(node.data, dict) else []
    if "example" in order and "examples" in order and order.index("examples") < order.index("example"):
        return (*values[1:], values[0])
    return tuple(values)


def _example_objects(examples: Node, faults: Faults) -> list[JSON]:
    values: list[JSON] = []
    for _, written in examples.members():
        example = followed(written, faults)
        for name in ("dataValue", "value") if example is not None else ():
            if example is not None and (value := example.member(name)) is not None:
                values.append(value.data)
                break
    return values


def schema_of(node: Node, name: str = "schema") -> Schema | None:
    """Return the member that is a schema, or None."""
    member = node.member(name)
    return member.schema() if member is not None and isinstance(member.data, dict | bool) else None


def media_type(name: str, written: Node, faults: Faults) -> MediaType:
    """Read one member of a `content` map."""
    node = followed(written, faults)
    if node is None or not isinstance(node.data, dict):
        return MediaType(name, at=written.at)
    return MediaType(
        name=name,
        schema=schema_of(node),
        examples=examples_of(node, faults),
        encoding=encodings.by_name(node, name, faults),
        at=node.at,
        item_schema=schema_of(node, "itemSchema"),
        prefix_encoding=encodings.by_position(node, name, faults),
        item_encoding=encodings.of_items(node, name, faults),
    )


def content_of(node: Node, faults: Faults) -> dict[str, MediaType]:
    """Read a `content` map, in the order written; empty where there is none."""
    content = node.member("content")
    return {name: media_type(name, each, faults) for name, each in content.members()} if content is not None else {}


def body_of(operation: Node, faults: Faults) -> OperationBody | None:
    """Read the `requestBody` of an operation."""
    written = operation.member("requestBody")
    node = followed(written, faults) if written is not None else None
    if node is None:
        return None
    if not isinstance(node.data, dict):
        faults.unexpected(node, "a Request Body Object")
        return None
    return OperationBody(node.flag("required"), content_of(node, faults), node.at)


def headers_of(response: Node, faults: Faults) -> dict[str, OperationHeader]:
    """Read the `headers` of a response. `Content-Type` says nothing there (OpenAPI 3.1, Response Object)."""
    headers: dict[str, OperationHeader] = {}
    written = response.member("headers")
    for name, each in written.members() if written is not None else ():
        node = followed(each, faults)
        if node is None or name.lower() == "content-type":
            continue
        content = list(content_of(node, faults).values())
        schema = content[0].schema if content else schema_of(node)
        headers[name] = OperationHeader(name, node.flag("required"), schema, examples_of(node, faults))
    return headers


def responses_of(operation: Node, faults: Faults) -> dict[str, OperationResponse]:
    """Read the `responses` of an operation, by their keys as written."""
    responses: dict[str, OperationResponse] = {}
    written = operation.member("responses")
    for status, each in written.fields() if written is not None else ():
        node = followed(each, faults)
        if node is None:
            continue
        if not isinstance(node.data, dict):
            faults.unexpected(node, "a Response Object")
            continue
        responses[status] = OperationResponse(status, headers_of(node, faults), content_of(node, faults), node.at)
    return responses
