"""Who may call: Security Scheme and Security Requirement Objects of OpenAPI 3.x, and those of Swagger 2.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import Dangling, follow, followed
from arazzo_runner.sources.operations import OAuthFlow, SecurityScheme

Requirements = tuple[Mapping[str, tuple[str, ...]], ...]

_TYPES = ("apiKey", "http", "oauth2", "openIdConnect", "mutualTLS")
_URLS_OF_FLOWS = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
    "deviceAuthorization": ("deviceAuthorizationUrl", "tokenUrl"),
}
"""The flows that there are, and the URLs that each must have."""

_FLOWS_2_0 = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def declared_schemes(root: Node, faults: Faults) -> dict[str, SecurityScheme]:
    """Read all security schemes that a description declares, by their keys."""
    components = root.member("components")
    declared = components.member("securitySchemes") if components is not None else root.member("securityDefinitions")
    schemes: dict[str, SecurityScheme] = {}
    for key, written in declared.members() if declared is not None else ():
        node = followed(written, faults)
        scheme = scheme_of(key, node, faults) if node is not None else None
        if scheme is not None:
            schemes[key] = scheme
    return schemes


def scheme_of(key: str, node: Node, faults: Faults) -> SecurityScheme | None:
    """Read one Security Scheme Object; Swagger's type `basic` becomes HTTP's."""
    kind = node.text("type")
    if kind == "basic":
        return SecurityScheme(key, "http", scheme="basic")
    if kind not in _TYPES:
        faults.add("openapi-security", f"security scheme '{key}' must have one of the types {', '.join(_TYPES)}", node)
        return None
    if kind == "apiKey" and (node.text("name") is None or node.text("in") not in ("header", "query", "cookie")):
        faults.add("openapi-security", f"security scheme '{key}' does not say where its key goes (in, name)", node)
        return None
    if kind == "http" and not node.text("scheme"):
        faults.add("openapi-security", f"security scheme '{key}' does not name its HTTP scheme", node)
        return None
    api_key = kind == "apiKey"
    return SecurityScheme(
        key=key,
        type=kind,
        scheme=(node.text("scheme") or "").lower() if kind == "http" else "",
        location=(node.text("in") or "") if api_key else "",
        parameter=(node.text("name") or "") if api_key else "",
        flows=tuple(_flows(key, node, faults)) if kind == "oauth2" else (),
        discovery_url=_discovery_url(key, kind, node, faults),
        document=node.document,
        at=node.at,
    )


def _flows(key: str, node: Node, faults: Faults) -> Iterator[OAuthFlow]:
    """Read the flows of OAuth 2.0; a scheme of Swagger has one, written beside its type."""
    single = node.text("flow")
    flows = node.member("flows")
    if single is not None and flows is None:
        yield from _flow(key, _FLOWS_2_0.get(single, single), node, faults)
    for kind, written in flows.fields() if flows is not None else ():
        yield from _flow(key, kind, written, faults)


def _flow(key: str, kind: str, node: Node, faults: Faults) -> Iterator[OAuthFlow]:
    if kind not in _URLS_OF_FLOWS:
        faults.add("openapi-security", f"security scheme '{key}' has an unknown flow '{kind}'", node)
        return
    for name in _URLS_OF_FLOWS[kind]:
        if not node.text(name):
            faults.add("openapi-security", f"the flow '{kind}' of security scheme '{key}' has no {name}", node)
    scopes = node.member("scopes")
    yield OAuthFlow(
        kind=kind,
        token_url=(node.text("tokenUrl") or "").strip(),
        authorization_url=(node.text("authorizationUrl") or "").strip(),
        refresh_url=(node.text("refreshUrl") or "").strip(),
        device_url=(node.text("deviceAuthorizationUrl") or "").strip(),
        scopes=tuple(name for name, _ in scopes.fields()) if scopes is not None else (),
        document=node.document,
        at=node.at,
    )


def _discovery_url(key: str, kind: str, node: Node, faults: Faults) -> str:
    if kind == "oauth2":
        return (node.text("oauth2MetadataUrl") or "").strip()
    if kind != "openIdConnect":
        return ""
    url = (node.text("openIdConnectUrl") or "").strip()
    if not url:
        faults.add("openapi-security", f"security scheme '{key}' has no openIdConnectUrl", node)
    return url


def requirements_of(operation: Node, root: Node, faults: Faults) -> Requirements:
    """Read the alternatives of `security`: those of the operation, else those of the document.

    A list that is written and empty says that nothing is needed, which is one alternative that needs nothing.
    """
    written = operation.member("security") or root.member("security")
    if written is None:
        return ()
    if not isinstance(written.data, list):
        faults.unexpected(written, "an array of Security Requirement Objects")
        return ()
    alternatives: list[Mapping[str, tuple[str, ...]]] = []
    for each in written.elements():
        if not isinstance(each.data, dict):
            faults.unexpected(each, "a Security Requirement Object")
            continue
        alternatives.append({key: _scopes(scopes) for key, scopes in each.data.items()})
    return tuple(alternatives) if written.data else ({},)


def _scopes(scopes: object) -> tuple[str, ...]:
    return tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else ()


def schemes_for(requirements: Requirements, operation: Node, root: Node, faults: Faults) -> dict[str, SecurityScheme]:
    """Return the schemes of the description, and those that a requirement names by URI (OpenAPI 3.2).

    Names belong to the entry document; a file with operations may bring its own where the entry document has none.
    """
    schemes = declared_schemes(root, faults)
    if operation.document is not root.document:
        schemes = {**declared_schemes(operation.document.root, faults), **schemes}
    for key in {key: None for alternative in requirements for key in alternative}:
        if key not in schemes:
            scheme = _by_reference(key, root, faults) if root.document.version >= "3.2" else None
            if scheme is None:
                where = operation if operation.member("security") is not None else root
                message = f"the security scheme '{key}' is required and not declared"
                faults.add("openapi-security", message, where.member("security") or where)
            else:
                schemes[key] = scheme
    return schemes


def _by_reference(key: str, root: Node, faults: Faults) -> SecurityScheme | None:
    target = root.document.resolve(key)
    node = target if isinstance(target, Dangling) else follow(target)
    return scheme_of(key, node, faults) if isinstance(node, Node) and isinstance(node.data, dict) else None
