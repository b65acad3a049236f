import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.run.html.json_layout import MAX_CHECKED, is_json, laid_out

EVERYTHING = 1_000_000
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"a":1}', '{\n  "a": 1\n}'),
        ('{"a":{},"b":[]}', '{\n  "a": {},\n  "b": []\n}'),
        ("[1,[2.50]]", "[\n  1,\n  [\n    2.50\n  ]\n]"),
        ('{ "a" : "x, {y}: \\"z\\"" }', '{\n  "a": "x, {y}: \\"z\\""\n}'),
        ('{"a":1,"a":1e400}', '{\n  "a": 1,\n  "a": 1e400\n}'),
        ("[true,null]", "[\n  true,\n  null\n]"),
        ('{"cut": [1, "of', '{\n  "cut": [\n    1,\n    "of'),
        ("]}]", "]\n}\n]"),
    ],
)
def test_json_is_laid_out(body: str, expected: str) -> None:
    assert laid_out(body, EVERYTHING) == expected


@given(values)
def test_the_layout_is_that_of_the_standard_library_but_for_the_spelling_of_values(value: object) -> None:
    body = json.dumps(value)
    if is_json(body, ""):
        assert laid_out(body, EVERYTHING) == json.dumps(value, indent=2)


@given(st.text(), st.integers(0, 50))
def test_any_text_is_laid_out_within_its_limit(body: str, most: int) -> None:
    assert len(laid_out(body, most)) <= most


def test_deep_json_is_not_indented_without_end() -> None:
    assert len(laid_out("[" * 5000, EVERYTHING)) < 500_000


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        ('{"a": 1}', "", True),
        (" [1]", "text/plain", True),
        ("1", "application/json", False),
        ("{a: 1}", "application/json", False),
        ("[" * 100_000, "application/json", False),
        ("", "application/json", False),
        ("[" + "1," * MAX_CHECKED + "1]", "application/json", True),
        ("[" + "1," * MAX_CHECKED + "1]", "text/plain", False),
    ],
    ids=lambda each: str(each)[:12],
)
def test_json_is_told_from_other_text(body: str, media_type: str, expected: bool) -> None:
    assert is_json(body, media_type) is expected
