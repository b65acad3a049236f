"""Flags of the form `name=value` that may be repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.location import shown
from arazzo_runner.sources.servers import Unreachable, absolute_url

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


def pairs(flag: str, texts: Iterable[str]) -> dict[str, str]:
    """Return the values of a flag by name, each text split at its first `=`.

    Raises:
        UsageError: a text has no `=` or no name, or two have the same name.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"{flag} '{shown(text)}': no name=value", f"write {flag} name=value")
        _add(found, name, value, flag)
    return found


def servers(texts: Iterable[str]) -> dict[str, str]:
    """Return the server URLs by the name of their source; the empty name stands for all sources.

    Raises:
        UsageError: one is no absolute http or https URL, or two are for the same source.
    """
    found: dict[str, str] = {}
    for text in texts:
        # The URL for all sources may hold `=` itself.
        name, _, url = ("", "", text) if _URL.match(text) or "=" not in text else text.partition("=")
        checked = absolute_url(url)
        if isinstance(checked, Unreachable):
            raise UsageError(f"--server: {checked.reason.replace(url, shown(url))}", checked.help)
        _add(found, name, url, "--server")
    return found


def _add(found: dict[str, str], name: str, value: str, flag: str) -> None:
    if name in found:
        raise UsageError(f"{flag} {name}".rstrip() + ": given twice", "leave one of the two out")
    found[name] = value
