from __future__ import annotations

import html
import json
import random
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from arazzo_runner.redact import search as module
from arazzo_runner.redact.names import REDACTED
from arazzo_runner.redact.needles import MIN_SEARCHED
from arazzo_runner.redact.search import MAX_LEARNT, PIECE, Search


def knowing(*secrets: str) -> Search:
    search = Search()
    for secret in secrets:
        search.add(secret)
    return search


# ---------------------------------------------------------------- forms


def lower_percent(text: str) -> str:
    return re.sub("%..", lambda found: found.group().lower(), quote(text, safe=""))


def every_percent(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def every_json(text: str) -> str:
    """What a careful writer of JSON does: everything but letters and digits as `\\u` escapes."""
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02X}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def slashes(text: str) -> str:
    return json.dumps(text)[1:-1].replace("/", "\\/")


def every_html(text: str) -> str:
    return "".join(f"&#x{ord(character):X};" for character in text)


def decimal_html(text: str) -> str:
    return "".join(character if character.isalnum() else f"&#{ord(character)};" for character in text)


def base64_after(count: int, encode: Callable[[bytes], bytes]) -> Callable[[str], str]:
    """Base64 of the text with so many bytes before it and some after."""
    return lambda text: encode(b"u" * count + text.encode() + b":tail").decode()


FORMS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "percent": lambda text: quote(text, safe=""),
    "percent-path": quote,
    "percent-form": quote_plus,
    "percent-form-tilde": lambda text: quote_plus(text).replace("~", "%7E"),
    "percent-some": lambda text: quote(text, safe="!$&'()*+,;=:@/?"),
    "percent-lower": lower_percent,
    "percent-every": every_percent,
    "percent-twice": lambda text: quote(quote(text, safe=""), safe=""),
    "json": lambda text: json.dumps(text)[1:-1],
    "json-utf-8": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "json-slashes": slashes,
    "json-every": every_json,
    "json-twice": lambda text: json.dumps(json.dumps(text)[1:-1])[1:-1],
    "html": html.escape,
    "html-quotes-bare": lambda text: html.escape(text, quote=False),
    "html-every": every_html,
    "html-decimal": decimal_html,
    "html-in-json": lambda text: json.dumps(html.escape(text))[1:-1],
    "percent-in-json": lambda text: slashes(quote(text)),
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64-urlsafe": lambda text: urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64-percent": lambda text: quote(b64encode(text.encode()).decode(), safe=""),
    "base64-in-json": lambda text: b64encode(text.encode()).decode().replace("/", "\\/"),
    **{f"base64-after-{count}": base64_after(count, b64encode) for count in range(1, 6)},
    **{f"base64-urlsafe-after-{count}": base64_after(count, urlsafe_b64encode) for count in range(1, 6)},
}

SECRETS = [
    "abcdefgh",
    "a/b+c=d~e f",
    "p\u00e4ss w\u00f6rd \U0001f511",
    "quo\"te\\back</x>&'",
    "line\nbreak\there",
    "=" * 9,
]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_hidden_in_every_form(secret: str, form: Callable[[str], str]) -> None:
    hidden = knowing(secret).hide(f"before <{form(secret)}> after")
    assert hidden.startswith("before <")
    assert hidden.endswith("> after")
    assert REDACTED in hidden
    assert secret not in hidden
    left = hidden.replace(REDACTED, "").removeprefix("before <").removesuffix("> after")
    # Of base64, the characters that it shares with its neighbours stay: at most a few bits of the secret.
    assert len(left) <= 20
    assert form(secret) not in hidden


# HTML has no way to write control characters and code points that are no characters.
WRITABLE = st.characters(exclude_categories=["Cs", "Cc", "Cn"])


@given(
    st.text(WRITABLE, min_size=MIN_SEARCHED, max_size=40),
    st.text(WRITABLE, max_size=30),
    st.text(WRITABLE, max_size=30),
    st.sampled_from(sorted(FORMS)),
    st.lists(st.text(min_size=MIN_SEARCHED, max_size=12), max_size=3),
)
@example("00000000", "0000000000", "00000", "raw", [])
@example("abcabcab", "abcab", "cabcab", "raw", ["bcabcabc"])
def test_no_secret_is_left_wherever_it_stands(
    secret: str, before: str, after: str, form: str, others: list[str]
) -> None:
    assume(secret.strip())
    assume(not any(part in secret for part in ("[", "]", REDACTED[1:-1])))
    written = FORMS[form](secret)
    # What stands around it must not change how it reads: `%` before a digit, `&` before `lt;` are other texts.
    joint = "\x01"
    hidden = knowing(secret, *others).hide(before + joint + written + joint + after)
    assert secret not in hidden
    if form.startswith("base64"):
        whole = b64encode(secret.encode()).decode().rstrip("=")
        assert whole not in hidden
    else:
        assert written not in hidden


