from __future__ import annotations

import pytest

from arazzo_runner.redact.fields import MAX_FIELDS, MIN_FIELD, Fields
from arazzo_runner.redact.names import REDACTED


def knowing(*secrets: str) -> Fields:
    fields = Fields()
    for secret in secrets:
        fields.add(secret)
    return fields


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"a": "4711", "b": 4711}', f'{{"a": "{REDACTED}", "b": "{REDACTED}"}}'),
        ("[4711,4711]", f'["{REDACTED}","{REDACTED}"]'),
        ("a=4711&b=47110&c=4711", f"a={REDACTED}&b=47110&c={REDACTED}"),
        ("<pin>4711</pin>", f"<pin>{REDACTED}</pin>"),
        ('{"4711": 47110, "a": "4711 x", "b": 4711.5}', '{"4711": 47110, "a": "4711 x", "b": 4711.5}'),
        ("it is 4711, or so", "it is 4711, or so"),
        ('{"a": "a\\"b c"}', f'{{"a": "{REDACTED}"}}'),
        ("q=a%22b%20c;", f"q={REDACTED};"),
    ],
)
def test_a_short_secret_is_hidden_as_the_whole_of_a_field(text: str, shown: str) -> None:
    assert knowing("4711", 'a"b c').hide(text) == shown
    assert knowing("4711", 'a"b c').hide(shown) == shown


def test_in_other_texts_only_pairs_are_looked_at() -> None:
    fields = knowing("4711")
    assert fields.hide_pairs("https://a/?a=4711&b=1") == f"https://a/?a={REDACTED}&b=1"
    assert fields.hide_pairs('"4711" <a>4711</a>') == '"4711" <a>4711</a>'


def test_very_short_ones_and_too_many_are_not_looked_for() -> None:
    short = "1" * (MIN_FIELD - 1)
    assert knowing(short).hide(f'{{"a": "{short}"}}') == f'{{"a": "{short}"}}'
    fields = knowing(*(f"{number:04}" for number in range(MAX_FIELDS * 2)))
    assert fields.hide_pairs("a=0001") == f"a={REDACTED}"
    last = f"a={MAX_FIELDS * 2 - 1:04}"
    assert fields.hide_pairs(last) == last
