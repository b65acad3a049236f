from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.redact.members import hide_members
from arazzo_runner.redact.names import REDACTED, is_secret_name

STANDS = "arazzoStandIn0123456789abcdefn7z"


def hide(text: str) -> str:
    return hide_members(text, is_secret_name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"token": "x", "a": "b"', f'{{"token": "{REDACTED}", "a": "b"'),
        ('data: {"password":"x\\"y"}\n\n', f'data: {{"password":"{REDACTED}"}}\n\n'),
        ('{"a":1}\n{"otp":123456}\n', f'{{"a":1}}\n{{"otp":"{REDACTED}"}}\n'),
        ('{"otp": -1.5e+7, "a": 1}', f'{{"otp": "{REDACTED}", "a": 1}}'),
        ('{"token" : "x"}', f'{{"token" : "{REDACTED}"}}'),
        ('{"token"\n:\n"x"}', f'{{"token"\n:\n"{REDACTED}"}}'),
        ('{"to\\u006ben": "x"}', f'{{"to\\u006ben": "{REDACTED}"}}'),
        ('{"credentials": {"a": ["}", {}], "b": "]"}, "c": 1}', f'{{"credentials": "{REDACTED}", "c": 1}}'),
        ('{"secrets": ["a", ["b"]], "c": 1}', f'{{"secrets": "{REDACTED}", "c": 1}}'),
        # Cut in the middle of a value: what is left of it is hidden.
        ('{"token": "sk_li', f'{{"token": "{REDACTED}"'),
        ('{"token": "sk_li\\', f'{{"token": "{REDACTED}"'),
        ('{"credentials": {"a": "sk', f'{{"credentials": "{REDACTED}"'),
        # Not a name: it stands in a string.
        ('{"a": "\\"token\\": 5"}', '{"a": "\\"token\\": 5"}'),
        ('{"a": ", \\"token\\":"}', '{"a": ", \\"token\\":"}'),
        ('["token", "x"]', '["token", "x"]'),
        ('{"token": null, "secret": true}', '{"token": null, "secret": true}'),
        (f'{{"token": "{STANDS}"}}', f'{{"token": "{STANDS}"}}'),
        ('{"tokens": 5}', '{"tokens": 5}'),
        ('"token', '"token'),
        ("", ""),
    ],
)
def test_members_are_judged_by_their_names(text: str, shown: str) -> None:
    assert hide(text) == shown
    assert hide(shown) == shown


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(["token", "apiKey"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def hidden(value: Any) -> Any:
    """The same over the tree."""
    match value:
        case list():
            return [hidden(item) for item in value]
        case dict():
            return {name: REDACTED if gives_away(name, member) else hidden(member) for name, member in value.items()}
        case _:
            return value


def gives_away(name: str, member: Any) -> bool:
    return is_secret_name(name) and member is not None and not isinstance(member, bool)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_the_text_says_what_the_tree_says(value: Any, indent: int | None, ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    shown = hide(text)
    assert json.loads(shown) == hidden(value)
    if hidden(value) == value:
        assert shown == text


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        '"a":"' * 40_000,
        '"\\"' + '\\"' * 100_000,
        "\\" * 200_000,
        '{"token":' * 40_000,
        '"token" ' * 40_000,
    ],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    assert len(hide(text)) <= len(text)
