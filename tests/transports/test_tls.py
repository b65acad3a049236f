from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import httpx2
import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.transports.tls import TlsOptions, check_insecure_hosts, context_for, is_insecure
from tests.wire import CERTIFICATE


@pytest.mark.parametrize(
    ("name", "host", "port", "insecure"),
    [
        ("api.example", "api.example", 443, True),
        ("API.example", "api.EXAMPLE", 8443, True),
        ("api.example:8443", "api.example", 8443, True),
        ("api.example:8443", "api.example", 443, False),
        ("example", "api.example", 443, False),
        ("api.example", "api.example.evil", 443, False),
        ("::1", "::1", 443, True),
        ("[::1]:8443", "::1", 8443, True),
        ("[::1]:8443", "::1", 443, False),
    ],
)
def test_a_host_is_insecure_when_it_is_named(name: str, host: str, port: int, insecure: bool) -> None:
    assert is_insecure(TlsOptions(frozenset([name])), host, port) is insecure
    assert is_insecure(TlsOptions(), host, port) is False


@pytest.mark.parametrize("name", ["a", "a.b:1", "127.0.0.1", "::1", "[::1]:9", " a "])
def test_a_host_or_a_host_and_a_port_can_be_named(name: str) -> None:
    check_insecure_hosts([name])


@pytest.mark.parametrize("name", ["", "https://a.b", "a/b", "a:x", "a:99999", "*", "*.b", "me@a", "[::1"])
def test_nothing_else_can_be_named(name: str) -> None:
    with pytest.raises(UsageError, match="is no host to trust unseen"):
        check_insecure_hosts(["fine.example", name])


def test_without_a_file_the_system_decides() -> None:
    assert context_for(TlsOptions()) is True


def test_a_file_adds_authorities_and_takes_none_away() -> None:
    context = context_for(TlsOptions(cacert=str(CERTIFICATE)))
    assert isinstance(context, ssl.SSLContext)
    known: list[Any] = context.get_ca_certs()
    before: list[Any] = httpx2.create_ssl_context().get_ca_certs()
    (added,) = [one for one in known if one not in before]
    assert added["subject"] == ((("commonName", "loopback of the tests"),),)
    assert len(known) == len(before) + 1
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.pem' can't be used: No such file"):
        context_for(TlsOptions(cacert=str(tmp_path / "nothing.pem")))


@pytest.mark.parametrize(
    "content", ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "\x00"]
)
def test_a_file_without_a_certificate(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.pem").write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"a\.pem' can't be used: it holds no certificate in PEM form"):
        context_for(TlsOptions(cacert=str(tmp_path / "a.pem")))


def test_a_folder_is_no_file_of_certificates(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be used"):
        context_for(TlsOptions(cacert=str(tmp_path)))
