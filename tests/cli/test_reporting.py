from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from lxml import etree

from arazzo_runner._version import VERSION
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.reporting import (
    REPORTS,
    Reports,
    Wish,
    check_alone,
    format_named,
    open_reports,
    reads_stdout,
    report_look,
    streams_stdout,
    wishes,
)
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.run import FORMATS
from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Asked, Loopback
from tests.reports.tape import SUCCESS

INPUTS = ("-i", "accessToken=eyJ0aGlzIjoic2VjcmV0In0", "-i", "hub=chat", "-i", "message=hi")
"""Inputs of the reference workflow, one of them a secret."""

MARK = {
    "github": "::notice title=arazzo run::workflow 'generate-token-then-broadcast' succeeded",
    "har": '"creator"',
    "html": "<!DOCTYPE html>",
    "json": '"status": "succeeded"',
    "junit": '<testsuites name="arazzo run" tests="2" failures="0"',
    "markdown": "### ✅ <code>generate-token-then-broadcast</code> succeeded",
    "ndjson": '"is":"runEnded"',
    "text": "✓ generate-token-then-broadcast succeeded",
}


def files(folder: Path) -> list[str]:
    return [part for name in REPORTS for part in ("--report", f"{name}={folder / name}")]


# ---------------------------------------------------------------- what is asked for


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ([], ()),
        (["html=a.html", "junit"], (Wish("html", "a.html"), Wish("junit"))),
        (["text=-", "har=a=b.har"], (Wish("text"), Wish("har", "a=b.har"))),
    ],
)
def test_reports_that_are_asked_for(texts: list[str], wanted: tuple[Wish, ...]) -> None:
    assert wishes(texts) == wanted


@pytest.mark.parametrize(
    ("texts", "message", "hint"),
    [
        (["jnit"], "there is no format 'jnit'", "did you mean 'junit'?"),
        (["live"], "there is no format 'live'", "known: 'github'"),
        (["=a"], "there is no format ''", "known: 'github'"),
        (["xml=a"], "there is no format 'xml'", "did you mean 'junit'?"),
        (["out/report.md"], "there is no format 'out/report.md'", "--report markdown=out/report.md"),
        (["a.har"], "there is no format 'a.har'", "--report har=a.har"),
        (["html="], "no file is named", "--report html=FILE"),
        (["text", "json=-"], "two reports want standard output", "name a file"),
        (["text=a", "json=./a"], "text and json want the same file", "name another"),
        (["text=a", "text=a"], "text and text want the same file", "name another"),
    ],
)
def test_what_can_not_be_asked_for(texts: list[str], message: str, hint: str) -> None:
    with pytest.raises(UsageError) as fault:
        wishes(texts)
    assert message in fault.value.message
    assert hint in fault.value.hint


def test_every_format_but_that_of_the_terminal() -> None:
    assert set(REPORTS) == set(FORMATS) - {"live"} == set(MARK)
    with pytest.raises(UsageError, match=r"--format: there is no format 'x\.md'"):
        format_named("x.md", "--format")


@pytest.mark.parametrize(
    ("texts", "reads", "streams"),
    [
        (None, False, False),
        (["html=a"], False, False),
        (["html"], True, False),
        (["html=a", "ndjson=-"], True, True),
        (["text"], True, True),
        (["nonsense"], True, False),
    ],
)
def test_who_has_standard_output(texts: list[str] | None, reads: bool, streams: bool) -> None:
    assert (reads_stdout(texts), streams_stdout(texts)) == (reads, streams)


def test_flags_that_have_no_run_to_report() -> None:
    check_alone(None, [(True, "--each")])
    check_alone(["html"], [(False, "--each")])
    with pytest.raises(UsageError, match="--each is none"):
        check_alone(["html"], [(False, "--dry-run"), (True, "--each")])


def test_all_are_opened_or_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--report junit: there is no folder"):
        open_reports([f"html={tmp_path / 'a.html'}", f"junit={tmp_path / 'no' / 'b.xml'}"])
    assert list(tmp_path.iterdir()) == []


