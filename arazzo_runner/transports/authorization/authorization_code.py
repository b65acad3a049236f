"""The authorization code flow with PKCE (RFC 6749, section 4.1; RFC 7636; RFC 8252)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from oauthlib.oauth2 import WebApplicationClient
from oauthlib.oauth2.rfc6749.errors import MismatchingStateError, OAuth2Error
from oauthlib.oauth2.rfc6749.parameters import parse_authorization_code_response, prepare_grant_uri

from arazzo_runner.engine.outcomes import Authorized
from arazzo_runner.sources.security import CLIENT_ID, REDIRECT_URI
from arazzo_runner.sources.security.origins import unfit
from arazzo_runner.transports.authorization.conversation import INTERACTIVE_SECONDS, Conversation, Refusal
from arazzo_runner.transports.authorization.redirect import Redirect
from arazzo_runner.transports.authorization.token_endpoint import ask, told
from arazzo_runner.transports.failures import place_of


def log_in(talk: Conversation, tell: Callable[[str], None], browse: Callable[[str], bool]) -> Authorized:
    """Have a person log in with a browser, and exchange the code that comes back for a token.

    Raises:
        Refusal: nobody logged in, the answer is not the one that was asked for, or no token was given.
        TransportFailure: no answer came.
    """
    grant = talk.grant
    reason = unfit(grant.authorization_url, grant.named_hosts)
    if reason:
        raise Refusal(f"nobody is sent to {place_of(grant.authorization_url)} to log in: {reason}")
    client = WebApplicationClient(grant.fields[CLIENT_ID])
    verifier = client.create_code_verifier(64)
    state = secrets.token_urlsafe(32)
    redirect = Redirect(grant.fields.get(REDIRECT_URI, ""))
    try:
        url = _asked(
            grant.authorization_url,
            client_id=client.client_id,
            redirect_uri=redirect.uri,
            scope=list(grant.scopes) or None,
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
        )
        opened = browse(url)
        tell(f"Log in for '{grant.scheme}' {'in the browser; if none opened, at' if opened else 'at'}:\n  {url}")
        query = redirect.wait(lambda: talk.left(INTERACTIVE_SECONDS))
    finally:
        redirect.close()
    code = _code(query, state)
    return ask(talk, grant.token_url, code=code, redirect_uri=redirect.uri, code_verifier=verifier)


def _asked(url: str, **parameters: Any) -> str:
    """Return the URL to log in at. oauthlib wants TLS even on loopback, where ours may do without: it sees none."""
    scheme, colon, rest = url.partition(":")
    made: str = prepare_grant_uri(f"https:{rest}", response_type="code", code_challenge_method="S256", **parameters)
    return scheme + colon + made.partition(":")[2]


def _code(query: str, state: str) -> str:
    try:
        found = parse_authorization_code_response(f"https://127.0.0.1/?{query}", state)
        return str(found["code"])
    except MismatchingStateError:
        raise Refusal("the answer of the browser has another state than was asked with, so it is not used") from None
    except OAuth2Error as fault:
        words = told(f"{fault.error}: {fault.description}" if fault.description else str(fault.error), [state])
        raise Refusal(f"the log-in was refused: {words}") from None
    except ValueError:
        raise Refusal("the answer of the browser can't be read") from None
