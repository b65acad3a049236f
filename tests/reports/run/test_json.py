import io
import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import error
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Failed, FailureKind, Response
from arazzo_runner.engine.result import Attempt, Judged, RunResult, Status, StepResult
from arazzo_runner.errors import (
    ArazzoError,
    CannotContinue,
    DocumentError,
    InputsError,
    LimitReached,
    UsageError,
)
from arazzo_runner.reports.run.json import (
    SCHEMA_VERSION,
    JsonReporter,
    refusal_json,
    result_json,
    write_refusal,
)
from arazzo_runner.values import Nothing, Value
from tests.reports.tape import BRACES, BROKEN_OFF, SUCCESS, TAPES, Tape

SCHEMA = json.loads(files("arazzo_runner.reports.run").joinpath("result.schema.json").read_text("utf-8"))
FINDINGS = json.loads(files("arazzo_runner.reports.findings").joinpath("findings.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def _written(tape: Tape) -> str:
    stream = io.StringIO()
    reporter = JsonReporter(stream)
    for stamped in tape:
        reporter.on(stamped)
    reporter.close()
    reporter.close()
    return stream.getvalue()


def _read(text: str) -> Any:
    return json.loads(text, parse_constant=pytest.fail)


@pytest.mark.parametrize("name", TAPES)
def test_a_run_is_one_object_that_the_schema_describes(name: str) -> None:
    VALIDATOR.validate(_read(_written(TAPES[name])))


def test_nothing_is_written_before_the_end_or_for_no_run() -> None:
    stream = io.StringIO()
    reporter = JsonReporter(stream)
    for stamped in SUCCESS[:-1]:
        reporter.on(stamped)
    assert stream.getvalue() == ""
    assert _written(()) == ""


def test_a_success_in_full() -> None:
    written = _read(_written(SUCCESS))
    warnings = written.pop("warnings")
    assert [(each["code"], each["line"], each["file"]) for each in warnings] == [
        ("reading-P1", 49, "spec.yml"),
        ("reading-P1", 73, "spec.yml"),
    ]
    broadcast = written["steps"].pop()
    assert [step["id"] for step in written.pop("steps")] == ["generateToken"]
    assert written == {
        "schemaVersion": "1",
        "status": "succeeded",
        "workflow": "token-then-broadcast",
        "outputs": {"token": "[redacted]", "broadcastStatus": 202},
        "reason": None,
        "limit": None,
        "transferred": None,
        "requests": 2,
        "tokens": [],
        "elapsed": 0.427,
        "diagnostics": [],
        "error": None,
    }
    assert broadcast == {
        "id": "broadcast",
        "workflow": "token-then-broadcast",
        "path": ["broadcast"],
        "status": "succeeded",
        "attempts": [
            {
                "number": 1,
                "redirects": [],
                "request": {
                    "method": "POST",
                    "url": "https://example.webpubsub.azure.com/api/hubs/chat/:send?api-version=2024-01-01",
                },
                "statusCode": 202,
                "failure": None,
                "problem": None,
                "elapsed": 0.3,
                "criteria": [
                    {
                        "condition": "$statusCode == 202",
                        "passed": True,
                        "operands": [{"text": "$statusCode", "value": 202, "missing": None}],
                        "reason": None,
                    }
                ],
            }
        ],
        "outputs": {"broadcastStatus": 202},
        "action": None,
        "handled": False,
        "reason": None,
    }


def test_a_run_that_broke_off_is_stopped() -> None:
    written = _read(_written(BROKEN_OFF))
    assert (written["status"], written["reason"]) == (
        "stopped",
        "the run was broken off before its end, in step 'broadcast'",
    )
    assert [step["status"] for step in written["steps"]] == ["succeeded", "stopped"]


FAULTS = DocumentError((error("wrong", "no"), *BRACES))


@pytest.mark.parametrize(
    ("fault", "kind", "message", "hint"),
    [
        (FAULTS, "document", "the document can't run: 1 error, 2 warnings in 1 file", None),
        (
            InputsError("'hub' is missing", "give it with -i hub=..."),
            "inputs",
            "'hub' is missing",
            "give it with -i hub=...",
        ),
        (UsageError("no workflow 'x'"), "usage", "no workflow 'x'", None),
        (LimitReached("max_depth", "too deep"), "cannot-continue", "too deep", None),
        (CannotContinue("the disk is full"), "cannot-continue", "the disk is full", None),
        (ArazzoError("?"), "other", "?", None),
    ],
)
def test_a_refusal_has_the_same_form(fault: ArazzoError, kind: str, message: str, hint: str | None) -> None:
    stream = io.StringIO()
    write_refusal(stream, fault, "w", BRACES)
    written = _read(stream.getvalue())
    VALIDATOR.validate(written)
    assert (written["status"], written["workflow"], written["reason"]) == ("refused", "w", message)
    assert written["error"] == {"kind": kind, "message": message, "hint": hint}
    assert [each["code"] for each in written["diagnostics"]] == (
        ["wrong", "reading-P1", "reading-P1"] if fault is FAULTS else []
    )
    assert written["limit"] == ("max_depth" if kind == "cannot-continue" and "deep" in message else None)
    assert len(written["warnings"]) == 2


def test_a_refusal_before_a_workflow_was_chosen() -> None:
    written: Any = refusal_json(UsageError("no such file"))
    VALIDATOR.validate(written)
    assert written["workflow"] is None


# ---------------------------------------------------------------- any result at all

_TEXT = st.text(st.characters(), max_size=10)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | _TEXT | st.binary(max_size=5)
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner), max_leaves=5)
_FOUND: st.SearchStrategy[Value | Nothing] = st.one_of(_VALUES, st.builds(Nothing, _TEXT))
_JUDGED = st.builds(
    Judged, _TEXT, st.booleans(), st.lists(st.builds(Operand, _TEXT, _FOUND), max_size=2).map(tuple), _TEXT
)
_SECONDS = st.floats(0, 1e9)
_ATTEMPTS = st.builds(
    Attempt,
    number=st.integers(1, 9),
    request=st.none() | st.builds(Request, _TEXT, _TEXT),
    response=st.none() | st.builds(Response, st.integers(100, 599)),
    failure=st.none() | st.builds(Failed, st.sampled_from(FailureKind), _TEXT),
    criteria=st.lists(_JUDGED, max_size=2).map(tuple),
    elapsed=_SECONDS,
    problem=_TEXT,
    redirects=st.lists(st.builds(Request, _TEXT, _TEXT), max_size=2).map(tuple),
)
_STEPS = st.builds(
    StepResult,
    step_id=_TEXT,
    workflow_id=_TEXT,
    path=st.lists(_TEXT, min_size=1, max_size=3).map(tuple),
    status=st.sampled_from(Status),
    attempts=st.lists(_ATTEMPTS, max_size=2).map(tuple),
    outputs=st.dictionaries(_TEXT, _VALUES, max_size=2),
    action=_TEXT,
    handled=st.booleans(),
    reason=_TEXT,
)
RESULTS = st.builds(
    RunResult,
    status=st.sampled_from([Status.SUCCEEDED, Status.FAILED, Status.STOPPED]),
    workflow=_TEXT,
    outputs=st.dictionaries(_TEXT, _VALUES, max_size=2),
    steps=st.lists(_STEPS, max_size=3).map(tuple),
    warnings=st.sampled_from([(), BRACES]),
    reason=_TEXT,
    transferred=_TEXT,
    limit=_TEXT,
    requests=st.integers(0, 9),
    elapsed=_SECONDS,
)


