"""The bounds of a run, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REQUEST_TIMEOUT: Final = 30.0
"""Seconds that a request may take unless the caller says otherwise."""

MAX_STEPS: Final = 1000
"""Attempts and activations that a run may use unless the caller says otherwise (P21)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use. Reaching one that belongs to the whole run ends it with `LimitReached`.

    `max_steps` is the one budget of a run (practical reading P21): every attempt of a step and every activation of a
    workflow counts, in called workflows too. `max_depth` bounds workflows that call workflows. `run_timeout` and
    `request_timeout` are seconds; `max_wait` clamps what a `Retry-After` header may ask for, in seconds.
    """

    max_steps: int = MAX_STEPS
    max_depth: int = 50
    request_timeout: float = REQUEST_TIMEOUT
    run_timeout: float | None = None
    max_wait: float = 300.0
