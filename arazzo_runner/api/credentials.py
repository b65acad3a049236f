"""The credentials of a run, put together from what a caller of the library, flags and the environment give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from arazzo_runner.api.options import Options
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.references import is_reference, resolve
from arazzo_runner.sources.security import (
    CERTIFICATE,
    Credential,
    Credentials,
    Schemes,
    from_environment,
    from_flag,
    merged,
    united,
)

KEYRING_SERVICE: Final = "arazzo"
"""The service under which a keyring holds the secrets that a flag asks for by ``@keyring`` alone."""

_MARKS: Final = ("@env:", "@keyring:", "@file:")


def given_credentials(schemes: Schemes, options: Options) -> Credentials:
    """Return the credentials that the options give for the schemes; a certificate stands for each mutualTLS.

    Raises:
        UsageError: a flag names no scheme, or its secret can't be had.
    """
    flags = united(from_flag(flag_value(text, options.environ), schemes) for text in options.auth)
    own = {
        at: each if isinstance(each, Credential) else Credential(supplied=True)
        for at, each in options.credentials.items()
    }
    certificates: dict[tuple[str | None, str], Credential] = {}
    if options.client_cert is not None:
        wanting = (at for at, scheme in schemes.items() if scheme.type == "mutualTLS")
        certificates = {at: Credential({CERTIFICATE: options.client_cert}) for at in wanting}
    return merged(own, certificates, flags, from_environment(options.environ, schemes), schemes=schemes)


def suppliers_of(options: Options) -> Mapping[tuple[str | None, str], Any]:
    """Return the callables that give credentials when they are wanted."""
    return {at: each for at, each in options.credentials.items() if not isinstance(each, Credential)}


def flag_value(text: str, environ: Mapping[str, str]) -> str:
    """Return an `--auth` text with its value in place of the reference to it.

    A value ``@env:NAME``, ``@file:PATH`` or ``@keyring:SERVICE/USER`` is a reference; ``@keyring`` alone means the
    service `arazzo` and the name of the scheme as it stands in the flag.

    Raises:
        UsageError: the secret can't be had.
    """
    name, equals, value = text.partition("=")
    if value == "@keyring":
        value = f"@keyring:{KEYRING_SERVICE}/{name}"
    if not equals or not value.startswith(_MARKS):
        return text
    if not is_reference(value[1:]):
        kind = value.partition(":")[0]
        raise UsageError(f"--auth {name}: what follows {kind}: is not complete", "write @keyring:SERVICE/USER")
    return f"{name}={resolve(value[1:], f'--auth {name}', environ, None)}"
