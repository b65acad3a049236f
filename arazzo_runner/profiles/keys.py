"""The keys of a profile: what each may hold, and what is said where it holds something else.

One table; a reader gets the value and its place, and returns it as `Settings` keep it.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.engine.limits import DEEPEST, MAX_DEPTH
from arazzo_runner.engine.settings import CHECK_LEVELS, CHECKS
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.places import Where
from arazzo_runner.profiles.references import FORMS, is_reference, placed
from arazzo_runner.profiles.settings import Settings
from arazzo_runner.profiles.toml import Written
from arazzo_runner.redact.names import gives_away, hide_pairs
from arazzo_runner.sources.egress import check_methods, read_rules
from arazzo_runner.sources.location import scheme_of
from arazzo_runner.sources.servers import Unreachable, absolute_url
from arazzo_runner.values import Value


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, and the value there."""

    written: Written
    path: Where
    value: Any

    def child(self, key: str | int) -> Spot:
        """Return the spot of an element or member."""
        return Spot(self.written, (*self.path, key), self.value[key])

    def fault(self, message: str, hint: str, *, key: bool = False) -> UsageError:
        """Return the fault of this value, or of its key."""
        return self.written.fault(self.path, message, hint, key=key)

    def wrong(self, wanted: str, example: str) -> UsageError:
        """Return the fault of a value of the wrong kind."""
        return self.fault(f"'{self.path[-1]}' is {_kind(self.value)}; it should be {wanted}", f"write {example}")


Reader: TypeAlias = Callable[[Spot], Any]
_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/@*?#:\[\]\\]+)(?::[0-9]{1,5})?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+")
_LEFT_TO: Final = "leave it out here; a credential goes under auth, by reference"


def settings(spot: Spot) -> Settings:
    """Return the settings that a table of the file holds.

    Raises:
        UsageError: a key is unknown or holds what it can't; the message has file, line and column, and no value.
    """
    found: dict[str, Any] = {}
    for key in table(spot):
        reader = KEYS.get(key)
        if reader is None:
            raise spot.child(key).fault(f"there is no setting '{key}'", did_you_mean(key, KEYS), key=True)
        found[key.replace("-", "_")] = reader(spot.child(key))
    return Settings(**found)


def table(spot: Spot) -> Mapping[str, Any]:
    """Return the value as a table.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(spot.value, dict):
        raise spot.wrong("a table", f"[{'.'.join(map(str, spot.path))}] above its members")
    return spot.value


def text(spot: Spot, example: str = '"text", in quotes') -> str:
    """Return the value as a text that is not empty.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(spot.value, str):
        raise spot.wrong("a text", example)
    if not spot.value.strip() or "\0" in spot.value:
        raise spot.fault(f"'{spot.path[-1]}' is empty, or no text that can be used", f"write {example}")
    return spot.value


def _by_name(reader: Reader) -> Reader:
    return lambda spot: {name: reader(spot.child(name)) for name in table(spot)}


def _listed(spot: Spot) -> tuple[str, ...]:
    if not isinstance(spot.value, list):
        raise spot.wrong("an array of texts", f'{spot.path[-1]} = ["one", "another"]')
    return tuple(text(spot.child(index)) for index in range(len(spot.value)))


def _hosts(spot: Spot) -> tuple[str, ...]:
    found = _listed(spot)
    for index, host in enumerate(found):
        if not _HOST.fullmatch(host.strip()):
            hint = 'write "api.example.com" or "localhost:8080", without a scheme'
            raise spot.child(index).fault("this is no host", hint)
    return tuple(host.strip().lower() for host in found)


def _word(known: tuple[str, ...]) -> Reader:
    def read(spot: Spot) -> str:
        found = text(spot, f'"{known[0]}"')
        if found not in known:
            raise spot.fault(f"'{spot.path[-1]}' is none of {', '.join(known)}", did_you_mean(found, known))
        return found

    return read


def _flag(spot: Spot) -> bool:
    if not isinstance(spot.value, bool):
        raise spot.wrong("true or false", "true or false, without quotes")
    return spot.value


# ---------------------------------------------------------------- where requests go


def _egress_hosts(spot: Spot) -> tuple[str, ...]:
    found = _listed(spot)
    for index, host in enumerate(found):
        try:
            read_rules([host])
        except UsageError:
            hint = 'write "api.example.com", "localhost:8080" or "*.example.com", without a scheme'
            raise spot.child(index).fault("this is no host", hint) from None
    return found


