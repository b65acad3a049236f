from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.cli.inputs import Given, Wanted, gather, parse_flag, variable
from arazzo_runner.errors import InputsError, UsageError
from arazzo_runner.program.model import BoundWorkflow, InputSchema, Program, WorkflowKey
from arazzo_runner.values import JSON


def schema(properties: dict[str, JSON], secret: tuple[str, ...] = (), **rest: Any) -> InputSchema:
    node: dict[str, JSON] = {"type": "object", "properties": properties, **rest}
    closed = rest.get("additionalProperties") is False
    opens = rest.get("additionalProperties") is True
    return InputSchema(node, properties, tuple(rest.get("required", ())), closed, opens, frozenset(secret))


STRING: JSON = {"type": "string"}
OWN = schema(
    {
        "message": STRING,
        "count": {"type": "integer"},
        "tags": {"type": "array"},
        "free": {},
        "id": {"$ref": "#/$defs/id"},
        "accessToken": STRING,
        "pin": {"type": "integer"},
        "a:b": STRING,
        "odd:": STRING,
        "at@": STRING,
    },
    secret=("pin",),
    required=("pass word", "end:"),
    **{"$defs": {"id": {"type": ["integer", "string"]}}},
)
LOGIN = schema({"user": STRING, "count": {"type": "boolean"}})
OPEN = schema({}, additionalProperties=True)
WANTED = Wanted("main", OWN, {"login": LOGIN, "open": OPEN, "a": schema({"b": STRING})})


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("message=hello", ("", "message", "hello")),
        ("message=a,b=c==", ("", "message", "a,b=c==")),
        ("message=", ("", "message", "")),
        ("message=5", ("", "message", "5")),
        ("message= ünï\n", ("", "message", " ünï\n")),
        ("count=5", ("", "count", 5)),
        ('tags=["a", "b=c"]', ("", "tags", ["a", "b=c"])),
        ("free=5", ("", "free", "5")),
        ("free:=5", ("", "free", 5)),
        ("free:=[1, {}]", ("", "free", [1, {}])),
        ('message:="5"', ("", "message", "5")),
        ("message:=null", ("", "message", None)),
        ("id=7", ("", "id", 7)),
        ("id=x7", ("", "id", "x7")),
        ("a:b=own", ("", "a:b", "own")),
        ("pass word=x", ("", "pass word", "x")),
        ("end:=x", ("", "end:", "x")),
        ("odd:=x", ("", "odd:", "x")),
        ("odd::=5", ("", "odd:", 5)),
        ("at@=x", ("", "at@", "x")),
        ("login:user=me=you", ("login", "user", "me=you")),
        ("login:count=true", ("login", "count", True)),
        ("login:count:=false", ("login", "count", False)),
        ("open:anything=1", ("open", "anything", "1")),
        ("open:x:y=1", ("open", "x:y", "1")),
    ],
)
def test_a_flag_is_read(flag: str, expected: tuple[str, str, JSON]) -> None:
    parsed = parse_flag(flag, WANTED)
    assert parsed == expected
    assert type(parsed[2]) is type(expected[2])


