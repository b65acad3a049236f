from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.cookies import CookieJar
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import MAX_COOKIE_LENGTH, MAX_COOKIES, MAX_COOKIES_OF_A_DOMAIN

NOW = 1_600_000_000.0


def jar_of(*fields: str, url: str = "https://api.example.com/v1/login") -> CookieJar:
    jar = CookieJar()
    jar.keep(url, tuple(("Set-Cookie", field) for field in fields), NOW)
    return jar


def sent(jar: CookieJar, url: str, *own: str, now: float = NOW) -> str | None:
    request = Request("GET", url, tuple(("Cookie", value) for value in own))
    return jar.added_to(request, now).header("cookie")


@pytest.mark.parametrize(
    ("field", "url", "goes"),
    [
        ("a=1", "https://api.example.com/v1/x", True),
        ("a=1", "https://api.example.com/v1", True),
        ("a=1", "https://api.example.com/v12", False),
        ("a=1", "https://api.example.com/", False),
        ("a=1; Path=/", "https://api.example.com/", True),
        ("a=1; path=/V1", "https://api.example.com/v1", False),
        ("a=1; Path=/v1/", "https://api.example.com/v1/x", True),
        ("a=1; Path=nonsense", "https://api.example.com/v1/x", True),
        ("a=1; Path=/", "http://api.example.com/", True),
        ("a=1; Path=/; Secure", "http://api.example.com/", False),
        ("a=1; Path=/; Secure", "https://api.example.com/", True),
        ("a=1; Path=/", "https://other.example.com/", False),
        ("a=1; Path=/", "https://sub.api.example.com/", False),
        ("a=1; Path=/; Domain=example.com", "https://other.example.com/", True),
        ("a=1; Path=/; Domain=.EXAMPLE.com", "https://example.com:8443/", True),
        ("a=1; Path=/; Domain=api.example.com", "https://x.api.example.com/", True),
        ("a=1; Path=/; Domain=example.com", "https://evilexample.com/", False),
        ("a=1; Path=/; Domain=com", "https://api.example.com/", False),
        ("a=1; Path=/; Domain=.com", "https://example.com/", False),
        ("a=1; Path=/; Domain=evil.com", "https://evil.com/", False),
        ("a=1; Path=/; Domain=x.api.example.com", "https://x.api.example.com/", False),
        ("a=1; Path=/; Domain=", "https://api.example.com/", True),
        ("__Host-a=1; Path=/; Secure", "https://api.example.com/", True),
        ("__Host-a=1; Path=/; Secure; Domain=example.com", "https://api.example.com/", False),
        ("__Secure-a=1; Path=/", "https://api.example.com/", False),
        ("=1; Path=/", "https://api.example.com/", False),
        ("a; Path=/", "https://api.example.com/", False),
        ("a=1\x00; Path=/", "https://api.example.com/", False),
        ("a=" + "x" * MAX_COOKIE_LENGTH + "; Path=/", "https://api.example.com/", False),
    ],
)
def test_where_a_cookie_goes(field: str, url: str, goes: bool) -> None:
    assert (sent(jar_of(field), url) is not None) == goes


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_addresses_and_single_names_have_cookies_of_their_own_alone(host: str) -> None:
    bare = host.strip("[]")
    jar = jar_of(f"a=1; Path=/; Domain={bare}", "b=2; Path=/", "c=3; Path=/; Domain=0.0.1", url=f"https://{host}/")
    assert sent(jar, f"https://{host}/") == "a=1; b=2"
    assert sent(jar, f"https://x.{bare}/" if ":" not in bare else "https://[::2]/") is None


def test_a_plain_connection_neither_sets_nor_overrules_what_is_secure() -> None:
    jar = jar_of("a=secure; Path=/; Secure")
    jar.keep("http://api.example.com/", (("Set-Cookie", "a=plain; Path=/"), ("Set-Cookie", "b=1; Secure; Path=/")), NOW)
    assert sent(jar, "https://api.example.com/") == "a=secure"


@pytest.mark.parametrize(
    ("attributes", "lives"),
    [
        ("", 10**9),
        ("; Max-Age=60", 60),
        ("; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("; Max-Age=0", 0),
        ("; Max-Age=-1", 0),
        ("; Max-Age=soon; Expires=Sun, 13 Sep 2020 12:26:50 GMT", 10),
        ("; Expires=Sun, 13 Sep 2020 12:26:50 GMT", 10),
        ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("; Expires=whenever", 10**9),
        ("; Max-Age=" + "9" * 900, 400 * 24 * 3600),
    ],
)
def test_a_cookie_lives_by_the_clock_of_the_outcomes(attributes: str, lives: int) -> None:
    jar, url = jar_of("a=1" + attributes), "https://api.example.com/v1/"
    assert (sent(jar, url, now=NOW + lives - 1) is not None) == (lives > 0)
    assert (sent(jar, url, now=NOW + lives) is None) == (lives < 10**9)


def test_a_cookie_is_replaced_and_taken_away() -> None:
    jar = jar_of("a=1; Path=/", "b=2; Path=/", "a=3; Path=/")
    assert sent(jar, "https://api.example.com/") == "a=3; b=2"
    jar.keep("https://api.example.com/", (("set-cookie", "a=; Path=/; Max-Age=0"),), NOW)
    assert sent(jar, "https://api.example.com/") == "b=2"


def test_longer_paths_come_first() -> None:
    jar = jar_of("a=1; Path=/", "b=2; Path=/v1", "c=3; Path=/")
    assert sent(jar, "https://api.example.com/v1/x") == "b=2; a=1; c=3"


def test_cookies_of_the_document_win() -> None:
    jar = jar_of("a=kept; Path=/", "b=2; Path=/")
    assert sent(jar, "https://api.example.com/", "x=9; a=written") == "x=9; a=written; b=2"
    assert sent(jar, "https://other.example/", "x=9") == "x=9"


def test_there_are_never_more_than_the_limits() -> None:
    names = [f"n{number}" for number in range(10_000)]
    jar = jar_of(*(f"{name}=1; Path=/" for name in names))
    got = (sent(jar, "https://api.example.com/") or "").split("; ")
    assert got == [f"{name}=1" for name in names[-MAX_COOKIES_OF_A_DOMAIN:]]
    for number in range(100):
        fields = tuple(("Set-Cookie", f"{name}=1; Path=/") for name in names[:MAX_COOKIES_OF_A_DOMAIN])
        jar.keep(f"https://h{number}.example/", fields, NOW)
    kept = [sent(jar, f"https://{host}/") for host in ("api.example.com", *(f"h{n}.example" for n in range(100)))]
    assert sum(len(text.split("; ")) for text in kept if text) == MAX_COOKIES
    assert kept[0] is None
    assert kept[-1] is not None


@given(st.text(max_size=80), st.sampled_from(["http://h/", "https://a.b.c/x", "http://[::1]:1/?q"]))
def test_no_field_makes_it_raise_or_inject(field: str, url: str) -> None:
    header = sent(jar_of(field, url=url), url)
    assert header is None or not set(header) & set("\r\n\x00")
