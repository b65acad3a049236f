from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli.report_files import open_destination, place_of
from arazzo_runner.errors import UsageError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and rights are a thing of POSIX")


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "r.html"
    file.write_text("before")
    opened = open_destination(str(file), "--report html", at_once=False)
    opened.stream.write("after \ud800\n")
    opened.stream.flush()
    assert file.read_text() == "before"
    opened.keep()
    assert file.read_bytes() == b"after \\ud800\n"
    assert list(tmp_path.iterdir()) == [file]


def test_one_that_is_dropped_leaves_nothing(tmp_path: Path) -> None:
    opened = open_destination(str(tmp_path / "r.html"), "--report html", at_once=False)
    opened.stream.write("half")
    opened.drop()
    assert list(tmp_path.iterdir()) == []


def test_one_that_grows_is_read_while_it_does(tmp_path: Path) -> None:
    file = tmp_path / "r.ndjson"
    file.write_text("before")
    opened = open_destination(str(file), "--report ndjson", at_once=True)
    opened.stream.write("line\n")
    opened.stream.flush()
    assert file.read_text() == "line\n"
    opened.keep()
    assert file.read_text() == "line\n"


@POSIX
def test_rights_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "r.html", tmp_path / "link"
    file.write_text("before")
    file.chmod(0o640)
    link.symlink_to(file)
    opened = open_destination(str(link), "--report html", at_once=False)
    opened.stream.write("after")
    opened.keep()
    assert link.is_symlink()
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("after", 0o640)


@POSIX
def test_a_new_file_has_the_rights_of_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        open_destination(str(tmp_path / "r.html"), "--report html", at_once=False).keep()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "r.html").stat().st_mode) == 0o640


@POSIX
def test_a_device_is_written_in_place() -> None:
    opened = open_destination(os.devnull, "--report html", at_once=False)
    assert opened.temporary is None
    opened.keep()


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files have no names here")
def test_an_open_pipe_is_written_in_place() -> None:
    reading, writing = os.pipe()
    opened = open_destination(f"/dev/fd/{writing}", "--report html", at_once=False)
    opened.stream.write("whole")
    opened.keep()
    os.close(writing)
    with os.fdopen(reading) as there:
        assert there.read() == "whole"


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (".", "is a folder"),
        ("no/such/r.html", "there is no folder"),
        ("file/r.html", "there is no folder"),
        ("a\0b", "can't be written: no file can have that name"),
        ("x" * 5000, "can't be written"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_what_can_not_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str, message: str, at_once: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=message):
        open_destination(where, "--report html", at_once=at_once)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_home_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert place_of("~/r.html") == (tmp_path / "r.html").resolve()
