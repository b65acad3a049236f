from pathlib import Path

import pytest

from arazzo_runner.api.readiness.inputs import flag_text, placeholder
from arazzo_runner.reports.doctor.readiness import InputFact
from arazzo_runner.values import JSON
from tests.api.readiness.shop import examined, write


def test_what_is_known_of_each_input(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path), "buy").workflows
    by_name = {each.name: each for each in found.inputs}
    assert [each.name for each in found.inputs if each.missing] == ["id", "size", "color", "amount", "tags", "what"]
    assert (by_name["amount"].types, by_name["amount"].example, by_name["amount"].description) == (
        ("string", "integer"), "12", "how many",
    )  # fmt: skip
    assert (by_name["size"].choices, by_name["size"].example) == (("S", "M"), "S")
    assert (by_name["pace"].default, by_name["pace"].missing) == (2, False)
    assert by_name["what"].workflow == "look"


def test_nothing_of_a_secret_is_kept(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path), "buy").workflows
    secrets = [each for each in found.inputs if each.secret]
    assert [each.name for each in secrets] == ["apiKey", "pin"]
    assert all(each.default is None and not each.has_example for each in secrets)


def test_an_input_that_is_given_is_not_missing(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path), "look", given=lambda prepared: {("", "what"): "-i"}).workflows
    assert [(each.given_by, each.missing) for each in found.inputs] == [("-i", False)]
    assert "-i" not in found.command


def fact(types: tuple[str, ...], workflow: str = "") -> InputFact:
    return InputFact("n", types, True, False, workflow)


ANY = ("string", "number", "boolean", "array", "object", "null")


@pytest.mark.parametrize(
    ("types", "value", "expected"),
    [
        (("string",), "a b", "n=a b"),
        (("string",), "5", "n=5"),
        (ANY, "5", "n=5"),
        (("string", "integer"), "5", 'n:="5"'),
        (("integer",), 5, "n=5"),
        (ANY, 5, "n:=5"),
        (("boolean", "null"), None, "n=null"),
        (("array",), ["ü"], 'n:=["ü"]'),
        (("object",), {"a": 1}, 'n:={"a": 1}'),
    ],
)
def test_the_flag_gives_just_the_value(types: tuple[str, ...], value: JSON, expected: str) -> None:
    assert flag_text(fact(types), value) == expected


def test_a_placeholder_names_the_workflow_that_wants_it() -> None:
    assert placeholder(fact(("string",), "first")) == "first:n=..."
    assert placeholder(InputFact("n", ("integer",), True, False, has_example=True, example=3)) == "n=3"
