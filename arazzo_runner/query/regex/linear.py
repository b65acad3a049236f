"""The automaton: the regex engine in Rust that `jsonschema-rs` brings along, for patterns that need no way back.

Its time is the size of the pattern times the length of the text, whatever the pattern says. `jsonschema-rs` has no call
for a search, so a schema with a `pattern` is asked whether it takes the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_COMPILED_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Linear:
    """A pattern in the engine's own spelling."""

    spelling: str

    def is_taken(self) -> bool:
        """Tell whether the engine takes the pattern: it knows the properties in it, and it is not too large."""
        from jsonschema_rs import ValidationError

        try:
            _engine(self.spelling)
        except ValidationError:
            return False
        return True

    def search(self, text: str) -> bool:
        """Tell whether the pattern matches anywhere in a text, which must hold no surrogates."""
        return _engine(self.spelling).is_valid(text)


@lru_cache(maxsize=256)
def _engine(spelling: str) -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator, FancyRegexOptions

    options = FancyRegexOptions(size_limit=_COMPILED_BYTES)
    return Draft202012Validator({"pattern": spelling}, pattern_options=options, offline=True)
