import io
import sys

import pytest

from arazzo_runner.cli.outputs import check_name, write_all, write_one
from arazzo_runner.errors import UsageError
from arazzo_runner.expressions.template import Constant
from arazzo_runner.program.model import (
    BoundAction,
    BoundStep,
    BoundWorkflow,
    InputSchema,
    Program,
    WorkflowCall,
    WorkflowKey,
)
from arazzo_runner.values import Value


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("text, with = and spaces", "text, with = and spaces"),
        ("", ""),
        ("two\nlines", '"two\\nlines"'),
        ("\x1b[2J", '"\\u001b[2J"'),
        (5, "5"),
        (2.5, "2.5"),
        (True, "true"),
        (None, "null"),
        (["a", {"b": None}], '["a", {"b": null}]'),
        (b"\x00\xff", '{"$base64": "AP8="}'),
    ],
)
def test_outputs_for_a_person_take_a_line_each(capsys: pytest.CaptureFixture[str], value: Value, line: str) -> None:
    write_all({"first": value, "second": 1})
    assert capsys.readouterr().out == f"first: {line}".rstrip() + "\nsecond: 1\n"


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("two\nlines ü", "two\nlines ü\n".encode()),
        ("5", b"5\n"),
        (5, b"5\n"),
        (None, b"null\n"),
        (["ü", True], '["ü", true]\n'.encode()),
        (b"\x00\xff", b"\x00\xff"),
    ],
)
def test_one_output_for_a_script_is_in_the_clear(monkeypatch: pytest.MonkeyPatch, value: Value, content: bytes) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    monkeypatch.setattr(sys, "stdout", stream)
    write_one(value)
    stream.flush()
    stream.seek(0)
    assert stream.buffer.read() == content


def key(name: str) -> WorkflowKey:
    return WorkflowKey("doc", name)


def workflow(name: str, output: str, goto: str = "", called: str = "") -> BoundWorkflow:
    actions = (BoundAction("go", "goto", workflow=WorkflowCall(key(goto))),) if goto else ()
    steps = (BoundStep("s", WorkflowCall(key(called or name)), on_failure=actions),)
    return BoundWorkflow(key(name), steps, {"s": 0}, InputSchema(None), outputs=((output, Constant(1)),))


@pytest.mark.parametrize(
    ("name", "fits"), [("own", True), ("handed", True), ("handed2", True), ("called", False), ("Own", False)]
)
def test_the_name_of_an_output_is_checked_before_the_run(name: str, fits: bool) -> None:
    flows = [
        workflow("main", "own", goto="next", called="sub"),
        workflow("next", "handed", goto="last"),
        workflow("last", "handed2", goto="main"),
        workflow("sub", "called"),
    ]
    program = Program(key("main"), {flow.key: flow for flow in flows})
    if fits:
        check_name(name, program)
    else:
        with pytest.raises(UsageError, match=f"--output {name}: workflow 'main' has no such output"):
            check_name(name, program)
