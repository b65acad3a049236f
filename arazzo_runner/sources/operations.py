"""An API operation, read out of its description, in the terms that a request and an answer need.

One vocabulary for OpenAPI 3.2, 3.1, 3.0 and Swagger 2.0: the readers in `sources.openapi` translate into it, and
nothing above this floor knows which version a description has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from arazzo_runner.diagnostics import Span
from arazzo_runner.values import JSON, Path


class Document(Protocol):
    """The API description that a piece was read from: it follows references and finds places.

    `sources.openapi.document.OpenApiDocument` is the one that descriptions are read with.
    """

    @property
    def uri(self) -> str:
        """The absolute URI of the document."""

    @property
    def version(self) -> str:
        """The `major.minor` of the description: ``2.0``, ``3.0``, ``3.1``, ``3.2``."""

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where a node stands in the text."""

    def follow(self, schema: Schema) -> Schema | None:
        """Return the schema that the `$ref` of `schema` leads to, `schema` itself where it has none.

        None where the reference leads nowhere, or in a circle.
        """

    def bundle(self, schema: Schema, side: str = "") -> JSON:
        """Return the schema as one JSON Schema of draft 2020-12, with everything it refers to under `$defs`.

        What earlier versions of OpenAPI spell in their own way (`nullable`, boolean `exclusiveMinimum`, `example`,
        ``type: file``) is translated. On the `side` request read-only properties are not required, on response
        write-only ones.
        """


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema as written, with what is needed to follow its references.

    `node` is the Schema Object or boolean, `document` the description it stands in, `at` its place there.
    """

    node: JSON
    document: Document = field(repr=False)
    at: Path = ()


@dataclass(frozen=True, slots=True)
class MediaType:
    """Media Type Object: the schema and examples of one content type.

    `examples` are the values of `example` and `examples` in the order written. `encoding` is the Encoding Object of
    each property, its references followed. `item_schema` describes each item of a sequential media type, and
    `prefix_encoding` and `item_encoding` are the Encoding Objects of parts by their position (OpenAPI 3.2).
    """

    name: str
    schema: Schema | None = None
    examples: tuple[JSON, ...] = ()
    encoding: Mapping[str, JSON] = field(default_factory=dict)
    at: Path = ()
    item_schema: Schema | None = None
    prefix_encoding: tuple[JSON, ...] = ()
    item_encoding: JSON = None


@dataclass(frozen=True, slots=True)
class OperationParameter:
    """Parameter Object of OpenAPI, defaults of its place filled in.

    `location` is path, query, header, cookie or querystring. `style` is one of OpenAPI's styles. `content` is set
    where the parameter is described by a media type instead of a schema. `default` is the schema's.
    """

    name: str
    location: str
    required: bool = False
    style: str = "form"
    explode: bool = True
    allow_reserved: bool = False
    allow_empty_value: bool = False
    schema: Schema | None = None
    content: MediaType | None = None
    examples: tuple[JSON, ...] = ()
    at: Path = ()


@dataclass(frozen=True, slots=True)
class OperationBody:
    """Request Body Object: what may be sent, by media type, in the order written."""

    required: bool
    content: Mapping[str, MediaType]
    at: Path = ()


@dataclass(frozen=True, slots=True)
class OperationHeader:
    """Header Object of a response."""

    name: str
    required: bool = False
    schema: Schema | None = None
    examples: tuple[JSON, ...] = ()


@dataclass(frozen=True, slots=True)
class OperationResponse:
    """Response Object. `status` is the key as written: ``200``, ``4XX`` or ``default``.

    `produces` are media types that can be asked for though nothing is said of a body (Swagger 2.0).
    """

    status: str
    headers: Mapping[str, OperationHeader] = field(default_factory=dict)
    content: Mapping[str, MediaType] = field(default_factory=dict)
    at: Path = ()
    produces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """Server Variable Object; `enum` is empty where any value may be given."""

    default: str
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """Server Object: `url` is the template as written, perhaps relative; `base_uri` is what it is relative to.

    `document` is the one that names the server: who trusts one trusts the other.
    """

    url: str
    variables: Mapping[str, ServerVariable] = field(default_factory=dict)
    base_uri: str = ""
    document: Document | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OAuthFlow:
    """OAuth Flow Object. `kind` is its key in OpenAPI 3.2 (clientCredentials, password, authorizationCode, ...).

    URLs are as written: a relative one is meant against the server of the API. Empty where there is none. `at` is the
    flow's place in `document`.
    """

    kind: str
    token_url: str = ""
    authorization_url: str = ""
    refresh_url: str = ""
    device_url: str = ""
    scopes: tuple[str, ...] = ()
    document: Document | None = field(default=None, repr=False, compare=False)
    at: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """Security Scheme Object. `key` is its name in the description.

    `type` is apiKey, http, oauth2, openIdConnect or mutualTLS; `scheme` is the HTTP scheme in lower case (bearer,
    basic, digest ...); `location` and `parameter` say where an apiKey goes (header, query, cookie; its name). `flows`
    are those of oauth2, `discovery_url` is where the metadata of an authorization server are (openIdConnect). `at` is
    the scheme's place in `document`.
    """

    key: str
    type: str
    scheme: str = ""
    location: str = ""
    parameter: str = ""
    flows: tuple[OAuthFlow, ...] = ()
    discovery_url: str = ""
    document: Document | None = field(default=None, repr=False, compare=False)
    at: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """Operation Object with everything that its path item and document add to it.

    `source` is the name of the Source Description, `method` is upper case (a custom one of 3.2 as written), `path` is
    the template as written. `security` lists the alternatives: each maps scheme keys to scopes, an empty mapping means
    that none is needed. An empty `security` means that nothing is said. `at` is the operation's place in `document`.
    """

    source: str
    operation_id: str | None
    method: str
    path: str
    at: Path
    document: Document = field(repr=False)
    parameters: tuple[OperationParameter, ...] = ()
    body: OperationBody | None = None
    responses: Mapping[str, OperationResponse] = field(default_factory=dict)
    servers: tuple[Server, ...] = ()
    security: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)

    def parameter(self, name: str, location: str) -> OperationParameter | None:
        """Return the declared parameter of that name and place (header names without case), or None."""
        if location == "header":
            name = name.lower()
            return next((p for p in self.parameters if p.location == "header" and p.name.lower() == name), None)
        return next((p for p in self.parameters if p.name == name and p.location == location), None)
