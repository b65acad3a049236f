"""A profile: chosen by its name out of a file, put together from what it extends and from the defaults.

A file that was only found says less than one that the user named. Whoever can put a file into a repository could
otherwise have any variable of the environment sent anywhere. So unless the user named the file or a profile of it, the
parts that touch secrets and connections (`RESERVED`, references to secret inputs) are left out, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.keys import Spot, settings, table, text
from arazzo_runner.profiles.settings import Settings
from arazzo_runner.profiles.toml import Written
from arazzo_runner.profiles.validation import TABLE, Validation, validation
from arazzo_runner.redact.names import is_secret_name

DEFAULTS: Final = "defaults"
PROFILES: Final = "profile"
EXTENDS: Final = "extends"
RESERVED: Final = ("auth", "auth_hosts", "tls", "proxy", "no_proxy", "cookies", "follow_redirects")
"""What a file can only say for a user who named it, or a profile of it."""

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a file says for a run. `file` is its name for a person, `name` the profile (None: the defaults alone).

    `is_named` tells that the user named the file or the profile; otherwise `left_out` has the keys that did not count.
    """

    file: str = ""
    name: str | None = None
    settings: Settings = field(default_factory=Settings)
    is_named: bool = True
    left_out: tuple[str, ...] = ()
    validation: Validation = field(default_factory=Validation)

    def hosts(self) -> frozenset[str]:
        """Return the hosts that may get the profile's credentials: its `auth-hosts`, and those of its servers."""
        parts = map(urlsplit, self.settings.servers.values())
        servers = (f"{_host(part.hostname or '')}:{part.port or _PORTS[part.scheme]}" for part in parts)
        return frozenset((*(self.settings.auth_hosts or ()), *servers))


def choose(written: Written, name: str | None, *, is_named: bool) -> Profile:
    """Return the profile of that name, over what it extends, over the defaults; without a name, the defaults.

    `is_named` tells that the user named the file; a profile that is named counts as much.

    Raises:
        UsageError: there is no such profile, `extends` goes in a circle, or any part of the file is not as it should
            be: the profiles that were not chosen are judged too.
    """
    known = _judged(written)
    found = Settings()
    for table_of in _line(written, known, name):
        found = found.over(known[table_of])
    found = found.over(known.get(None, Settings()))
    judging = validation(Spot(written, (), written.data).child(TABLE)) if TABLE in written.data else Validation()
    profile = Profile(written.name, name, found, is_named or name is not None, validation=judging)
    if not profile.is_named:
        return _reduced(profile)
    if found.auth and not profile.hosts():
        spot = ("profile", name, "auth") if name else (DEFAULTS, "auth")
        hint = 'name them beside it: auth-hosts = ["api.example.com"]'
        raise written.fault(spot, "nothing says which hosts may get these credentials", hint, key=True)
    return profile


def _judged(written: Written) -> dict[str | None, Settings]:
    """Return the settings of each table by the name of its profile, the defaults under None."""
    top = Spot(written, (), dict(written.data))
    for key in top.value:
        if key not in (DEFAULTS, PROFILES, TABLE):
            hint = did_you_mean(key, (DEFAULTS, PROFILES, TABLE))
            if "did you" not in hint:
                hint = "settings stand under [defaults] or [profile.NAME]"
            raise top.child(key).fault(f"there is no table '{key}'", hint, key=True)
    found: dict[str | None, Settings] = {}
    if DEFAULTS in top.value:
        found[None] = settings(top.child(DEFAULTS))
    if PROFILES in top.value:
        profiles = top.child(PROFILES)
        for name in table(profiles):
            spot = profiles.child(name)
            found[name] = settings(replace(spot, value={k: v for k, v in table(spot).items() if k != EXTENDS}))
    return found


def _line(written: Written, known: dict[str | None, Settings], name: str | None) -> Iterator[str]:
    """Yield the names of a profile and of those that it extends, one after the other."""
    names = [each for each in known if each is not None]
    if name is not None and name not in known:
        hint = did_you_mean(name, names)
        raise UsageError(f"there is no profile '{name}' in {written.name}", hint)
    seen: list[str] = []
    while name is not None:
        seen.append(name)
        yield name
        name = _extended(written, name, names)
        if name in seen:
            path = (PROFILES, seen[-1], EXTENDS)
            raise written.fault(path, "profiles extend each other in a circle", " -> ".join((*seen, str(name))))


def _extended(written: Written, name: str, names: list[str]) -> str | None:
    holder = Spot(written, (PROFILES, name), written.data[PROFILES][name])
    if EXTENDS not in holder.value:
        return None
    spot = holder.child(EXTENDS)
    other = text(spot, 'extends = "other"')
    if other not in names:
        raise spot.fault(f"there is no profile '{other}' to extend", did_you_mean(other, names))
    return other


def _reduced(profile: Profile) -> Profile:
    """Leave out what only counts for a user who named the file or a profile."""
    found = profile.settings
    secret = {name for name in found.inputs if is_secret_name(name)}
    secret_for = {flow: {name for name in given if is_secret_name(name)} for flow, given in found.inputs_for.items()}
    left = [key for key in RESERVED if getattr(found, key)]
    left += ["inputs"] * bool(secret) + ["inputs_for"] * any(secret_for.values())
    kept = replace(
        found,
        inputs={name: value for name, value in found.inputs.items() if name not in secret},
        inputs_for={
            flow: {name: value for name, value in given.items() if name not in secret_for[flow]}
            for flow, given in found.inputs_for.items()
        },
        **{key: getattr(Settings(), key) for key in RESERVED},
    )
    return replace(profile, settings=kept, left_out=tuple(key.replace("_", "-") for key in left))


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
