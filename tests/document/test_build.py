import json
from collections.abc import Callable
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import has_errors, judge
from arazzo_runner.document import Description, FeatureSet, Profile, describe, read
from arazzo_runner.document.objects import findings as findings_module

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

REFERENCE = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"


def test_a_sound_document_has_no_findings(faults: Faults) -> None:
    assert faults({}) == []
    assert faults({}, "1.1.0") == []


def test_the_model_has_what_is_written(described: Described) -> None:
    found = described({"components/inputs": {"all": True}, "workflows/0/inputs": {"type": "object"}})
    assert (found.version, found.features, found.info.title) == ("1.0.1", FeatureSet(1, 0), "Sound")
    assert [(one.name, one.url, one.type) for one in found.source_descriptions] == [("api", "./api.yaml", "openapi")]
    main = found.workflow("main")
    assert main is not None
    first, second = main.steps
    assert main.step("first") is first
    assert (first.operation_id, first.workflow_id, second.workflow_id) == ("getPet", None, "other")
    assert first.outputs == {"pet": "$response.body"}
    assert first.success_criteria[0].condition == "$statusCode == 200"
    assert main.inputs == {"type": "object"}
    assert found.components.inputs == {"all": True}
    assert found.components.parameters["page"].location == "query"
    assert found.components.failure_actions["again"].retry_limit == 3


def test_each_object_knows_its_place(described: Described) -> None:
    found = described({})
    main = found.workflows[0]
    first = main.steps[0]
    places = [main.at, first.at, first.parameters[0].at, first.success_criteria[0].at]
    assert places == [
        ("workflows", 0),
        ("workflows", 0, "steps", 0),
        ("workflows", 0, "steps", 0, "parameters", 0),
        ("workflows", 0, "steps", 0, "successCriteria", 0),
    ]
    assert found.components.success_actions["stop"].at == ("components", "successActions", "stop")
    span = found.span((*first.at, "operationId"))
    assert found.source.text[span.column - 1 : span.end_column - 1] == '"getPet"'


def test_the_reference_workflow_is_sound(project: File) -> None:
    file = project / REFERENCE
    found = describe(read(file.read_bytes(), file.as_uri(), REFERENCE))
    assert found.diagnostics == ()
    assert [step.step_id for step in found.workflows[0].steps] == ["generateToken", "broadcast"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"info": ...}, ["strict structure-missing-field /"]),
        ({"info/title": ...}, ["strict structure-missing-field /info"]),
        ({"info/version": ...}, ["strict structure-missing-field /info"]),
        ({"info/version": 1.0}, ["strict structure-wrong-type /info/version"]),
        ({"info/description": 5}, ["strict structure-wrong-type /info/description"]),
        ({"info": []}, ["error structure-wrong-type /info"]),
        ({"info/contact": {}}, ["strict structure-unknown-field /info/contact"]),
        ({"sourceDescriptions": ...}, ["error structure-missing-field /"]),
        ({"sourceDescriptions": []}, ["error structure-empty-list /sourceDescriptions"]),
        ({"sourceDescriptions": {}}, ["error structure-wrong-type /sourceDescriptions"]),
        ({"sourceDescriptions/0": 5}, ["error structure-wrong-type /sourceDescriptions/0"]),
        ({"sourceDescriptions/0/name": ...}, ["error structure-missing-field /sourceDescriptions/0"]),
        ({"sourceDescriptions/0/name": 5}, ["error structure-wrong-type /sourceDescriptions/0/name"]),
        ({"sourceDescriptions/0/name": "pet.store"}, ["warning structure-name-pattern /sourceDescriptions/0/name"]),
        ({"sourceDescriptions/0/url": ...}, ["error structure-missing-field /sourceDescriptions/0"]),
        ({"sourceDescriptions/0/url": "a b"}, ["strict structure-uri /sourceDescriptions/0/url"]),
        ({"sourceDescriptions/0/url": "{$url}"}, ["strict structure-uri /sourceDescriptions/0/url"]),
        ({"sourceDescriptions/0/type": ...}, []),
        ({"sourceDescriptions/0/type": "arazzo"}, []),
        ({"sourceDescriptions/0/type": "raml"}, ["error structure-unknown-value /sourceDescriptions/0/type"]),
        ({"sourceDescriptions/0/type": "OpenAPI"}, ["error structure-unknown-value /sourceDescriptions/0/type"]),
        ({"sourceDescriptions/0/type": "asyncapi"}, ["error document-newer-feature /sourceDescriptions/0/type"]),
        ({"workflows": ...}, ["error structure-missing-field /"]),
        ({"workflows": []}, ["error structure-empty-list /workflows"]),
        ({"components": ...}, []),
        ({"components": []}, ["error structure-wrong-type /components"]),
        ({"components": None}, ["strict structure-empty-field /components"]),
        ({"x-note": None}, []),
        ({"X-note": 1}, ["strict structure-unknown-field /X-note"]),
        ({"x-arazzo-note": 1}, ["warning structure-reserved-extension /x-arazzo-note"]),
        ({"x-oai-note": 1}, ["warning structure-reserved-extension /x-oai-note"]),
        ({"tags": []}, ["strict structure-unknown-field /tags"]),
        ({"$self": "https://x/y"}, ["strict document-newer-feature /$self"]),
    ],
)
def test_faults_of_the_root(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"sourceDescriptions/0/type": "asyncapi"}, []),
        ({"$self": "https://x/y"}, []),
        ({"$self": "../y.yaml"}, []),
        ({"$self": 5}, ["error structure-wrong-type /$self"]),
        ({"$self": "https://x/y#"}, ["strict document-self /$self"]),
        ({"$self": "https://x/y#z"}, ["strict document-self /$self"]),
        ({"$self": "a b"}, ["strict document-self /$self"]),
    ],
)
def test_what_1_1_added_to_the_root(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes, "1.1.0") == found


