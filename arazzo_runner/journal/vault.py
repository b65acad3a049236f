"""What stands in a journal for each secret, and the file beside it that knows the way back.

A secret is replaced by a stand-in: a fingerprint of its value under a key that is drawn for the journal, and the
number of the form that it had there (`0`: as it is; others: percent-encoded, within base64, cut). The key and what the
stand-ins stand for lie in ``FILE.secrets``, for its owner's eyes only. Without that file a stand-in tells nothing, but
that two places held the same secret.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from arazzo_runner.errors import CannotContinue, UsageError
from arazzo_runner.journal.codec import Undecodable, encode, value_of
from arazzo_runner.redact.names import STAND_IN
from arazzo_runner.values import Value

SUFFIX: Final = ".secrets"
"""What the name of the file with the secrets has more than the name of the journal."""

OWNER_ONLY: Final = 0o600

_HEAD: Final = len("arazzoStandIn") + 16
"""Characters of a stand-in that tell which secret it stands for."""

_MEMBER = re.compile(f'"({STAND_IN.pattern})"')
_NUMBERED = re.compile(r"(arazzoStandIn[0-9a-f]{16})n[0-9]+z")


def _nobody(stand_in: str, value: Value) -> None:
    """Keep nothing."""


class Vault:
    """Stand-ins and what they stand for. `keep` is called for each new pair before its stand-in is used anywhere."""

    def __init__(
        self,
        key: bytes | None = None,
        held: Mapping[str, Value] | None = None,
        keep: Callable[[str, Value], None] = _nobody,
    ) -> None:
        self._key = key or secrets.token_bytes(32)
        self._held: dict[str, Value] = dict(held or {})
        self._names = {_identity(name, value): name for name, value in self._held.items()}
        self._forms: dict[str, int] = {}
        for name in self._held:
            self._forms[name[:_HEAD]] = max(self._forms.get(name[:_HEAD], 0), int(name[_HEAD + 1 : -1]))
        self._keep = keep

    def stand_in(self, secret: str, form: Value) -> str:
        """Return what stands for a secret where it has that form."""
        if STAND_IN.fullmatch(secret):
            return secret
        print_ = hmac.digest(self._key, secret.encode("utf-8", "surrogatepass"), "sha256").hex()[:16]
        head = f"arazzoStandIn{print_}"
        known = self._names.get(_identity(head, form))
        if known is not None:
            return known
        number = 0 if form == secret else max(1, self._forms.get(head, 0) + 1)
        name = f"{head}n{number}z"
        self._keep(name, form)
        self._forms[head] = max(self._forms.get(head, 0), number)
        self._held[name] = form
        self._names[_identity(name, form)] = name
        return name

    def opened(self, text: str) -> str:
        """Return the text with every stand-in that is known replaced by what it stands for."""
        if not self._held:
            return text
        return STAND_IN.sub(lambda found: str(self._held.get(found[0], found[0])), text)

    def opened_body(self, body: bytes) -> bytes:
        """Return a body with its stand-ins replaced; a member of JSON that is one gets its value in its own type."""
        text = body.decode("utf-8", "surrogateescape")
        if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            text = _MEMBER.sub(self._member, text)
        return self.opened(text).encode("utf-8", "surrogateescape")

    def _member(self, found: re.Match[str]) -> str:
        value = self._held.get(found[1])
        return found[0] if value is None or isinstance(value, str | bytes) else json.dumps(value)

    def opened_value(self, value: Value) -> Value:
        """Return a value with the stand-ins in it replaced, the values of stand-ins alone in their own type."""
        match value:
            case str():
                return self._held[value] if value in self._held else self.opened(value)
            case bytes():
                return self.opened_body(value)
            case list():
                return [self.opened_value(item) for item in value]
            case dict():
                return {self.opened(name): self.opened_value(member) for name, member in value.items()}
        return value


def _identity(name: str, value: Value) -> tuple[str, str, str]:
    return name[:_HEAD], type(value).__name__, str(value)


def alike(text: str) -> str:
    """Return a text in which stand-ins of one secret are the same, whatever form it had: for comparing."""
    return _NUMBERED.sub(r"\1n0z", text)


def unknown_in(text: str) -> tuple[str, ...]:
    """Return the stand-ins that still stand in a text."""
    return tuple(dict.fromkeys(STAND_IN.findall(text)))


# ---------------------------------------------------------------- the file


class SecretsFile:
    """The file beside a journal: its first line holds the key, each further one a stand-in and its value."""

    def __init__(self, journal: Path) -> None:
        self.path = journal.with_name(journal.name + SUFFIX)
        self._file: int | None = None
        self._key = secrets.token_bytes(32)
        self._cut = False

    def create(self) -> Vault:
        """Draw a key, and begin the file. A file of that name that is there is replaced.

        Raises:
            UsageError: it can't be written.
        """
        try:
            self.path.unlink(missing_ok=True)
            self._begin()
        except OSError as fault:
            raise UsageError(f"{self.path} can't be written: {fault.strerror}", "name another --journal") from None
        return Vault(self._key, keep=self._keep)

    def fresh(self) -> Vault:
        """Return a vault whose file is begun when the first secret is to be kept."""
        return Vault(self._key, keep=self._keep)

    def _begin(self) -> None:
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, OWNER_ONLY)
        self._write({"secrets": 1, "key": self._key.hex()})

    def load(self, *, adds: bool = True) -> Vault | None:
        """Read the file; None where there is none. What is learnt later is added to it, if it `adds`.

        Raises:
            UsageError: it can't be read, or is no such file.
        """
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as fault:
            why = fault.strerror if isinstance(fault, OSError) else "it is no UTF-8"
            raise UsageError(f"{self.path} can't be read: {why}") from None
        return self._parsed(text, self._keep if adds else _nobody)

    def _parsed(self, text: str, keep: Callable[[str, Value], None]) -> Vault:
        """Read the lines; one that was cut off with the run is passed over, and what was to stand there is unknown."""
        lines = text.splitlines()
        try:
            key = bytes.fromhex(json.loads(lines[0])["key"])
        except (ValueError, KeyError, TypeError, IndexError):
            hint = "it is no file of secrets of a journal; move it away"
            raise UsageError(f"{self.path} holds no key", hint) from None
        held: dict[str, Value] = {}
        for line in lines[1:]:
            try:
                data = json.loads(line)
                if STAND_IN.fullmatch(data["standIn"]):
                    held[data["standIn"]] = value_of(data["value"])
            except (ValueError, KeyError, TypeError, Undecodable):
                continue
        self._cut = not text.endswith("\n")
        return Vault(key, held, keep)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _keep(self, stand_in: str, value: Value) -> None:
        try:
            if self._file is None and self.path.exists():
                self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND)
            elif self._file is None:
                self._begin()
            self._write({"standIn": stand_in, "value": encode(value)})
        except OSError as fault:
            raise CannotContinue(f"{self.path} can't be written: {fault.strerror}") from None

    def _write(self, data: object) -> None:
        assert self._file is not None, "the file is open"
        content = (("\n" if self._cut else "") + json.dumps(data) + "\n").encode("ascii")
        self._cut = False
        while content:
            content = content[os.write(self._file, content) :]
