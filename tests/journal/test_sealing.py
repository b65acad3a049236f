"""No secret stands in what is sealed, in any form; and what is sealed comes back as it was."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Responded, Response
from arazzo_runner.journal.feed import opened
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.journal.vault import Vault, alike
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.security import Login

SECRET = "s3cret-of/the run+1"


def _sealer(*secrets: str) -> tuple[Sealer, Vault, Redactor]:
    redactor, vault = Redactor(), Vault()
    redactor.learn(list(secrets))
    return Sealer(redactor, vault), vault, redactor


FORMS = {
    "raw": SECRET,
    "percent": quote(SECRET, safe=""),
    "plus": quote(SECRET, safe="").replace("%20", "+"),
    "json": json.dumps({"a": SECRET}),
    "html": SECRET.replace("/", "&#x2F;"),
    "base64": b64encode(SECRET.encode()).decode(),
    "url-safe": urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
    "user and password": b64encode(f"user:{SECRET}".encode()).decode(),
    "in a text": f"before {SECRET} after {SECRET}",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_no_form_of_a_secret_is_left_and_each_comes_back(text: str) -> None:
    sealer, vault, redactor = _sealer(SECRET)
    sealed = sealer.text(text)
    assert sealed != text
    assert redactor.text(sealed) == sealed, "the redactor finds nothing more in it"
    assert vault.opened(sealed) == text


def test_the_whole_run_of_base64_is_replaced() -> None:
    sealer, *_ = _sealer(SECRET)
    sealed = sealer.text(f"x {b64encode(f'somebody:{SECRET}'.encode()).decode()} y")
    assert sealed.startswith("x arazzoStandIn")
    assert sealed.endswith("z y")


@pytest.mark.parametrize("password", [SECRET, "short"])
def test_basic_credentials_are_the_same_when_they_are_made_of_stand_ins(password: str) -> None:
    def header(user: str, secret: str) -> Request:
        text = b64encode(f"{user}:{secret}".encode()).decode()
        return Request(
            "GET", "http://a", (("Authorization", f"Basic {text}"),), credentials=frozenset({"authorization"})
        )

    sealer, vault, _ = _sealer(password)
    recorded = sealer.request(header("me", password)).headers[0][1]
    stand_in = vault.stand_in(password, password)
    replaying, _, _ = _sealer(stand_in)
    assert alike(replaying.request(header("me", stand_in)).headers[0][1]) == alike(recorded)


def test_a_bearer_token_is_the_same_when_it_is_made_of_a_stand_in() -> None:
    sealer, vault, redactor = _sealer(SECRET)
    redactor.learn([f"Bearer {SECRET}", "Bearer"])
    recorded = sealer.headers((("Authorization", f"Bearer {SECRET}"),))
    stand_in = vault.stand_in(SECRET, SECRET)
    assert recorded == (("Authorization", f"Bearer {stand_in}"),)
    replaying, _, learning = _sealer(stand_in)
    learning.learn([f"Bearer {stand_in}", "Bearer"])
    assert replaying.headers((("Authorization", f"Bearer {stand_in}"),)) == recorded


BODIES = {
    "a long member": {"token": SECRET, "other": 1.0},
    "a short member": {"pin": "1", "password": "abc", "n": 1},
    "a number": {"otp": 123456},
    "nested": {"credentials": {"a": "x", "b": ["y", 7]}, "c": "d"},
    "an array": [{"secret": "q"}, {"secret": SECRET}],
}


@pytest.mark.parametrize("data", BODIES.values(), ids=BODIES)
def test_members_with_secret_names_are_sealed_and_come_back(data: object) -> None:
    sealer, vault, redactor = _sealer()
    body = json.dumps(data).encode()
    sealed = sealer.body(body)
    assert sealed != body
    assert redactor.body(sealed) == sealed, "the redactor finds nothing more in it"
    response = opened(Responded(Response(200, (), sealed)), vault)
    assert isinstance(response, Responded)
    assert json.loads(response.response.body) == data


def test_other_bytes_stay_as_they_are() -> None:
    sealer, *_ = _sealer(SECRET)
    body = b'{ "a" : 1.0,\n  "\\u0062": [ 1e3 ] }'
    assert sealer.body(body) == body
    assert sealer.body(b"\xff\x00\xfe") == b"\xff\x00\xfe"


def test_a_form_is_sealed_by_its_names() -> None:
    sealer, vault, _ = _sealer()
    sealed = sealer.body(b"grant_type=password&password=abc&user=me")
    assert sealed.startswith(b"grant_type=password&password=arazzoStandIn")
    assert sealed.endswith(b"&user=me")
    assert vault.opened(sealed.decode()) == "grant_type=password&password=abc&user=me"


def test_a_credential_is_sealed_whatever_its_name_and_length() -> None:
    sealer, vault, _ = _sealer()
    request = Request("GET", "http://a/b?k=1&q=2", (("X-Thing", "abc"),), credentials=frozenset({"k", "x-thing"}))
    sealed = sealer.request(request)
    assert "k=arazzoStandIn" in sealed.url
    assert sealed.url.endswith("&q=2")
    assert sealed.headers[0][1].startswith("arazzoStandIn")
    assert vault.opened(sealed.url) == request.url


def test_a_login_is_left_out() -> None:
    sealer, *_ = _sealer()
    assert sealer.request(Request("GET", "http://a", login=Login("me", "p"))).login is None


def test_tokens_and_messages() -> None:
    sealer, vault, _ = _sealer(SECRET)
    token = sealer.outcome(Authorized({"TOKEN": "abc"}, refresh_token="def"))
    assert isinstance(token, Authorized)
    assert "abc" not in str(token.fields)
    assert token.refresh_token != "def"
    back = opened(token, vault)
    assert isinstance(back, Authorized)
    assert (back.fields, back.refresh_token) == ({"TOKEN": "abc"}, "def")
    failed = sealer.outcome(Failed(FailureKind.DNS, f"no host {SECRET}"))
    assert isinstance(failed, Failed)
    assert SECRET not in failed.message


@given(
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), max_size=4),
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.integers(0, 3),
)
def test_whatever_is_sealed_holds_no_known_secret_and_comes_back(secrets: list[str], text: str, at: int) -> None:
    whole = text + "".join(secrets[:at]) + text
    sealer, vault, redactor = _sealer(*secrets)
    sealed = sealer.text(whole)
    if "[redacted]" not in sealed and "arazzoStandIn" not in whole:
        assert vault.opened(sealed) == whole
    assert all(secret not in sealed for secret in secrets if len(secret) >= 8 and secret not in "arazzoStandIn")
    assert redactor.text(sealed) == sealed or "[redacted]" in redactor.text(sealed)


def test_a_member_that_is_made_of_another_secret_is_sealed_whole() -> None:
    sealer, vault, redactor = _sealer(SECRET)
    body = json.dumps({"credentials": {"a": f"user {SECRET} more", "b": "line\r\nbreaks at the end\r\n"}}).encode()
    sealed = sealer.body(body)
    assert redactor.body(sealed) == sealed
    assert b"[redacted]" not in sealed
    assert json.loads(vault.opened_body(sealed)) == json.loads(body)


def test_what_the_redactor_finds_in_a_text_is_sealed_too_and_found_again() -> None:
    sealer, vault, redactor = _sealer()
    url = "https://x.example.com/a?X-Amz-Credential=a-key/of/some-kind&b=1"
    sealed = sealer.body(json.dumps({"url": url}).encode())
    assert b"[redacted]" not in sealed
    assert json.loads(vault.opened_body(sealed)) == {"url": url}
    assert redactor.body(sealed) == sealed
    assert "a-key" not in sealer.text(f"https://y.example.com/?to={quote(url, safe='')}")


def test_a_header_that_is_a_secret_by_its_name_is_sealed_whole() -> None:
    sealer, vault, _ = _sealer(SECRET)
    text = json.dumps({"a": SECRET, "id": "U1234"})
    ((_, sealed),) = sealer.headers((("token", text),))
    assert "U1234" not in sealed
    assert vault.opened(sealed) == text


def test_a_word_before_a_secret_is_no_scheme_of_another_header() -> None:
    sealer, vault, _ = _sealer("lively canyon")
    ((_, sealed),) = sealer.headers((("apikey", "lively canyon"),))
    assert sealed == vault.stand_in("lively canyon", "lively canyon")


def test_of_a_cookie_that_is_set_only_the_value_is_sealed() -> None:
    sealer, vault, _ = _sealer("cookie-secret")
    ((_, sealed),) = sealer.headers((("Set-Cookie", "sid=cookie-secret; Path=/; HttpOnly"),))
    assert sealed == f"sid={vault.stand_in('cookie-secret', 'cookie-secret')}; Path=/; HttpOnly"


def test_a_token_that_looks_like_a_pair_is_sealed_whole() -> None:
    token = "oauthTok/+abc=DEF123"
    sealer, vault, _ = _sealer(token)
    assert sealer.text(f"Bearer {token}") == f"Bearer {vault.stand_in(token, token)}"


def test_a_name_that_is_a_secret_comes_back_too() -> None:
    sealer, vault, _ = _sealer("password")
    value = {"password": "password", "a": {"password": ["password"]}}
    sealed = sealer.value(value)  # type: ignore[arg-type]  # a value, of a kind that mypy can't see
    assert "password" not in str(sealed)
    assert vault.opened_value(sealed) == value
