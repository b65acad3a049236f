"""The text of a pattern and the place in it; what can't be read is raised as `Malformed`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arazzo_runner.expressions.grammar import Fault


class Malformed(Exception):
    """A pattern that can't be read; carries the fault. It never leaves the reader of patterns."""

    def __init__(self, message: str, offset: int, help: str = "", code: str = "pattern-malformed") -> None:
        super().__init__(message)
        self.fault = Fault(message, offset, help, code)


@dataclass(slots=True)
class Scanner:
    """A cursor over a pattern."""

    text: str
    at: int = 0

    def peek(self) -> str:
        """Return the next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> bool:
        """Step over the wanted text if it comes next."""
        if not self.text.startswith(wanted, self.at):
            return False
        self.at += len(wanted)
        return True

    def next(self) -> str:
        """Step over the next character and return it; empty at the end."""
        found = self.peek()
        self.at += len(found)
        return found

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what a pattern matches here."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found