def _methods(spot: Spot) -> tuple[str, ...]:
    found = _listed(spot)
    for index, method in enumerate(found):
        try:
            check_methods([method])
        except UsageError:
            raise spot.child(index).fault("this is no method", 'write ["GET", "POST"]') from None
    return found


def _only_true(spot: Spot) -> bool:
    """Return a flag that a file can set and can't take back: what restricts may stand there, what allows may not."""
    if _flag(spot) is not True:
        raise spot.fault(f"'{spot.path[-1]}' can only be true: a file can't allow more", "leave it out")
    return True


def _servers(spot: Spot) -> dict[str, str]:
    """One text is the server of every source; so is the name `*` in a table."""
    if isinstance(spot.value, str):
        return {"": _server(spot)}
    if not isinstance(spot.value, dict):
        raise spot.wrong("a URL, or URLs by the names of sources", 'servers = "https://staging.example.com"')
    return {"" if name == "*" else name: _server(spot.child(name)) for name in spot.value}


def _server(spot: Spot) -> str:
    url = _without_secret(spot)
    if isinstance(absolute_url(url), Unreachable):
        raise spot.fault("this is no absolute http or https URL", "write it like https://staging.example.com/v1")
    return url


def _without_secret(spot: Spot) -> str:
    """Return a text that may be a URL and carries no secret in it."""
    found = text(spot)
    if hide_pairs(found) != found:
        raise spot.fault(f"'{spot.path[-1]}' holds a secret in its URL, and no secret stands in this file", _LEFT_TO)
    return found


def _variable(spot: Spot) -> str:
    if isinstance(spot.value, int) and not isinstance(spot.value, bool):
        return str(spot.value)
    return text(spot)


def _proxy(spot: Spot) -> str:
    url = _without_secret(spot)
    if scheme_of(url) not in ("http", "https", "socks5", "socks5h"):
        raise spot.fault("this is no URL of a proxy", 'write proxy = "http://proxy.example.com:8080"')
    return url


# ---------------------------------------------------------------- files


def _path(spot: Spot) -> str:
    """Return an absolute path; a relative one starts from the folder of the file, and `~` is the home folder."""
    found = text(spot)
    try:
        return os.path.normpath(spot.written.folder / Path(found).expanduser())
    except RuntimeError:  # `~name` of nobody is a name like any other
        return os.path.normpath(spot.written.folder / found)


def _path_or_url(spot: Spot) -> str:
    return _without_secret(spot) if scheme_of(text(spot)) else _path(spot)


def _documents(spot: Spot) -> tuple[str, ...]:
    _listed(spot)
    return tuple(_path_or_url(spot.child(index)) for index in range(len(spot.value)))


def _folder(spot: Spot) -> Path:
    path = Path(_path(spot))
    if not path.is_dir():
        raise spot.fault(f"there is no folder {path}", "a relative path starts from the folder of this file")
    return path


# ---------------------------------------------------------------- inputs and credentials


def _input(spot: Spot) -> Value:
    """Return an input; one with a secret name is a reference."""
    name = str(spot.path[-1])
    if gives_away(name, spot.value):
        return _reference(spot, f"input '{name}'")
    return _json(spot)


def _json(spot: Spot) -> Value:
    match spot.value:
        case dict():
            for name, value in spot.value.items():
                if gives_away(name, value):
                    raise _literal(spot.child(name), f"'{name}'", "give the whole input with -i or the environment")
            return cast(Value, {name: _json(spot.child(name)) for name in spot.value})
        case list():
            return cast(Value, [_json(spot.child(index)) for index in range(len(spot.value))])
        case date() | time():
            raise spot.fault("a date or time is a text for an input", "write it in quotes")
        case float() if not math.isfinite(spot.value):
            raise spot.fault("an input can't be inf or nan", "write a number, or a text in quotes")
    return cast(Value, spot.value)


def _auth(spot: Spot) -> str | dict[str, str]:
    """Return the reference of a credential, or of each of its fields by their names."""
    if not isinstance(spot.value, dict):
        return _reference(spot, f"the credential '{spot.path[-1]}'")
    found = {}
    for name in spot.value:
        field = name.upper().replace("-", "_")
        if field not in _CREDENTIAL:
            known = [each.lower().replace("_", "-") for each in _CREDENTIAL]
            raise spot.child(name).fault(f"a credential has no field '{name}'", did_you_mean(name, known), key=True)
        open_ = field in _OPEN and (field != "USERNAME" or "password" in spot.value)
        child = spot.child(name)
        found[field] = text(child) if open_ and not is_reference(text(child)) else _reference(child, f"'{name}'")
    return found


