"""`arazzo replay`, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.invocation import Command
from tests.cli.loopback import Loopback
from tests.journal.runs import flow, written


@pytest.fixture
def journal(arazzo: Command, tmp_path: Path) -> Path:
    where = tmp_path / "run.ndjson"
    document = written(tmp_path, flow())
    ended = arazzo("run", str(document), "--mock", "-i", "name=n", "--journal", str(where), "-q")
    assert ended.code == 0
    return where


def test_a_run_is_played_back(arazzo: Command, journal: Path) -> None:
    ended = arazzo("replay", str(journal))
    assert ended.code == 0
    assert ended.out == "id: t-1\n"
    assert "✓ make-and-get succeeded: 2 steps, 2 requests" in ended.err


def test_nothing_is_sent(arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path) -> None:
    inputs = ("-i", "accessToken=sesame-open", "-i", "hub=chat", "-i", "message=hello")
    where = str(tmp_path / "run.ndjson")
    assert arazzo("run", reference, "--server", pubsub.url, *inputs, "--journal", where).code == 0
    before = len(pubsub.asked)
    ended = arazzo("replay", where, "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["status"] == "succeeded"
    assert len(pubsub.asked) == before
    assert "sesame-open" not in ended.out + ended.err + Path(where).read_text()


def test_the_first_difference_is_named_and_ends_it(arazzo: Command, journal: Path, tmp_path: Path) -> None:
    written(tmp_path, flow(parameters=[{"name": "id", "in": "path", "value": "t-2"}]))
    ended = arazzo("replay", str(journal))
    assert ended.code == 1
    assert "is not what it was when the run was recorded" in ended.err
    assert "step 'get': url was \"https://api.example.com/things/t-1\" and is" in ended.err


def test_leniently_it_goes_on(arazzo: Command, journal: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    document = written(other, flow(parameters=[{"name": "id", "in": "path", "value": "t-2"}]))
    ended = arazzo("replay", str(journal), str(document), "--lenient", "--output", "id")
    assert ended.code == 1
    assert ended.out == "t-1\n"
    assert "drift: step 'get': url was" in ended.err


def test_reports_are_made_of_it(arazzo: Command, journal: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert arazzo("replay", str(journal), "--report", f"junit={report}").code == 0
    assert "make-and-get" in report.read_text()


def test_another_source_can_be_named(arazzo: Command, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "api.json").rename(tmp_path / "moved.json")
    assert arazzo("replay", str(journal), "--source", f"api={tmp_path / 'moved.json'}").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere can't be read"),
        (["{document}"], "is no journal of a run"),
        (["{journal}", "--quiet", "--verbose"], "contradict"),
        (["{journal}", "--json", "--output", "id"], "both want standard output"),
        (["{journal}", "nowhere.yml"], "nowhere.yml"),
        (["{journal}", "--output", "nothing"], "has no such output"),
    ],
)
def test_what_can_not_be_done_is_told(arazzo: Command, journal: Path, arguments: list[str], words: str) -> None:
    places = {"journal": journal, "document": journal.with_name("flow.json")}
    ended = arazzo("replay", *(text.format(**places) for text in arguments))
    assert ended.code == 2
    assert words in ended.err
    assert "Traceback" not in ended.err
