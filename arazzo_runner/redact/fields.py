"""Short secrets, found where one is the whole of a field: elsewhere so few characters tear holes into plain text."""

from __future__ import annotations

import html
import json
import re
from typing import Final
from urllib.parse import quote

from arazzo_runner.redact.names import REDACTED

MIN_FIELD: Final = 4
"""Secrets of so many characters are hidden in a field of any name; shorter ones by the name, or where they were put."""

MAX_FIELDS: Final = 64
"""Short secrets that are looked for in fields."""


class Fields:
    """Short secrets, and what finds them as the whole of a field."""

    __slots__ = ("_bodies", "_pairs", "_spelled")

    def __init__(self) -> None:
        self._spelled: dict[str, None] = {}
        self._pairs: re.Pattern[str] | None = None
        self._bodies: tuple[re.Pattern[str], ...] = ()

    def add(self, secret: str) -> None:
        """Look for one more, if it is long enough and there are not too many."""
        if len(secret) < MIN_FIELD or len(self._spelled) >= MAX_FIELDS:
            return
        forms = (secret, quote(secret, safe=""), html.escape(secret), json.dumps(secret)[1:-1])
        self._spelled |= dict.fromkeys((*forms, secret.replace(" ", "+")))
        self._pairs = None

    def hide_pairs(self, text: str) -> str:
        """Hide them behind `=`: as values of a query, a form or a cookie."""
        if not self._stand_in(text) or "=" not in text:
            return text
        assert self._pairs is not None
        return self._pairs.sub(f"={REDACTED}", text)

    def hide(self, text: str) -> str:
        """Hide them in a body: also as a string or a number of JSON, and as the text of an element."""
        if not self._stand_in(text):
            return text
        strings, numbers, elements = self._bodies
        text = elements.sub(f">{REDACTED}", strings.sub(f'"{REDACTED}"', self.hide_pairs(text)))
        return numbers.sub(rf'\1"{REDACTED}"', text) if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else text

    def _stand_in(self, text: str) -> bool:
        if not any(one in text for one in self._spelled):
            return False
        if self._pairs is None:
            any_of = "|".join(sorted(map(re.escape, self._spelled), key=len, reverse=True))
            self._pairs = re.compile(rf"""=(?:{any_of})(?=[&;#\s"'<>\\]|\Z)""")
            strings = re.compile(rf'"(?:{any_of})"(?!\s*:)')
            self._bodies = (
                strings,
                re.compile(rf"([:,\[\s])(?:{any_of})(?=\s*[,\]}}])"),
                re.compile(rf">(?:{any_of})(?=</)"),
            )
        return True
