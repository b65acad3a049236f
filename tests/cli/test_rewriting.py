import os
from pathlib import Path

import pytest

from arazzo_runner.cli.rewriting import encoded, rewrite
from arazzo_runner.errors import UsageError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a", "é".encode()),
        (b"\xef\xbb\xbfa", b"\xef\xbb\xbf" + "é".encode()),
        (b"\xfe\xff\x00a", b"\xfe\xff\x00\xe9"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", b"\xff\xfe\x00\x00\xe9\x00\x00\x00"),
    ],
)
def test_the_encoding_stays(before: bytes, after: bytes) -> None:
    assert encoded("é", before) == after


def test_a_file_that_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("other")
    with pytest.raises(UsageError, match="changed since"):
        rewrite(str(path), "a.yml", "before", "after")
    assert path.read_text() == "other"


def test_bytes_that_are_no_text_are_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"a\xff")
    with pytest.raises(UsageError):
        rewrite(str(path), "a.yml", "a\ufffd", "b")
    assert path.read_bytes() == b"a\xff"


def test_a_failure_on_the_way_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yml"
    path.write_text("before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        rewrite(str(path), "a.yml", "before", "after")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.yml", "before")]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        rewrite(str(tmp_path / "none.yml"), "none.yml", "", "a")
    assert not list(tmp_path.iterdir())
