"""Mutual TLS, with authorities and certificates that trustme makes."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from arazzo_runner.engine.effects import Request
from arazzo_runner.errors import UsageError
from arazzo_runner.transports.http import HttpTransport
from arazzo_runner.transports.tls import ClientCertificate, TlsOptions
from arazzo_runner.transports.transport import TransportFailure
from tests.transports.sending import Send, both, send


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name is the library's
        connection: Any = self.connection
        shown = connection.getpeercert()
        name = (
            dict(part for parts in shown["subject"] for part in parts).get("organizationName", "")
            if shown
            else "nobody"
        )
        body = (str(shown.get("subjectAltName")) + name).encode() if shown else b"nobody"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server:
    def __init__(self, folder: Path, demands: bool = True) -> None:
        authority = trustme.CA()
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        own, client = authority.issue_cert("127.0.0.1"), authority.issue_cert("me@client.example")
        self.file, self.key, self.locked = folder / "me.pem", folder / "key.pem", folder / "locked.pem"
        client.private_key_and_cert_chain_pem.write_to_path(str(self.file))
        client.private_key_pem.write_to_path(str(self.key))
        key = serialization.load_pem_private_key(client.private_key_pem.bytes(), None)
        locked = serialization.BestAvailableEncryption(b"0pen")
        pem = serialization.Encoding.PEM
        self.locked.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, locked))
        (folder / "other.pem").write_bytes(authority.issue_cert("x@y.example").private_key_pem.bytes())
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(self.ca))
        context.verify_mode = ssl.CERT_REQUIRED if demands else ssl.CERT_OPTIONAL
        own.configure_cert(context)
        self.http = HTTPServer(("127.0.0.1", 0), _Answer)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.http.server_port}/"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def tls(self) -> TlsOptions:
        hosts = frozenset({f"127.0.0.1:{self.http.server_port}"})
        return TlsOptions(cacert=str(self.ca), client=ClientCertificate(str(self.file), hosts=hosts))

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture(params=[True, False], ids=["demanded", "asked for"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path, request.param)
    yield made
    made.close()


@both
def test_the_certificate_is_shown_to_a_host_that_may_see_it(server: Server, send: Send) -> None:
    assert b"me@client.example" in send(Request("GET", server.url), tls=server.tls).body


def test_it_is_shown_where_the_server_is_not_verified_too(server: Server) -> None:
    tls = replace(server.tls, cacert=None, insecure_hosts=frozenset({"127.0.0.1"}))
    assert b"me@client.example" in send(Request("GET", server.url), tls=tls).body


@pytest.mark.parametrize("hosts", [frozenset[str](), frozenset({"127.0.0.1:1", "api.example"})])
def test_no_other_host_sees_it(tmp_path: Path, hosts: frozenset[str]) -> None:
    made = Server(tmp_path, demands=False)
    client = made.tls.client
    assert client is not None
    tls = replace(made.tls, client=replace(client, hosts=hosts))
    assert send(Request("GET", made.url), tls=tls).body == b"nobody"
    made.close()


def test_without_one_a_server_that_demands_it_refuses(tmp_path: Path) -> None:
    made = Server(tmp_path)
    with pytest.raises(TransportFailure):
        send(Request("GET", made.url), tls=TlsOptions(cacert=str(made.ca)))
    made.close()


def test_a_key_of_its_own_and_with_a_password(server: Server) -> None:
    tls, client = server.tls, server.tls.client
    assert client is not None
    for key, password in ((server.key, ""), (server.locked, "0pen")):
        given = replace(client, key=str(key), password=password)
        assert b"me@client.example" in send(Request("GET", server.url), tls=replace(tls, client=given)).body


@pytest.mark.parametrize(
    ("file", "key", "password", "reason"),
    [
        ("gone.pem", None, "", "there is no such file"),
        ("me.pem", "gone.pem", "", "there is no such file"),
        ("ca.pem", None, "", "no certificate with its key"),
        ("me.pem", "other.pem", "", "the key does not belong to it"),
        ("me.pem", "locked.pem", "wr0ng", "password"),
        ("me.pem", "locked.pem", "", "password"),
    ],
)
def test_one_that_can_not_be_used_is_told_before_anything_is_sent(
    tmp_path: Path, file: str, key: str | None, password: str, reason: str
) -> None:
    Server(tmp_path).close()
    client = ClientCertificate(str(tmp_path / file), str(tmp_path / key) if key else None, password)
    with pytest.raises(UsageError) as caught:
        HttpTransport(tls=TlsOptions(client=client))
    assert reason in str(caught.value)
    assert "wr0ng" not in str(caught.value)
    assert "0pen" not in repr(replace(client, password="0pen"))


def test_file_and_key_in_one_text(tmp_path: Path) -> None:
    (tmp_path / "a:b.pem").touch()
    assert ClientCertificate.of(str(tmp_path / "a:b.pem")).key is None
    split = ClientCertificate.of("me.pem:key.pem")
    assert (split.file, split.key) == ("me.pem", "key.pem")
    assert ClientCertificate.of("me.pem").file == "me.pem"
