"""What can't be recorded is refused before anything is done."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.invocation import Command
from tests.journal.runs import flow, written


@pytest.mark.parametrize("other", [["--dry-run"], ["--mock", "--scenario", "all"]])
def test_what_is_no_run_has_no_journal(arazzo: Command, tmp_path: Path, other: list[str]) -> None:
    where = tmp_path / "run.ndjson"
    ended = arazzo("run", str(written(tmp_path, flow())), "-i", "name=n", "--journal", str(where), *other)
    assert ended.code == 2
    assert "--journal records one run" in ended.err
    assert not where.exists()


def test_a_journal_without_a_name_is_refused(arazzo: Command, tmp_path: Path) -> None:
    ended = arazzo("run", str(written(tmp_path, flow())), "--mock", "--journal", "")
    assert ended.code == 2
    assert "no file is named" in ended.err


def test_names_are_filled_in(arazzo: Command, tmp_path: Path) -> None:
    document = str(written(tmp_path, flow()))
    assert arazzo("run", document, "--mock", "-q", "--journal", str(tmp_path / "a-{run}-{time}.ndjson")).code == 0
    (found,) = tmp_path.glob("a-*.ndjson")
    assert "{" not in found.name
    assert stat.S_IMODE(found.stat().st_mode) == 0o600


def test_a_journal_that_is_there_stays(arazzo: Command, tmp_path: Path) -> None:
    where = tmp_path / "run.ndjson"
    where.write_text("kept")
    ended = arazzo("run", str(written(tmp_path, flow())), "--mock", "--journal", str(where))
    assert ended.code == 2
    assert "is there already" in ended.err
    assert where.read_text() == "kept"
