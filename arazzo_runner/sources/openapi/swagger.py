"""Swagger 2.0 in the words of OpenAPI 3: what its operations say differently.

Parameters are their own schemas; a body and form fields are parameters; `collectionFormat` is style and explode;
`consumes` and `produces` give the media types; `host`, `basePath` and `schemes` give the servers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from arazzo_runner.sources.openapi.contents import schema_of
from arazzo_runner.sources.openapi.declarations import key_of, lists_of_parameters
from arazzo_runner.sources.openapi.endpoints import Endpoint
from arazzo_runner.sources.openapi.media import essence
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import followed
from arazzo_runner.sources.operations import (
    MediaType,
    OperationBody,
    OperationHeader,
    OperationParameter,
    OperationResponse,
    Schema,
    Server,
)
from arazzo_runner.values import JSON

MULTIPART, URLENCODED, ANY = "multipart/form-data", "application/x-www-form-urlencoded", "*/*"

_PLACES = ("path", "query", "header", "body", "formData")
_NO_SCHEMA = frozenset({"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"})
_IN_FORMS = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "tsv": ("tabDelimited", False),
    "pipes": ("pipeDelimited", False),
}
"""Style and explode of each collectionFormat in a query or a form."""
_ELSEWHERE = {"csv": ("simple", False), "ssv": ("ssv", False), "tsv": ("tsv", False), "pipes": ("pipes", False)}
"""The same in a path or a header."""


def parameters_of(
    endpoint: Endpoint, root: Node, faults: Faults
) -> tuple[tuple[OperationParameter, ...], OperationBody | None]:
    """Read the parameters of an operation and its path item, and the body that some of them are."""
    merged: dict[tuple[str, str], tuple[str, Node]] = {}
    for owner in (*reversed(endpoint.items), endpoint.node):
        for node in lists_of_parameters(owner, faults):
            name, place = node.text("name"), node.text("in")
            if place not in _PLACES or (name is None and place != "body"):
                faults.add("openapi-parameter", f"a parameter has a name, and is in one of: {', '.join(_PLACES)}", node)
                continue
            # There is one body, whatever it is called.
            merged[key_of("" if place == "body" else name or "", place)] = (name or "", node)
    found = [(place, name, node) for (_, place), (name, node) in merged.items()]
    plain = [_parameter(name, place, node, faults) for place, name, node in found if place not in ("body", "formData")]
    bodies = [node for place, _, node in found if place == "body"]
    fields = {name: node for place, name, node in found if place == "formData"}
    consumes = _media_types("consumes", endpoint.node, root)
    body = _body(bodies[0], consumes) if bodies else _form(fields, consumes, endpoint.node, faults)
    return tuple(plain), body


def _parameter(name: str, location: str, node: Node, faults: Faults) -> OperationParameter:
    style, explode = _style(node, location, name, faults)
    return OperationParameter(
        name=name,
        location=location,
        required=location == "path" or node.flag("required"),
        style=style,
        explode=explode,
        allow_empty_value=node.flag("allowEmptyValue"),
        schema=_own_schema(node),
        at=node.at,
    )


def _style(node: Node, location: str, name: str, faults: Faults) -> tuple[str, bool]:
    styles = _ELSEWHERE if location in ("path", "header") else _IN_FORMS
    written = node.text("collectionFormat") or "csv"
    if written in styles:
        return styles[written]
    message = f"{location} parameter '{name}' can't have the collectionFormat '{written}'; the value is sent as csv"
    faults.add("openapi-parameter", message, node, f"possible here: {', '.join(styles)}")
    return styles["csv"]


def _own_schema(node: Node) -> Schema:
    own = {name: value for name, value in _object(node).items() if name not in _NO_SCHEMA}
    if own.get("type") == "file":
        own |= {"type": "string", "format": "binary"}
    return Schema(own, node.document, node.at)


def _object(node: Node) -> dict[str, JSON]:
    return node.data if isinstance(node.data, dict) else {}


def _body(node: Node, consumes: tuple[str, ...]) -> OperationBody:
    types = consumes or ("application/json",)
    content = {name: MediaType(name, schema_of(node), at=node.at) for name in types}
    return OperationBody(node.flag("required"), content, node.at)


def _form(fields: dict[str, Node], consumes: tuple[str, ...], operation: Node, faults: Faults) -> OperationBody | None:
    if not fields:
        return None
    schemas = {name: _own_schema(node).node for name, node in fields.items()}
    required: list[JSON] = [name for name, node in fields.items() if node.flag("required")]
    schema = Schema({"type": "object", "properties": schemas, "required": required}, operation.document, operation.at)
    encoding: dict[str, JSON] = {}
    for name, node in fields.items():
        if _object(node).get("type") == "array":
            style, explode = _style(node, "formData", name, faults)
            encoding[name] = {"style": style, "explode": explode}
    has_file = any(_object(node).get("type") == "file" for node in fields.values())
    types = [name for name in consumes if essence(name) in (MULTIPART, URLENCODED)]
    types = types or [MULTIPART if has_file else URLENCODED]
    content = {name: MediaType(name, schema, encoding=encoding, at=operation.at) for name in types}
    return OperationBody(bool(required), content, operation.at)


def responses_of(operation: Node, root: Node, faults: Faults) -> dict[str, OperationResponse]:
    """Read the responses: one schema for all that the operation `produces`, examples by media type."""
    produces = _media_types("produces", operation, root)
    responses: dict[str, OperationResponse] = {}
    written = operation.member("responses")
    for status, each in written.fields() if written is not None else ():
        node = followed(each, faults)
        if node is not None:
            responses[status] = OperationResponse(status, _headers(node), _content(node, produces), node.at, produces)
    return responses


def _headers(response: Node) -> dict[str, OperationHeader]:
    headers = response.member("headers")
    if headers is None:
        return {}
    return {name: OperationHeader(name, schema=_own_schema(node)) for name, node in headers.members()}


def _content(response: Node, produces: tuple[str, ...]) -> dict[str, MediaType]:
    examples = response.member("examples")
    by_type = {name: node.data for name, node in examples.members()} if examples is not None else {}
    schema = schema_of(response)
    if schema is None and not by_type:
        return {}
    types = dict.fromkeys((*produces, *by_type)) or {ANY: None}
    return {name: MediaType(name, schema, _one(by_type, name), at=response.at) for name in types}


def _one(values: dict[str, JSON], name: str) -> tuple[JSON, ...]:
    return (values[name],) if name in values else ()


def _media_types(field: str, operation: Node, root: Node) -> tuple[str, ...]:
    written = operation.member(field) or root.member(field)
    return tuple(_texts(written.elements())) if written is not None else ()


def _texts(nodes: Iterable[Node]) -> Iterator[str]:
    return (node.data for node in nodes if isinstance(node.data, str))


def servers_of(operation: Node, root: Node) -> tuple[Server, ...]:
    """Return one server for each scheme, https first; what is left out is that of where the description came from."""
    path = "/" + (root.text("basePath") or "").strip("/")
    host = root.text("host")
    uri = root.document.place
    served = urlsplit(uri)
    if host is None and served.scheme == "file":
        return ()
    written = operation.member("schemes") or root.member("schemes")
    schemes = [name for name in _texts(written.elements()) if name in ("https", "http")] if written is not None else []
    if not schemes:
        # "The scheme that the description was retrieved with": of a file there is none, and https is the safe one.
        schemes = [served.scheme if served.scheme in ("http", "https") else "https"]
    host = served.netloc.rpartition("@")[2] if host is None else host
    return tuple(Server(f"{scheme}://{host}{path}", base_uri=uri) for scheme in sorted(schemes, reverse=True))
