from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.redact import MAX_SEARCHED_BODY, REDACTED, Redactable, Redactor

SECRET = "hidden-value"


def knowing(*values: object) -> Redactor:
    redactor = Redactor()
    redactor.learn(list(values))
    return redactor


# ---------------------------------------------------------------- learning


@pytest.mark.parametrize(
    "value",
    [
        SECRET,
        SECRET.encode(),
        [SECRET],
        (SECRET,),
        {"a": SECRET},
        {"a": [1, None, {"b": SECRET}]},
        MappingProxyType({"a": SECRET}),
    ],
)
def test_strings_inside_anything_are_learnt(value: object) -> None:
    assert knowing(value).text(f"a {SECRET}") == f"a {REDACTED}"


@pytest.mark.parametrize("value", [1.5, True, None, object()])
def test_other_values_are_no_secrets(value: object) -> None:
    text = f"a {value} 12345678 True None"
    assert knowing(value).text(text) == text


@pytest.mark.parametrize("value", [12345678, [12345678], {"pin": 12345678}])
def test_numbers_are_learnt_as_they_are_written(value: object) -> None:
    assert knowing(value).text("a 12345678 b") == f"a {REDACTED} b"


def test_members_with_secret_names_are_learnt_at_any_depth() -> None:
    redactor = Redactor()
    redactor.learn_members(
        {"a": [{"token": "first-secret"}], "credentials": {"x": ["second-secret"]}, "b": "not-secret"}
    )
    assert redactor.text("first-secret second-secret not-secret") == f"{REDACTED} {REDACTED} not-secret"


def test_learning_goes_as_deep_as_an_answer_may_be() -> None:
    deep: Any = {"token": SECRET}
    for _ in range(20_000):
        deep = [deep]
    redactor = Redactor()
    redactor.learn_members(deep)
    redactor.learn(deep)
    assert redactor.text(SECRET) == REDACTED


# ---------------------------------------------------------------- texts


def test_a_short_secret_is_hidden_where_it_is_all_there_is() -> None:
    redactor = knowing("1234")
    assert redactor.text("1234") == REDACTED
    assert redactor.text("12345 and 1234") == "12345 and 1234"
    assert redactor.scrub({"a": "1234", "b": ["1234", "x"]}) == {"a": REDACTED, "b": [REDACTED, "x"]}
    assert redactor.body(b"1234") == REDACTED.encode()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a/b?q=1", "https://a/b?q=1"),
        ("https://a/b?token=x&q=1", f"https://a/b?token={REDACTED}&q=1"),
        ("https://a/hidden-value/b", f"https://a/{REDACTED}/b"),
        ("https://a/hidden%2Dvalue/b?x=hidden%2dvalue", f"https://a/{REDACTED}/b?x={REDACTED}"),
        ("https://me:1@a/", f"https://{REDACTED}@a/"),
    ],
)
def test_a_url(url: str, shown: str) -> None:
    assert knowing(SECRET).url(url) == shown


def test_headers_are_judged_by_name_then_searched() -> None:
    headers = (
        ("Authorization", "x"),
        ("set-cookie", "a=1"),
        ("X-Echo", f"<{SECRET}>"),
        ("Location", "https://a/cb?code=1&access_token=x"),
        ("Accept", "a/b"),
    )
    assert knowing(SECRET).headers(headers) == (
        ("Authorization", REDACTED),
        ("set-cookie", REDACTED),
        ("X-Echo", f"<{REDACTED}>"),
        ("Location", f"https://a/cb?code=1&access_token={REDACTED}"),
        ("Accept", "a/b"),
    )


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("password", "x", REDACTED),
        ("otp", 123456, REDACTED),
        ("credentials", {"user": "me"}, REDACTED),
        ("password", True, True),
        ("password", None, None),
        ("name", "x", "x"),
        ("name", {"token": "x", "a": 1}, {"token": REDACTED, "a": 1}),
    ],
)
def test_a_named_value(name: str, value: object, shown: object) -> None:
    assert Redactor().named(name, value) == shown


# ---------------------------------------------------------------- bodies


BODIES = [
    (b'{"token":"x","n":1.10}', f'{{"token":"{REDACTED}","n":1.10}}'),
    (b' \n{"token": "x"}', f' \n{{"token": "{REDACTED}"}}'),
    (b'\xef\xbb\xbf{"token": "x"}', f'\ufeff{{"token": "{REDACTED}"}}'),
    (b'[{"a": {"password": ["x", "y"]}}]', f'[{{"a": {{"password": "{REDACTED}"}}}}]'),
    (b'{"a": "hidden-value", "hidden-value": 1}', f'{{"a": "{REDACTED}", "{REDACTED}": 1}}'),
    (b'{"url": "wss://a?access_token=x"}', f'{{"url": "wss://a?access_token={REDACTED}"}}'),
    (b'{"a":  1, "b": [true, null]}', '{"a":  1, "b": [true, null]}'),
    (b'{"token": "x", ', f'{{"token": "{REDACTED}", '),
    (b'{"a":1}\n{"token":"x"}\n', f'{{"a":1}}\n{{"token":"{REDACTED}"}}\n'),
    (b'data: {"token":"x"}\n\n', f'data: {{"token":"{REDACTED}"}}\n\n'),
    (b"grant_type=password&password=x", f"grant_type=password&password={REDACTED}"),
    (b"<a><token>x</token>hidden-value</a>", f"<a><token>{REDACTED}</token>{REDACTED}</a>"),
    (b"plain hidden-value text", f"plain {REDACTED} text"),
    (b"", ""),
]


