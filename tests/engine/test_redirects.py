from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import MAX_LOCATION_LENGTH
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.redirects import Hop, NotFollowed, follow, is_redirect
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.security import Login

SECRET = "s3cr3t-value-of-the-run"
JSON = (("Content-Type", "application/json"), ("Accept", "*/*"))


def to(location: str, status: int = 302) -> Response:
    return Response(status, (("Location", location),))


def redactor(*secrets: str, reveal: bool = False) -> Redactor:
    made = Redactor(reveal)
    made.learn(list(secrets or [SECRET]))
    return made


def hop(request: Request, response: Response, known: Redactor | None = None, trusted: str = "") -> Hop:
    found = follow(request, response, known or redactor(), frozenset(trusted.split()))
    assert isinstance(found, Hop), found
    return found


def refusal(request: Request, response: Response, known: Redactor | None = None) -> str:
    found = follow(request, response, known or redactor(), frozenset())
    assert isinstance(found, NotFollowed), found
    assert SECRET not in found.reason
    return found.reason


@pytest.mark.parametrize("status", [300, 304, 305, 306, 200, 201, 308, 307])
def test_which_answers_are_redirects(status: int) -> None:
    assert is_redirect(to("/b", status)) == (status in (307, 308))
    assert not is_redirect(to("  ", status))
    assert not is_redirect(Response(status))


@pytest.mark.parametrize(
    ("status", "method", "after", "keeps_body"),
    [
        (301, "POST", "GET", False),
        (302, "POST", "GET", False),
        (303, "POST", "GET", False),
        (303, "PUT", "GET", False),
        (303, "QUERY", "GET", False),
        (303, "HEAD", "HEAD", True),
        (301, "PUT", "PUT", True),
        (302, "DELETE", "DELETE", True),
        (302, "GET", "GET", True),
        (302, "post", "post", True),
        (307, "POST", "POST", True),
        (308, "PATCH", "PATCH", True),
    ],
)
def test_method_and_body_by_the_status(status: int, method: str, after: str, keeps_body: bool) -> None:
    request = Request(method, "http://h/a", JSON, b"{}")
    found = hop(request, to("/b", status)).request
    assert (found.method, found.body) == (after, b"{}" if keeps_body else None)
    assert found.headers == (JSON if keeps_body else JSON[1:])


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "http://h/b"),
        ("b", "http://h/x/b"),
        ("../b?q=1", "http://h/b?q=1"),
        ("?q=2", "http://h/x/a?q=2"),
        ("//other/b", "http://other/b"),
        ("http://h:8080", "http://h:8080/"),
        (" /b ", "http://h/b"),
        ("/b#part", "http://h/b"),
        ("/a b/ü?c=ü|", "http://h/a%20b/%C3%BC?c=%C3%BC%7C"),
        ("/a%2Fb%zz", "http://h/a%2Fb%25zz"),
    ],
)
def test_the_location_is_resolved(location: str, url: str) -> None:
    assert hop(Request("GET", "http://h/x/a?old=1"), to(location)).request.url == url


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/b\r\nX-Injected: 1", "characters that no URL has"),
        ("/b\x00", "characters that no URL has"),
        ("ftp://h/b", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("http://user:pass@h/b", "user information"),
        ("http://h\\@evil.example/", "characters that no host has"),
        ("https:///b", "no host"),
        ("http://h:port/", "no URL"),
        ("http://[::1/", "no URL"),
        ("/" + "a" * MAX_LOCATION_LENGTH, "max_location_length"),
    ],
)
def test_a_location_that_leads_nowhere_is_not_followed(location: str, reason: str) -> None:
    assert reason in refusal(Request("GET", "http://h/a"), to(location))


def test_two_locations_are_not_followed_unless_they_say_the_same() -> None:
    request = Request("GET", "http://h/a")
    two = Response(302, (("Location", "/b"), ("location", "/c")))
    assert "several Locations" in refusal(request, two)
    assert hop(request, Response(302, (("Location", "/b"), ("location", "/b")))).request.url == "http://h/b"


def test_from_https_to_http_only_to_a_host_that_is_trusted_unseen() -> None:
    request = Request("GET", "https://h/a")
    for location in ("http://h/a", "http://other:81/a"):
        assert "leads from https to http" in refusal(request, to(location))
    assert hop(request, to("http://h/a"), trusted="h").request.url == "http://h/a"
    assert hop(request, to("http://h:81/a"), trusted="x h:81").request.url == "http://h:81/a"
    assert hop(request, to("http://[::1]/a"), trusted="[::1]").request.url == "http://[::1]/a"
    assert isinstance(follow(request, to("http://h:82/a"), redactor(), frozenset(["h:81"])), NotFollowed)
    assert hop(Request("GET", "http://h/a"), to("https://h/a")).request.url == "https://h/a"


