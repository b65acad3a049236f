"""The harness that others use: it reads cases strictly, judges sharply, and works over real sockets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from specs.conformance.harness.adapters import arazzo, arazzo_warm
from specs.conformance.harness.cases import Case, CaseError, load_suite
from specs.conformance.harness.job import Adapter, Job
from specs.conformance.harness.observed import Finding, Observed, SeenRequest, differences
from specs.conformance.harness.server import LoopbackServer
from specs.conformance.harness.wire import check

CASE = """
topic: One
about: one case
cases:
- id: one
  title: One
  proves: [RTY-03]
  {more}
  workflows: "- {{workflowId: w, steps: [{{stepId: s, operationId: getA}}]}}"
  server: [{{respond: [{{status: 503}}, {{json: {{n: 1}}}}]}}]
  expect: {{outcome: succeeded, requests: [GET /a, GET /a]}}
"""


def cases(folder: Path, more: str = "mode: practical") -> tuple[Case, ...]:
    (folder / "one.yaml").write_text(CASE.format(more=more), "utf-8")
    return load_suite(folder)


class Fetching:
    """A runner that fetches `/a` until it gets an answer below 500, or gives up."""

    MODES: tuple[str, ...] = ("practical",)

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def run(self, job: Job) -> Observed:
        server = (Path(job.folder) / "api.yaml").read_text("utf-8").partition("servers: [{url: ")[2].partition("}")[0]
        for _ in range(self.tries):
            try:
                urlopen(f"{server}/a").close()
            except HTTPError as error:
                error.close()
            else:
                return Observed("succeeded")
        return Observed("failed", messages="no answer")

    def validate(self, job: Job) -> Observed:
        return Observed("")


@pytest.mark.parametrize(("tries", "found"), [(2, []), (1, ["outcome: expected succeeded", "requests: expected 2"])])
def test_a_runner_is_judged_over_real_sockets(tmp_path: Path, tries: int, found: list[str]) -> None:
    server = LoopbackServer()
    try:
        [variation, _] = cases(tmp_path)[0].variations(server.url)
        told = check(variation, Fetching(tries), server)
    finally:
        server.close()
    assert [text.partition(", ")[0] for text in told] == found


@pytest.mark.parametrize("adapter", [arazzo, arazzo_warm], ids=["arazzo", "warm"])
@pytest.mark.parametrize("name", ["retry/wait-1", "inputs/judged-before-1", "documents/media-types-1"])
def test_the_command_holds_over_real_sockets(
    monkeypatch: pytest.MonkeyPatch, project: Path, name: str, adapter: Adapter
) -> None:
    monkeypatch.setenv("ARAZZO", f"{sys.executable} -m arazzo_runner")
    monkeypatch.setenv("PYTHONPATH", str(project))
    server = LoopbackServer()
    try:
        [case] = [case for case in load_suite() if case.name == name]
        assert check(next(case.variations(server.url)), adapter, server) == []
    finally:
        server.close()


def test_a_field_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="unknown field modes"):
        cases(tmp_path, "modes: both")


def test_a_placeholder_without_a_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="<<missing>>"):
        cases(tmp_path, "inputs: {a: <<missing>>}")


def test_rows_are_cases_of_their_own(tmp_path: Path) -> None:
    found = cases(tmp_path, "columns: [a]\n  each: [[1], [x]]\n  inputs: {a: <<a>>, b: 'is <<a>>'}")
    assert [case.name for case in found] == ["one/one-1", "one/one-2"]
    assert [case.data["inputs"] for case in found] == [{"a": 1, "b": "is 1"}, {"a": "x", "b": "is x"}]
    assert {case.group for case in found} == {"one/one"}


@pytest.mark.parametrize(
    ("expect", "seen"),
    [
        ({"outcome": "failed"}, Observed("succeeded")),
        ({"outputs": {"a": 1}}, Observed("", outputs={"a": True})),
        ({"outputs": {"a": 1}}, Observed("", outputs={"a": "1"})),
        ({"outputs": {}}, Observed("", outputs={"a": 1})),
        ({"requests": ["GET /a"]}, Observed("", [SeenRequest("GET", "/a?q=1")])),
        ({"requests": ["GET /a"]}, Observed("", [])),
        ({"requests": [{"headers": {"X": None}}]}, Observed("", [SeenRequest("GET", "/a", [("x", "1")])])),
        ({"requests": [{"headers": {"X": "1"}}]}, Observed("", [SeenRequest("GET", "/a", [("x", "1"), ("X", "2")])])),
        ({"requests": [{"json": [1]}]}, Observed("", [SeenRequest("POST", "/a", body=b'["1"]')])),
        ({"requests": [{"text": "a"}]}, Observed("", [SeenRequest("POST", "/a", body=b'"a"')])),
        ({"outcome": "refused"}, Observed("refused", [SeenRequest("GET", "/a")])),
        ({"waits": [1, 2]}, Observed("", waits=[2, 1])),
        ({"steps": [{"id": "a"}]}, Observed("", steps=[{"id": "a"}, {"id": "b"}])),
        ({"transferred": "w"}, Observed("", transferred="")),
        ({"warnings": ["1:2"]}, Observed("", findings=[Finding("warning", 1, 3)])),
        ({"warnings": [{"find": "bc"}]}, Observed("", findings=[Finding("warning", 1, 4)])),
        ({"warnings": [{"line": "c"}]}, Observed("", findings=[Finding("error", 1, 1)])),
        ({"diagnostics": [{"at": "1:1", "severity": "error"}]}, Observed("", findings=[Finding("warning", 1, 1)])),
        ({"quiet": True}, Observed("", findings=[Finding("warning")])),
        ({"says": ["gone"]}, Observed("", messages="nothing")),
        ({"hides": ["word"]}, Observed("", shown="the word")),
        ({"fetches": {"a": 1}}, Observed("", fetches={"a": 2})),
    ],
)
def test_what_is_not_as_demanded_is_told(expect: dict[str, Any], seen: Observed) -> None:
    assert len(differences(expect, seen, "abcd")) == 1


def test_what_a_runner_does_not_tell_is_not_judged() -> None:
    expect = {"outcome": "failed", "outputs": {"a": 1}, "waits": [1], "steps": [], "warnings": ["1:1"], "says": ["x"]}
    assert differences(expect, Observed("failed"), "") == []


@pytest.mark.parametrize(
    ("adapter", "variable", "value", "said"),
    [
        (arazzo, "ARAZZO", "no-such-command run", "there is no command 'no-such-command'"),
        (arazzo_warm, "ARAZZO_PYTHON", "no-such-python", "there is no Python 'no-such-python'"),
    ],
    ids=["arazzo", "arazzo_warm"],
)
def test_a_runner_that_is_not_there_is_told_once(
    adapter: Any, variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, sys.executable)
    assert adapter.missing() == ""
    monkeypatch.setenv(variable, value)
    assert adapter.missing().startswith(said)
    assert variable in adapter.missing()


def test_the_harness_stops_without_a_runner() -> None:
    run = Path(arazzo.__file__).parents[1] / "run.py"
    environment = {**os.environ, "ARAZZO": "no-such-command"}
    done = subprocess.run(
        [sys.executable, str(run), "--adapter", "arazzo"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no-such-command" in done.stderr
