import json
from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description, FeatureSet, Source
from arazzo_runner.document.objects.fields import Fields, Reading, is_slip, open_object, quoting
from arazzo_runner.document.objects.findings import Findings
from arazzo_runner.document.objects.shapes import Shape
from arazzo_runner.values import JSON

SHAPE = Shape("thing", ("name",), ("size", "items", "value", "note"), newer=("later",), spared=())

Open = Callable[..., tuple[Fields, Findings]]


@pytest.fixture
def opened(sourced: Callable[..., Source]) -> Open:
    """Begin to read an object with the members given and a name."""

    def make(minor: int = 1, **members: Any) -> tuple[Fields, Findings]:
        data = {"name": "n", **members}
        findings = Findings(sourced(json.dumps(data)))
        fields = open_object(Reading(FeatureSet(1, minor), findings), data, (), SHAPE)
        assert fields is not None
        return fields, findings

    return make


def codes(findings: Findings) -> list[str]:
    return [found.code for found in findings.all()]


def test_members_of_the_right_type_are_given_as_they_are(opened: Open) -> None:
    fields, findings = opened(size=3, items=[1, "x"], value=None, note={"a": 1})
    assert (fields.text("name"), fields.integer("size", 0), fields.number("size", 0)) == ("n", 3, 3)
    assert list(fields.items("items")) == [(1, ("items", 0)), ("x", ("items", 1))]
    assert list(fields.members("note")) == [("a", 1, ("note", "a"))]
    assert (fields.has("value"), fields.has("later"), fields.path("size")) == (True, False, ("size",))
    assert codes(findings) == []


@pytest.mark.parametrize("value", [None, "x", [], {}])
def test_what_is_no_integer(opened: Open, value: JSON) -> None:
    fields, findings = opened(size=value)
    assert fields.integer("size", 0) is None
    assert codes(findings) == ["structure-empty-field" if value is None else "structure-wrong-type"]


@pytest.mark.parametrize(("value", "read"), [(2, 2), (2.0, 2), (2.5, None), (True, None), (-1, None)])
def test_integers_have_no_fraction_and_a_least_value(opened: Open, value: JSON, read: int | None) -> None:
    fields, findings = opened(size=value)
    found = fields.integer("size", 0)
    assert (type(found), found) == (type(read), read)
    assert bool(codes(findings)) is (read is None)


def test_a_getter_of_what_is_left_out_gives_nothing_and_says_nothing(opened: Open) -> None:
    fields, findings = opened()
    assert fields.text("note") is None
    assert fields.number("size", 0) is None
    assert fields.one_of("note", ("a",)) is None
    assert (fields.words("note"), fields.strings("items"), list(fields.members("note"))) == ("", (), [])
    assert codes(findings) == []


def test_words_take_any_scalar(opened: Open) -> None:
    fields, findings = opened(note=1.0)
    assert fields.words("note") == "1.0"
    (found,) = findings.all()
    assert (found.code, found.strict_error, found.help) == ("structure-wrong-type", True, 'quote it: "1.0"')


def test_a_text_that_is_no_text_is_told_with_what_to_do(opened: Open) -> None:
    fields, findings = opened(note=404)
    assert fields.text("note") is None
    (found,) = findings.all()
    assert found.message == "thing: 'note' is the integer 404, expected a string"
    assert found.help == 'quote it: "404"'


def test_a_value_of_a_closed_set(opened: Open) -> None:
    fields, findings = opened(note="End")
    assert fields.one_of("note", ("end", "goto")) is None
    (found,) = findings.all()
    assert found.help.startswith("did you mean 'end'?")


def test_strings_are_different_strings(opened: Open) -> None:
    fields, findings = opened(items=["a", "b", "a", 5])
    assert fields.strings("items") == ("a", "b")
    assert codes(findings) == ["structure-duplicate-entry", "structure-wrong-type"]


def test_newer_members_are_dropped_under_1_0(opened: Open) -> None:
    old, findings = opened(minor=0, later=1)
    assert not old.has("later")
    assert codes(findings) == ["document-newer-feature"]
    new, findings = opened(minor=1, later=1)
    assert new.has("later")
    assert codes(findings) == []


def test_unknown_members_are_told_with_a_near_name(opened: Open) -> None:
    fields, findings = opened(sise=1, zz=1)
    assert not fields.has("sise")
    assert [found.help for found in findings.all()] == [
        "did you mean 'size'?",
        "known fields: name, size, items, value, note, later",
    ]


def test_what_is_no_object(opened: Open) -> None:
    fields, findings = opened()
    assert open_object(fields.reading, None, (), SHAPE) is None
    assert open_object(fields.reading, ["x"], (), SHAPE, "thing 'x'") is None
    assert [found.message for found in findings.all()] == [
        "thing: found nothing (null), expected an object",
        "thing 'x': found an array, expected an object",
    ]


@pytest.mark.parametrize(("value", "help"), [(5, 'quote it: "5"'), (True, 'quote it: "true"'), ([], ""), (None, "")])
def test_quoting(value: JSON, help: str) -> None:
    assert quoting(value) == help


@pytest.mark.parametrize(
    ("wrong", "name", "expected"),
    [
        ("stepid", "stepId", True),
        ("STEPID", "stepId", True),
        ("stepIds", "stepId", True),
        ("stpId", "stepId", True),
        ("stepXd", "stepId", True),
        ("setpId", "stepId", True),
        ("stepIdd", "stepId", True),
        ("tepId", "stepId", True),
        ("step", "stepId", False),
        ("stepName", "stepId", False),
        ("steppIds", "stepId", False),
        ("petsId", "stepId", False),
        ("", "", True),
        ("", "a", True),
        ("a", "bc", False),
    ],
)
def test_a_slip_is_another_case_or_one_letter(wrong: str, name: str, expected: bool) -> None:
    assert is_slip(wrong, name) is expected
    assert is_slip(name, wrong) is expected


@pytest.mark.parametrize(("slip", "is_told_once"), [("stepid", True), ("stepI", True), ("stepName", False)])
def test_a_field_that_is_nearly_a_required_one_is_the_cause(
    described: Callable[..., Description], slip: str, is_told_once: bool
) -> None:
    step = {slip: "find", "operationId": "x"}
    found = described({"workflows/0/steps/0": step})
    told = [(one.code, one.severity.value, one.help) for one in found.diagnostics]
    if is_told_once:
        assert told == [("structure-missing-field", "error", "did you mean 'stepId'?")]
        assert found.workflows[0].steps[0].step_id == "find", "what refers to the step is no fault of its own"
    else:
        assert {code for code, _, _ in told} == {"structure-missing-field", "structure-unknown-field"}
        assert found.workflows[0].steps[0].step_id == ""


def test_what_a_missing_field_can_be_is_listed(described: Callable[..., Description]) -> None:
    outputs = {"a": {"context": "$response.body", "selector": "$.a"}}
    (found,) = described({"workflows/0/steps/0/outputs": outputs}, "1.1.0").diagnostics
    assert found.help == "add 'type': jsonpath, xpath, jsonpointer"
