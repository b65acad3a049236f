import pytest

from arazzo_runner.redact.marks import EXTENSIONS, is_marked


@pytest.mark.parametrize(
    ("schema", "marked"),
    [
        ({"format": "password"}, True),
        ({"type": "string", "x-sensitive": True}, True),
        *(({extension: True}, True) for extension in sorted(EXTENSIONS)),
        ({"x-sensitive": False}, False),
        ({"x-sensitive": "true"}, False),
        ({"x-sensitive": {"level": 1}}, False),
        ({"writeOnly": True}, False),
        ({"format": "uuid"}, False),
        ({"$ref": "#/x"}, False),
        ({}, False),
        (True, False),
        (None, False),
        (["format", "password"], False),
    ],
)
def test_a_schema_says_that_its_value_is_a_secret(schema: object, marked: bool) -> None:
    assert is_marked(schema) is marked
