from __future__ import annotations

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.transports.proxies import ProxyOptions, check_proxy, proxy_of

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "http://api.example/", None),
        ({"HTTP_PROXY": PROXY}, "http://api.example/", PROXY),
        ({"http_proxy": PROXY}, "http://api.example/", PROXY),
        ({"HTTP_PROXY": PROXY}, "https://api.example/", None),
        ({"HTTPS_PROXY": PROXY}, "https://api.example:8443/", PROXY),
        ({"ALL_PROXY": PROXY}, "https://api.example/", PROXY),
        ({"ALL_PROXY": PROXY, "HTTP_PROXY": "http://other"}, "http://api.example/", "http://other"),
        ({"HTTP_PROXY": "proxy.example:3128"}, "http://api.example/", PROXY),
        ({"HTTP_PROXY": "socks5://proxy.example"}, "http://api.example/", "socks5://proxy.example"),
        ({"HTTP_PROXY": PROXY, "REQUEST_METHOD": "GET"}, "http://api.example/", None),
        ({"HTTP_PROXY": PROXY}, "http://", None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_of(url) == proxy


@pytest.mark.parametrize(
    ("excepted", "url", "straight"),
    [
        ("*", "http://api.example/", True),
        ("api.example", "http://api.example/", True),
        ("API.example", "http://api.EXAMPLE/", True),
        ("example", "http://api.example/", True),
        (".example", "http://api.example/", True),
        ("other.example, api.example", "http://api.example/", True),
        ("pi.example", "http://api.example/", False),
        ("api.example:8080", "http://api.example:8080/", True),
        ("api.example:8080", "http://api.example:8081/", False),
        ("127.0.0.1", "http://127.0.0.1:9/", True),
        ("127.0.0.0/8", "http://127.9.9.9/", True),
        ("10.0.0.0/8", "http://127.0.0.1/", False),
        ("::1", "http://[::1]:80/", True),
        ("[::1]", "http://[::1]/", True),
        ("fe80::/10", "http://[fe80::1]/", True),
        ("10.0.0.0/99, ,x/y", "http://10.0.0.1/", False),
        ("", "http://10.0.0.1/", False),
    ],
)
def test_hosts_are_excepted_by_name_suffix_port_and_network(
    monkeypatch: pytest.MonkeyPatch, excepted: str, url: str, straight: bool
) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", excepted)
    assert proxy_of(url) == (None if straight else PROXY)


@pytest.mark.parametrize(
    ("options", "url", "proxy"),
    [
        (ProxyOptions(PROXY), "http://api.example/", PROXY),
        (ProxyOptions(PROXY), "https://api.example/", PROXY),
        (ProxyOptions("proxy.example:3128"), "http://api.example/", PROXY),
        (ProxyOptions(""), "http://api.example/", None),
        (ProxyOptions(PROXY), "http://excepted.example/", None),
        (ProxyOptions(PROXY, ""), "http://excepted.example/", PROXY),
        (ProxyOptions(PROXY, "api.example,10.0.0.0/8"), "http://api.example/", None),
        (ProxyOptions(PROXY, "api.example,10.0.0.0/8"), "http://10.1.2.3/", None),
        (ProxyOptions(None, "other.example"), "http://api.example/", "http://environment:1"),
        (ProxyOptions(None, "*"), "http://api.example/", None),
        (ProxyOptions(), "http://api.example/", "http://environment:1"),
    ],
)
def test_the_caller_overrules_the_environment(
    monkeypatch: pytest.MonkeyPatch, options: ProxyOptions, url: str, proxy: str | None
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://environment:1")
    monkeypatch.setenv("NO_PROXY", "excepted.example")
    assert proxy_of(url, options) == proxy


@pytest.mark.parametrize("url", [None, "", "proxy:1", "http://proxy", "https://u:p@proxy:1", "socks5h://[::1]:1"])
def test_what_can_be_a_proxy(url: str | None) -> None:
    check_proxy(url)


@pytest.mark.parametrize(
    "url", ["ftp://u:hidden@proxy", "http://", "http://u:hidden@proxy:x", "http://[::1", "http://p:0"]
)
def test_what_can_be_no_proxy_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_proxy(url)
    assert "hidden" not in f"{caught.value} {caught.value.hint}"
    assert "socks5h" in (caught.value.hint or "")


@pytest.mark.parametrize(("url", "scheme"), [("ftp://u:hidden@proxy", "ftp"), ("SOCKS4://proxy:1080", "SOCKS4")])
def test_a_scheme_that_proxies_do_not_have_is_named(url: str, scheme: str) -> None:
    with pytest.raises(UsageError, match=f"a proxy can't have the scheme '{scheme}'"):
        check_proxy(url)


def test_a_proxy_shows_in_no_repr() -> None:
    assert "hidden" not in repr(ProxyOptions("http://u:hidden@proxy"))
