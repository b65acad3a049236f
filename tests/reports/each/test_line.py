import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from arazzo_runner.reports.each.line import STATUSES, RowLine


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_a_line_is_what_its_schema_describes(status: str, project: Path) -> None:
    schema: Any = json.loads((project / "arazzo_runner/reports/each/row.schema.json").read_text("utf-8"))
    line = RowLine(3, 4, "0123456789abcdef", status, {"a": b"\0", "\u00fc": [1.5]}, "why", "max_steps", 2, 0.12345678)
    found = json.loads(line.text)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert found["outputs"] == {"a": {"$base64": "AA=="}, "\u00fc": [1.5]}
    assert line.text.isascii()
    assert line.text.count("\n") == 1
    assert set(schema["properties"]["status"]["enum"]) == STATUSES


def test_what_is_not_known_is_null() -> None:
    found = json.loads(RowLine(1, 1, "0" * 16, "succeeded").text)
    assert (found["reason"], found["limit"]) == (None, None)