def test_files_with_another_part_in_the_run_are_spared(tmp_path: Path) -> None:
    file = tmp_path / "flow.yml"
    file.write_text("precious")
    with pytest.raises(UsageError, match="has another part in this run"):
        open_reports([f"html={file}"], taken=(None, str(file)))
    assert file.read_text() == "precious"


def test_a_report_that_is_lost_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no full disk at hand")
    reports = Reports()
    for text in ("ndjson=/dev/full", f"text={tmp_path / 'a.txt'}"):
        reports.add(wishes([text])[0], report_look(False))
    for stamped in SUCCESS:
        reports.on(stamped)
    reports.close()
    assert "succeeded" in (tmp_path / "a.txt").read_text("utf-8")
    assert "the report ndjson is lost: '/dev/full' can't be written" in capsys.readouterr().err
    assert reports.code(ExitCode.SUCCEEDED) is ExitCode.CANNOT_CONTINUE
    assert reports.code(ExitCode.FAILED) is ExitCode.FAILED


def test_a_run_that_never_began_is_told_of(tmp_path: Path) -> None:
    reports = open_reports([f"json={tmp_path / 'a.json'}"])
    reports.close()
    assert json.loads((tmp_path / "a.json").read_text())["reason"].startswith("the run was broken off before it began")


# ---------------------------------------------------------------- the command itself


def test_any_number_at_once(arazzo: Command, tmp_path: Path, reference: str) -> None:
    ended = arazzo("run", reference, "--mock", *files(tmp_path))
    assert ended.code == 0
    assert ended.out == "token: [redacted]\nbroadcastStatus: 202\n"
    assert {path.name for path in tmp_path.iterdir()} == set(REPORTS)
    for name, mark in MARK.items():
        assert mark in (tmp_path / name).read_text("utf-8"), name


@pytest.mark.parametrize("name", REPORTS)
def test_one_on_standard_output_stands_there_alone(arazzo: Command, reference: str, name: str) -> None:
    ended = arazzo("run", reference, "--mock", "--report", name)
    assert ended.code == 0
    assert MARK[name] in ended.out
    assert "broadcastStatus: 202\n" not in ended.out
    assert ended.err.count("warning[reading-P1]") == 1
    assert "generate-token-then-broadcast succeeded" not in ended.err


def test_the_json_report_is_that_of_the_flag(arazzo: Command, tmp_path: Path, reference: str) -> None:
    by_flag = arazzo("run", reference, "--mock", "--json").out
    assert arazzo("run", reference, "--mock", "--report", "json").out == by_flag
    arazzo("run", reference, "--mock", "--json", "--report", f"json={tmp_path / 'a.json'}")
    assert (tmp_path / "a.json").read_text() == by_flag


def test_no_report_has_a_secret(arazzo: Command, pubsub: Loopback, tmp_path: Path, reference: str) -> None:
    arazzo("run", reference, "--server", pubsub.url, *INPUTS, *files(tmp_path))
    assert len(pubsub.asked) == 2
    for path in tmp_path.iterdir():
        assert b"eyJ0aGlzIjoic2VjcmV0In0" not in path.read_bytes(), path.name
        assert b"minted" not in path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--report", "html", "--report", "junit"), "two reports want standard output"),
        (("--report", "text", "--output", "token"), "--output and --report text both want standard output"),
        (("--report", "nonsense"), "there is no format 'nonsense'"),
        (("--report", "html=no/such/folder/a.html"), "there is no folder"),
        (("--report", "html=docs"), "is a folder"),
        (("--report", "html", "--dry-run"), "--report tells of one run, and --dry-run is none"),
        (("--report", "html", "--mock", "--scenario", "all"), "--report tells of one run, and --scenario all is none"),
    ],
)
def test_what_is_refused_before_anything_is_sent(
    arazzo: Command, pubsub: Loopback, reference: str, flags: tuple[str, ...], message: str
) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, *INPUTS, *flags)
    assert (ended.code, ended.out, pubsub.asked) == (2, "", [])
    assert message in ended.err