def test_source_names_are_unique_and_case_counts(faults: Faults) -> None:
    def sources(*names: str) -> dict[str, Any]:
        return {"sourceDescriptions": [{"name": name, "url": f"./{name}"} for name in names]}

    assert faults(sources("api", "API")) == []
    assert faults(sources("a", "b", "a")) == ["error structure-duplicate-name /sourceDescriptions/2/name"]


def test_a_misspelt_field_is_named_where_it_is_missed(described: Described) -> None:
    found = described({"info": ..., "Info": {"title": "x", "version": "1"}}).diagnostics
    assert [one.help for one in found] == ["did you mean 'info'?"]
    assert found[0].message.endswith("'info' is missing; there is a field 'Info', which is unknown")


# The retrieval URI, `$self`, and the base of relative references (Arazzo 1.1, Base URI).
BASES = [
    ("file:///x/doc.yaml", None, "file:///x/doc.yaml"),
    ("file:///x/doc.yaml", "https://api.example.com/w/p.yaml", "https://api.example.com/w/p.yaml"),
    ("https://a/v2/d.yaml", "workflows/p.yaml", "https://a/v2/workflows/p.yaml"),
    ("https://a/v2/d.yaml#frag", None, "https://a/v2/d.yaml"),
    ("https://a/v2/d.yaml", "https://b/c#frag", "https://b/c"),
    ("memory:/doc", "other", "memory:/other"),
]


@pytest.mark.parametrize(("uri", "self_uri", "base"), BASES)
def test_the_base_of_references(uri: str, self_uri: str | None, base: str) -> None:
    document = {"arazzo": "1.1.0"} if self_uri is None else {"arazzo": "1.1.0", "$self": self_uri}
    found = describe(read(json.dumps(document), uri))
    assert (found.base_uri, found.self_uri) == (base, self_uri)


def test_a_caller_can_give_the_base() -> None:
    source = read(json.dumps({"arazzo": "1.1.0", "$self": "p.yaml"}), "file:///x/doc.yaml")
    assert describe(source, "https://host/dir/doc.yaml").base_uri == "https://host/dir/p.yaml"


def test_in_a_1_0_document_self_means_nothing() -> None:
    found = describe(read(json.dumps({"arazzo": "1.0.1", "$self": "https://x/y"}), "file:///x/doc.yaml"))
    assert (found.base_uri, found.self_uri) == ("file:///x/doc.yaml", None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[]", "document-no-object"),
        ("text", "document-no-object"),
        ("5", "document-no-object"),
        ("openapi: 3.1.0\ninfo: {}", "document-not-arazzo"),
        ("swagger: '2.0'", "document-not-arazzo"),
        ("asyncapi: 3.0.0", "document-not-arazzo"),
    ],
)
def test_what_is_no_arazzo_document_is_one_error(content: str, code: str) -> None:
    found = describe(read(content, "file:///x/doc.yaml"))
    assert [one.code for one in found.diagnostics] == [code]
    assert has_errors(found.diagnostics)
    assert (found.features, found.workflows, found.base_uri) == (None, (), "file:///x/doc.yaml")


