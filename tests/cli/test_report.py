from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from arazzo_runner.cli.reporting import REPORTS
from tests.cli.invocation import Command
from tests.cli.test_reporting import ENDINGS, MARK, PAID_NOT


@pytest.fixture
def journal(arazzo: Command, tmp_path: Path, reference: str) -> Path:
    """The journal of a run that succeeded, and its reports as the run itself wrote them."""
    file = tmp_path / "run.ndjson"
    reports = [part for name in REPORTS for part in ("--report", f"{name}={tmp_path / name}")]
    assert arazzo("run", reference, "--mock", "--journal", str(file), *reports).code == 0
    return file


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_of_a_journal_is_that_of_the_run(arazzo: Command, journal: Path, name: str) -> None:
    ended = arazzo("report", str(journal), "--format", name)
    assert (ended.code, ended.err) == (0, "")
    assert MARK[name] in ended.out
    assert ended.out == (journal.parent / name).read_text("utf-8")


def test_it_goes_to_a_file(arazzo: Command, journal: Path) -> None:
    file = journal.parent / "out.xml"
    assert arazzo("report", str(journal), "-f", "junit", "-o", str(file)) == (0, "", "")
    assert etree.fromstring(file.read_bytes()).get("tests") == "2"


@pytest.mark.parametrize(
    ("name", "mark"),
    [("run.html", "html"), ("run.XML", "junit"), ("run.md", "markdown"), ("run.har", "har"), ("run", "text")],
)
def test_the_ending_of_its_file_tells_the_format(arazzo: Command, journal: Path, name: str, mark: str) -> None:
    file = journal.parent / "later" / name
    file.parent.mkdir()
    assert arazzo("report", str(journal), "-o", str(file)).code == 0
    assert MARK[mark] in file.read_text("utf-8")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_journal_that_was_cut_off(arazzo: Command, journal: Path, kept: float) -> None:
    content = journal.read_bytes()
    head = content.index(b"\n") + 1
    journal.write_bytes(content[: head + int(kept * (len(content) - head))])
    ended = arazzo("report", str(journal), "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["status"] in ("stopped", "refused")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--format", "xml"), "--format: there is no format 'xml'"),
        (("-o", "no/such/folder/x"), "--output: there is no folder"),
        (("-o", "run.xyz"), "--output: '.xyz' tells no format"),
        (("-o", ""), "--output '' can't take the report"),
    ],
)
def test_what_is_refused(arazzo: Command, journal: Path, flags: tuple[str, ...], message: str) -> None:
    ended = arazzo("report", str(journal), *flags)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_a_journal_is_not_written_over(arazzo: Command, journal: Path) -> None:
    before = journal.read_bytes()
    assert arazzo("report", str(journal), "-o", str(journal)).code == 2
    assert journal.read_bytes() == before


def test_what_is_no_journal(arazzo: Command, reference: str) -> None:
    ended = arazzo("report", reference)
    assert ended.code == 2
    assert "is no journal of a run" in ended.err


@pytest.mark.parametrize("name", ENDINGS)
def test_a_journal_keeps_all_that_the_reports_of_its_run_told(arazzo: Command, tmp_path: Path, name: str) -> None:
    file = tmp_path / "run.ndjson"
    run = ("run", "tests/cli/reported/flow.yml", "-w", "buy", "--mock", *PAID_NOT)
    assert arazzo(*run, "--journal", str(file), "--report", f"{name}={tmp_path / name}").code == 1
    ended = arazzo("report", str(file), "-f", name)
    assert (ended.code, ended.out) == (0, (tmp_path / name).read_text("utf-8"))
