"""What was given for a scheme: secret values by the names of their fields."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.openapi.headers import header_text
from arazzo_runner.sources.openapi.percent import unreserved
from arazzo_runner.sources.openapi.scalars import Unserialisable

TOKEN, API_KEY, USERNAME, PASSWORD = "TOKEN", "API_KEY", "USERNAME", "PASSWORD"
CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN = "CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"
REDIRECT_URI, CERTIFICATE = "REDIRECT_URI", "CERTIFICATE"

_OPEN: Final = frozenset((USERNAME, CLIENT_ID, REDIRECT_URI, CERTIFICATE))
"""Fields that are no secrets: they name who asks."""

_BEARER_PREFIX: Final = re.compile(r"\Abearer\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credential:
    """What was given for one scheme: field names (TOKEN, API_KEY, USERNAME, PASSWORD, CLIENT_ID ...) to values.

    `supplied` tells that a callable of the caller gives the fields when they are needed. `origins` says where each
    field came from, as its user wrote it: a variable, a flag, a key of a profile.
    """

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    supplied: bool = False
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    def over(self, other: Credential) -> Credential:
        """Return this one, filled up with what another has more."""
        origins = {**{name: other.origins[name] for name in other.fields if name in other.origins}, **self.origins}
        return Credential({**other.fields, **self.fields}, self.supplied, origins)


Credentials: TypeAlias = Mapping[tuple[str | None, str], Credential]
"""Credentials by source name and scheme key; a source of None stands for every source that has the scheme."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a password with which a challenge of the server is answered (RFC 7616)."""

    username: str = field(repr=False)
    password: str = field(repr=False)


def checked(fields: Mapping[str, str], where: str, origins: Mapping[str, str] | None = None) -> Credential:
    """Return a credential whose values can be sent, spaces around them taken off. `origins` are those of its fields.

    Raises:
        UsageError: a value can't stand in a header, or is no user name. It is not shown.
    """
    for name, value in fields.items():
        text = header_text(value)
        if isinstance(text, Unserialisable):
            raise UsageError(f"{where}: the {name} can't be sent: {text.reason}")
    return Credential({name: value.strip(" \t") for name, value in fields.items()}, origins=origins or {})


def found_for(credentials: Credentials, source: str, key: str) -> Credential:
    """Return what was given for a scheme of a source, perhaps nothing."""
    return credentials.get((source, key)) or credentials.get((None, key)) or Credential()


def bare_token(fields: Mapping[str, str]) -> str:
    """Return the token alone: people paste it with the word Bearer before it."""
    return _BEARER_PREFIX.sub("", fields[TOKEN])


def user_pass(fields: Mapping[str, str]) -> str:
    """Return the user-pass of RFC 7617, in UTF-8 and base64."""
    return base64.b64encode(f"{fields.get(USERNAME, '')}:{fields[PASSWORD]}".encode()).decode()


def secrets(credentials: Credentials) -> tuple[str, ...]:
    """Return every value that must not show in any output, the forms that travel among them, longest first."""
    values: set[str] = set()
    for credential in credentials.values():
        fields = credential.fields
        values.update(value for name, value in fields.items() if name not in _OPEN)
        if USERNAME in fields and not fields.get(PASSWORD):
            values.add(fields[USERNAME])  # where the password is empty, the user name is the key
        if TOKEN in fields:
            values.add(bare_token(fields))
        if PASSWORD in fields:
            values.add(user_pass(fields))
        if CLIENT_SECRET in fields:
            values.add(user_pass({USERNAME: fields.get(CLIENT_ID, ""), PASSWORD: fields[CLIENT_SECRET]}))
            values.add(user_pass(_encoded_client(fields)))
    values |= {unreserved(value) for value in values}
    return tuple(sorted((value for value in values if value), key=len, reverse=True))


def _encoded_client(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the client as user and password of basic authentication (RFC 6749, section 2.3.1)."""
    from urllib.parse import quote_plus

    return {USERNAME: quote_plus(fields.get(CLIENT_ID, "")), PASSWORD: quote_plus(fields[CLIENT_SECRET])}
