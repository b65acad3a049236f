"""Fetching tokens: the flows of OAuth 2.0 and OpenID Connect, over the transport of the run.

What is said is made and read by oauthlib; it is sent as requests of the API are, so that limits, proxies and
certificates are the same. Nothing here is imported unless a run wants a token. No redirect is followed, no answer is
shown whole, and nothing secret goes to an origin that the description's own server, or the caller, did not name.
"""

from arazzo_runner.transports.authorization.authorizer import Authorizer, Supplier, World
from arazzo_runner.transports.authorization.looped import AsyncAuthorizer

__all__ = ["AsyncAuthorizer", "Authorizer", "Supplier", "World"]
