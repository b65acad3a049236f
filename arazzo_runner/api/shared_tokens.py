"""Tokens that many runs share: fetched once, and again when they end or a server refused them.

A run asks for a token where it has none, where its own has expired, or where a server refused it. So whoever asks gets
the token that is kept, unless it is the one that it has had already. Runs that ask at the same time wait for one
exchange. What a callable of the caller gives is not kept: it decides itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TypeAlias

from arazzo_runner.engine.effects import Authorize
from arazzo_runner.engine.outcomes import Authorized, Failed
from arazzo_runner.sources.security import Flow, TokenKey

Fetch: TypeAlias = Callable[[Authorize], Awaitable[Authorized | Failed]]
"""Fetches one token."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token, and when it was fetched."""

    token: Authorized
    at: float

    def left(self, now: float) -> float | None:
        """Return the seconds for which it still holds; None where nobody said."""
        return None if self.token.lifetime is None else self.token.lifetime - (now - self.at)


@dataclass(slots=True)
class SharedTokens:
    """The tokens of the runs inside one event loop. `fetch` gets one that is not there; `clock` gives seconds."""

    fetch: Fetch
    clock: Callable[[], float] = monotonic
    _kept: dict[TokenKey, _Kept] = field(default_factory=dict)
    _locks: dict[TokenKey, asyncio.Lock] = field(default_factory=dict)

    def for_run(self) -> Fetch:
        """Return what answers one run that wants tokens."""
        had: dict[TokenKey, Authorized] = {}

        async def answer(effect: Authorize) -> Authorized | Failed:
            if effect.grant.flow is Flow.CALLABLE:
                return await self.fetch(effect)
            key = effect.grant.key
            async with self._locks.setdefault(key, asyncio.Lock()):
                kept = self._usable(key, had.get(key)) or await self._fetched(key, effect)
            if isinstance(kept, Failed):
                return kept
            had[key] = kept.token
            return replace(kept.token, lifetime=kept.left(self.clock()))

        return answer

    def _usable(self, key: TokenKey, had: Authorized | None) -> _Kept | None:
        kept = self._kept.get(key)
        if kept is None or kept.token is had:
            return None
        left = kept.left(self.clock())
        # What ends soon would be fetched anew at once by the run that gets it.
        return kept if left is None or left > min(_SOON, (kept.token.lifetime or 0.0) / 10) else None

    async def _fetched(self, key: TokenKey, effect: Authorize) -> _Kept | Failed:
        found = await self.fetch(effect)
        if isinstance(found, Failed):
            return found
        self._kept[key] = _Kept(found, self.clock())
        return self._kept[key]


_SOON = 30.0
"""Seconds before its end at which a token is not given to another run."""