_CREDENTIAL: Final = (
    "TOKEN",
    "API_KEY",
    "USERNAME",
    "PASSWORD",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "REFRESH_TOKEN",
    "REDIRECT_URI",
)
_OPEN: Final = ("USERNAME", "CLIENT_ID", "REDIRECT_URI")
"""Fields that are no secrets; but a user name without a password is the key itself."""


def _reference(spot: Spot, what: str) -> str:
    if not isinstance(spot.value, str) or not is_reference(spot.value):
        raise _literal(spot, what, f"write where it is instead: {FORMS}")
    return placed(spot.value, spot.written.folder)


def _literal(spot: Spot, what: str, hint: str) -> UsageError:
    return spot.fault(f"{what} is a secret, and no secret stands in this file (not shown)", hint)


# ---------------------------------------------------------------- limits and certificates


def _one_of(readers: Mapping[str, Reader], what: str) -> Reader:
    def read(spot: Spot) -> dict[str, Any]:
        found = {}
        for name in table(spot):
            if name not in readers:
                raise spot.child(name).fault(f"there is no {what} '{name}'", did_you_mean(name, readers), key=True)
            found[name.replace("-", "_")] = readers[name](spot.child(name))
        return found

    return read


def _seconds(spot: Spot) -> float:
    number = spot.value
    if not isinstance(number, int | float) or isinstance(number, bool) or not 0 < number <= 10**9:
        raise spot.wrong("a number of seconds above 0, a billion at most", f"{spot.path[-1]} = 30")
    return number


def _count(spot: Spot) -> int:
    if not isinstance(spot.value, int) or isinstance(spot.value, bool) or spot.value < 1:
        raise spot.wrong("a whole number above 0", f"{spot.path[-1]} = 1000")
    return spot.value


def _depth(spot: Spot) -> int:
    if not isinstance(spot.value, int) or isinstance(spot.value, bool) or not 1 <= spot.value <= DEEPEST:
        raise spot.wrong(f"a whole number from 1 to {DEEPEST}", f"{spot.path[-1]} = {MAX_DEPTH}")
    return spot.value


def _wait(spot: Spot) -> float:
    return 0 if spot.value == 0 and not isinstance(spot.value, bool) else _seconds(spot)


LIMITS: Final[Mapping[str, Reader]] = {
    "timeout": _seconds,
    "run-timeout": _seconds,
    "max-wait": _wait,
    "max-steps": _count,
    "max-depth": _depth,
    "max-redirects": _count,
    "max-body": _count,
    "max-bytes": _count,
}
"""The limits of a run that can be set, named as their flags."""


def _password(spot: Spot) -> str:
    return _reference(spot, "the password of the certificate's key")


TLS: Final[Mapping[str, Reader]] = {
    "cacert": _path,
    "insecure-hosts": _hosts,
    "client-cert": _path,
    "client-key": _path,
    "client-cert-password": _password,
}
"""What can be said about certificates."""

KEYS: Final[Mapping[str, Reader]] = {
    "servers": _servers,
    "server-variables": _by_name(_variable),
    "sources": _by_name(_path_or_url),
    "base-dir": _folder,
    "documents": _documents,
    "inputs": _by_name(_input),
    "inputs-for": _by_name(_by_name(_input)),
    "auth": _by_name(_auth),
    "auth-hosts": _hosts,
    "limits": _one_of(LIMITS, "limit"),
    "strict": _flag,
    "follow-redirects": _flag,
    "cookies": _flag,
    "check": _word(CHECKS),
    "check-level": _word(CHECK_LEVELS),
    "tls": _one_of(TLS, "setting of TLS"),
    "proxy": _proxy,
    "no-proxy": _listed,
    "allow-hosts": _egress_hosts,
    "allow-methods": _methods,
    "deny-private": _only_true,
}
"""Each key of a profile, and what reads it."""


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return "a text"
        case int():
            return "a whole number"
        case float():
            return "a number"
        case list():
            return "an array"
        case dict():
            return "a table"
    return "a date or time"
