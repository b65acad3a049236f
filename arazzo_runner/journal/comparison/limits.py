"""The bounds of comparing two journals, so that long runs and long bodies take seconds."""

from __future__ import annotations

from typing import Final

MAX_ALIGNED: Final = 2_000_000
"""Pairs of steps (or tries) that are weighed to find which belong together. Beyond, the order alone counts."""

MAX_BODY_PARSED: Final = 5_000_000
"""Characters of a body that is compared member by member. A longer one is compared as a text."""

MAX_BODIES_PARSED: Final = 30_000_000
"""Characters of all bodies that differ and are compared member by member. Those after are compared as texts."""

MAX_DIFFERENCES: Final = 100
"""Differences of one message, or of the outputs of one step, that are told. More are only said to be there."""

MAX_VALUE: Final = 2_000
"""Characters of a text that are kept of a difference, from a little before the first that differs on."""

MAX_NESTING: Final = 200
"""Levels of a value that are looked into. What is deeper is compared as a whole."""
