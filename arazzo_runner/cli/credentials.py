"""Variables, flags and names of a profile that look as if they were meant to give a credential, and give none.

An environment, or a file of `--env-file`, is often shared by several documents. So a variable is told only where it
comes close to one that is read: by its source, by its scheme and field, or as a field alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from arazzo_runner.diagnostics import did_you_mean, near_matches
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.sources.operations import SecurityScheme
from arazzo_runner.sources.security import (
    API_KEY,
    CLIENT_ID,
    CLIENT_SECRET,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN,
    USERNAME,
    Credential,
    Credentials,
    Schemes,
    variable_name,
    variables_of,
    way_for,
    ways_of,
)

PREFIX: Final = "ARAZZO_AUTH_"
CLOSE: Final = 0.7
"""How alike, of 1, a name of a profile and that of a scheme must be to be taken for one."""

_FIELDS: Final = (TOKEN, API_KEY, USERNAME, PASSWORD, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN)


def unread_variables(environ: Mapping[str, str], schemes: Schemes, declared: Collection[str]) -> Iterator[str]:
    """Yield a remark for each variable that is set and comes close to one of the schemes, but is none.

    `declared` are the names of all sources of the document: those that are not called may have variables of their own.
    """
    names = _Names.by(schemes)
    others = tuple({_part(source) for source in declared}.difference(names.sources))
    for variable, value in environ.items():
        rest = variable.removeprefix(PREFIX)
        if rest == variable or not value or variable in names.known or rest.startswith(others):
            continue
        if meant := names.close_to(rest):
            yield f"{variable} is set, but no credential is read from it ({did_you_mean(variable, meant)})"


def halves(schemes: Schemes, credentials: Credentials) -> Iterator[str]:
    """Yield a remark for each scheme that got a part of its credential alone, as a user without a password."""
    told: set[str] = set()
    for (source, key), names in variables_of(schemes).items():
        credential, scheme = credentials.get((source, key)), schemes[source, key]
        if credential is None:
            credential = Credential() if key in told else credentials.get((None, key), Credential())
            told.add(key)  # what was given for all sources is told once
        if way_for(scheme, credential) is not None:
            continue
        names = {field: credential.origins.get(field, name) for field, name in names.items()}
        given = [names[field] for field in names if field in credential.fields]
        begun = (way for way in ways_of(scheme) if any(field in credential.fields for field in way.needs))
        lacking = next(([field for field in way.needs if field not in credential.fields] for way in begun), [])
        if given and lacking:
            set_, not_set = " and ".join(given), " and ".join(names[field] for field in lacking)
            empty = f" (--auth {key}=USER: gives an empty password)" if lacking == [PASSWORD] else ""
            yield f"{set_} is set and {not_set} is not: scheme '{key}' needs both{empty or _flags(key, lacking)}"
        elif given:
            yield f"{' and '.join(given)} is set, and gives nothing that the scheme '{key}' can use by itself"


def _flags(key: str, lacking: Collection[str]) -> str:
    """Return how flags give the fields of a client, which a variable need not hold."""
    client = [field for field in lacking if field in (CLIENT_ID, CLIENT_SECRET)]
    if len(client) < len(lacking):
        return ""
    return f" (or give it: {' '.join(f'--auth {key}.{field.lower()}=...' for field in client)})"


def misspelt(profile: Profile, wanted: Schemes, credentials: Credentials) -> Iterator[str]:
    """Yield a remark for each credential of a profile that comes close to one that is `wanted` and not given.

    A file of profiles is often shared by several documents, so names that are not close are those of others.
    """
    lacking = {at: scheme for at, scheme in wanted.items() if not _is_enough(at, scheme, credentials)}
    known = {key for _, key in wanted} | {f"{source}.{key}" for source, key in wanted}
    open_ = {key for _, key in lacking} | {f"{source}.{key}" for source, key in lacking}
    for name in profile.settings.auth:
        close = [] if name in known else [one for one in near_matches(name, open_) if _is_close(name, one)]
        if close:
            yield f"auth.{name} of {profile.file} is no security scheme of this document; did you mean '{close[0]}'?"


def _is_enough(at: tuple[str, str], scheme: SecurityScheme, credentials: Credentials) -> bool:
    given = credentials.get(at) or credentials.get((None, at[1])) or Credential()
    return way_for(scheme, given) is not None


def _is_close(name: str, other: str) -> bool:
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= CLOSE


def _part(source: str) -> str:
    """Return what the variables of a source have behind the prefix."""
    return variable_name(source, "", "").removeprefix(PREFIX).removesuffix("_")


@dataclass(frozen=True, slots=True)
class _Names:
    """The variables that are read, the parts of them that name sources, and those behind with the variables."""

    known: tuple[str, ...]
    sources: frozenset[str]
    tails: Mapping[str, list[str]]

    @classmethod
    def by(cls, schemes: Schemes) -> _Names:
        tails: dict[str, list[str]] = {}
        for (source, _), fields in variables_of(schemes).items():
            for name in fields.values():
                tails.setdefault(name.removeprefix(PREFIX + _part(source)), []).append(name)
        known = tuple(name for names in tails.values() for name in names)
        return cls(known, frozenset(_part(source) for source, _ in schemes), tails)

    def close_to(self, rest: str) -> Collection[str]:
        """Return the variables that one may stand for; `rest` is what it has behind the prefix."""
        if rest in _FIELDS:
            return self.known
        if found := self.tails.get(rest):
            return found
        if source := next((part for part in self.sources if rest.startswith(part)), None):
            return [name for name in self.known if name.startswith(PREFIX + source)]
        for tail, found in self.tails.items():
            if rest.endswith(f"_{tail}") and near_matches(rest.removesuffix(tail), self.sources, 1):
                return found
        return []
