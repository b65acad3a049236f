import re

import pytest

from arazzo_runner.mock.instances.generate import generate
from arazzo_runner.mock.instances.judge import Judge
from arazzo_runner.mock.instances.pattern_spelling import spelt
from arazzo_runner.mock.instances.rooted import RootedSchema
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import refused


@pytest.mark.parametrize("pattern", ["^a+$", r"^(?=.*\d).{8,}$", r"\_", "(?i)abc", "["])
def test_what_is_read_or_can_not_be_read_stays(pattern: str) -> None:
    assert spelt(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"^[a-z_-\s]+$", "a-b c", "A"),
        (r"^[\w-.]+$", "a-b.c", "a b"),
        ("^{a}$", "{a}", "a"),
        ("^[^]$", "\n", ""),
        (r"\Ab+\Z", "bbb", "ab"),
        (r"(?P<year>[0-9]{4})\Z", "2025", "25"),
    ],
)
def test_what_is_plain_elsewhere_is_written_out(pattern: str, matching: str, other: str) -> None:
    judge = Judge(RootedSchema({}))
    node: JSON = {"pattern": spelt(pattern)}
    assert judge.holds((node,), matching)
    assert not judge.holds((node,), other)


def test_a_schema_with_such_patterns_has_instances() -> None:
    value = generate(
        {
            "type": "object",
            "required": ["a", "x-b"],
            "properties": {"a": {"type": "string", "pattern": r"^[\w-.]+$"}},
            "patternProperties": {r"^[x-\d]-": {"type": "integer"}},
        }
    )
    assert isinstance(value, dict)
    assert isinstance(value["x-b"], int)
    assert re.fullmatch(r"[\w.-]+", str(value["a"]))
    assert "no string was found" in refused({"type": "string", "pattern": "[]"})