@pytest.mark.parametrize("user", ["", "u", "us", "use", "user"])
def test_a_password_is_hidden_inside_basic_authentication(user: str) -> None:
    pair = b64encode(f"{user}:correct horse".encode()).decode()
    hidden = knowing("correct horse").hide(f"Basic {pair}")
    assert hidden.startswith("Basic ")
    assert REDACTED in hidden
    assert len(hidden.replace(REDACTED, "")) <= len("Basic ") + 4 * (len(user) + 4)


# ---------------------------------------------------------------- what is remembered


@pytest.mark.parametrize(
    ("value", "text", "hidden"),
    [
        ("  hidden-value\n", "hidden-value", REDACTED),
        ("Bearer hidden-value", "x hidden-value y", f"x {REDACTED} y"),
        ("bearer  hidden-value", "hidden-value", REDACTED),
        ("Basic aGlkZGVuOnZhbHVl", "aGlkZGVuOnZhbHVl", REDACTED),
        ("Not-a-scheme hidden", "hidden", "hidden"),
    ],
)
def test_what_stands_around_a_secret_is_none(value: str, text: str, hidden: str) -> None:
    assert knowing(value).hide(text) == hidden


@pytest.mark.parametrize("value", ["", "   ", "\n", "short"])
def test_too_little_is_not_searched_for(value: str) -> None:
    search = knowing(value)
    assert search.hide(f"a{value}b" * 5) == f"a{value}b" * 5


def test_a_short_secret_is_known_as_a_whole() -> None:
    search = knowing("1234", " 99 ")
    assert [search.is_whole(text) for text in ("1234", "99", "12345", "")] == [True, True, False, False]


@pytest.mark.parametrize("value", [REDACTED, "redacted", "redacted]"])
def test_the_mark_itself_is_no_secret(value: str) -> None:
    search = knowing(value, "hidden-value")
    assert search.hide(search.hide("hidden-value")) == REDACTED


def test_secrets_that_overlap_are_hidden_as_one() -> None:
    search = knowing("abcdefgh", "efghijkl", "mnopqrst")
    assert search.hide("-abcdefghijkl-") == f"-{REDACTED}-"
    assert search.hide("-abcdefghmnopqrst-") == f"-{REDACTED}-"


def test_the_longer_secret_counts_where_one_begins_another() -> None:
    for order in (("abcdefgh", "abcdefghijkl"), ("abcdefghijkl", "abcdefgh")):
        assert knowing(*order).hide("-abcdefghijkl-abcdefgh-") == f"-{REDACTED}-{REDACTED}-"


def test_a_very_long_secret_is_hidden_whole() -> None:
    generator = random.Random(7)
    for length in (PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5):
        secret = "".join(generator.choices('abcdefghijklmnop\n"', k=length))
        assert knowing(secret).hide(f"<{secret}>") == f"<{REDACTED}>"
        assert knowing(secret).hide(f"<{json.dumps(secret)[1:-1]}>") == f"<{REDACTED}>"


@pytest.mark.parametrize("secret", ["00000000", "a" * 5000])
def test_a_text_of_nothing_but_secrets_takes_no_time(secret: str) -> None:
    hidden = knowing(secret).hide(secret[0] * 1_000_000)
    assert hidden.startswith(REDACTED)
    assert len(hidden) - len(REDACTED) < len(secret)


# ---------------------------------------------------------------- many secrets


def many(count: int) -> list[str]:
    generator = random.Random(count)
    return ["".join(generator.choices("abcdefghijklmnopqrstuvwxyz+/", k=24)) for _ in range(count)]


@pytest.mark.parametrize("count", [1, 128 // 4, 128 * 4])
def test_few_and_many_secrets_are_hidden_alike(count: int) -> None:
    secrets = many(count)
    search = knowing(*secrets)
    for form in FORMS.values():
        text = ", ".join(form(secret) for secret in secrets[:20])
        hidden = search.hide(f"all of them: {text}")
        assert not any(secret in hidden for secret in secrets)
        assert hidden.startswith("all of them: ")
        assert hidden.count(REDACTED) >= 1
    assert search.hide("nothing to be seen " * 10) == "nothing to be seen " * 10


def test_another_secret_costs_no_new_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    monkeypatch.setattr(re, "compile", lambda *pattern: compiled.append(pattern))
    search = Search()
    for secret in many(1000):
        search.add(secret)
        search.hide("a text of some forty characters, or more")
    assert compiled == []


def test_no_more_than_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_LEARNT == 10_000
    monkeypatch.setattr(module, "MAX_LEARNT", 3)
    search = knowing("secret-number-0", "secret-number-1", "secret-number-1", "secret-number-2", "secret-number-3")
    assert search.hide("secret-number-2 secret-number-3") == f"{REDACTED} secret-number-3"
