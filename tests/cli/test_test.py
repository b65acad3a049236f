"""`arazzo test` through the real command: what it writes, how it ends, and what it bears."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.api.trial_documents import FAILING, GOOD, HEAD, named, written
from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Asked, Loopback

linux = pytest.mark.skipif(sys.platform != "linux", reason="it looks for the command's processes in /proc")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send to another process")

WAITS = HEAD + "- {workflowId: waits, steps: [{stepId: s, operationId: never}]}\n"
FOUND = b'{"id": "7", "kind": "a"}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents that succeed, fail and are refused, one that can't be read, and what is no document of ours."""
    written(tmp_path, failing=FAILING, good=GOOD, broken="arazzo: 1.0.1\nworkflows: [")
    (tmp_path / "notes.txt").write_text("arazzo: 1.0.1")
    return tmp_path


@pytest.fixture
def schema(project: Path) -> Any:
    return json.loads((project / "arazzo_runner/reports/tests/tests.schema.json").read_text("utf-8"))


def told(text: str, folder: Path) -> list[str]:
    """Return the lines of a report, with nothing in them that differs from run to run."""
    return re.sub(r"in [\d.]+ m?s", "in TIME", text.replace(f"{folder}{os.sep}", "")).splitlines()


def without_seconds(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_seconds(each) for name, each in value.items() if name != "seconds"}
    return [without_seconds(each) for each in value] if isinstance(value, list) else value


def test_a_folder_of_every_kind(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder), "--jobs", "2")
    lines = told(ended.out, folder)
    assert (ended.code, ended.err) == (2, "")
    assert [line for line in lines if line[:1] in ("✓", "✗")] == [
        next(line for line in lines if line.startswith("✗ broken.yml: line ") and "[syntax-yaml]" in line),
        "✗ schema  criterion-contradicts-schema, 1 of 2 edges, 1 request  failing.yml",
        "✗ itself  document-contradicts-itself, 1 of 2 edges, 1 request  failing.yml",
        "✗ loop  budget-spent, 1 of 2 edges, 999 requests  failing.yml",
        "✗ never  no-instance, 1 of 2 edges, 1 request  failing.yml",
        "✗ later  use-contradicts-schema, 2 of 4 edges, 1 request  failing.yml",
        "✗ refused  refused  failing.yml",
        "✓ fine  1 of 2 edges, 1 request  failing.yml",
        "✓ first  1 of 2 edges, 1 request  good.yml",
        "✓ second  1 of 3 edges, 1 request  good.yml",
        "✗ 3 documents, 9 workflows: 3 succeeded, 6 failed, 1 document unreadable, in TIME",
    ]
    assert "    criterion does not hold: $response.body#/kind == 'c'" in lines
    assert '      $response.body#/kind was "b"' in lines or '      $response.body#/kind was "a"' in lines
    assert "[operation-unknown] there is no operation 'fnd' in 'api'" in ended.out
    assert f"{folder / 'failing.yml'}:21:36:" in ended.out


@pytest.mark.parametrize(
    ("names", "flags", "code"),
    [
        (["good"], [], 0),
        (["good", "failing"], [], 1),
        (["good", "gone"], [], 2),
        (["failing", "gone"], [], 2),
        (["failing"], ["--workflow", "fine"], 0),
        (["failing", "good"], ["-w", "fine", "-w", "first"], 0),
        (["good"], ["--scenario", "all"], 0),
        (["good"], ["--scenario", "main", "--strict", "--offline", "--seed", "3"], 0),
        (["good"], ["-i", "size=many"], 1),
    ],
)
def test_the_exit_code_says_how_it_went(
    arazzo: Command, folder: Path, names: list[str], flags: list[str], code: int
) -> None:
    files = [str(folder / f"{name}.yml") for name in names]
    ended = arazzo("test", *files, *flags, "-j", "1")
    assert ended.code == code, ended.out + ended.err


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--workflow", "frist"], "no document has a workflow 'frist'"),
        (["--source", "apo=x.yml"], "no document has a source 'apo'"),
        (["--scenario", "first=failure"], "is neither 'main' nor 'all'"),
        (["--scenario", "all", "--live"], "--live invents none"),
        (["--stateless", "--live"], "--stateless is for the mock"),
        (["--json", "--format", "junit"], "contradict each other"),
        (["--format", "xml"], "there is no format 'xml'"),
        (["-i", "size"], "no name=value"),
        (["--inputs", "-"], "standard input"),
        (["--server", "nonsense"], "--server"),
        (["--jobs", "0"], "0"),
        (["--output", "no-such-folder/out.json"], "there is no such folder"),
    ],
)
def test_what_is_asked_wrongly_is_a_usage_error(arazzo: Command, folder: Path, flags: list[str], words: str) -> None:
    ended = arazzo("test", str(folder / "good.yml"), *flags)
    assert ended.code == 2
    assert words in ended.err


def test_json_is_as_its_schema_says_and_the_same_each_time(arazzo: Command, folder: Path, schema: Any) -> None:
    first, again, other = (
        json.loads(arazzo("test", str(folder), "--json", "--seed", seed, "-j", jobs).out)
        for seed, jobs in (("1", "2"), ("1", "1"), ("2", "2"))
    )
    jsonschema.validate(first, schema)
    assert without_seconds(first) == without_seconds(again)
    assert without_seconds(first) != without_seconds(other)
    assert first["summary"]["failedByReason"]["refused"] == 1
    assert first["summary"]["unreadable"] == 1