@pytest.mark.parametrize(
    ("flag", "complaint"),
    [
        ("message", "-i 'message': no name=value\n  write -i name=value, -i name:=JSON or -i name@=FILE"),
        ("s3cr3t", "-i: no name=value"),
        ("=s3cr3t", "-i: no name=value"),
        ("mesage=x", "workflow 'main' has no input 'mesage'\n  did you mean 'message'?"),
        ("Message=x", "workflow 'main' has no input 'Message'\n  did you mean 'message'?"),
        ("user=x", "workflow 'login', which runs before it, has one: -i login:user=..."),
        ("login:usr=x", "workflow 'login' has no input 'usr'\n  did you mean 'user'?"),
        ("logn:user=x", "before the ':' can stand a workflow that runs before it: did you mean 'login'?"),
        ("zzz=x", "known: 'message', 'count'"),
        (f"{'z' * 99}=x", f"no input '{'z' * 40}…'"),
        ("count=many", "input 'count': 'many' does not fit: it should be an integer"),
        ("count:=x", "input 'count': 'x' does not fit: it is no JSON"),
        (f"count={'x' * 99}", f"'{'x' * 40}…' does not fit"),
        ("login:count=1", "input 'count': '1' does not fit: it should be true or false, and it is an integer"),
        ("pin=s3cr3t", "input 'pin': its value (not shown) does not fit: it should be an integer"),
        ("pin:=s3cr3t", "input 'pin': its value (not shown) does not fit: it is no JSON"),
        ("accessToken:=s3cr3t", "input 'accessToken': its value (not shown)"),
        ("message@=/nowhere/at/all", "-i message@: '/nowhere/at/all' can't be read: No such file"),
    ],
)
def test_a_flag_that_is_off_is_refused(flag: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_flag(flag, WANTED)
    assert complaint in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_no_workflow_means_no_inputs() -> None:
    with pytest.raises(UsageError, match="has no input 'a'\n  there is none"):
        parse_flag("a=1", Wanted("main", InputSchema(None)))


@given(st.text())
def test_a_string_input_is_taken_whole(text: str) -> None:
    assert parse_flag(f"message={text}", WANTED) == ("", "message", text)


@given(st.text())
def test_any_flag_is_read_or_refused(flag: str) -> None:
    try:
        workflow, _, _ = parse_flag(flag, WANTED)
    except UsageError:
        return
    assert workflow in ("", "login", "open", "a")


def test_an_open_schema_takes_any_name() -> None:
    wanted = Wanted("main", schema({"n": {"type": "integer"}}, additionalProperties=True), {"login": LOGIN})
    assert parse_flag("other=1", wanted) == ("", "other", "1")
    assert parse_flag("x:y:=1", wanted) == ("", "x:y", 1)
    assert parse_flag("n=1", wanted) == ("", "n", 1)
    with pytest.raises(UsageError, match="workflow 'login' has no input 'usr'"):
        parse_flag("login:usr=1", wanted)


# ---------------------------------------------------------------- the text of a file


def test_a_file_gives_its_text_whole(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes("a=b, ü\r\n".encode())
    assert parse_flag(f"message@={tmp_path / 'text'}", WANTED) == ("", "message", "a=b, ü\r\n")


def test_the_text_of_a_file_is_converted_as_a_value_is(tmp_path: Path) -> None:
    (tmp_path / "number").write_text("5\n", encoding="utf-8")
    assert parse_flag(f"count@={tmp_path / 'number'}", WANTED) == ("", "count", 5)


def test_the_file_of_a_secret_loses_the_line_break_at_its_end(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b" abc\n\n")
    assert parse_flag(f"accessToken@={tmp_path / 'token'}", WANTED) == ("", "accessToken", " abc")


@pytest.mark.parametrize("name", ["message", "free", "id"])
def test_a_file_that_is_no_text_gives_bytes_where_a_string_is_welcome(tmp_path: Path, name: str) -> None:
    (tmp_path / "binary").write_bytes(b"ab\xff\r\n")
    assert parse_flag(f"{name}@={tmp_path / 'binary'}", WANTED) == ("", name, b"ab\xff\r\n")


@pytest.mark.parametrize("name", ["count", "tags", "accessToken", "pin"])
def test_a_file_that_is_no_text_is_refused_where_one_has_to_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "binary").write_bytes(b"ab\xff")
    with pytest.raises(UsageError, match=f"-i {name}@: .* is not UTF-8 at byte 3"):
        parse_flag(f"{name}@={tmp_path / 'binary'}", WANTED)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"type": "string"}, "abc\n"),
        ({}, "abc\n"),
        ({"type": "string", "format": "binary"}, b"abc\n"),
        ({"format": "binary"}, b"abc\n"),
        ({"type": "string", "format": "byte"}, b"abc\n"),
        ({"type": ["string", "null"], "contentEncoding": "base64"}, b"abc\n"),
        ({"contentMediaType": "image/png"}, b"abc\n"),
        ({"type": "string", "contentMediaType": "text/csv; charset=utf-8"}, "abc\n"),
        ({"type": "string", "contentMediaType": "application/hal+json"}, "abc\n"),
        ({"allOf": [{"$ref": "#/$defs/file"}]}, b"abc\n"),
    ],
)
def test_the_schema_says_whether_a_file_is_text_or_bytes(tmp_path: Path, declared: JSON, expected: str | bytes) -> None:
    (tmp_path / "file").write_bytes(b"abc\n")
    defs: dict[str, Any] = {"$defs": {"file": {"type": "string", "format": "binary"}}}
    own = schema({"file": declared}, **defs)
    assert parse_flag(f"file@={tmp_path / 'file'}", Wanted("main", own)) == ("", "file", expected)


def test_the_file_of_a_secret_is_a_text_whatever_its_format(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"abc\n")
    own = schema({"key": {"type": "string", "format": "binary"}}, secret=("key",))
    assert parse_flag(f"key@={tmp_path / 'key'}", Wanted("main", own)) == ("", "key", "abc")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"-i message@: .* can't be read: Is a directory"):
        parse_flag(f"message@={tmp_path}", WANTED)


# ---------------------------------------------------------------- the order


def test_a_flag_wins_over_a_file_and_a_file_over_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "inputs.yaml"
    file.write_text("message: file\ncount: 2\nunknown: 3\n", encoding="utf-8")
    environ = {"ARAZZO_INPUT_MESSAGE": "env", "ARAZZO_INPUT_COUNT": "off", "ARAZZO_INPUT_FREE": "env"}
    given = gather(WANTED, ["message=flag", "login:user=me"], str(file), environ)
    assert given.inputs == {"message": "flag", "count": 2, "unknown": 3, "free": "env"}
    assert given.inputs_for == {"login": {"user": "me"}}
    assert given.notes == [], "what a file gives and nothing declares is told by the run itself"