@pytest.mark.parametrize(("body", "shown"), BODIES, ids=lambda part: part[:30] if isinstance(part, bytes) else "")
def test_a_body(body: bytes, shown: str) -> None:
    redactor = knowing(SECRET)
    assert redactor.body(body).decode() == shown
    assert redactor.body(redactor.body(body)).decode() == shown


def test_a_body_that_is_no_text_keeps_its_bytes() -> None:
    body = bytes(range(256)) + SECRET.encode() + b"\xff\xfe"
    assert knowing(SECRET).body(body) == bytes(range(256)) + REDACTED.encode() + b"\xff\xfe"


@given(st.binary(max_size=200))
def test_a_body_without_secrets_is_not_touched(body: bytes) -> None:
    if b"=" not in body and b'"' not in body and b"@" not in body and b"<" not in body:
        assert knowing(SECRET).body(body) == body


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("depth", [100, 900, 100_000])
def test_a_body_of_any_depth(opening: bytes, depth: int) -> None:
    closing = b"]" if opening == b"[" else b"}"
    body = opening * depth + b'{"token": "x", "b": "hidden-value"}' + closing * depth
    shown = knowing(SECRET).body(body)
    assert b'"x"' not in shown
    assert SECRET.encode() not in shown
    assert shown.count(REDACTED.encode()) == 2


def test_a_very_large_body_is_searched_for_known_values() -> None:
    body = json.dumps({"pad": "x" * MAX_SEARCHED_BODY, "a": 'hid"den/value', "token": "x"}).encode()
    shown = knowing('hid"den/value').body(body)
    assert b"den/value" not in shown
    assert len(shown) > MAX_SEARCHED_BODY


# ---------------------------------------------------------------- anything


class Kind(Enum):
    HIDDEN = SECRET


@dataclass(frozen=True, slots=True)
class Inner:
    text: str
    kind: Kind = Kind.HIDDEN


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    inner: Inner
    values: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    number: int = 7


@dataclass(frozen=True, slots=True)
class Own:
    """Knows best itself."""

    value: str

    def redacted(self, redactor: Redactor) -> Own:
        return Own("mine " + redactor.text(self.value))


def test_records_are_copied_with_nothing_secret_in_them() -> None:
    record = Record(SECRET, Inner(f"a {SECRET}"), {"token": "x", "deep": [{"b": SECRET}]}, ("s", SECRET))
    shown = knowing(SECRET).scrub(record)
    assert shown == Record(
        REDACTED, Inner(f"a {REDACTED}"), {"token": REDACTED, "deep": [{"b": REDACTED}]}, ("s", REDACTED)
    )
    assert record.name == SECRET


def test_a_record_without_secrets_is_kept_as_it_is() -> None:
    inner = Inner("plain")
    assert knowing(SECRET).scrub(inner) is inner
    assert knowing(SECRET).scrub(Kind.HIDDEN) is Kind.HIDDEN
    assert knowing(SECRET).scrub(Inner) is Inner


def test_a_value_that_knows_best_is_asked() -> None:
    assert isinstance(Own("x"), Redactable)
    assert knowing(SECRET).scrub((Own(SECRET),)) == (Own(f"mine {REDACTED}"),)


@pytest.mark.parametrize("depth", [10, 100_000])
def test_values_of_any_depth(depth: int) -> None:
    deep: Any = {"token": "x", "b": SECRET}
    for _ in range(depth):
        deep = [deep, 1]
    shown = knowing(SECRET).scrub({"outputs": deep})["outputs"]
    for _ in range(depth):
        assert shown[1] == 1
        shown = shown[0]
    assert shown == {"token": REDACTED, "b": REDACTED}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_a_copy_is_equal_where_nothing_is_secret_and_never_the_same(value: Any) -> None:
    redactor = knowing(SECRET)
    before = json.dumps(value)
    shown = redactor.scrub(value)
    if not any(mark in before for mark in "?&#;=@"):
        assert shown == value
    assert json.dumps(value) == before
    if isinstance(value, dict | list):
        assert shown is not value


@given(JSON, st.sampled_from(["token", "apiKey", "password"]))
def test_a_secret_member_is_hidden_wherever_it_stands(value: Any, name: str) -> None:
    shown = Redactor().scrub([value, {"a": {name: "x", "rest": value}}])
    assert shown[1]["a"][name] == REDACTED
    assert json.loads(Redactor().body(json.dumps({"a": [{name: "x"}], "rest": value}).encode()))["a"] == [
        {name: REDACTED}
    ]


