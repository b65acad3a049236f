"""What a person can do about a failure, by its kind: one table for requests without an answer, one for answers.

The words in parentheses are options of the command; whoever uses the library finds the same under their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.engine.result import Attempt, Judged
from arazzo_runner.redact import REDACTED, is_secret_name
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.layout import shorten
from arazzo_runner.values import Nothing

MAX_LOCATION: Final = 200
"""Characters of a Location that are shown."""

_PORTS: Final = {"http": 80, "https": 443}

FAILURES: Mapping[FailureKind, str] = {
    FailureKind.REFUSED: "nothing listens there: start the server, or name another one (--server URL)",
    FailureKind.UNREACHABLE: "check the network and the proxy, or name another server (--server URL)",
    FailureKind.DNS: "the host's name has no address: check the name, or name another server (--server URL)",
    FailureKind.TLS: "if the certificate's authority is your own, name its file (--cacert FILE); "
    "to trust this host as it is: --insecure HOST",
    FailureKind.TIMEOUT: "check that the server is well, or allow more time (--timeout SECONDS)",
    FailureKind.RESET: "the connection was closed before the answer was whole: the server's log may say why; "
    "a failure action of type 'retry' tries again",
    FailureKind.PROTOCOL: "what answered does not speak HTTP as expected: check the scheme and the port of the server",
    FailureKind.CODING: "the server did not compress its answer as it was asked to, or says it did: have it heed "
    "Accept-Encoding, or ask for none (set that header to 'identity' in the step)",
    FailureKind.TOO_LARGE: "ask the API for less at once, such as a smaller page",
    FailureKind.AUTHORIZATION: "no token could be had: check the client id, the secret and the token URL, or give a "
    "token that you have (--auth SCHEME=TOKEN)",
    FailureKind.FORBIDDEN: "the caller's own flags do not let it out: look at --allow-host, --allow-private and "
    "--max-bytes",
    FailureKind.INVENTION: "the API description allows no answer that fits: correct it, or run against a server",
}

_STATUSES: Mapping[int, str] = {
    401: "the server does not accept the credentials: check the token, key or password that was sent",
    403: "the server knows the caller and refuses: check what these credentials may do",
    404: "check the values in the path, and the server (--server URL replaces the described one as a whole, its path "
    "included); the API may also say so of a thing that does not exist",
    405: "the server has no such method there: check which server is called",
    407: "the proxy wants credentials: give them in the proxy's URL",
    408: "the server gave up waiting: try again, or add a failure action of type 'retry'",
    409: "the thing is in another state than the request needs: look at what the answer says",
    415: "the server does not take this content type: check 'requestBody.contentType'",
    429: "too many requests: add a failure action of type 'retry' with 'retryAfter'",
    501: "the server does not have this operation: check which server is called",
    503: "the server is not ready: try again later, or add a failure action of type 'retry' with 'retryAfter'",
}

_CLASSES: Mapping[int, str] = {
    3: "the server points elsewhere and names no address (no Location header): its answer may say more",
    4: "the server does not accept the request: its answer says why; --verbose shows what was sent",
    5: "the fault is the server's: its log says more; a failure action of type 'retry' tries again",
}

NO_TLS = (
    "what listens there may speak plain HTTP: check the scheme and the port, and name the server with http:// if that "
    "is right (--server http://HOST:PORT)"
)
NO_CREDENTIALS = (
    "the server wants credentials and the request carried none: give them (--auth SCHEME=VALUE) where the API "
    "description names a scheme for the operation, or set the header in the step"
)
UNDECIDED = "the criterion reads something that the answer does not have: compare its condition with the answer"
UNMET = "the answer came, but is not what the criterion asks for: correct the values sent, or the condition"


USED_UP = (
    "the retries are used up (tries: {tries}): find out why it stays so, or raise 'retryLimit' or 'retryAfter' of the "
    "failure action of type 'retry'"
)


def advice_after(attempts: Sequence[Attempt]) -> str:
    """Return what to do about a step that failed with its last try; who retried it already is not told to do so."""
    if not attempts:
        return ""
    advice = advice_for(attempts[-1])
    retried = len(attempts) > 1 and _ending(attempts[-1]) == _ending(attempts[-2])
    return USED_UP.format(tries=len(attempts)) if retried and "type 'retry'" in advice else advice


def _ending(attempt: Attempt) -> object:
    """Return how a try ended; where two are equal, the retry of the one was for the other too."""
    if attempt.response is not None:
        return attempt.response.status
    return attempt.failure.kind if attempt.failure is not None else attempt.problem


def advice_for(attempt: Attempt) -> str:
    """Return what to do about a failed try, as a sentence; empty where its own reason says all there is to say."""
    if attempt.failure:
        no_tls = attempt.failure.kind is FailureKind.TLS and "speak http?" in attempt.failure.message
        return NO_TLS if no_tls else FAILURES[attempt.failure.kind]
    failed = [judged for judged in attempt.criteria if not judged.passed]
    if attempt.response and _is_about_status(failed):
        status = attempt.response.status
        location = (attempt.response.header("location") or "").strip()
        if status // 100 == 3 and location:
            return _elsewhere(attempt, location)
        if status == 401 and attempt.request and not _carries_credentials(attempt.request):
            return NO_CREDENTIALS
        found = _STATUSES.get(status) or _CLASSES.get(status // 100)
        if found:
            return found
    if not failed:
        return ""
    return UNDECIDED if any(map(_is_undecided, failed)) else UNMET


def _elsewhere(attempt: Attempt, location: str) -> str:
    """Return what to do about an answer that points elsewhere; the location is shown as the record has it."""
    told = f"the server points to {shorten(visible(location), MAX_LOCATION, '...')} (its Location header)"
    asked = attempt.request.url if attempt.request else ""
    ways = [] if attempt.redirects else ["follow it (--follow-redirects)"]
    if _host(location, asked) != _host(asked, asked):
        ways.append("name that server (--server URL)")
    return f"{told}: {', or '.join([*ways, 'correct what the request names'])}"


def _host(url: str, base: str) -> str | None:
    """Return the host and port that a URL leads to, a relative one from `base`; None where it leads to none."""
    try:
        split = urlsplit(urljoin(base, url))
        return f"{(split.hostname or '').lower()}:{split.port or _PORTS.get(split.scheme.lower(), '')}"
    except ValueError:
        return None


def _carries_credentials(request: Request) -> bool:
    """Tell whether a request, as it may be shown, holds anything that looks like a credential."""
    body = (request.body or b"").decode("utf-8", "replace")
    shown = (request.url, body, *(text for _, text in request.headers))
    return any(is_secret_name(name) for name, _ in request.headers) or any(REDACTED in text for text in shown)


def _is_about_status(failed: list[Judged]) -> bool:
    """Tell whether the status is what was wrong: some failed criterion asks for it, or there is none at all."""
    return not failed or any("$statusCode" in judged.condition for judged in failed)


def _is_undecided(judged: Judged) -> bool:
    return bool(judged.reason) or any(isinstance(operand.value, Nothing) for operand in judged.operands)
