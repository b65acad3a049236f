"""How much is mended before a person has to."""

from __future__ import annotations

from typing import Final

MAX_ROUNDS: Final = 20
"""How often a document is judged again, with what was mended before, to be mended further."""

MAX_FIXES: Final = 2_000
"""Fixes of one document that are worked out, and applied in one round."""

MAX_MENDED_LENGTH: Final = 20_000_000
"""Characters of a document that is mended."""

MAX_MENDED_STRING: Final = 100_000
"""Characters of a string that is mended."""