def test_whoever_asks_sees_everything() -> None:
    redactor = Redactor(reveal=True)
    redactor.learn(SECRET)
    record = Record(SECRET, Inner(SECRET), {"token": "x"})
    assert redactor.scrub(record) is record
    assert redactor.text(SECRET) == SECRET
    assert redactor.url("https://me:1@a?token=x") == "https://me:1@a?token=x"
    assert redactor.headers((("Authorization", "x"),)) == (("Authorization", "x"),)
    assert redactor.body(b'{"token":"x"}') == b'{"token":"x"}'
    assert redactor.named("password", "x") == "x"


@pytest.mark.parametrize("reveal", [False, True])
def test_what_it_knows_does_not_depend_on_what_is_shown(reveal: bool) -> None:
    redactor = Redactor(reveal=reveal)
    redactor.learn(["long-enough-secret", "k7"])
    for text in ("long-enough-secret", "a long-enough-secret b", "long%2Denough%2Dsecret"):
        assert redactor.is_secret(text)
        assert redactor.holds_secret(text)
    assert (redactor.is_secret("k7"), redactor.holds_secret("k7")) == (True, False)
    assert not redactor.is_secret("a k7 b")
    assert not redactor.is_secret("token=abcdefgh")


def test_an_unrevealing_one_hides_and_learns_with_the_other() -> None:
    revealing = Redactor(reveal=True)
    twin = revealing.unrevealing()
    revealing.learn("long-enough-secret")
    assert revealing.text("long-enough-secret") == "long-enough-secret"
    assert twin.text("long-enough-secret") == REDACTED
    assert twin.unrevealing() is twin


# ---------------------------------------------------------------- by field


HIDDEN_FIELDS = [
    (b'{"code": "1", "b": 2}', f'{{"code": "{REDACTED}", "b": 2}}'),
    (b'{"code": 12, "b": {"code": null}}', f'{{"code": "{REDACTED}", "b": {{"code": null}}}}'),
    (b"code=1&b=2", f"code={REDACTED}&b=2"),
    (b"<r><code>1</code></r>", f"<r><code>{REDACTED}</code></r>"),
    (b"--x\r\nContent-Disposition: form-data; name=code\r\n\r\n1\r\n--x--\r\n", None),
]


@pytest.mark.parametrize(("body", "shown"), HIDDEN_FIELDS)
def test_fields_of_a_body_are_hidden_by_further_names(body: bytes, shown: str | None) -> None:
    expected = shown or body.decode().replace("\r\n1\r\n", f"\r\n{REDACTED}\r\n")
    assert Redactor().body(body, frozenset({"code"})).decode() == expected
    assert Redactor().body(body, frozenset({"", "other"})) == REDACTED.encode()
    assert Redactor(reveal=True).body(body, frozenset({"code", ""})) == body


def test_members_by_their_names_alone() -> None:
    members = {"a": "1", "b": 2, "c": None, "d": True}
    assert Redactor().members(members, frozenset("acd")) == {"a": REDACTED, "b": 2, "c": None, "d": True}
    assert Redactor(reveal=True).members(members, frozenset("a")) is members


def test_members_with_further_names_are_learnt() -> None:
    redactor = Redactor()
    redactor.learn_members({"a": {"mark": "first-secret"}, "b": "not-secret"}, frozenset({"mark"}))
    assert redactor.text("first-secret not-secret") == f"{REDACTED} not-secret"
    redactor.learn_members({"b": "not-secret"}, frozenset({""}))
    assert redactor.text("first-secret not-secret") == f"{REDACTED} {REDACTED}"


def test_what_begins_as_other_texts_do_is_looked_for_whole() -> None:
    redactor = Redactor()
    redactor.learn("https://api.example.com/users/7", cut=False)
    assert redactor.text("at https://api.example.com") == "at https://api.example.com"
    assert redactor.text("at https://api.example.com/users/7") == f"at {REDACTED}"
    redactor.learn("https://api.example.com/users/7")
    assert redactor.text("at https://api.example.com/us...") == f"at {REDACTED}..."


@pytest.mark.parametrize("word", ["true", "false", "null"])
def test_words_of_json_are_no_secrets(word: str) -> None:
    redactor = Redactor()
    redactor.learn(word)
    body = f'{{"a": {word}, "b": "{word}"}}'.encode()
    assert redactor.body(body) == body


def test_a_known_secret_is_hidden_whole_whatever_marks_it_holds() -> None:
    redactor = Redactor()
    redactor.learn("oauthTok/+abc=DEF123")
    assert redactor.text("Bearer oauthTok/+abc=DEF123") == f"Bearer {REDACTED}"


def test_a_number_that_is_a_secret_is_hidden_where_it_is_a_value() -> None:
    redactor = Redactor()
    redactor.learn(4711)
    assert redactor.scrub({"pin": 4711, "n": 47}) == {"pin": REDACTED, "n": 47}
    assert redactor.named("value", 4711) == REDACTED