def test_an_input_given_by_two_flags_is_an_error() -> None:
    with pytest.raises(UsageError, match="-i message: given twice"):
        gather(WANTED, ["message=1", "message:=2"], None, {})
    assert gather(WANTED, ["count=1", "login:count=true"], None, {}).inputs == {"count": 1}


# ---------------------------------------------------------------- the environment


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hub", "ARAZZO_INPUT_HUB"),
        ("accessToken", "ARAZZO_INPUT_ACCESSTOKEN"),
        ("api-version", "ARAZZO_INPUT_API_VERSION"),
        ("a.b[c]", "ARAZZO_INPUT_A_B_C_"),
        ("größe", "ARAZZO_INPUT_GR__E"),
    ],
)
def test_the_variable_of_an_input(name: str, expected: str) -> None:
    assert variable(name) == expected


def test_the_environment_is_converted_by_the_schema() -> None:
    environ = {"ARAZZO_INPUT_COUNT": "5", "ARAZZO_INPUT_MESSAGE": "5", "ARAZZO_INPUT_A_B": "x", "HOME": "/"}
    assert gather(WANTED, [], None, environ).inputs == {"count": 5, "message": "5", "a:b": "x"}
    with pytest.raises(InputsError, match="input 'count': 'x' does not fit"):
        gather(WANTED, [], None, {"ARAZZO_INPUT_COUNT": "x"})


def test_an_empty_variable_is_none() -> None:
    assert gather(WANTED, [], None, {"ARAZZO_INPUT_MESSAGE": ""}) == Given()


def test_a_variable_that_no_input_has_is_told() -> None:
    given = gather(WANTED, [], None, {"ARAZZO_INPUT_MESAGE": "s3cr3t"})
    assert given.inputs == {}
    assert given.notes == [
        "ARAZZO_INPUT_MESAGE is set, but workflow 'main' has no such input (did you mean 'ARAZZO_INPUT_MESSAGE'?)"
    ]


@pytest.mark.parametrize("name", ["ARAZZO_INPUT_PRODUCT", "ARAZZO_INPUT_PAGESIZE", "ARAZZO_INPUT_", "ARAZZO_INPUTS"])
def test_a_variable_that_looks_like_no_input_belongs_to_another_workflow(name: str) -> None:
    assert gather(WANTED, [], None, {name: "x"}) == Given()
    assert gather(Wanted("main", InputSchema(None)), [], None, {name: "x"}) == Given()


def test_a_variable_that_two_inputs_have_is_an_error_once_it_is_set() -> None:
    wanted = Wanted("main", schema({"a-b": STRING, "A.B": STRING, "c": STRING}))
    assert gather(wanted, [], None, {"ARAZZO_INPUT_C": "1"}).inputs == {"c": "1"}
    with pytest.raises(UsageError, match=r"ARAZZO_INPUT_A_B stands for 'a-b' and 'A.B' alike"):
        gather(wanted, [], None, {"ARAZZO_INPUT_A_B": "1"})


# ---------------------------------------------------------------- what is wanted, and what is missing


def workflow(name: str, inputs: InputSchema, depends_on: tuple[str, ...] = ()) -> BoundWorkflow:
    keys = tuple(WorkflowKey("doc", other) for other in depends_on)
    return BoundWorkflow(WorkflowKey("doc", name), (), {}, inputs, depends_on=keys)


def test_the_workflows_that_run_before_are_found_at_any_remove() -> None:
    flows = [
        workflow("main", OWN, ("first", "second")),
        workflow("first", LOGIN, ("third",)),
        workflow("second", OPEN, ("third", "main")),
        workflow("third", OPEN),
        workflow("apart", OPEN),
    ]
    program = Program(flows[0].key, {flow.key: flow for flow in flows})
    assert Wanted.by(program) == Wanted("main", OWN, {"first": LOGIN, "second": OPEN, "third": OPEN})


def test_what_is_required_and_not_given_is_missing() -> None:
    own = schema({"a": STRING, "b": {"default": 1}, "c": STRING}, required=["a", "b", "c", "undeclared"])
    before = schema({"c": STRING, "d": STRING, "e": STRING}, required=["c", "d", "e"])
    given = Given({"a": None}, {"login": {"e": "1"}})
    expected = [("", "c"), ("", "undeclared"), ("login", "d")]
    assert given.missing(Wanted("main", own, {"login": before})) == expected


def test_what_was_meant_as_an_object_is_not_repeated_in_the_message() -> None:
    with pytest.raises(InputsError) as refused:
        parse_flag('tags=["hunter2!!"', WANTED)
    assert "hunter2" not in str(refused.value)
    assert "its value (not shown) does not fit" in str(refused.value)