SECRETS = [
    ("Authorization", "Basic x"),
    ("authorization", "x"),
    ("Proxy-Authorization", "x"),
    ("Cookie", "a=1"),
    ("X-Api-Key", "k"),
    ("X-Access-Token", "k"),
    ("X-Plain", SECRET),
    ("X-Wrapped", f"key={SECRET}!"),
    ("X-Id", "short"),
]


@pytest.mark.parametrize("header", SECRETS, ids=lambda header: header[0])
@pytest.mark.parametrize("reveal", [False, True])
def test_no_secret_header_goes_to_another_origin(header: tuple[str, str], reveal: bool) -> None:
    request = Request("GET", "http://h/a", (*JSON, header), credentials=frozenset(["x-id"]))
    known = redactor(SECRET, reveal=reveal)
    for elsewhere in ("http://other/", "http://h:81/", "https://h/", "//h.example/"):
        found = hop(request, to(elsewhere), known)
        assert found.request.headers == JSON
        assert f"goes without the header '{header[0]}'" in found.remarks[0]
    assert hop(request, to("/b"), known).request.headers == (*JSON, header)
    assert hop(request, to("HTTP://H:80/b"), known).request.headers == (*JSON, header)


@pytest.mark.parametrize(
    ("location", "goes"),
    [
        (f"http://other/?x=1&key={SECRET}", "http://other/?x=1"),
        (f"http://other/?back={SECRET.replace('-', '%2D')}", "http://other/"),
        ("http://other/?api_key=k&page=1", "http://other/?page=1"),
        ("http://other/?token=t", "http://other/"),
        ("http://other/?X-Amz-Signature=fresh&page=1", "http://other/?X-Amz-Signature=fresh&page=1"),
        ("http://other/?token=fresh", "http://other/?token=fresh"),
        ("http://other/?page=7", "http://other/?page=7"),
    ],
)
def test_what_the_location_carries_of_ours_does_not_go_to_another_origin(location: str, goes: str) -> None:
    request = Request("GET", "http://h/a?api_key=k&token=t&page=1", credentials=frozenset(["api_key"]))
    found = hop(request, to(location), redactor(SECRET, "7"))
    assert found.request.url == goes
    assert bool(found.remarks) == (goes != location)
    assert not any(SECRET in remark for remark in found.remarks)


def test_the_own_origin_gets_what_the_location_says() -> None:
    assert hop(Request("GET", "http://h/a"), to(f"/b?key={SECRET}")).request.url == f"http://h/b?key={SECRET}"


def test_a_secret_in_a_path_or_in_a_body_keeps_the_redirect_from_being_followed() -> None:
    request = Request("POST", "http://h/a", JSON, b'{"password": "pw"}')
    assert "its address carries a secret" in refusal(request, to(f"http://other/{SECRET}/x"))
    assert "the body holds a secret" in refusal(request, to("http://other/", 307))
    assert "the body holds a secret" in refusal(request, to("http://other/", 307), redactor(reveal=True))
    known = Request("POST", "http://h/a", JSON, f"a={SECRET}".encode())
    assert "the body holds a secret" in refusal(known, to("http://other/", 308))
    assert hop(request, to("http://other/", 303)).request.body is None
    plain = Request("POST", "http://h/a", JSON, b'{"name": "Rex"}')
    assert hop(plain, to("http://other/", 307)).request.body == plain.body


@given(st.text(max_size=60), st.sampled_from([301, 302, 303, 307, 308]))
def test_no_location_makes_it_raise_or_inject(location: str, status: int) -> None:
    found = follow(Request("GET", "https://h/a"), to(location, status), redactor(), frozenset())
    if isinstance(found, Hop):
        assert found.request.url.startswith("https://")
        assert not set(found.request.url) & set("\r\n\t \x00")


def test_no_login_answers_the_challenge_of_another_origin() -> None:
    request = Request("GET", "https://api.example/a", login=Login("ann", "s3cret"))
    assert hop(request, to("/b")).request.login == request.login
    assert hop(request, to("https://evil.example/b")).request.login is None
