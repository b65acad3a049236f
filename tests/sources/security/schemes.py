"""Security schemes and operations for tests of the room."""

from __future__ import annotations

from arazzo_runner.sources.operations import OAuthFlow, Operation, SecurityScheme
from tests.sources.openapi.described import Described

CLIENT = OAuthFlow("clientCredentials", token_url="https://id.example/token")
PASSWORD = OAuthFlow("password", token_url="https://id.example/token", refresh_url="https://id.example/refresh")
CODE = OAuthFlow("authorizationCode", "https://id.example/token", "https://id.example/authorize")
DEVICE = OAuthFlow("deviceAuthorization", "https://id.example/token", device_url="https://id.example/device")
IMPLICIT = OAuthFlow("implicit", authorization_url="https://id.example/authorize")

OAUTH = SecurityScheme("oauth", "oauth2", flows=(CLIENT, PASSWORD, CODE, DEVICE))
MACHINE = SecurityScheme("machine", "oauth2", flows=(CLIENT,))
BROWSER = SecurityScheme("browser", "oauth2", flows=(IMPLICIT,))
OPENID = SecurityScheme("oidc", "openIdConnect", discovery_url="https://id.example/.well-known/openid-configuration")
KEY = SecurityScheme("key", "apiKey", location="header", parameter="X-API-Key")
DIGEST = SecurityScheme("digest", "http", scheme="digest")
MUTUAL = SecurityScheme("mtls", "mutualTLS")
BEARER = SecurityScheme("bearer", "http", scheme="bearer")
SCHEMES = {scheme.key: scheme for scheme in (OAUTH, MACHINE, BROWSER, OPENID, KEY, DIGEST, MUTUAL, BEARER)}
ALL = {("shop", key): scheme for key, scheme in SCHEMES.items()}


def operation(*alternatives: str, scopes: tuple[str, ...] = ()) -> Operation:
    """Make an operation of the source `shop`; each alternative names its schemes, with `+` between them."""
    security = tuple({key: scopes for key in alternative.split("+") if key} for alternative in alternatives)
    return Operation("shop", None, "GET", "/pets", (), Described(), security=security, schemes=SCHEMES)
