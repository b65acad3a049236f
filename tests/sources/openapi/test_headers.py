import pytest

from arazzo_runner.sources.openapi.headers import cookie_pair, header_text, refused_header
from arazzo_runner.sources.openapi.scalars import Unserialisable


@pytest.mark.parametrize(
    "name",
    [
        *("Content-Length", "content-length", "TRANSFER-ENCODING", "Connection", "TE", "Upgrade", "Host"),
        *("Trailer", "Keep-Alive", "Proxy-Authorization", "proxy-connection", "Proxy-Anything"),
    ],
)
def test_framing_headers_are_refused(name: str) -> None:
    reason = refused_header(name)
    assert reason is not None
    assert name in reason


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\r\nb", "é", "a\x00", "(a)"])
def test_what_is_no_header_name_is_refused(name: str) -> None:
    assert refused_header(name) is not None


@pytest.mark.parametrize(
    "name", ["Authorization", "Accept", "Content-Type", "X-Trace", "Cookie", "Proxied", "x!#$%&'*"]
)
def test_other_headers_may_be_set(name: str) -> None:
    assert refused_header(name) is None


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("a b", "a b"),
        ("a\tb", "a\tb"),
        (" padded\t", "padded"),
        ("", ""),
        ('100%, "quoted"; a=b', '100%, "quoted"; a=b'),
        ("José", "José"),
        ("日本", "日本"),
    ],
)
def test_header_text(text: str, sent: str) -> None:
    assert header_text(text) == sent


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\r\nb", "line break"),
        ("a\nb", "line break"),
        ("token\n", "line break"),
        ("a\rb", "line break"),
        ("a\x00b", "U+0000"),
        ("a\x1fb", "U+001F"),
        ("a\x7fb", "U+007F"),
        ("a\ud800b", "surrogate"),
    ],
    ids=ascii,
)
def test_control_characters_are_refused(text: str, reason: str) -> None:
    refused = header_text(text)
    assert isinstance(refused, Unserialisable)
    assert reason in refused.reason


@pytest.mark.parametrize("pair", ["a=b", "a=", "sid=abc%3D==", "a=b c", "__Host-x=1,2", "a=é"])
def test_cookies_that_can_be_sent(pair: str) -> None:
    assert cookie_pair(pair) == pair


@pytest.mark.parametrize(
    "pair", ["a=b;c=d", "a=b\r\nX: y", "a=b\x00", "=b", "a b=c", "a,b=c", "é=1", "a=\ud800"], ids=ascii
)
def test_cookies_that_would_be_two_or_break_the_header(pair: str) -> None:
    assert isinstance(cookie_pair(pair), Unserialisable)