@given(RESULTS)
def test_the_schema_describes_any_result(result: RunResult) -> None:
    VALIDATOR.validate(_read(json.dumps(result_json(result), allow_nan=False)))


# ---------------------------------------------------------------- the schema itself


def _objects(schema: Any) -> list[dict[str, Any]]:
    found = [schema] if isinstance(schema, dict) and "properties" in schema and "required" in schema else []
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return [*found, *(each for part in inner for each in _objects(part))]


@pytest.mark.parametrize("schema", [SCHEMA, FINDINGS], ids=["result", "findings"])
def test_schemas_are_closed_and_each_member_is_described(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    for each in _objects(schema):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])
        for name, member in each["properties"].items():
            target = schema["$defs"].get(member.get("$ref", "").removeprefix("#/$defs/"), {})
            assert member.get("description") or target.get("description"), name


def test_the_schema_names_what_the_code_has() -> None:
    assert SCHEMA["properties"]["schemaVersion"]["const"] == SCHEMA_VERSION
    assert SCHEMA["$defs"]["failure"]["properties"]["kind"]["enum"] == [kind.value for kind in FailureKind]
    assert set(SCHEMA["$defs"]["step"]["properties"]["status"]["enum"]) == {status.value for status in Status}


def test_both_schemas_describe_a_finding_alike() -> None:
    judged = json.loads(json.dumps(FINDINGS["$defs"]))
    judged["finding"]["required"].remove("fix")  # mending is for who judges a document, not for who runs it
    del judged["finding"]["properties"]["fix"]
    for name in ("finding", "file", "position"):
        assert SCHEMA["$defs"][name] == judged[name]


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"status": "skipped"},
        {"schemaVersion": 1},
        {"error": {"kind": "usage", "message": "", "hint": None}},
        {"workflow": None},
        {"requests": -1},
    ],
)
def test_the_schema_refuses_what_is_no_result(change: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid(_read(_written(SUCCESS)) | change)
