"""A journal is for its owner, is never written over, and loses no line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from arazzo_runner.errors import CannotContinue, UsageError
from arazzo_runner.journal.records import Resumed
from arazzo_runner.journal.writer import JournalFile

LINE = Resumed(0.0, 1)


def test_it_is_for_its_owner(tmp_path: Path) -> None:
    file = JournalFile.create(tmp_path / "run")
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    file.close()
    file.close()


def test_each_line_is_there_at_once(tmp_path: Path) -> None:
    file = JournalFile.create(tmp_path / "run")
    for count in (1, 2):
        file.add(LINE)
        assert (tmp_path / "run").read_bytes().count(b"\n") == count
    file.close()


def test_it_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("")
    with pytest.raises(UsageError, match="is there already"):
        JournalFile.create(tmp_path / "run")


@pytest.mark.parametrize("name", ["nowhere/run", "a\0b", "."])
def test_a_place_that_can_not_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="--journal"):
        JournalFile.create(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_ends_the_run() -> None:
    file = JournalFile(Path("run"), os.open("/dev/full", os.O_WRONLY))
    with pytest.raises(CannotContinue, match="can't be written: No space left"):
        file.add(LINE)
    file.close()


def test_a_line_that_was_cut_off_is_ended_first(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b'{"is":"int')
    file = JournalFile.append(tmp_path / "run", torn=True)
    file.add(LINE)
    file.close()
    assert (tmp_path / "run").read_bytes().splitlines()[1].startswith(b'{"is":"resumed"')


@pytest.mark.skipif(os.name == "nt", reason="this system has no such locks")
def test_two_do_not_go_on_with_one_run(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"")
    first = JournalFile.append(tmp_path / "run", torn=False)
    with pytest.raises(UsageError, match="in use"):
        JournalFile.append(tmp_path / "run", torn=False)
    first.close()
    JournalFile.append(tmp_path / "run", torn=False).close()


@pytest.mark.skipif(os.name == "nt", reason="this system has no such locks")
def test_a_run_that_is_not_over_is_not_gone_on_with(tmp_path: Path) -> None:
    first = JournalFile.create(tmp_path / "run")
    with pytest.raises(UsageError, match="in use"):
        JournalFile.append(tmp_path / "run", torn=False)
    first.close()
    JournalFile.append(tmp_path / "run", torn=False).close()


def test_a_system_without_locks_keeps_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(handle: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    JournalFile.create(tmp_path / "run").close()


def test_a_journal_that_has_grown_since_it_was_read_is_not_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"12345")
    JournalFile.append(tmp_path / "run", torn=False, size=5).close()
    with pytest.raises(UsageError, match="has changed since it was read"):
        JournalFile.append(tmp_path / "run", torn=False, size=4)


def test_a_line_that_was_cut_off_stays_as_it_is_until_there_is_more_to_write(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b'{"is":"int')
    JournalFile.append(tmp_path / "run", torn=True).close()
    assert (tmp_path / "run").read_bytes() == b'{"is":"int'


def test_a_journal_that_is_gone_can_not_be_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        JournalFile.append(tmp_path / "run", torn=False)
