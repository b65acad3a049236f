import io
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli import documents
from arazzo_runner.cli.documents import open_document
from arazzo_runner.errors import UsageError


def test_a_file_is_opened(project: Path, reference: str) -> None:
    assert open_document(str(project / reference)).info.title.startswith("Azure Web PubSub")


def test_a_minus_is_standard_input_and_stands_in_the_working_folder(
    project: Path, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (project / reference).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    monkeypatch.chdir(project)
    description = open_document("-")
    assert description.source.name == "<stdin>"
    assert description.base_uri.startswith(project.as_uri())


def test_a_name_that_is_close_is_told(project: Path, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    wrong = reference.replace("broadcast", "brodcast")
    with pytest.raises(UsageError) as caught:
        open_document(wrong)
    assert caught.value.message == f"cannot read {wrong}: there is no such file"
    assert caught.value.hint.replace("\\", "/") == f"did you mean '{reference}'?"


def test_a_hint_that_is_there_already_is_kept() -> None:
    with pytest.raises(UsageError) as caught:
        open_document("")
    assert caught.value.hint == "name a path, a URL, or - for standard input"


def test_too_long_an_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_SOURCE_BYTES", 3)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"1234")))
    with pytest.raises(UsageError, match="standard input is larger than"):
        open_document("-")


def test_a_closed_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="cannot read standard input: standard input is closed"):
        open_document("-")
