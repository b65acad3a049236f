"""`arazzo diff`, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.invocation import Command
from tests.cli.loopback import Loopback
from tests.journal.runs import flow, recorded, written

CHANGED = {"parameters": [{"name": "id", "in": "path", "value": "t-2"}, {"name": "page", "in": "query", "value": 1}]}


@pytest.fixture
def left(tmp_path: Path) -> str:
    return journal(tmp_path / "left", flow(), "sesame-one")


@pytest.fixture
def right(tmp_path: Path) -> str:
    return journal(tmp_path / "right", flow(**CHANGED), "sesame-two")


def journal(folder: Path, document: dict[str, object], password: str) -> str:
    folder.mkdir()
    return str(recorded(folder, written(folder, document), {"name": "n", "password": password}).path)


def test_two_runs_that_differ(arazzo: Command, left: str, right: str) -> None:
    ended = arazzo("diff", left, right)
    assert (ended.code, ended.err) == (1, "")
    assert "~ get  changed  GET /things/{id}  200\n    request url\n" in ended.out
    assert '      - "https://api.example.com/things/t-1"\n      + "https://api.example.com/things/t-2"\n' in ended.out
    assert "request body #/password: a secret, and it is not the same\n" in ended.out
    assert ended.out.endswith("the runs differ: 3 differences, 2 steps (2 changed)\n")
    assert "sesame" not in ended.out


def test_a_run_and_itself(arazzo: Command, left: str) -> None:
    ended = arazzo("diff", left, left, "--quiet")
    assert ended == (0, "the runs are the same: 2 steps\n", "")


def test_one_object_for_a_program(arazzo: Command, left: str, right: str, project: Path) -> None:
    ended = arazzo("diff", left, right, "--json")
    schema = json.loads((project / "arazzo_runner/reports/comparison/comparison.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(ended.out), schema)
    assert (ended.code, json.loads(ended.out)["same"]) == (1, False)


@pytest.mark.parametrize(("token", "code"), [("sesame-open", 0), ("sesame-shut", 1)], ids=["same", "other"])
def test_two_live_runs(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path, token: str, code: int
) -> None:
    journals = []
    for number, given in enumerate(("sesame-open", token)):
        journals.append(str(tmp_path / f"{number}.ndjson"))
        inputs = ("-i", f"accessToken={given}", "-i", "hub=chat", "-i", "message=hello")
        assert arazzo("run", reference, "--server", pubsub.url, *inputs, "--journal", journals[-1]).code == 0
    ended = arazzo("diff", *journals, "--verbose")
    assert (ended.code, ended.err) == (code, "")
    assert ("request header 'authorization': a secret, and it is not the same" in ended.out) is bool(code)
    assert "sesame" not in ended.out


@pytest.mark.parametrize(
    ("name", "begins"), [("out.html", "<!DOCTYPE html>"), ("out.json", "{"), ("out.txt", "- left"), ("out", "- left")]
)
def test_the_ending_of_the_file_tells_the_format(
    arazzo: Command, left: str, right: str, tmp_path: Path, name: str, begins: str
) -> None:
    assert arazzo("diff", left, right, "-o", str(tmp_path / name)) == (1, "", "")
    told = (tmp_path / name).read_text("utf-8")
    assert told.startswith(begins)
    assert "sesame" not in told


def test_headers_of_the_moment_can_be_compared_too(arazzo: Command, left: str) -> None:
    content = Path(left).read_text("utf-8")
    other = Path(left).with_name("other.ndjson")
    assert "application/json" in content
    other.write_text(content.replace('["Content-Type","application/json"]', '["Date","now"]'), "utf-8")
    Path(left).write_text(content.replace('["Content-Type","application/json"]', '["Date","then"]'), "utf-8")
    assert arazzo("diff", left, str(other)).code == 0
    ended = arazzo("diff", left, str(other), "--all-headers")
    assert ended.code == 1
    assert "header 'date'" in ended.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "{left}"], "nowhere can't be read"),
        (["{left}", "{document}"], "is no journal of a run"),
        (["{left}", "{left}", "--format", "xml"], "--format: there is no format 'xml'"),
        (["{left}", "{left}", "-o", "{left}", "--format", "text"], "can't take the comparison"),
        (["{left}", "{left}", "-o", "x.pdf"], "'.pdf' tells no format"),
        (["{left}", "{left}", "-o", "no/such/folder/x.html"], "--output: there is no folder"),
        (["{left}", "{left}", "-q", "-v"], "contradict"),
        (["{left}"], "RIGHT"),
    ],
)
def test_what_can_not_be_done_is_told(arazzo: Command, left: str, arguments: list[str], words: str) -> None:
    places = {"left": left, "document": str(Path(left).with_name("flow.json"))}
    ended = arazzo("diff", *(text.format(**places) for text in arguments))
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_a_program_is_told_too(arazzo: Command, left: str) -> None:
    ended = arazzo("diff", left, "nowhere", "--json")
    assert ended.code == 2
    assert json.loads(ended.out)["error"]["kind"] == "usage"