def test_a_refusal_is_json_too(arazzo: Command, folder: Path, schema: Any) -> None:
    ended = arazzo("test", str(folder / "nothing-here*.yml"), "--json")
    assert ended.code == 2
    document = json.loads(ended.out)
    jsonschema.validate(document, schema)
    assert document["status"] == "refused"


def test_a_flag_that_names_nothing_is_a_refusal_for_a_program_too(arazzo: Command, folder: Path, schema: Any) -> None:
    ended = arazzo("test", str(folder / "good.yml"), "--json", "--workflow", "frist")
    document = json.loads(ended.out)
    jsonschema.validate(document, schema)
    assert (ended.code, document["status"]) == (2, "refused")
    assert "no document has a workflow 'frist'" in document["error"]["message"]


def test_a_report_goes_to_a_file(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder / "good.yml"), "--format", "junit", "--output", str(folder / "out.xml"))
    assert (ended.code, ended.out) == (0, "")
    assert "2 workflows tested, 0 failed" in ended.err
    assert (folder / "out.xml").read_text().startswith("<?xml")


def test_a_document_comes_from_standard_input(arazzo: Command, folder: Path) -> None:
    text = GOOD.replace("url: api.yaml", f"url: '{(folder / 'api.yaml').as_posix()}'")
    ended = arazzo("test", "-", "-q", stdin=text.encode())
    assert ended.code == 0, ended.out + ended.err


def test_an_input_that_nobody_declares_is_told(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder / "good.yml"), "-i", "sise=3")
    assert ended.code == 2
    assert "-i sise: no workflow that was tested declares such an input" in ended.err


def test_an_input_that_does_not_fit_is_declared_all_the_same(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder / "good.yml"), "-i", "size=many")
    assert ended.code == 1
    assert "inputs-unfit" in ended.out
    assert "declares such an input" not in ended.err


def test_an_input_may_be_meant_for_a_document_that_could_not_be_read(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder / "good.yml"), str(folder / "broken.yml"), "-i", "sise=3")
    assert ended.code == 2
    assert "warning: -i sise: no workflow that was tested declares such an input" in ended.err


def test_the_counts_add_up(arazzo: Command, folder: Path) -> None:
    (folder / "bare.yml").write_text("arazzo: 1.0.1\n")
    summary = json.loads(arazzo("test", str(folder), "--json").out)["summary"]
    assert (summary["unreadable"], summary["documentsFailed"]) == (1, 1)
    assert sum(summary["failedByReason"].values()) == summary["failed"] + summary["documentsFailed"]


def test_a_lone_document_that_is_no_yaml_could_not_be_read(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder / "broken.yml"))
    assert ended.code == 2
    assert "1 document, 0 workflows: 0 succeeded, 0 failed, 1 document unreadable" in ended.out


@contextmanager
def going(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "arazzo_runner", "test", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_PROXY": "*"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def slow_api() -> Iterator[tuple[Loopback, threading.Event]]:
    """An API that answers for things, and does not for what `waits` asks; the event tells that it was asked."""
    asked, over = threading.Event(), threading.Event()

    def answer(request: Asked) -> Answer:
        if "/never" not in request.line:
            return Answer(200, FOUND)
        asked.set()
        over.wait(60)
        return Answer(200, b'{"a": 1}')

    with Loopback(answer) as api:
        try:
            yield api, asked
        finally:
            over.set()


def live(api: Loopback) -> list[str]:
    return ["first.yml", "waits.yml", "--live", "--server", api.url, "-j", "1", "-i", "size=3"]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A document that is done first, because it is the larger one, and one that waits for its answer."""
    written(tmp_path, first=named("done") + "# " + 2_000 * "-" + "\n", waits=WAITS)
    return tmp_path


@posix
def test_an_interrupt_reports_what_was_done(mixed: Path) -> None:
    with slow_api() as (api, asked), going(mixed, *live(api)) as process:
        assert asked.wait(60)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert out.splitlines()[0] == "✓ done  1 of 2 edges, 1 request  first.yml"
    assert "  interrupted: the rest was not tested" in out.splitlines()
    assert err.strip() == "interrupted"


@linux
def test_a_worker_that_is_killed_costs_its_workflow(mixed: Path) -> None:
    with slow_api() as (api, asked), going(mixed, *live(api)) as process:
        assert asked.wait(60)
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert [line for line in out.splitlines() if line[:1] in ("✓", "✗")][:2] == [
        "✓ done  1 of 2 edges, 1 request  first.yml",
        "✗ waits  crash  waits.yml",
    ]
    assert "the process that tested it ended (exit code -9)" in out


def test_a_workflow_that_takes_too_long_has_failed(mixed: Path) -> None:
    with slow_api() as (api, _), going(mixed, *live(api), "--time-limit", "6") as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert "✗ waits  time-limit  waits.yml" in out
    assert "it took more than 6 seconds" in out


def test_live_invents_no_inputs(folder: Path) -> None:
    with slow_api() as (api, _), going(folder, "good.yml", "--live", "--server", api.url, "-j", "1") as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert "✗ first  inputs-unfit  good.yml" in out
    assert "✓ second  1 of 3 edges, 1 request  good.yml" in out
