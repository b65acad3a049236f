import os
from pathlib import Path

import pytest

from arazzo_runner.sources import search
from arazzo_runner.sources.location import file_uri
from arazzo_runner.sources.search import Sighting, files_named


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document two folders below the root of a repository, with a file of its own name beside the root."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    folder = tmp_path / "repository" / "flows" / "deep"
    folder.mkdir(parents=True)
    (folder / "flow.yml").write_text("x")
    (tmp_path / "api.yml").write_text("outside")
    return folder / "flow.yml"


def put(root: Path, name: str) -> str:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("x")
    return file_uri(root / name)


def test_every_file_of_the_name_below_the_repository_is_seen_and_none_outside(document: Path) -> None:
    root = document.parents[2]
    uris = [put(root, "a/api.yml"), put(root, "flows/deep/api.yml")]
    put(root, "a/API.yml")
    put(root, "node_modules/x/api.yml")
    put(root, ".git/api.yml")
    assert files_named(file_uri(document), "api.yml") == Sighting(tuple(uris), str(root))


def test_links_are_not_followed(document: Path, tmp_path: Path) -> None:
    root = document.parents[2]
    (root / "api.yml").symlink_to(tmp_path / "api.yml")
    (root / "linked").symlink_to(tmp_path, target_is_directory=True)
    assert files_named(file_uri(document), "api.yml").uris == ()


def test_without_a_repository_only_the_own_folder_is_looked_at(document: Path) -> None:
    (document.parents[2] / ".git").rmdir()
    beside = put(document.parent, "api.yml")
    put(document.parent, "below/api.yml")
    assert files_named(file_uri(document), "api.yml").uris == (beside,)


def test_the_document_itself_is_not_found(document: Path) -> None:
    assert files_named(file_uri(document), "flow.yml").uris == ()


def test_there_is_an_end_to_the_search(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(document.parents[2], "api.yml")
    monkeypatch.setattr(search, "MAX_ENTRIES", 2)
    found = files_named(file_uri(document), "api.yml")
    assert (found.uris, found.whole) == ((), False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_a_marker_of_somebody_else_makes_no_repository(document: Path) -> None:
    put(document.parents[2], "api.yml")
    os.chown(document.parents[2] / ".git", 12345, -1)
    assert files_named(file_uri(document), "api.yml").uris == ()


def test_a_document_that_is_no_file_has_nothing_around_it(tmp_path: Path) -> None:
    assert files_named(file_uri(tmp_path / "<stdin>"), "api.yml") == Sighting()
