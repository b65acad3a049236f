"""A TOML text as read: its data, and faults with their places.

No message repeats a value: it could be a secret in the wrong place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from arazzo_runner.document.page import Page
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.places import Place, TooMuch, Where, places

_AT: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_LIMITS: Final = {
    "max_profile_depth": "it is nested too deeply (max_profile_depth)",
    "max_profile_number_length": "this is no number, date or word: it is too long",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file as written: `name` is how a person knows it, `folder` what its relative paths start from."""

    name: str
    folder: Path
    data: Mapping[str, Any] = field(repr=False)
    page: Page = field(repr=False)
    places: Mapping[Where, Place] = field(repr=False)

    def place(self, path: Where, *, key: bool = False) -> str:
        """Return ``file:line:column`` of the value at a path, or of its key."""
        while path and path not in self.places:
            path = path[:-1]
        found = self.places.get(path, Place(0, 0))
        return self.page.span(found.key if key else found.value).place()

    def fault(self, path: Where, message: str, hint: str, *, key: bool = False) -> UsageError:
        """Return the fault of the value at a path, or of its key."""
        return UsageError(f"{self.place(path, key=key)}: {message}", hint)


def read(content: bytes, name: str, folder: Path) -> Written:
    """Read a TOML file (TOML 1.0, in UTF-8, with or without a byte order mark).

    Raises:
        UsageError: it is no TOML; the message has the place.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(f"{name}: byte {fault.start + 1} is not UTF-8", "save the file as UTF-8") from None
    page = Page(text, name, name)
    try:
        found = places(text)
        return Written(name, folder, tomllib.loads(text), page, found)
    except TooMuch as fault:
        raise UsageError(f"{page.span(fault.offset).place()}: {_LIMITS[fault.limit]}") from None
    except tomllib.TOMLDecodeError as fault:
        raise _no_toml(str(fault), page) from None
    except (ValueError, RecursionError):  # a number or a date out of range; deeper than the places show
        raise UsageError(f"{name}: it can't be read as TOML", "a number or a date in it is out of range") from None


def _no_toml(message: str, page: Page) -> UsageError:
    at = _AT.search(message)
    reason = message[: at.start()] if at else message
    place = f"{page.name}:{at[1]}:{at[2]}" if at and at[1] else page.span(len(page.text)).place()
    return UsageError(
        f"{place}: no TOML: {reason[:1].lower()}{reason[1:]}", 'write key = "text", and [profile.NAME] above'
    )
