"""A request that an operation takes, invented: what a person can copy, to see the server answer.

Required parameters and a required body get their examples, or values of their schemas; credentials get any value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arazzo_runner.mock.examples import from_examples
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.sources.openapi.bodies import encode_body
from arazzo_runner.sources.openapi.media import choose_content_type, media_for
from arazzo_runner.sources.openapi.parameters import cookie_header, query_string, serialise
from arazzo_runner.sources.openapi.paths import expand_path
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import MediaType, Operation, OperationParameter, Schema, SecurityScheme
from arazzo_runner.values import JSON

_SECRET: Final = "secret"
_BASIC: Final = "bW9jazpzZWNyZXQ="
"""``mock:secret`` in Base64."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A request: `target` is path and query below the base URL; `body` None for none."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


def sample_of(operation: Operation, seed: int = 0) -> Sample | None:
    """Return a request that the operation takes, the same for one seed; None where a value has no instance."""
    parts: dict[str, list[str]] = {"query": [], "cookie": [], "querystring": []}
    path: dict[str, str] = {}
    headers: list[tuple[str, str]] = []
    for parameter in operation.parameters:
        if not parameter.required or _is_ignored(parameter):
            continue
        value = _value(parameter.schema, parameter.content, parameter.examples, seed, parameter.name)
        done = value if isinstance(value, NoInstance) else serialise(parameter, value, from_whole_expression=True)  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
        if isinstance(done, NoInstance | Unserialisable):
            return None
        if parameter.location == "path":
            path[parameter.name] = done.pieces[0]
        elif parameter.location == "header":
            headers += [(parameter.name, text) for text in done.pieces]
        else:
            parts[parameter.location] += done.pieces
    for location, name, text in _credentials(operation):
        if location == "header":
            headers.append((name, text))
        else:
            parts[location].append(f"{name}={text}")
    expanded = expand_path(operation.path, path)
    sent = _body(operation, seed)
    if isinstance(expanded, Unserialisable) or sent is None:
        return None
    headers += [("Cookie", cookie_header(parts["cookie"]))] if parts["cookie"] else []
    return _joined(operation, expanded, [*parts["querystring"], *parts["query"]], headers, sent)


def _joined(
    operation: Operation, path: str, query: list[str], headers: list[tuple[str, str]], sent: tuple[bytes | None, str]
) -> Sample:
    mark = "&" if "?" in path else "?"
    target = path + (mark + query_string(query) if query else "")
    content, content_type = sent
    typed = [("Content-Type", content_type)] if content is not None else []
    return Sample(operation.method, target if target.startswith("/") else f"/{target}", (*headers, *typed), content)


def _is_ignored(parameter: OperationParameter) -> bool:
    return parameter.location == "header" and parameter.name.lower() in ("accept", "content-type", "authorization")


def _value(
    schema: Schema | None, content: MediaType | None, examples: tuple[JSON, ...], seed: int, name: str
) -> JSON | NoInstance:
    described = schema if schema is not None else content.schema if content is not None else None
    shown = examples or (content.examples if content is not None else ())
    bundled: JSON = True if described is None else described.document.bundle(described, "request")
    if described is None and not shown:
        return "x"
    return from_examples(Generator(bundled), shown, (), seed, name)


def _body(operation: Operation, seed: int) -> tuple[bytes | None, str] | None:
    """Return the body and its type, an empty one where none is required; None where it can't be made."""
    body = operation.body
    if body is None or not body.required:
        return None, ""
    chosen = choose_content_type(None, body, {})
    if isinstance(chosen, Unserialisable):
        return None
    described = media_for(body, chosen.value)
    value = _value(None, described, (), seed, "")
    if isinstance(value, NoInstance):
        return None
    encoded = encode_body(chosen.value, value, described, from_whole_expression=True, boundary_seed=str(seed))  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
    return None if isinstance(encoded, Unserialisable) else (encoded.content, encoded.content_type)


def _credentials(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Yield location, name and value of the credentials of the first alternative."""
    for key in operation.security[0] if operation.security else ():
        scheme = operation.schemes.get(key)
        if scheme is not None and scheme.type != "mutualTLS":
            yield _credential(scheme)


def _credential(scheme: SecurityScheme) -> tuple[str, str, str]:
    if scheme.type == "apiKey":
        return scheme.location, scheme.parameter, _SECRET
    name = scheme.scheme.capitalize() if scheme.type == "http" else "Bearer"
    return "header", "Authorization", f"{name} {_BASIC if name == 'Basic' else _SECRET}"
