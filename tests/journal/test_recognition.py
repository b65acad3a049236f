from pathlib import Path

import pytest

from arazzo_runner.journal.recognition import is_journal
from tests.journal.runs import recorded


def test_a_journal_is_known_by_its_first_line(tmp_path: Path) -> None:
    found = recorded(tmp_path).path
    assert is_journal(found)
    assert is_journal(found.rename(tmp_path / "other.txt"))
    assert not is_journal(tmp_path / "run.ndjson.secrets")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"is":"intent","version":1,', b'{"is":"header","version":"1"', b"\xff"]
)
def test_what_is_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.ndjson"
    file.write_bytes(content)
    assert not is_journal(file)


@pytest.mark.parametrize("name", ["", "none", "\0", "~nobody-is-called-so/x"])
def test_what_can_not_be_read(tmp_path: Path, name: str) -> None:
    assert not is_journal(tmp_path / name if name in ("", "none") else name)
