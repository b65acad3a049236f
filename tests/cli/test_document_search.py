import os
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli import document_search
from arazzo_runner.cli.document_search import LEFT_OUT, find_documents
from arazzo_runner.diagnostics import Severity
from arazzo_runner.errors import UsageError

YAML = "arazzo: 1.0.1\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "flows/a.yml": YAML,
        "flows/deep/b.yaml": "info: {}\n'arazzo': 1.1.0\n",
        "flows/deep/c.json": '{"info": {}, "arazzo": "1.0.1"}',
        "flows/api.yml": "openapi: 3.1.0\n",
        "flows/notes.txt": YAML,
        "flows/.hidden/d.yml": YAML,
        "flows/.e.yml": YAML,
        "flows/node_modules/f.yml": YAML,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def found(*named: str) -> list[str]:
    return [file.replace(os.sep, "/") for file in find_documents(named).files]


def test_a_folder_gives_its_arazzo_documents(tree: Path) -> None:
    assert found("flows") == ["flows/a.yml", "flows/deep/b.yaml", "flows/deep/c.json"]
    assert len(find_documents(["flows"]).folders) == 2


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("flows/*.yml", ["flows/a.yml"]),
        ("flows/**/*.y*ml", ["flows/a.yml", "flows/deep/b.yaml"]),
        ("flows/**", ["flows/a.yml", "flows/deep/b.yaml", "flows/deep/c.json"]),
    ],
)
def test_a_pattern_gives_the_arazzo_documents_that_it_matches(tree: Path, pattern: str, files: list[str]) -> None:
    assert found(pattern) == files


def test_a_file_that_is_named_is_taken_as_it_is(tree: Path) -> None:
    (tree / "[x].yml").write_text("a: 1", encoding="utf-8")
    named = ["flows/api.yml", "flows/.e.yml", "nowhere.yml", "https://x.test/a.yml", "-", "[x].yml"]
    assert found(*named) == named


def test_each_is_taken_once_however_it_is_named(tree: Path) -> None:
    here = str(tree / "flows" / "a.yml")
    assert found("flows/a.yml", "flows", here, "flows/../flows/a.yml")[:2] == ["flows/a.yml", "flows/deep/b.yaml"]
    assert len(find_documents(["flows/a.yml", here]).files) == 1
    if sys.platform != "win32":
        (tree / "link.yml").symlink_to(here)
        assert found("link.yml", here) == ["link.yml"]


@pytest.mark.parametrize(
    ("text", "is_document"),
    [
        ("arazzo: 1.0.1", True),
        ('"arazzo": 1.0.1', True),
        ("arazzo:\n  1.0.1", True),
        ("a: 1\r\narazzo: 1.0.1\r\n", True),
        ("\ufeffarazzo: 1.0.1", True),
        ("x:\n  arazzo: 1.0.1", False),
        ("arazzos: 1", False),
        ("arazzo:1", False),
        ("", False),
        ('{"arazzo": "1.0.1"}', True),
        ('{"x": {"arazzo": "1.0.1"}}', False),
        ('{"arazzo": "1.0.1", broken', True),
        ('{"x": {"arazzo": "1.0.1"}, broken', False),
        ('{"x": ' * 5000, False),
        ('["arazzo:"]', False),
        ('[{\n"arazzo": "1.0.1"\n}]', False),
    ],
)
def test_what_is_a_document_is_told_by_what_it_holds(tmp_path: Path, text: str, is_document: bool) -> None:
    (tmp_path / "one.yml").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "sure.yml").write_text(YAML, encoding="utf-8")
    assert len(find_documents([str(tmp_path)]).files) == 1 + is_document


def test_utf_16_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "wide.yml").write_bytes(YAML.encode("utf-16"))
    (tmp_path / "noise.yml").write_bytes(bytes(range(256)))
    assert [Path(each).name for each in find_documents([str(tmp_path)]).files] == ["wide.yml"]


@pytest.mark.parametrize(("named", "what"), [("empty", "folder"), ("*.none", "pattern")])
def test_nothing_found_is_an_error(tree: Path, named: str, what: str) -> None:
    (tree / "empty").mkdir()
    with pytest.raises(UsageError, match=f"there is no Arazzo document in the {what}"):
        find_documents([named])


def test_standard_input_is_named_once() -> None:
    with pytest.raises(UsageError, match="named twice"):
        find_documents(["-", "-"])


def test_a_file_that_is_too_large_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_search, "MAX_SEARCHED_BYTES", 20)
    search = find_documents(["flows"])
    assert [Path(each).name for each in search.files] == ["a.yml"]
    assert {(one.code, one.severity) for one in search.remarks} == {(LEFT_OUT, Severity.NOTE)}
    assert "was not looked into: it is larger" in search.remarks[0].message


@pytest.mark.parametrize(
    ("limit", "message", "files"),
    [("MAX_FOUND_DOCUMENTS", "more than 2 Arazzo documents", 2), ("MAX_FOLDER_ENTRIES", "more than 2 files", 2)],
)
@pytest.mark.parametrize("named", ["many", "many/*.yml"])
def test_the_limits_are_told(
    tree: Path, monkeypatch: pytest.MonkeyPatch, named: str, limit: str, message: str, files: int
) -> None:
    for folder in ("many", "many/more"):
        (tree / folder).mkdir()
        for name in ("1.yml", "2.yml", "3.yml")[: 3 - folder.count("/")]:
            (tree / folder / name).write_text(YAML, encoding="utf-8")
    monkeypatch.setattr(document_search, limit, 2)
    search = find_documents([named])
    assert any(message in one.message and one.severity is Severity.WARNING for one in search.remarks)
    assert len(search.files) == (3 if (limit, named) == ("MAX_FOLDER_ENTRIES", "many") else files)
