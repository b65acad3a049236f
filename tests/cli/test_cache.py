from __future__ import annotations

import json
from pathlib import Path

import pytest

from arazzo_runner.sources.cache import Cache
from arazzo_runner.sources.retrieval import Retrieved
from benchmarks import large
from tests.cli.invocation import Command

OPERATIONS = 100


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for caches, in which a document and a parse may be kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return tmp_path / "arazzo-flow"


@pytest.fixture
def flow(tmp_path: Path) -> str:
    """Return a document whose API description is big enough for its parse to be kept."""
    (tmp_path / "flow").mkdir()
    return str(large.write(tmp_path / "flow", 1, OPERATIONS))


def test_without_any_use_nothing_is_kept(arazzo: Command, caches: Path) -> None:
    ended = arazzo("cache")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "copies of fetched documents: 0 files, 0.0 MiB",
        f"  {caches / 'documents'}",
        "what was read of big descriptions: 0 files, 0.0 MiB",
        f"  {caches / 'parses'}",
    ]


def test_it_says_how_much_is_kept_and_lets_go_of_it(arazzo: Command, caches: Path, flow: str) -> None:
    Cache(caches / "documents").put("https://example.com/a.yml", Retrieved(b"a: 1", "https://example.com/a.yml"))
    assert arazzo("validate", flow).code == 0
    told = json.loads(arazzo("cache", "--json").out)
    assert [(each["folder"], each["files"]) for each in told] == [
        (str(caches / "documents"), 1),
        (str(caches / "parses"), 1),
    ]
    assert told[1]["bytes"] > 100_000
    assert arazzo("cache", "clear").err == "let go of 2 files\n"
    assert [each["files"] for each in json.loads(arazzo("cache", "--json").out)] == [0, 0]


def test_a_parse_changes_nothing_that_is_told(arazzo: Command, caches: Path, flow: str) -> None:
    first = arazzo("validate", flow, "--json")
    assert len(list((caches / "parses").iterdir())) == 1
    assert arazzo("validate", flow, "--json") == first
    assert arazzo("validate", flow, "--json", "--no-cache") == first


def test_without_a_cache_nothing_is_kept(arazzo: Command, caches: Path, flow: str) -> None:
    assert arazzo("validate", flow, "--no-cache").code == 0
    assert not caches.exists()


def test_what_can_be_done_is_told(arazzo: Command, caches: Path) -> None:
    ended = arazzo("cache", "claer")
    assert ended.code == 2
    assert "there is no 'claer'" in ended.err
    assert "did you mean 'clear'?" in ended.err
