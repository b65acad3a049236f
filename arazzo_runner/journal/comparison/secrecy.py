"""Secrets of two journals, made comparable: each journal has a key of its own, so its stand-ins mean nothing elsewhere.

Where both files of secrets are there, the stand-ins of both are replaced by fingerprints under one key that is drawn
for the comparison; else all of them by the same word, which says that nothing is known. Neither shows a secret.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from typing import TypeAlias

from arazzo_runner.journal.vault import Vault
from arazzo_runner.redact import REDACTED, STAND_IN
from arazzo_runner.values import Value

Told: TypeAlias = Callable[[str], str]
"""Returns a text of one of the journals as it can be compared."""

_SIGN = b"arazzoStandIn"


def comparable(left: Vault | None, right: Vault | None) -> tuple[Told, Told]:
    """Return what makes the texts of the two journals comparable; None stands for a file that is not there."""
    if left is None or right is None:
        return masked, masked
    key = secrets.token_bytes(32)
    return _under(key, left), _under(key, right)


def _under(key: bytes, vault: Vault) -> Told:
    def fingerprint(found: re.Match[str]) -> str:
        value = vault.opened(found[0])
        if value == found[0]:
            return REDACTED  # the file was cut off, or belongs to another journal
        return f"arazzoStandIn{hmac.digest(key, value.encode('utf-8', 'surrogatepass'), 'sha256').hex()[:16]}n0z"

    return lambda text: STAND_IN.sub(fingerprint, text) if "arazzoStandIn" in text else text


def masked(text: str) -> str:
    """Return a text as it may be shown."""
    return STAND_IN.sub(REDACTED, text) if "arazzoStandIn" in text else text


def told_body(body: bytes, told: Told) -> bytes:
    """Return a body as it can be compared."""
    if _SIGN not in body:
        return body
    return told(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def told_value(value: Value, told: Told) -> Value:
    """Return a value with the texts in it as `told` has them."""
    match value:
        case str():
            return told(value)
        case bytes():
            return told_body(value, told)
        case list():
            return [told_value(item, told) for item in value]
        case dict():
            return {told(name): told_value(member, told) for name, member in value.items()}
    return value