def test_null_and_empty_texts() -> None:
    assert [one.code for one in describe(read("~", "u")).diagnostics] == ["document-no-object"]
    assert [one.code for one in describe(read("", "u")).diagnostics] == ["syntax-empty"]


BROKEN = """\
arazzo: 1.0.1
info: {title: x, version: '1'}
sourceDescriptions: [{name: api, url: ./a}]
workflows:
  - workflowId: main
    steps:
      - stepId: one
        operationId: getPet
      - stepId: two
        oper
"""


def test_of_a_broken_text_the_rest_is_described_and_nothing_is_called_missing() -> None:
    found = describe(read(BROKEN, "file:///x/doc.yaml", "doc.yaml"))
    assert [one.code for one in found.diagnostics] == ["syntax-yaml"]
    assert [step.step_id for step in found.workflows[0].steps] == ["one", "two"]


def test_json_and_yaml_give_the_same_model_and_findings(described: Described) -> None:
    from_json = described({"workflows/0/steps/0/timeout": 5, "workflows/0/steps/0/retry": 1, "info/version": 2})
    lines = [
        "arazzo: 1.0.1",
        *(f"{key}: {json.dumps(value)}" for key, value in _data(from_json).items() if key != "arazzo"),
    ]
    from_yaml = describe(read("\n".join(lines), from_json.source.uri, "doc.yaml"))
    assert from_yaml.workflows == from_json.workflows
    assert from_yaml.components == from_json.components
    assert [(one.code, one.at) for one in from_yaml.diagnostics] == [
        (one.code, one.at) for one in from_json.diagnostics
    ]


def _data(description: Description) -> dict[str, Any]:
    data = description.source.data
    assert isinstance(data, dict)
    return data


def test_strict_mode_refuses_what_practical_mode_reads_around(described: Described) -> None:
    found = described({"workflows/0/steps/0/retry": 1}).diagnostics
    assert not has_errors(judge(found, strict=False))
    assert has_errors(judge(found, strict=True))


def test_findings_have_an_end_and_the_end_is_an_error(described: Described, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_module, "MAX_FINDINGS", 10)
    found = described({f"zz{n}": 1 for n in range(50)}).diagnostics
    assert len(found) == 11
    assert [one.code for one in found if one.severity.value == "error"] == ["document-too-many-faults"]


NAMES = st.sampled_from(
    ["arazzo", "info", "workflows", "steps", "stepId", "workflowId", "parameters", "name", "value", "in", "reference",
     "outputs", "type", "onSuccess", "onFailure", "criteria", "condition", "requestBody", "components", "$self", "x-a",
     "successCriteria", "inputs", "dependsOn", "timeout", "replacements", "$ref", "sourceDescriptions", "version"]
)  # fmt: skip
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


@given(st.dictionaries(NAMES, ANYTHING), st.sampled_from(["1.0.1", "1.1.0", "9.9.9", None]))
def test_any_data_is_described_with_every_finding_in_its_place(data: dict[str, Any], version: str | None) -> None:
    found = describe(read(json.dumps({**data, "arazzo": version}), "file:///x/doc.json"))
    for one in found.diagnostics:
        assert one.span is not None
        assert one.at is not None
        assert one.message
        family = one.code.partition("-")[0]
        assert family in ("document", "structure")


@given(
    ANYTHING, st.sampled_from(["workflows/0/steps/0", "workflows/0", "components", "workflows/0/steps/0/parameters"])
)
def test_anything_at_any_place_is_described(value: Any, place: str) -> None:
    document: Any = {
        "arazzo": "1.1.0",
        "workflows": [{"workflowId": "w", "steps": [{"stepId": "s", "operationId": "o", "parameters": []}]}],
        "components": {},
    }
    *way, last = (int(token) if token.isdigit() else token for token in place.split("/"))
    target = document
    for token in way:
        target = target[token]
    target[last] = value
    describe(read(json.dumps(document), "file:///x/doc.json", "doc.json", Profile.ARAZZO))
