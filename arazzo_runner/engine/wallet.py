"""The tokens of a run: what was fetched, until when it holds, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.engine.outcomes import Authorized, Clock
from arazzo_runner.sources.security import Credential, Grant, TokenKey, Tokens

EARLY: Final = 30.0
"""Seconds before its end at which a token counts as expired; a tenth of its life where that is shorter."""


@dataclass(frozen=True, slots=True)
class _Kept:
    credential: Credential
    expires: float | None
    refresh_token: str = field(repr=False)


class Wallet:
    """Tokens by what they are for. The time is that of outcomes, so that a replay has the same."""

    __slots__ = ("_kept", "_refresh", "_spent")

    def __init__(self) -> None:
        self._kept: dict[TokenKey, _Kept] = {}
        self._refresh: dict[TokenKey, str] = {}
        self._spent: set[tuple[str, str]] = set()

    def tokens(self, clock: Clock) -> Tokens:
        """Return what still holds; it does at the very moment at which it expires, or some could never be used."""
        return {
            key: kept.credential
            for key, kept in self._kept.items()
            if kept.expires is None or clock.monotonic <= kept.expires
        }

    @property
    def spent(self) -> frozenset[tuple[str, str]]:
        """The schemes whose given tokens were refused."""
        return frozenset(self._spent)

    def keep(self, grant: Grant, outcome: Authorized) -> None:
        """Keep what was fetched for a grant; a refresh token that is not replaced stays good (RFC 6749, section 6)."""
        expires = None
        if outcome.lifetime is not None:
            lifetime = max(0.0, outcome.lifetime)
            expires = outcome.clock.monotonic + lifetime - min(EARLY, lifetime / 10)
        if outcome.refresh_token:
            self._refresh[grant.key] = outcome.refresh_token
        self._kept[grant.key] = _Kept(Credential(dict(outcome.fields)), expires, outcome.refresh_token)

    def refuse(self, grant: Grant) -> None:
        """Take back what a server did not accept: what was fetched, else what was given."""
        if self._kept.pop(grant.key, None) is None:
            self._spent.add((grant.source, grant.scheme))

    def refresh_token(self, grant: Grant) -> str:
        """Return the refresh token that was fetched for a grant, or nothing."""
        return self._refresh.get(grant.key, "")

    def forget_refresh_token(self, grant: Grant) -> None:
        """Take back a refresh token that was not accepted."""
        self._refresh.pop(grant.key, None)

    def known(self) -> Mapping[TokenKey, Credential]:
        """Return everything that was fetched, expired or not."""
        return {key: kept.credential for key, kept in self._kept.items()}
