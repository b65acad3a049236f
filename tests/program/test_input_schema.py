"""The `inputs` of workflows: what they declare, and what is wrong with them (INP-01 to INP-16)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description
from arazzo_runner.program import schema_references
from arazzo_runner.program.input_schema import (
    MAX_UNREAD_PATTERNS,
    check_component_inputs,
    describe_inputs,
    is_secret,
    read_input_schema,
)
from arazzo_runner.program.model import InputSchema
from arazzo_runner.sources.documents import Documents
from tests.engine.programs import description_of
from tests.program.marked import in_document, place
from tests.sources.inline import Memory

NONE = Documents(Memory())
CONTROLS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def description(inputs: Any, components: dict[str, Any] | None = None) -> Description:
    workflow = {"workflowId": "w", "steps": [{"stepId": "s", "operationId": "x"}], "inputs": inputs}
    parts = {"inputs": components} if components else {}
    # YAML has no surrogate pairs, so characters stand as they are; but those that it takes for controls are escaped.
    plain = [json.dumps(part, ensure_ascii=False) for part in (workflow, parts)]
    written = [CONTROLS.sub(lambda found: f"\\u{ord(found.group()):04x}", part) for part in plain]
    return description_of("workflows: [{}]\ncomponents: {}\n".format(*written))


def read(
    inputs: Any, components: dict[str, Any] | None = None, *, strict: bool = False
) -> tuple[InputSchema, list[Diagnostic]]:
    document = description(inputs, components)
    schema, found = read_input_schema(document, document.workflows[0], NONE, strict)
    return schema, list(found)


def sound(inputs: Any, components: dict[str, Any] | None = None) -> InputSchema:
    schema, found = read(inputs, components)
    assert found == []
    return schema


def accepts(schema: InputSchema, value: Any) -> bool:
    assert schema.validator is not None
    return not list(schema.validator.iter_errors(value))


A, B = {"type": "string"}, {"type": "integer"}


@pytest.mark.parametrize(
    ("inputs", "components", "names"),
    [
        pytest.param({"properties": {"a": A}}, None, "a", id="properties"),
        pytest.param({"$ref": "#/components/inputs/i"}, {"i": {"properties": {"a": A}}}, "a", id="INP-05"),
        pytest.param(
            {"$ref": "#/components/inputs/i"},
            {"i": {"$ref": "#/components/inputs/j"}, "j": {"properties": {"b": B}}},
            "b",
            id="INP-06 nested",
        ),
        pytest.param(
            {"$ref": "#/components/inputs/i", "properties": {"a": A}},
            {"i": {"properties": {"b": B}}},
            "ab",
            id="beside a reference",
        ),
        pytest.param({"allOf": [{"properties": {"a": A}}, {"properties": {"b": B}}]}, None, "ab", id="allOf"),
        pytest.param(
            {"allOf": [{"$ref": "#/components/inputs/i"}]},
            {"i": {"properties": {"a": A}}},
            "a",
            id="allOf of a reference",
        ),
        pytest.param(
            {"$defs": {"d": {"properties": {"a": A}}}, "$ref": "#/$defs/d"}, None, "a", id="its own definitions"
        ),
        pytest.param(
            {"$ref": "#/components/inputs/a~1b%20c"}, {"a/b c": {"properties": {"a": A}}}, "a", id="an escaped pointer"
        ),
        pytest.param({"$ref": "#there"}, {"i": {"$anchor": "there", "properties": {"a": A}}}, "a", id="URI-16"),
        pytest.param(
            {"$ref": "#/components/inputs/i"}, {"i": {"$ref": "#/components/inputs/i"}}, "", id="INP-06 a circle"
        ),
        pytest.param({"properties": 5}, None, "", id="no properties at all"),
    ],
)
def test_declared_names(inputs: Any, components: dict[str, Any] | None, names: str) -> None:
    document = description(inputs, components)
    assert set(describe_inputs(document, document.workflows[0], NONE).properties) == set(names)


def test_hundreds_of_parts_are_all_declared() -> None:
    schema = sound({"allOf": [{"properties": {f"p{number}": A}} for number in range(300)]})
    assert len(schema.properties) == 300


@pytest.mark.parametrize(
    ("inputs", "closed", "opens"),
    [
        pytest.param({"properties": {"a": A}}, False, False, id="neither"),
        pytest.param({"properties": {"a": A}, "additionalProperties": False}, True, False, id="INP-11 closed"),
        pytest.param({"unevaluatedProperties": False}, True, False, id="closed for what was not looked at"),
        pytest.param({"properties": {"a": A}, "additionalProperties": True}, False, True, id="opened"),
        pytest.param({"additionalProperties": {"type": "string"}}, False, True, id="opened for strings"),
        pytest.param({"additionalProperties": {}}, False, True, id="opened for anything"),
        pytest.param({"patternProperties": {"^x": A}}, False, True, id="opened by pattern"),
        pytest.param({"allOf": [{"additionalProperties": False}]}, True, False, id="closed by a part"),
        pytest.param(True, False, True, id="true"),
        pytest.param(None, False, False, id="none"),
    ],
)
def test_whether_other_inputs_may_be_given(inputs: Any, closed: bool, opens: bool) -> None:
    document = description_of("workflows: [{workflowId: w, steps: []}]") if inputs is None else description(inputs)
    for schema in (
        describe_inputs(document, document.workflows[0], NONE),
        read_input_schema(document, document.workflows[0], NONE)[0],
    ):
        assert (schema.closed, schema.opens) == (closed, opens)


def test_required_names_are_collected_over_all_parts() -> None:
    schema = sound({"required": ["a"], "allOf": [{"required": ["b", "a"]}]})
    assert schema.required == ("a", "b")


@pytest.mark.parametrize(
    ("name", "schema", "secret"),
    [
        ("token", {}, True),
        ("pageToken", {}, False),
        ("pin", {"format": "password"}, True),
        ("pin", {"$ref": "#/hidden"}, True),
        ("pin", {"allOf": [{"format": "password"}]}, True),
        ("pin", {"format": "date"}, False),
        ("pin", True, False),
    ],
)
def test_secrets(name: str, schema: Any, secret: bool) -> None:
    assert is_secret(name, schema, {"hidden": {"format": "password"}}) is secret


@pytest.mark.parametrize(
    ("inputs", "components", "good", "bad"),
    [
        pytest.param(B, None, 1.0, "1", id="DOC-27: 1.0 is an integer"),
        pytest.param({"prefixItems": [B], "items": False}, None, [1], [1, 2], id="INP-02"),
        pytest.param({"type": "string", "format": "email"}, None, "no mail", 5, id="INP-13"),
        pytest.param({"$ref": "#/components/inputs/tree"}, {"tree": {"properties": {"sub": {"$ref": "#/components/inputs/tree"}}, "required": ["n"]}}, {"n": 1, "sub": {"n": 2}}, {"n": 1, "sub": {}}, id="INP-06 recursive"),
        pytest.param({"$ref": "#page"}, {"i": {"$anchor": "page", "type": "integer"}}, 1, "x", id="URI-16 anchor"),
        pytest.param({"$ref": "https://x.example/i"}, {"i": {"$id": "https://x.example/i", "type": "integer"}}, 1, "x", id="INP-08 id"),
        pytest.param(False, None, None, {}, id="false"),
    ],
)  # fmt: skip
def test_values_are_judged_by_2020_12(inputs: Any, components: dict[str, Any] | None, good: Any, bad: Any) -> None:
    schema = sound(inputs, components)
    assert inputs is False or accepts(schema, good)
    assert not accepts(schema, bad)


FAULTY = {
    "INP-01": (
        "inputs: {type: object, properties: {a: {type: «strng»}}}",
        "inputs-schema",
        "did you mean 'string'?",
    ),
    "INP-02 draft 4": ("inputs: {minimum: 1, exclusiveMinimum: «true»}", "inputs-schema", "correct the schema"),
    "required as a flag of the whole": (
        "inputs: {properties: {a: {}}, required: «true»}",
        "inputs-schema",
        "`required` is a list of names, and stands beside `properties`",
    ),
    "a reference to nothing": (
        "inputs: {allOf: [{$ref: «'#/components/inputs/page'»}]}",
        "inputs-reference",
        "did you mean '#/components/inputs/paging'?",
    ),
    "an anchor of nothing": ("inputs: {$ref: «'#nowhere'»}", "inputs-reference", "known: "),
    "INP-07": ("inputs: {$ref: «./other.json#/x»}", "inputs-reference", "write a path or URL relative to the document"),
    "in a component": (
        "inputs: {$ref: '#/components/inputs/paging', properties: {b: {type: «file»}}}",
        "inputs-schema",
        "did you mean 'string'?",
    ),
}


@pytest.mark.parametrize(("line", "code", "help"), FAULTY.values(), ids=FAULTY)
def test_a_schema_that_is_none_is_an_error_at_its_place(line: str, code: str, help: str) -> None:
    told = in_document(
        f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: x}}]\n  {line}\n"
        "components:\n  inputs: {paging: {properties: {page: {type: integer}}}}\n"
    )
    document = description_of(told.text)
    schema, found = read_input_schema(document, document.workflows[0], NONE)
    assert [(one.code, one.severity, place(one)) for one in found] == [(code, Severity.ERROR, told.places[0])]
    assert found[0].help.startswith(help)
    assert found[0].at is not None
    assert found[0].at[:3] == ("workflows", 0, "inputs")
    assert schema.validator is None


def test_a_fault_in_a_component_stands_in_the_component() -> None:
    schema, found = read({"$ref": "#/components/inputs/i"}, {"i": {"properties": {"a": {"type": "strng"}}}})
    assert [(one.code, one.at) for one in found] == [
        ("inputs-schema", ("components", "inputs", "i", "properties", "a", "type"))
    ]
    assert schema.validator is None


def test_a_fault_in_a_component_with_an_anchor_stands_there_too() -> None:
    _, found = read({"$ref": "#i"}, {"i": {"$anchor": "i", "required": 5}})
    assert [one.at for one in found] == [("components", "inputs", "i", "required")]


def test_a_schema_with_components_of_its_own_keeps_them() -> None:
    inputs = {"$ref": "#/components/inputs/i", "components": {"inputs": {"i": {"type": "strng"}}}}
    _, found = read(inputs, {"i": {}})
    assert [one.at for one in found] == [("workflows", 0, "inputs", "components", "inputs", "i", "type")]


def test_an_unused_component_stops_nothing_but_is_judged() -> None:
    broken = {"unused": {"type": "strng"}, "used": {"type": "object"}}
    assert read({"$ref": "#/components/inputs/used"}, broken)[1] == []
    found = check_component_inputs(description(True, broken), NONE)  # INP-16
    assert [(one.code, one.at) for one in found] == [("inputs-schema", ("components", "inputs", "unused", "type"))]


def test_sound_components_have_no_findings() -> None:
    components = {"a": {"$ref": "#/components/inputs/b"}, "b": {"$ref": "#/components/inputs/a"}, "c": True}
    assert check_component_inputs(description(True, components), NONE) == ()


UNREADABLE = {"properties": {"a": {"pattern": "("}, "b": {"pattern": "^b"}}}


def test_a_pattern_that_can_not_be_read_is_left_out_with_a_doubt() -> None:
    schema, found = read(UNREADABLE)
    assert [(one.code, one.severity, one.at) for one in found] == [
        ("inputs-pattern", Severity.WARNING, ("workflows", 0, "inputs", "properties", "a", "pattern"))
    ]
    assert accepts(schema, {"a": "anything", "b": "b"})
    assert not accepts(schema, {"b": "a"})


def test_strictly_it_is_an_error() -> None:
    assert [one.code for one in read(UNREADABLE, strict=True)[1]] == ["inputs-schema"]


def test_there_is_an_end_to_patterns() -> None:
    many = {"allOf": [{"pattern": "("} for _ in range(MAX_UNREAD_PATTERNS + 1)]}
    found = read(many)[1]
    assert found[-1].severity is Severity.ERROR
    assert f"more than {MAX_UNREAD_PATTERNS} patterns" in found[-1].message


def test_messages_of_the_schema_show_no_values() -> None:
    schema = sound({"properties": {"token": {"enum": ["a"]}}, "maxProperties": 0})
    assert schema.validator is not None
    messages = [fault.message for fault in schema.validator.iter_errors({"token": "s3cret-value"})]
    assert len(messages) == 2
    assert not any("s3cret-value" in message for message in messages)


DYNAMIC: dict[str, Any] = {
    "tree": {
        "$id": "https://ex.com/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"data": True, "children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    },
    "strict": {
        "$id": "https://ex.com/strict-tree",
        "$dynamicAnchor": "node",
        "$ref": "tree",
        "unevaluatedProperties": False,
    },
}


@pytest.mark.parametrize(
    ("inputs", "components", "good", "bad"),
    [
        pytest.param(
            {"$ref": "#/components/inputs/a"},
            {"a": {"$id": "https://ex.com/a", "$defs": {"d": B}, "properties": {"n": {"$ref": "#/$defs/d"}}}},
            {"n": 1},
            {"n": "x"},
            id="pointer",
        ),
        pytest.param(
            {"$ref": "#/components/inputs/a"},
            {"a": {"$id": "a", "$defs": {"d": {"$anchor": "dd", **B}}, "properties": {"n": {"$ref": "#dd"}}}},
            {"n": 1},
            {"n": "x"},
            id="anchor",
        ),
        pytest.param(
            {"$ref": "#/components/inputs/a"},
            {"a": {"$id": "https://ex.com/a", "$ref": "b"}, "b": {"$id": "https://ex.com/b", "required": ["n"]}},
            {"n": 1},
            {},
            id="neighbour",
        ),
        pytest.param(
            {"properties": {"n": {"$ref": "#/components/inputs/a/$defs/d"}}},
            {"a": {"$id": "a/", "$defs": {"d": {"$ref": "c"}, "c": {"$id": "c", **B}}}},
            {"n": 1},
            {"n": "x"},
            id="into a resource",
        ),
        pytest.param(
            {"$id": "https://ex.com/own/", "properties": {"n": {"$ref": "in"}}, "$defs": {"x": {"$id": "in", **B}}},
            {},
            {"n": 1},
            {"n": "x"},
            id="of the schema itself",
        ),
        pytest.param(
            {"$ref": "#/components/inputs/strict"},
            DYNAMIC,
            {"children": [{"data": 1}]},
            {"children": [{"daat": 1}]},
            id="strict tree",
        ),
        pytest.param(
            {"$ref": "#/components/inputs/tree"}, DYNAMIC, {"children": [{"daat": 1}]}, {"children": [1]}, id="tree"
        ),
        pytest.param(
            {"$ref": "https://ex.com/b#x"},
            {"b": {"$id": "https://ex.com/b", "$defs": {"c": {"$anchor": "x", "required": ["n"]}}}},
            {"n": 1},
            {},
            id="anchor of a resource",
        ),
    ],
)
def test_schemas_of_the_document_with_ids_of_their_own(
    inputs: Any, components: dict[str, Any], good: Any, bad: Any
) -> None:
    schema = sound(inputs, components)
    assert accepts(schema, good)
    assert not accepts(schema, bad)


def test_what_a_schema_with_an_id_declares_is_known() -> None:
    part = {"$id": "https://ex.com/a", "$ref": "#/$defs/d", "$defs": {"d": {"properties": {"n": {}}}}}
    assert set(sound({"$ref": "#/components/inputs/a"}, {"a": part}).properties) == {"n"}


@pytest.mark.parametrize(
    ("part", "reason", "token"),
    [
        (
            {"$id": "https://ex.com/a", "properties": {"n": {"$ref": "#/$defs/none"}}},
            "no member '$defs'",
            "#/$defs/none",
        ),
        ({"$id": "https://ex.com/a", "properties": {"n": {"$ref": "#none"}}}, "no anchor 'none'", "#none"),
        ({"$id": "https://ex.com/a", "$ref": "a"}, "it leads in a circle", "#/components/inputs/a"),
    ],
)
def test_a_reference_in_such_a_schema_that_leads_nowhere(part: Any, reason: str, token: str) -> None:
    _, found = read({"$ref": "#/components/inputs/a"}, {"a": part})
    assert found[0].code == "inputs-reference"
    assert reason in found[0].message
    assert f"'{token}'" in found[0].message


def test_an_anchor_of_another_workflow_counts() -> None:
    step = {"stepId": "s", "operationId": "x"}
    other = {"workflowId": "v", "steps": [step], "inputs": {"$defs": {"q": {"$anchor": "q2", **B}}}}
    inputs = {"properties": {"n": {"$ref": "#q2"}}}
    document = description_of(
        json.dumps({"workflows": [{"workflowId": "w", "steps": [step], "inputs": inputs}, other]})[1:-1]
    )
    schema, found = read_input_schema(document, document.workflows[0], NONE)
    assert found == ()
    assert accepts(schema, {"n": 1})
    assert not accepts(schema, {"n": "x"})


def test_a_schema_that_is_too_large_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_references, "MAX_SCHEMA_NODES", 50)
    _, found = read({"properties": {f"p{n}": {} for n in range(50)}})
    assert [each.code for each in found] == ["inputs-too-large"]
    assert "max_schema_nodes" in found[0].message


@pytest.mark.parametrize(
    ("inputs", "told", "help"),
    [
        ({"properties": {"n": {"type": "int"}}}, "properties.n.type: 'int'", "did you mean 'integer'?"),
        ({"properties": {"n": {"type": "Bool"}}}, "properties.n.type: 'Bool'", "did you mean 'boolean'?"),
        ({"properties": {"n": {"type": "strng"}}}, "properties.n.type: 'strng'", "did you mean 'string'?"),
        ({"properties": {"n": {"type": ["int", "null"]}}}, "properties.n.type: 'int'", "did you mean 'integer'?"),
        ({"properties": {"n": {"type": "money"}}}, "properties.n.type: 'money'", "known: 'array'"),
        ({"properties": {"type": {"type": "int"}}}, "properties.type.type: 'int'", "did you mean 'integer'?"),
    ],
)
def test_a_text_that_is_no_type_is_told_with_what_is_meant(inputs: Any, told: str, help: str) -> None:
    _, (found,) = read(inputs)
    assert found.message.endswith(f"{told} is no type of JSON Schema")
    assert found.help.startswith(help)


@pytest.mark.parametrize("inputs", [{"properties": {"type": "int"}}, {"properties": {"n": {"type": 5}}}])
def test_what_is_wrong_about_a_type_otherwise_is_told_as_it_is(inputs: Any) -> None:
    _, (found,) = read(inputs)
    assert "is no type of" not in found.message


def test_required_as_a_flag_is_read_as_a_name_in_the_list_and_strictly_an_error() -> None:
    told = in_document(
        "workflows:\n- workflowId: w\n  steps: [{stepId: s, operationId: x}]\n"
        "  inputs: {properties: {a: {type: string, required: «true»}}}\n"
    )
    document = description_of(told.text)
    schema, found = read_input_schema(document, document.workflows[0], NONE)
    assert [(one.code, one.severity, place(one)) for one in found] == [
        ("reading-INP-01", Severity.WARNING, told.places[0])
    ]
    assert schema.required == ("a",)
    assert schema.validator is not None
    assert describe_inputs(document, document.workflows[0], NONE).required == ("a",)
    strict, told_strictly = read_input_schema(document, document.workflows[0], NONE, strict=True)
    assert [one.code for one in told_strictly] == ["inputs-schema"]
    assert strict.validator is None


@pytest.mark.parametrize(("strict", "codes"), [(False, []), (True, ["inputs-schema"])])
def test_a_flag_in_a_component_counts_as_the_mode_has_it(strict: bool, codes: list[str]) -> None:
    text = "components:\n  inputs: {unused: {properties: {a: {required: true}}}}\n"
    document = description_of(
        in_document("workflows:\n- workflowId: w\n  steps: [{stepId: s, operationId: x}]\n" + text).text
    )
    assert [one.code for one in check_component_inputs(document, NONE, strict)] == codes
