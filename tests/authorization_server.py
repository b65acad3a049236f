"""An authorization server on loopback, made of authlib's server side and Flask: an independent judge of our flows.

One client (`app`, with a secret) and one public client (`public`); one user. What it hands out can be looked at.
"""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace, TracebackType
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6749.errors import OAuth2Error
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import (
    DEVICE_CODE_GRANT_TYPE,
    DeviceAuthorizationEndpoint,
    DeviceCodeGrant,
    DeviceCredentialDict,
)
from flask import Flask, jsonify, request
from werkzeug.serving import make_server

from tests import canaries

SECRET = canaries.CLIENT_SECRET
USER, PASSWORD = "ann", "p4ss wörd"


class Client:
    def __init__(self, client_id: str, secret: str, methods: tuple[str, ...]) -> None:
        self.client_id, self.secret, self.methods = client_id, secret, methods

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return "http://127.0.0.1/callback"

    def get_allowed_scope(self, scope: str) -> str:
        return scope or "everything"  # the library takes nothing for a refusal

    def check_redirect_uri(self, uri: str) -> bool:
        return uri.startswith("http://127.0.0.1:")

    def check_client_secret(self, secret: str) -> bool:
        return secret == self.secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in self.methods

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return True


class Code(SimpleNamespace):
    def get_redirect_uri(self) -> Any:
        return self.redirect_uri

    def get_scope(self) -> Any:
        return self.scope

    def get_nonce(self) -> None:
        return None


class Token(SimpleNamespace):
    def check_client(self, client: Client) -> bool:
        return bool(self.client_id == client.client_id)

    def get_scope(self) -> Any:
        return self.scope


class Home:
    """The server: `tokens` that it gave, `url` where it is. `lifetime` is what it says of each new token."""

    def __init__(self, methods: tuple[str, ...] = ("client_secret_basic",)) -> None:
        self.lifetime = 3600
        self.tokens: list[Token] = []
        self.codes: dict[str, Code] = {}
        self.devices: dict[str, Any] = {}
        self.approved: set[str] = set()
        self.pending = 1
        self.forms: list[dict[str, str]] = []
        self.refused: set[str] = set()
        self.clients = {"app": Client("app", SECRET, methods), "public": Client("public", "", ("none",))}
        self._server = make_server("127.0.0.1", 0, _app(self), threaded=True)
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Home:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def save(self, token: dict[str, Any], asked: Any) -> None:
        kept = Token(**{"refresh_token": "", "scope": "", **token}, client_id=asked.client.client_id, user=asked.user)
        self.tokens.append(kept)


def _app(home: Home) -> Flask:
    app = Flask("authorization")
    app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
    server = AuthorizationServer(app, query_client=home.clients.get, save_token=home.save)
    code, *others = _grants(home)
    endpoint, device = _device(home)
    for kind in (*others, device):
        server.register_grant(kind)
    server.register_grant(code, [CodeChallenge(required=True)])
    server.register_endpoint(endpoint)
    _answers(app, home, server, endpoint.ENDPOINT_NAME)
    return app


def _grants(home: Home) -> tuple[Any, ...]:
    class CodeGrant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")

        def save_authorization_code(self, code: str, asked: Any) -> None:
            data = asked.payload.data
            home.codes[code] = Code(
                client_id=asked.client.client_id,
                redirect_uri=asked.payload.redirect_uri,
                scope=asked.payload.scope,
                code_challenge=data.get("code_challenge"),
                code_challenge_method=data.get("code_challenge_method"),
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            found = home.codes.get(code)
            return found if found and found.client_id == client.client_id else None

        def delete_authorization_code(self, code: Code) -> None:
            home.codes = {text: kept for text, kept in home.codes.items() if kept is not code}

        def authenticate_user(self, code: Code) -> Any:
            return SimpleNamespace(name=USER)

    class PasswordGrant(grants.ResourceOwnerPasswordCredentialsGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")

        def authenticate_user(self, username: str, password: str) -> Any:
            return SimpleNamespace(name=USER) if (username, password) == (USER, PASSWORD) else None

    class ClientGrant(grants.ClientCredentialsGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    class RefreshGrant(grants.RefreshTokenGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")
        INCLUDE_NEW_REFRESH_TOKEN = True

        def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
            kept = (token for token in home.tokens if token.refresh_token == refresh_token)
            return next((token for token in kept if refresh_token not in home.refused), None)

        def authenticate_user(self, token: Token) -> Any:
            return SimpleNamespace(name=USER)

        def revoke_old_credential(self, token: Token) -> None:
            home.refused.add(token.refresh_token)

    return CodeGrant, PasswordGrant, ClientGrant, RefreshGrant


def _device(home: Home) -> tuple[Any, Any]:
    class DeviceEndpoint(DeviceAuthorizationEndpoint):
        INTERVAL = 1
        CLIENT_AUTH_METHODS = ("client_secret_basic", "none")

        def get_verification_uri(self) -> str:
            return f"{home.url}/activate"

        def save_device_credential(self, client_id: str, scope: str, data: dict[str, Any]) -> None:
            home.devices[data["device_code"]] = {"client_id": client_id, "scope": scope, **data}

    class DeviceGrant(DeviceCodeGrant):
        def query_device_credential(self, device_code: str) -> Any:
            found = home.devices.get(device_code)
            return DeviceCredentialDict({**found, "expires_at": time.time() + 60}) if found else None

        def query_user_grant(self, user_code: str) -> Any:
            return (SimpleNamespace(name=USER), True) if home.pending <= 0 else None

        def should_slow_down(self, credential: Any) -> bool:
            home.pending -= 1
            return home.pending == 1

    return DeviceEndpoint, DeviceGrant


def _answers(app: Flask, home: Home, server: Any, device_endpoint: str) -> None:
    @app.post("/token")
    def token() -> Any:
        home.forms.append(dict(request.form))
        answer = server.create_token_response()
        if answer.status_code == 200:
            answer.set_data(answer.get_data().replace(b'"expires_in": 864000', b'"expires_in": %d' % home.lifetime))
        return answer

    @app.get("/authorize")
    def authorize() -> Any:
        try:
            grant = server.get_consent_grant(end_user=SimpleNamespace(name=USER))
            return server.create_authorization_response(grant=grant, grant_user=SimpleNamespace(name=USER))
        except OAuth2Error as fault:
            return jsonify(dict(fault.get_body())), 400

    @app.post("/device")
    def device() -> Any:
        return server.create_endpoint_response(device_endpoint)

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Any:
        return jsonify(
            issuer=home.url,
            token_endpoint=f"{home.url}/token",
            authorization_endpoint=f"{home.url}/authorize",
            device_authorization_endpoint=f"{home.url}/device",
        )


__all__ = ["DEVICE_CODE_GRANT_TYPE", "PASSWORD", "SECRET", "USER", "Home"]
