"""The ways to satisfy a security scheme: the fields that each needs, and the flow that makes a token of them.

One table for all types of schemes. The order is the order of choice: what is a credential already, then what can be
fetched without a person, then what needs one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from arazzo_runner.sources.openapi.headers import refused_header
from arazzo_runner.sources.operations import OAuthFlow, SecurityScheme
from arazzo_runner.sources.security.credential import (
    API_KEY,
    CERTIFICATE,
    CLIENT_ID,
    CLIENT_SECRET,
    PASSWORD,
    REDIRECT_URI,
    REFRESH_TOKEN,
    TOKEN,
    USERNAME,
    Credential,
)


class Flow(Enum):
    """How a token is fetched; the values are the grant types of OAuth 2.0, but for a callable of the caller."""

    REFRESH = "refresh_token"
    PASSWORD = "password"
    CLIENT = "client_credentials"
    CODE = "authorization_code"
    DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
    CALLABLE = "callable"

    @property
    def label(self) -> str:
        """The name of the flow for a person."""
        return "device code" if self is Flow.DEVICE else self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Way:
    """One way: the fields that it needs and may have. Without a `flow`, these are the credential themselves.

    `urls` says where the flow is, unless the metadata of the server do.
    """

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    flow: Flow | None = None
    urls: OAuthFlow | None = None


_CLIENT = (CLIENT_ID, CLIENT_SECRET)


def ways_of(scheme: SecurityScheme) -> tuple[Way, ...]:
    """Return the ways to satisfy a scheme, the best first; none where we can't."""
    match scheme.type, scheme.scheme:
        case "apiKey", _:
            return (Way((API_KEY,)),) if _places_key(scheme) else ()
        case "http", "bearer":
            return (Way((TOKEN,)),)
        case "http", "basic" | "digest":
            return (Way((USERNAME, PASSWORD)),)
        case "mutualTLS", _:
            return (Way((CERTIFICATE,)),)
        case (("oauth2" | "openIdConnect"), _):
            return (Way((TOKEN,)), *_flows(scheme))
    return ()


def way_for(scheme: SecurityScheme, credential: Credential, *, spent: bool = False) -> Way | None:
    """Return the first way that what was given is enough for; `spent` leaves out the token that was given."""
    if credential.supplied:
        return Way((), flow=Flow.CALLABLE)
    ways = (way for way in ways_of(scheme) if way.flow or not spent)
    return next((way for way in ways if all(field in credential.fields for field in way.needs)), None)


def fields_of(scheme: SecurityScheme) -> tuple[str, ...]:
    """Return all fields that can be given for a scheme, each once."""
    return tuple(dict.fromkeys(field for way in ways_of(scheme) for field in (*way.needs, *way.may)))


def is_complete(scheme: SecurityScheme, fields: Collection[str]) -> bool:
    """Tell whether these fields are enough for one of the ways."""
    return any(all(field in fields for field in way.needs) for way in ways_of(scheme))


def _places_key(scheme: SecurityScheme) -> bool:
    if scheme.location == "header":
        return refused_header(scheme.parameter) is None
    return scheme.location in ("query", "cookie") and bool(scheme.parameter)


def _flows(scheme: SecurityScheme) -> Iterator[Way]:
    """Yield the ways to fetch a token. A server that is discovered may have any flow: it says so itself."""
    anywhere = OAuthFlow("") if scheme.discovery_url else None
    renewing = next((flow for flow in scheme.flows if flow.refresh_url or flow.token_url), anywhere)
    if renewing:
        yield Way((REFRESH_TOKEN,), _CLIENT, Flow.REFRESH, renewing)
    if found := _with_urls(scheme, "password", "token_url") or anywhere:
        yield Way((USERNAME, PASSWORD), _CLIENT, Flow.PASSWORD, found)
    if found := _with_urls(scheme, "clientCredentials", "token_url") or anywhere:
        yield Way(_CLIENT, (), Flow.CLIENT, found)
    if found := _with_urls(scheme, "authorizationCode", "token_url", "authorization_url") or anywhere:
        yield Way((CLIENT_ID,), (CLIENT_SECRET, REDIRECT_URI), Flow.CODE, found)
    if found := _with_urls(scheme, "deviceAuthorization", "token_url", "device_url"):
        yield Way((CLIENT_ID,), (CLIENT_SECRET,), Flow.DEVICE, found)


def _with_urls(scheme: SecurityScheme, kind: str, *urls: str) -> OAuthFlow | None:
    flows = (flow for flow in scheme.flows if flow.kind == kind)
    return next((flow for flow in flows if all(getattr(flow, url) for url in urls)), None)
