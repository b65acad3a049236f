"""References to secrets: what a profile holds in their place, and what comes of them when a run wants the secret.

    env:NAME               a variable of the environment, or of `--env-file`
    keyring:SERVICE/USER   the keyring of the system
    file:PATH              the text of a file, without the line break at its end
    prompt                 a question at the terminal

No message shows what a reference leads to, nor a text that is none: that could be the secret itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from arazzo_runner.errors import UsageError

Ask: TypeAlias = Callable[[str], str]
"""Asks a person for the secret of that name, and returns it."""

PROMPT: Final = "prompt"
FORMS: Final = "env:NAME, keyring:SERVICE/USER, file:PATH or prompt"
MAX_SECRET_BYTES: Final = 64 * 1024
"""The most bytes of a file that holds a secret."""

_FORM: Final = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|keyring:[^/\x00-\x1f]+/[^\x00-\x1f]+|file:[^\x00-\x1f]+|prompt")


def is_reference(text: str) -> bool:
    """Tell whether a text has one of the forms."""
    return _FORM.fullmatch(text) is not None


def placed(text: str, folder: Path) -> str:
    """Return a reference whose path, if it has one, is absolute: a relative one starts from `folder`."""
    if not text.startswith("file:"):
        return text
    path = Path(text.removeprefix("file:"))
    with suppress(RuntimeError):  # `~name` of nobody is a name like any other
        path = path.expanduser()
    return f"file:{folder / path}"


def resolve(text: str, what: str, environ: Mapping[str, str], ask: Ask | None) -> str:
    """Return the secret that a reference leads to; `what` names it in messages and in the question.

    Raises:
        UsageError: there is none: the variable is not set, the file can't be read, nobody can be asked.
    """
    kind, _, rest = text.partition(":")
    match kind:
        case "env":
            return _variable(rest, what, environ)
        case "keyring":
            service, _, user = rest.partition("/")
            return _keyring(service, user, what)
        case "file":
            return _file(Path(rest), what)
    if ask is None:
        raise UsageError(f"{what} is asked for at a terminal, and there is none", "refer to a variable: env:NAME")
    return ask(what)


def _variable(name: str, what: str, environ: Mapping[str, str]) -> str:
    if not environ.get(name):
        raise UsageError(f"{what} is to come from the variable {name}, which is not set", f"set {name}")
    return environ[name]


def _file(path: Path, what: str) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_SECRET_BYTES + 1)
        text = content.decode("utf-8-sig").rstrip("\r\n")
    except OSError as fault:
        raise UsageError(f"{what} is to come from {path}, which can't be read: {fault.strerror}") from None
    except ValueError:
        raise UsageError(f"{what} is to come from {path}, which is no UTF-8 text") from None
    if len(content) > MAX_SECRET_BYTES:
        raise UsageError(f"{what} is to come from {path}, which is larger than {MAX_SECRET_BYTES // 1024} KiB")
    if not text:
        raise UsageError(f"{what} is to come from {path}, which is empty")
    return text


def _keyring(service: str, user: str, what: str) -> str:
    try:
        import keyring  # an extra, and slow to load

        found = keyring.get_password(service, user)
    except ImportError:
        raise UsageError(f"{what} is to come from the keyring, and 'keyring' is not installed", _INSTALL) from None
    except Exception as fault:  # a backend of any kind; its words could hold anything
        reason = f"{what} is to come from the keyring, which can't be read ({type(fault).__name__})"
        raise UsageError(reason, "unlock it, or refer to a variable: env:NAME") from None
    if not found:
        raise UsageError(
            f"{what} is to come from the keyring, which has nothing for '{service}' and '{user}'",
            f"keyring set {service} {user}",
        )
    return str(found)


_INSTALL: Final = "pip install 'arazzo-flow[keyring]', or refer to a variable: env:NAME"
