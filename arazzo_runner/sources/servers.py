"""The server of an operation, and the URL of a request to it (OpenAPI 3.2, Server Object).

Policy: the first server that the operation has is used. Only absolute http and https URLs come out, without user
information (credentials have their own channel) and without fragment. A query of the server's URL is kept and goes
before the request's own. A relative URL is resolved against the description's location; where that is a file, there
is no host to call, and the caller has to name one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.redact.names import hide_urls
from arazzo_runner.sources.openapi.percent import literal_path, whole_query
from arazzo_runner.sources.operations import Operation, Server

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ILLEGAL = re.compile(r"[\x00-\x20\x7f\ud800-\udfff\\<>\"^`{|}]")


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """The absolute URL that the paths of an operation are put behind: http or https, no fragment."""

    url: str

    @property
    def origin(self) -> str:
        """The scheme, host and port (RFC 6454), in lower case, the scheme's own port left out."""
        split = urlsplit(self.url)
        host = (split.hostname or "").lower()
        host = f"[{host}]" if ":" in host else host
        own = {"http": 80, "https": 443}[split.scheme]
        return f"{split.scheme}://{host}" + (f":{split.port}" if split.port not in (None, own) else "")


KEPT_URLS: Final = 256
"""URLs of servers that stay judged: each request of a run asks for its own again."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No URL could be found: `reason` is a whole clause for a person, `help` says what to do."""

    reason: str
    help: str = ""


def resolve_server(
    operation: Operation, *, override: str | None = None, variables: Mapping[str, str] | None = None
) -> ServerUrl | Unreachable:
    """Find the server of an operation.

    `override` replaces whatever the description says. `variables` holds the values given for server variables; names
    that the server does not have are not judged here but by `unknown_variable`, over all operations at once.
    """
    if override is not None:
        return absolute_url(override)
    where = f"the operation {operation.method} {operation.path} of source '{operation.source}'"
    name_one = f"name its server: --server {operation.source}=https://..."
    if not operation.servers:
        return Unreachable(f"{where} declares no server", name_one)
    server = operation.servers[0]
    url = _filled(server, variables or {})
    if isinstance(url, Unreachable):
        return url
    own, base = _split(url), _split(server.base_uri)
    if own is None or own.scheme:
        return absolute_url(url)
    if base is not None and base.scheme in ("http", "https"):
        return absolute_url(urljoin(server.base_uri, url))
    message = f"the server '{server.url}' of {where} is relative, and its description was not fetched from a host"
    return Unreachable(message, name_one)


@lru_cache(maxsize=KEPT_URLS)
def absolute_url(text: str) -> ServerUrl | Unreachable:
    """Check that text is an absolute http or https URL that requests can be sent to."""
    split = _split(text.strip())
    if split is None or split.scheme not in ("http", "https") or not split.hostname:
        help_ = "a server is written like https://api.example.com or http://localhost:8080/v1"
        return Unreachable(f"'{hide_urls(text)}' is no absolute http or https URL", help_)
    if "@" in split.netloc or _ILLEGAL.search(split.netloc):
        return Unreachable(
            f"the server at '{split.hostname}' has user information or illegal characters before its path",
            "give credentials by --auth or the environment, not in the URL",
        )
    path, query = literal_path(split.path).rstrip("/"), whole_query(split.query)
    return ServerUrl(f"{split.scheme}://{split.netloc}{path}" + (f"?{query}" if query else ""))


def join(server: ServerUrl, path: str, query: Sequence[str] = ()) -> str:
    """Put an encoded path and encoded query pieces behind a server's URL (OpenAPI 3.2: appended, never resolved).

    The server's path is kept, one slash stands between the two, and all queries are merged in their order.
    """
    base, _, fixed = server.url.partition("?")
    path, _, own = path.partition("?")
    pieces = [piece for piece in (fixed, own, *query) if piece]
    return f"{base}/{path.removeprefix('/')}" + (f"?{'&'.join(pieces)}" if pieces else "")


def server_variables(operations: Iterable[Operation]) -> frozenset[str]:
    """Return the names of all variables of the servers that the operations use."""
    used = (operation.servers[0] for operation in operations if operation.servers)
    return frozenset(name for server in used for name in (*server.variables, *_VARIABLE.findall(server.url)))


def unknown_variable(given: Iterable[str], operations: Iterable[Operation]) -> Unreachable | None:
    """Return what is wrong with the first given variable that no server has, or None."""
    known = sorted(server_variables(operations))
    for name in given:
        if name not in known:
            return Unreachable(f"no server has a variable '{name}'", did_you_mean(name, known))
    return None


def forbidden_value(given: Mapping[str, str], operations: Iterable[Operation]) -> Unreachable | None:
    """Return what is wrong with the first given value that the server of an operation does not allow, or None."""
    for operation in operations:
        for server in operation.servers[:1]:
            for name, variable in server.variables.items():
                if name in given and variable.enum and given[name] not in variable.enum:
                    message = f"'{given[name]}' is not allowed for the variable '{name}' of the server '{server.url}'"
                    return Unreachable(message, f"allowed: {', '.join(variable.enum)}")
    return None


def _filled(server: Server, given: Mapping[str, str]) -> str | Unreachable:
    values: dict[str, str] = {}
    for name in _VARIABLE.findall(server.url):
        value = _value(name, server, given)
        if isinstance(value, Unreachable):
            return value
        values[name] = value
    return _VARIABLE.sub(lambda found: values[found[1]], server.url)


def _value(name: str, server: Server, given: Mapping[str, str]) -> str | Unreachable:
    variable = server.variables.get(name)
    value = given.get(name, variable.default if variable else None)
    if value is None:
        message = f"the server '{server.url}' has a variable '{name}' without a definition or a value"
        return Unreachable(message, f"give it: --server-variable {name}=VALUE")
    if variable and variable.enum and value not in variable.enum:
        message = f"'{value}' is not allowed for the variable '{name}' of the server '{server.url}'"
        return Unreachable(message, did_you_mean(value, variable.enum))
    return value


def _split(text: str) -> SplitResult | None:
    try:
        split = urlsplit(text)
        split.port  # noqa: B018 -- raises where the port is no number
    except ValueError:
        return None
    return split
