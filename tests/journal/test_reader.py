"""What a journal holds, and what is said of a file that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arazzo_runner.engine.events import RunEnded
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import UsageError
from arazzo_runner.journal import Journal, read
from arazzo_runner.journal.lines import Pen
from arazzo_runner.journal.records import Resumed
from tests.journal.runs import recorded


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    return recorded(tmp_path_factory.mktemp("journal"))


def _copy(journal: Journal, folder: Path, content: bytes) -> Path:
    where = folder / "copy.ndjson"
    where.write_bytes(content)
    return where


def test_it_holds_what_was_wanted_what_came_and_what_happened(journal: Journal) -> None:
    wishes = [(entry.intent.wish, "/".join(entry.intent.step)) for entry in journal.entries]
    assert wishes == [
        ("checkpoint", "generateToken"),
        ("request", "generateToken"),
        ("checkpoint", "broadcast"),
        ("request", "broadcast"),
    ]
    assert all(entry.outcome is not None for entry in journal.entries)
    assert journal.result is not None
    assert journal.result.status is Status.SUCCEEDED
    assert isinstance(journal.events[-1].event, RunEnded)
    assert journal.header.workflow == "generate-token-then-broadcast"
    assert [one.name for one in journal.header.sources] == ["webPubSubApi"]


def test_intents_stand_before_outcomes(journal: Journal) -> None:
    kinds = [json.loads(line)["is"] for line in journal.path.read_text("ascii").splitlines()]
    places = [index for index, kind in enumerate(kinds) if kind == "intent"]
    assert all(kinds[index + 1] == "came" for index in places)


def test_it_can_be_read_however_it_was_cut(journal: Journal, tmp_path: Path) -> None:
    content = journal.path.read_bytes()
    head = content.index(b"\n") + 1
    for end in range(head, len(content), 97):
        found = read(_copy(journal, tmp_path, content[:end]))
        assert found.result is None
        assert found.entries == journal.entries[: len(found.entries)] or found.entries[-1].outcome is None
        assert found.torn is not content[:end].endswith(b"\n")


def test_what_a_resumed_line_leaves_out_does_not_count(journal: Journal, tmp_path: Path) -> None:
    content = journal.path.read_bytes() + b'{"is":"int' + b"\n" + Pen().line(Resumed(1.0, 2, (), {"a": 1}))
    found = read(_copy(journal, tmp_path, content))
    assert found.entries == journal.entries[:2]
    assert found.events == ()
    assert found.resumed == 1
    assert found.header.inputs == {"a": 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no journal"),
        (b"nonsense\n", "no journal"),
        (b'{"is":"came","ticket":1,"outcome":{"is":"slept"}}\n', "does not begin with its head"),
        (b'{"is":"header","version":99,"what":1}\n', "version 99"),
        (b'{"is":"header","version":1}\n', ":1 is broken: header lacks"),
    ],
)
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    where = tmp_path / "no.ndjson"
    where.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read(where)


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_file_that_can_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"nonsense\n", "no JSON"),
        (b'{"is":"came","ticket":77,"outcome":{"is":"slept"}}\n', "which nobody wanted"),
    ],
)
def test_a_broken_line_in_the_middle_is_told_with_its_place(
    journal: Journal, tmp_path: Path, line: bytes, words: str
) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    where = _copy(journal, tmp_path, b"".join([*lines[:3], line, *lines[3:]]))
    with pytest.raises(UsageError, match=rf"copy\.ndjson:4 .*{words}"):
        read(where)


@pytest.mark.parametrize("after", [b'{"is":"re', b'{"is":"resumed","made":1.0'])
def test_a_line_after_a_broken_one_may_be_cut_off_too(journal: Journal, tmp_path: Path, after: bytes) -> None:
    content = journal.path.read_bytes() + b'{"is":"int' + b"\n" + after
    found = read(_copy(journal, tmp_path, content))
    assert found.torn
    assert found.entries == journal.entries


def test_how_much_was_read_is_known(journal: Journal) -> None:
    assert journal.size == journal.path.stat().st_size


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
def test_a_file_without_an_end_is_refused() -> None:
    with pytest.raises(UsageError, match="no journal"):
        read("/dev/zero")


@pytest.mark.parametrize("depth", [900, 100_000])
def test_a_head_that_is_nested_too_deeply_is_refused(journal: Journal, tmp_path: Path, depth: int) -> None:
    deep = b'"options":{"new":' + b"[" * depth + b"]" * depth + b","
    content = journal.path.read_bytes().replace(b'"options":{', deep, 1)
    assert deep in content
    with pytest.raises(UsageError, match=":1 is broken: it is nested too deeply"):
        read(_copy(journal, tmp_path, content))


def test_a_second_head_is_told(journal: Journal, tmp_path: Path) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    with pytest.raises(UsageError, match="a second head"):
        read(_copy(journal, tmp_path, b"".join([*lines, lines[0]])))
