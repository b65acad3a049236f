"""A planted secret is searched for in every byte that the command writes, in every form that it can take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arazzo_runner.reports.run import FORMATS
from tests import canaries
from tests.cli import planting
from tests.cli.invocation import Command, Ended
from tests.cli.loopback import Loopback


@pytest.fixture
def api() -> Iterator[Loopback]:
    with Loopback(planting.answer) as loopback:
        yield loopback


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in planting.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return planting.planted(tmp_path)


def keeps(ended: Ended) -> None:
    """See that nothing secret stands in what a command wrote, and that it wrote something."""
    assert ended.out or ended.err
    assert "Traceback" not in ended.err
    assert canaries.betrayed(ended.out) == set(), ended.out
    assert canaries.betrayed(ended.err) == set(), ended.err


def arguments(document: str, *more: str) -> tuple[str, ...]:
    return (document, "-w", "main", "--inputs", str(Path(document).with_name("inputs.json")), *more)


RUNS: dict[str, tuple[str, ...]] = {
    "text": (),
    "verbose": ("-v",),
    "quiet": ("-q",),
    "json": ("--json",),
    "mock": ("--mock", "-v"),
    "mock, judged": ("--mock", "-v", "--check-level", "fail"),
    "dry run": ("--dry-run",),
    "dry run, verbose": ("--dry-run", "-v"),
    "dry run as curl": ("--dry-run", "--format", "curl"),
    "dry run as json": ("--dry-run", "--format", "json"),
    "cookies and redirects": ("-v", "--cookies", "--follow-redirects"),
    "checked": ("-v", "--check", "all", "--check-level", "fail"),
    "strict": ("-v", "--strict"),
}


@pytest.mark.parametrize("flags", RUNS.values(), ids=RUNS)
def test_a_run_shows_no_secret(flags: tuple[str, ...], arazzo: Command, api: Loopback, document: str) -> None:
    keeps(arazzo("run", *arguments(document, "--server", api.url, *flags)))


def test_the_run_went_all_the_way(arazzo: Command, api: Loopback, document: str) -> None:
    ended = arazzo("run", *arguments(document, "--server", api.url, "-v"))
    assert ended.code == 1
    assert [asked.line.partition("?")[0].partition(canaries.PIN[:3])[0] for asked in api.asked] == [
        "POST /login", "GET /use/", "PUT /use/", "GET /use/"
    ]  # fmt: skip
    sent = " ".join(str(asked) for asked in api.asked)
    for name in ("HEADER_KEY", "QUERY_KEY", "COOKIE", "PASSWORD", "INPUT", "TOKEN", "MEMBER", "PIN"):
        assert name in canaries.betrayed(sent)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_report_shows_a_secret(format: str, arazzo: Command, api: Loopback, document: str, tmp_path: Path) -> None:
    if format == "live":
        pytest.skip("it is a terminal's, and shown by no --report")
    report = tmp_path / "report"
    keeps(arazzo("run", *arguments(document, "--server", api.url, "--report", f"{format}={report}")))
    assert report.stat().st_size > 100
    assert canaries.betrayed(report.read_bytes()) == set(), report.read_text()


def test_a_journal_keeps_its_secrets_in_the_file_beside_it(
    arazzo: Command, api: Loopback, document: str, tmp_path: Path
) -> None:
    journal = tmp_path / "run.journal"
    keeps(arazzo("run", *arguments(document, "--server", api.url, "--journal", str(journal))))
    written = [file for file in tmp_path.iterdir() if file.name.startswith("run.journal")]
    beside = [file for file in written if not file.name.endswith(".secrets")]
    assert beside
    for file in beside:
        assert canaries.betrayed(file.read_bytes()) == set(), file.read_text()


OTHERS: dict[str, tuple[str, ...]] = {
    "doctor": ("doctor", "{document}", "--inputs", "{inputs}"),
    "doctor as json": ("doctor", "{document}", "--json", "--inputs", "{inputs}"),
    "show": ("show", "{document}"),
    "show as json": ("show", "{document}", "--json"),
    "validate": ("validate", "{document}"),
    "test": ("test", "{document}", "-v"),
    "test as json": ("test", "{document}", "--format", "json"),
    "test as junit": ("test", "{document}", "--format", "junit"),
}


@pytest.mark.parametrize("command", OTHERS.values(), ids=OTHERS)
def test_no_other_command_shows_one(command: tuple[str, ...], arazzo: Command, document: str) -> None:
    inputs = str(Path(document).with_name("inputs.json"))
    keeps(arazzo(*(one.format(document=document, inputs=inputs) for one in command)))


URLS = (
    f"http://someone:{canaries.USER_INFO}@127.0.0.1:9/a",
    f"http://127.0.0.1:9/a?api_key={canaries.USER_INFO}",
    f"http://127.0.0.1:9/a?sig={canaries.USER_INFO}&x=1#access_token={canaries.USER_INFO}",
    f"ftp://someone:{canaries.USER_INFO}@127.0.0.1/a",
    f"http://someone:{canaries.USER_INFO}@127.0.0.1:port/a",
    f"http://someone:{canaries.USER_INFO}@@[::1/a",
)


@pytest.mark.parametrize("flag", ["--server", "--source", "--proxy"])
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    "command", ["run", "doctor", "doctor --json", "run --dry-run", "validate", "show", "show --json"]
)
def test_a_url_that_was_given_is_repeated_without_its_secrets(
    command: str, url: str, flag: str, arazzo: Command, document: str
) -> None:
    name, *more = command.split()
    if flag != "--source" and name in ("validate", "show"):
        pytest.skip("it has no such flag")
    value = f"api={url}" if flag == "--source" else url
    inputs = ("--inputs", str(Path(document).with_name("inputs.json"))) if name in ("run", "doctor") else ()
    keeps(arazzo(name, document, *more, flag, value, *inputs, *(("-w", "main") if name == "run" else ())))


def test_a_document_whose_url_has_a_secret_is_told_without_it(arazzo: Command) -> None:
    for command in ("run", "validate", "show", "doctor"):
        keeps(arazzo(command, f"http://someone:{canaries.USER_INFO}@127.0.0.1:9/a.yaml?token={canaries.USER_INFO}"))
