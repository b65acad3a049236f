from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({}, []),
        (False, []),
        ({"type": "object", "foo": 1}, []),
        ({"$ref": "#/components/inputs/a"}, []),
        ({"properties": {"reference": {"type": "string"}}}, []),
        ({"reference": {"type": "string"}}, []),
        ({"reference": "$components.inputs.a"}, ["error structure-reference-form /reference"]),
        ("object", ["error structure-wrong-type /"]),
        ([], ["error structure-wrong-type /"]),
    ],
)
def test_what_stands_for_a_schema(faults: Faults, schema: Any, found: list[str]) -> None:
    for place in ("workflows/0/inputs", "components/inputs/a"):
        changes = {"components/inputs": {"a": {}}, place: schema}
        assert faults(changes) == [fault.replace(" /", f" /{place}/").rstrip("/") for fault in found]


def test_a_schema_is_kept_as_written(described: Described) -> None:
    schema = {"type": "strng", "x": [1]}
    assert described({"workflows/0/inputs": schema}).workflows[0].inputs == schema
