import os
import sys
from pathlib import Path

import pytest

from arazzo_runner.sources.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", ".thing", max_bytes=100, max_files=3)


def test_what_was_written_is_read_up_to_a_size(shelf: Shelf) -> None:
    assert shelf.read("a", 10) is None
    shelf.write("a", b"12345")
    assert shelf.read("a", 10) == b"12345"
    assert shelf.read("a", 3) == b"123"
    shelf.remove("a")
    assert shelf.read("a", 10) is None
    shelf.remove("a")


def test_it_says_how_much_there_is_and_lets_go_of_all(shelf: Shelf) -> None:
    assert shelf.size() == (0, 0)
    shelf.write("a", b"12345")
    shelf.write("b", b"123")
    (shelf.folder / "other.file").write_bytes(b"not ours")
    assert shelf.size() == (2, 8)
    assert shelf.clear() == 2
    assert shelf.size() == (0, 0)
    assert [path.name for path in shelf.folder.iterdir()] == ["other.file"]


@pytest.mark.parametrize(("size", "left"), [(10, ["c", "d", "e"]), (40, ["d", "e"])])
def test_those_that_were_used_longest_ago_go_first(shelf: Shelf, size: int, left: list[str]) -> None:
    for number, name in enumerate("abcde"):
        shelf.write(name, b"x" * size)
        os.utime(shelf.folder / f"{name}.thing", (number, number))
    assert sorted(path.stem for path in shelf.folder.iterdir()) == left


def test_reading_counts_as_use(shelf: Shelf) -> None:
    for number, name in enumerate("abc"):
        shelf.write(name, b"x")
        os.utime(shelf.folder / f"{name}.thing", (number, number))
    shelf.read("a", 1)
    shelf.write("d", b"x")
    assert sorted(path.stem for path in shelf.folder.iterdir()) == ["a", "c", "d"]


def test_what_is_too_big_is_not_written(shelf: Shelf) -> None:
    shelf.write("a", b"x" * 101)
    assert shelf.size() == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="bits of POSIX systems")
def test_what_others_may_have_written_is_left_alone(shelf: Shelf) -> None:
    shelf.write("a", b"x")
    shelf.folder.chmod(0o777)
    assert shelf.read("a", 1) is None
    assert (shelf.clear(), shelf.size()) == (0, (0, 0))
    assert len(list(shelf.folder.iterdir())) == 1
