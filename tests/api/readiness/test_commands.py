import shlex
from pathlib import Path

import pytest

from arazzo_runner.api.readiness.commands import beginning
from arazzo_runner.cli.app import main
from arazzo_runner.reports.doctor.readiness import SourceFact, WorkflowFact
from arazzo_runner.reports.doctor.shell import typed
from tests.api.readiness.shop import examined, write


@pytest.mark.parametrize("workflow", ["buy", "look", "own", "free", "both", "outer"])
def test_the_command_for_a_mock_runs_as_it_is_printed(
    tmp_path: Path, workflow: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    [found] = examined(Path("flow.yml"), workflow).workflows
    program, *arguments = shlex.split(typed(found.mock_command, "posix"))
    assert program == "arazzo"
    code = main([*arguments, "--no-input"])
    assert code == 0, capfd.readouterr().err


@pytest.mark.parametrize(
    ("runs", "given", "expected"),
    [
        (True, {}, ["there=other.yml"]),
        (False, {}, ["lost=FILE-or-URL", "there=other.yml"]),
        (False, {"there": "x.yml", "plain": "y.yml"}, ["lost=FILE-or-URL", "there=x.yml", "plain=y.yml"]),
    ],
)
def test_the_sources_that_have_to_be_named(runs: bool, given: dict[str, str], expected: list[str]) -> None:
    sources = [
        SourceFact("lost", "l.yml", problem="gone"),
        SourceFact("there", "t.yml", read_from="other.yml", found_by="its file's name"),
        SourceFact("plain", "p.yml", read_from="p.yml"),
        SourceFact("inner", "i.yml", problem="gone", holder="p.yml"),
    ]
    words = beginning("f.yml", WorkflowFact("w", runs=runs), sources, given)
    assert words[:5] == ("arazzo", "run", "f.yml", "--workflow", "w")
    assert [each for each in words[5:] if each != "--source"] == expected


@pytest.mark.parametrize(("file", "word"), [("-f.yml", "./-f.yml"), ("-", "-"), ("a-f.yml", "a-f.yml")])
def test_a_file_is_never_taken_for_a_flag(file: str, word: str) -> None:
    assert beginning(file, WorkflowFact("w"), [], {})[2] == word