def test_a_contradiction_is_json_where_json_is_asked_for(arazzo: Command, reference: str) -> None:
    ended = arazzo("run", reference, "--mock", "--json", "--report", "text")
    assert ended.code == 2
    assert json.loads(ended.out)["reason"] == "--json and --report text both want standard output"


@pytest.mark.parametrize(("document", "reason"), [("no.yml", "no such file"), ("bad.yml", "the document can't run: ")])
def test_a_refused_run_is_in_every_report(arazzo: Command, tmp_path: Path, document: str, reason: str) -> None:
    (tmp_path / "bad.yml").write_text("arazzo: 1.0.1\ninfo: {title: t, version: '1'}\nsourceDescriptions: []\n")
    folder = tmp_path / "reports"
    folder.mkdir()
    ended = arazzo("run", str(tmp_path / document), *files(folder))
    assert ended.code == 2
    for path in folder.iterdir():
        told = path.read_text("utf-8").replace("&#x27;", "'").replace("&#39;", "'").replace("&apos;", "'")
        assert reason in told, path.name
    assert {path.name for path in folder.iterdir()} == set(REPORTS)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process alone is a thing of POSIX")
def test_an_interrupted_run_leaves_whole_reports(
    pubsub: Loopback, project: Path, tmp_path: Path, reference: str
) -> None:
    asked, done = threading.Event(), threading.Event()

    def hang(request: Asked) -> Answer:
        asked.set()
        done.wait(30)
        return Answer(500)

    pubsub.answer = hang
    command = [sys.executable, "-m", "arazzo_runner", "run", reference, "--server", pubsub.url, *INPUTS]
    process = subprocess.Popen(
        [*command, *files(tmp_path)], cwd=project, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )  # fmt: skip
    assert asked.wait(30)
    lines = (tmp_path / "ndjson").read_text().splitlines()
    assert json.loads(lines[-1])["event"]["is"] == "requestSent"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    done.set()
    assert process.returncode == 130
    assert {path.name for path in tmp_path.iterdir()} == set(REPORTS)
    assert etree.fromstring((tmp_path / "junit").read_bytes()).get("errors") == "2"
    assert json.loads((tmp_path / "har").read_text())["log"]["entries"][0]["response"]["status"] == 0
    assert json.loads((tmp_path / "json").read_text())["status"] == "stopped"
    assert json.loads((tmp_path / "ndjson").read_text().splitlines()[-1])["event"]["is"] == "runEnded"
    assert "⏹️" in (tmp_path / "markdown").read_text("utf-8")
    assert (tmp_path / "html").read_text("utf-8").rstrip().endswith("</html>")


# ---------------------------------------------------------------- what the command writes, kept beside this

KEPT = Path(__file__).with_name("reported")
ENDINGS = {
    "github": "txt",
    "har": "har",
    "json": "json",
    "junit": "xml",
    "markdown": "md",
    "ndjson": "ndjson",
    "text": "txt",
}
PAID_NOT = ("--scenario", "find*2=503,pay/card=402,note=500", "-i", "password=horse-battery-staple")


@pytest.mark.parametrize("name", ENDINGS)
def test_the_snapshot_of_a_mocked_run(arazzo: Command, tmp_path: Path, name: str) -> None:
    ended = arazzo(
        "run", "tests/cli/reported/flow.yml", "-w", "buy", "--mock", *PAID_NOT, "--report", f"{name}={tmp_path / 'r'}"
    )
    assert ended.code == 1
    told = (tmp_path / "r").read_text("utf-8")
    assert "horse-battery" not in told
    kept = (KEPT / f"{name}.{ENDINGS[name]}").read_text("utf-8")
    assert told == kept.replace("VERSION-OF-THE-DAY", VERSION)
