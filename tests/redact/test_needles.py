from __future__ import annotations

import json
from base64 import b64encode
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.redact import needles as module
from arazzo_runner.redact.names import REDACTED
from arazzo_runner.redact.needles import MIN_SEARCHED, Needles
from arazzo_runner.redact.search import Search

SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"


def knowing(*secrets: str, cut: bool = True) -> Search:
    search = Search()
    for secret in secrets:
        search.add(secret, cut=cut)
    return search


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # The beginning of a secret, before an ellipsis or at the end.
        (f"the key {SECRET[:12]}...", f"the key {REDACTED}..."),
        (f"the key {SECRET[:12]}... and more", f"the key {REDACTED}... and more"),
        (f"the key {SECRET[:12]}\u2026", f"the key {REDACTED}\u2026"),
        (f"the key {SECRET[:12]} [...] end", f"the key {REDACTED} [...] end"),
        (f"the key {SECRET[:8]}", f"the key {REDACTED}"),
        (f"the key '{SECRET[:12]}'", f"the key '{REDACTED}'"),
        (f"{SECRET[:12]}", REDACTED),
        (f"{SECRET[:12]}... and {SECRET[:10]}... and {SECRET}", f"{REDACTED}... and {REDACTED}... and {REDACTED}"),
        # The end of a secret, where an excerpt begins.
        (f"{SECRET[-12:]} is wrong", f"{REDACTED} is wrong"),
        (f"...{SECRET[-12:]} is wrong", f"...{REDACTED} is wrong"),
        (f"more \u2026{SECRET[-8:]}, and", f"more \u2026{REDACTED}, and"),
        # Less than eight characters, and pieces from the middle, are none.
        (f"the key {SECRET[:7]}...", f"the key {SECRET[:7]}..."),
        (f"...{SECRET[-7:]} is wrong", f"...{SECRET[-7:]} is wrong"),
        (f"the key {SECRET[:12]} was here", f"the key {SECRET[:12]} was here"),
        (f"the key {SECRET[5:20]}...", f"the key {SECRET[5:20]}..."),
    ],
)
def test_a_secret_that_was_cut_is_hidden(text: str, shown: str) -> None:
    assert knowing(SECRET).hide(text) == shown


@pytest.mark.parametrize("size", [8, 10, 14])
@pytest.mark.parametrize(
    "body", ['{{"a": "{}", "b": 1}}', '{{"a": ["x", "{}" ]}}', "a={}&b=1", "<a><b>{}</b></a>", '{{"{}": 1}}']
)
def test_one_that_was_cut_is_hidden_in_a_field_of_a_body(body: str, size: int) -> None:
    search = knowing("s3cret-t0ken-94Kd8")
    assert search.hide(body.format("s3cret-t0ken-94Kd8"[:size])) == body.format("[redacted]")
    other = body.format("s3cret-x" + "y" * size)
    assert search.hide(other) == other


def test_one_with_escapes_that_was_cut_is_hidden_in_a_member() -> None:
    search = knowing('Pa55/w?d"<&>+= zQ9')
    assert search.hide(json.dumps({"cut": 'Pa55/w?d"<', "b": 1})) == '{"cut": "[redacted]", "b": 1}'
    assert search.hide('{"cut": "Pa55/w?d", "b": "Pa55/w?d x"}') == '{"cut": "[redacted]", "b": "Pa55/w?d x"}'


@pytest.mark.parametrize("size", range(1, len("p/w\u00e4 sk&4eC39/=")))
@pytest.mark.parametrize("end", ["", "..."])
def test_one_that_was_escaped_and_then_cut_is_hidden_as_far_as_it_can_be_read(size: int, end: str) -> None:
    secret = "p/w\u00e4 sk&4eC39/=\u00df-_x"
    for written in (quote(secret[:size], safe=""), secret[:size].replace("/", "\\/").replace("\u00e4", "\\u00e4")):
        hidden = knowing(secret).hide(f"the key {written}{end}")
        assert REDACTED in hidden or size < MIN_SEARCHED
    if size >= MIN_SEARCHED:
        for torn in ("%", "%2", "\\", "\\u00", "&am"):
            assert knowing(secret).hide(f"{secret[:size]}{torn}{end}") in (f"{REDACTED}{torn}{end}", REDACTED + end)


@pytest.mark.parametrize("size", [11, 14, 20, 30])
@pytest.mark.parametrize("before", ["", "u", "us", "user"])
def test_base64_that_was_cut_is_hidden(size: int, before: str) -> None:
    encoded = b64encode(f"{before}{SECRET}".encode()).decode()
    hidden = knowing(SECRET).hide(f"Basic {encoded[: size + len(before) + 4]}...")
    assert REDACTED in hidden
    assert len(hidden) < len(f"Basic {REDACTED}...") + 8


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("password-of-mine", "enter the password"),
        ("password-of-mine", "password"),
        ("my-Password", "Password is wrong"),
    ],
)
def test_a_word_that_a_secret_begins_or_ends_with_stays_unless_an_ellipsis_says_that_it_was_cut(
    secret: str, text: str
) -> None:
    assert knowing(secret).hide(text) == text
    assert REDACTED in knowing("password-of-mine").hide("enter the password...")
    assert REDACTED in knowing("my-Password").hide("...Password is wrong")


def test_what_is_looked_for_whole_only_may_stand_in_pieces() -> None:
    url = "https://api.example.com/users/hidden-value"
    search = knowing(url, cut=False)
    assert search.hide(f"at {url}") == f"at {REDACTED}"
    for text in ("at https://api.example.com", "https://api.example.com/us...", "...hidden-value"):
        assert search.hide(text) == text


def test_many_that_begin_alike_are_told_apart() -> None:
    needles = Needles()
    needles.add((f"sk_live_{number:05}" for number in range(3000)), cut=True)
    needles.add(["sk_live_00007-longer"], cut=True)
    assert sorted(needles.spans("a sk_live_00007-longer sk_live_02999 sk_live_9 ")) == [(2, 22), (23, 36)]
    assert needles.whole("a sk_live_02999")
    assert not needles.whole("a sk_live_9")
    assert Needles().whole("abcdefghij") is bool(Needles())


TEXT = st.text("ab.\u2026 ", max_size=30)


@given(st.lists(st.text("ab", min_size=8, max_size=12), min_size=1, max_size=4), TEXT, TEXT, st.booleans())
def test_looking_one_by_one_and_stepping_find_the_same(
    secrets: list[str], before: str, after: str, first: bool
) -> None:
    text = before + secrets[0] + after
    found = []
    with pytest.MonkeyPatch.context() as patch:
        for step in (0.0, 1e9):
            patch.setattr(module, "_STEP", step)
            needles = Needles()
            needles.add(secrets if first else reversed(secrets), cut=True)
            covered = {at for start, end in needles.spans(text) for at in range(start, end)}
            found.append(covered)
    assert found[0] == found[1]
    assert found[0]


@pytest.mark.parametrize("secrets", [1, 500])
@pytest.mark.parametrize("unit", [SECRET[:9], SECRET[:9] + "...", "...", SECRET[-9:] + "\u2026", "%73"])
def test_hostile_texts_take_no_time(secrets: int, unit: str) -> None:
    search = knowing(SECRET, *(f"{SECRET[:9]}{number:04}" for number in range(secrets)))
    assert search.hide(unit * 20_000)
