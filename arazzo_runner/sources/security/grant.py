"""What is needed to fetch a token: plain data, with the secrets out of sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias
from urllib.parse import urljoin, urlsplit

from arazzo_runner.sources.operations import Document, SecurityScheme
from arazzo_runner.sources.security.credential import Credential
from arazzo_runner.sources.security.ways import Flow, Way
from arazzo_runner.values import Path

_DISCOVERIES: Final = {"oauth2": "oauth2MetadataUrl", "openIdConnect": "openIdConnectUrl"}
"""Where a scheme names the metadata of its server, by its type."""

TokenKey: TypeAlias = tuple[str, str, tuple[str, ...]]
"""What a token was fetched for: source, key of the scheme, scopes."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A token to be fetched: by which flow, where, for what, with what.

    `discovery_url` is where the server's own metadata say what the other URLs leave out. `named_hosts` are hosts
    (`host` or `host:port`) that the caller named for credentials. `fields` are those of the credential, `origins` says
    where each came from. `written_at` is the place in `document` of the URL that is asked first.
    """

    source: str
    scheme: str
    flow: Flow
    scopes: tuple[str, ...] = ()
    token_url: str = ""
    authorization_url: str = ""
    device_url: str = ""
    discovery_url: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    named_hosts: frozenset[str] = frozenset()
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)
    document: Document | None = field(default=None, repr=False, compare=False)
    written_at: Path = field(default=(), compare=False)

    @property
    def key(self) -> TokenKey:
        """What the token is for."""
        return self.source, self.scheme, self.scopes

    @property
    def urls(self) -> tuple[tuple[str, str], ...]:
        """The URLs that something is sent to, with the name that each has in a description."""
        named = (
            ("token URL", self.token_url),
            ("authorization URL", self.authorization_url),
            ("device authorization URL", self.device_url),
            ("discovery URL", self.discovery_url),
        )
        return tuple((name, url) for name, url in named if url)

    @property
    def address(self) -> str:
        """The URL that is asked first, as it may be shown: without its query, and who logs in there."""
        url = self.discovery_url or self.device_url or self.token_url
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if url else ""

    def at(self, server: str) -> Grant:
        """Return the grant with relative URLs resolved against the server of the API (OpenAPI 3.2, API URLs)."""
        base = server if server.endswith("/") else f"{server}/"

        def absolute(url: str) -> str:
            try:
                return urljoin(base, url) if url else ""
            except ValueError:
                return url

        return replace(
            self,
            token_url=absolute(self.token_url),
            authorization_url=absolute(self.authorization_url),
            device_url=absolute(self.device_url),
            discovery_url=absolute(self.discovery_url),
        )


def grant_by(way: Way, key: TokenKey, credential: Credential, scheme: SecurityScheme) -> Grant:
    """Return the grant that a way with a flow stands for."""
    fields = credential.fields
    if way.flow is None:
        raise AssertionError("a credential that is there already needs no grant")
    urls = way.urls
    if urls is None:
        return Grant(*key[:2], way.flow, key[2], fields=fields)
    renews = way.flow is Flow.REFRESH and urls.refresh_url
    document, at = (scheme.document, (*scheme.at, _DISCOVERIES.get(scheme.type, "")))
    if urls.token_url or renews:
        document, at = urls.document, (*urls.at, "refreshUrl" if renews else "tokenUrl")
    token_url = urls.refresh_url or urls.token_url if way.flow is Flow.REFRESH else urls.token_url
    interactive = way.flow is Flow.CODE
    return Grant(
        source=key[0],
        scheme=key[1],
        flow=way.flow,
        scopes=key[2],
        token_url=token_url,
        authorization_url=urls.authorization_url if interactive else "",
        device_url=urls.device_url if way.flow is Flow.DEVICE else "",
        discovery_url="" if token_url else scheme.discovery_url,
        fields={name: value for name, value in fields.items() if name in (*way.needs, *way.may)},
        origins=credential.origins,
        document=document,
        written_at=at,
    )
