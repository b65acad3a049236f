"""Finding the URLs of an authorization server by its metadata (OpenID Connect Discovery 1.0; RFC 8414).

The metadata come from the network, so they may name no other origin than their own, unless the caller named it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from arazzo_runner.sources.security import NO_TOKEN, Flow, Grant
from arazzo_runner.sources.security.origins import authority, is_named, origin_of, unfit
from arazzo_runner.transports.authorization.conversation import Conversation, Refusal, endpoint_of, members_of


def discovered(talk: Conversation) -> Grant:
    """Return the grant of a conversation with the URLs that the metadata of the server say.

    Raises:
        Refusal: they can't be read, lack what the flow needs, or name another origin.
        TransportFailure: no answer came.
    """
    grant = talk.grant
    if not grant.discovery_url:
        return grant
    place = f"GET {endpoint_of(grant.discovery_url)}"
    response = talk.get(grant.discovery_url)
    if response.status != 200:
        raise Refusal(f"{place}: the metadata of the server were answered with {response.status}", NO_TOKEN)
    members = members_of(response, place)
    flow = grant.flow
    if flow is Flow.CODE and "authorization_endpoint" not in members and "device_authorization_endpoint" in members:
        flow = Flow.DEVICE
    found = replace(grant, flow=flow, token_url=_endpoint(members, "token_endpoint", grant, place))
    if flow is Flow.CODE:
        found = replace(found, authorization_url=_endpoint(members, "authorization_endpoint", grant, place))
    if flow is Flow.DEVICE:
        found = replace(found, device_url=_endpoint(members, "device_authorization_endpoint", grant, place))
    if flow is Flow.CODE and not grant.scopes:
        found = replace(found, scopes=("openid",))
    return replace(found, discovery_url="")


def _endpoint(members: dict[str, Any], name: str, grant: Grant, place: str) -> str:
    url = members.get(name)
    if not isinstance(url, str) or unfit(url, grant.named_hosts):
        raise Refusal(f"{place}: the metadata of the server have no {name} that can be used")
    if origin_of(url) != origin_of(grant.discovery_url) and not is_named(url, grant.named_hosts):
        host = authority(url)
        raise Refusal(
            f"{place}: the metadata name {host} as {name}, which is another origin than their own and which nobody "
            f"named; if it is right: --auth-host {host}"
        )
    return url
